package io.partflow.cli;

import io.partflow.cli.environment.ExitStatus;
import io.partflow.cli.environment.Interrupts;
import io.partflow.cli.environment.Refusal;
import io.partflow.cli.environment.Surroundings;
import io.partflow.engine.builtin.BuiltinProcessors;
import io.partflow.engine.stream.StreamClock;
import io.partflow.engine.trace.ProgramVersion;
import java.io.InputStream;
import java.io.PrintStream;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import picocli.AutoComplete;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Help;
import picocli.CommandLine.IVersionProvider;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.TypeConversionException;
import picocli.CommandLine.UnmatchedArgumentException;

/// The command `partflow`: without a subcommand it opens the workbench. Confined to one thread.
@Command(
        name = "partflow",
        mixinStandardHelpOptions = true,
        versionProvider = PartflowCommand.PrintedVersion.class,
        synopsisSubcommandLabel = "[COMMAND]",
        description = {
            "Opens the workbench, with these files open; with a command, does the same work without a window.",
            ""
        },
        footerHeading = "%nExit status:%n",
        footer = {
            "    0  fine",
            "    1  problems were found, a part failed, the run failed, or an assertion did",
            "    2  wrong usage",
            "    3  the environment lacks something: a display, a Java 25",
            "    4  internal error",
            "  130  interrupted"
        })
public final class PartflowCommand implements Callable<Integer> {
    private final CommandContext context;
    private final WorkbenchStarter workbench;

    @Parameters(paramLabel = "FILE", description = "Pipelines, recordings or media to open.")
    private List<String> files = new ArrayList<>();

    private PartflowCommand(CommandContext context, WorkbenchStarter workbench) {
        this.context = context;
        this.workbench = workbench;
    }

    /// Runs one command line of this process.
    ///
    /// @param out where results go, in UTF-8
    /// @param err where progress and problems go
    /// @param in what `-` stands for
    /// @return the exit status
    public static int run(
            String[] args,
            PrintStream out,
            PrintStream err,
            InputStream in,
            WorkbenchStarter workbench,
            PictureDrawer pictures) {
        CommandContext context = new CommandContext(
                out,
                err,
                in,
                BuiltinProcessors::catalog,
                StreamClock.system(),
                Interrupts.ofProcess(),
                Surroundings.ofProcess(),
                Progress.terminal(err));
        return run(args, context, workbench, pictures);
    }

    /// Runs one command line with everything it uses of the world handed in.
    static int run(String[] args, CommandContext context, WorkbenchStarter workbench, PictureDrawer pictures) {
        int status = commandLine(args, context, workbench, pictures).execute(args);
        // A stream that prints remembers an error and goes on; the user must not take half a report for a whole one.
        if (context.out().checkError() && status == ExitStatus.FINE.code()) {
            context.err().println("partflow: Standard output could not be written to its end.");
            context.err().println("  Its reader has gone, or there is no room; write to a file with room left.");
            status = ExitStatus.PROBLEMS.code();
        }
        context.err().flush();
        return status;
    }

    private static CommandLine commandLine(
            String[] args, CommandContext context, WorkbenchStarter workbench, PictureDrawer pictures) {
        Map<String, Supplier<Object>> commands = new LinkedHashMap<>();
        commands.put("run", () -> new RunCommand(context));
        commands.put("check", () -> new CheckCommand(context));
        commands.put("key", () -> new KeyCommand(context));
        commands.put("trace", () -> new TraceCommand(context));
        commands.put("cache", () -> CacheCommand.commandLine(context));
        commands.put("curve", () -> new CurveCommand(context));
        commands.put("processors", () -> new ProcessorsCommand(context));
        commands.put("picture", () -> new PictureCommand(context, pictures));
        commands.put("doctor", () -> new DoctorCommand(context));
        commands.put("completion", () -> new CompletionCommand(context, () -> whole(commands, context, workbench)));
        commands.put("help", CommandLine.HelpCommand::new);
        // Reading the annotations of every command costs a tenth of a second: one that is named is read alone.
        Supplier<Object> named = args.length == 0 || args[0].equals("help") ? null : commands.get(args[0]);
        return named == null
                ? whole(commands, context, workbench)
                : configured(top(context, workbench).addSubcommand(args[0], named.get()), context);
    }

    private static CommandLine whole(
            Map<String, Supplier<Object>> commands, CommandContext context, WorkbenchStarter workbench) {
        CommandLine line = top(context, workbench);
        commands.forEach((name, command) -> line.addSubcommand(name, command.get()));
        return configured(line, context);
    }

    private static CommandLine top(CommandContext context, WorkbenchStarter workbench) {
        return new CommandLine(new PartflowCommand(context, workbench));
    }

    static CommandLine configured(CommandLine line, CommandContext context) {
        for (CommandLine sub : line.getSubcommands().values()) {
            if (sub.getCommand() instanceof CommandLine.HelpCommand) {
                continue;
            }
            sub.getCommandSpec().mixinStandardHelpOptions(true);
            sub.getCommandSpec().versionProvider(new PrintedVersion());
        }
        return line.registerConverter(RunOrder.ReportForm.class, word -> named(RunOrder.ReportForm.values(), word))
                .registerConverter(PictureRequest.Theme.class, word -> named(PictureRequest.Theme.values(), word))
                .setColorScheme(Help.defaultColorScheme(Help.Ansi.OFF))
                .setUsageHelpWidth(100)
                .setCaseInsensitiveEnumValuesAllowed(true)
                .setAbbreviatedOptionsAllowed(false)
                .setOut(new PrintWriter(context.out(), true, StandardCharsets.UTF_8))
                .setErr(new PrintWriter(context.err(), true, context.err().charset()))
                .setParameterExceptionHandler((thrown, args) -> wrongUsage(thrown, context))
                .setExecutionExceptionHandler((thrown, command, parsed) -> failed(thrown, context));
    }

    /// One of some values by its name in lower case.
    private static <T extends Enum<T>> T named(T[] values, String word) {
        for (T value : values) {
            if (name(value).equals(word.toLowerCase(Locale.ROOT))) {
                return value;
            }
        }
        throw new TypeConversionException("\"" + word + "\" is not known; it must be "
                + Arrays.stream(values).map(PartflowCommand::name).collect(Collectors.joining(" or ")));
    }

    private static String name(Enum<?> value) {
        return value.name().toLowerCase(Locale.ROOT);
    }

    private static int wrongUsage(ParameterException thrown, CommandContext context) {
        CommandLine command = thrown.getCommandLine();
        PrintWriter err = command.getErr();
        err.println("partflow: " + thrown.getMessage());
        UnmatchedArgumentException.printSuggestions(thrown, err);
        err.println("  Try: " + command.getCommandSpec().qualifiedName() + " --help");
        err.flush();
        context.out().flush();
        return ExitStatus.USAGE.code();
    }

    private static int failed(Exception thrown, CommandContext context) {
        context.out().flush();
        return WorkbenchOpening.failed(
                thrown, context.err(), context.surroundings().environment());
    }

    @Override
    public Integer call() throws Exception {
        List<Path> paths = new ArrayList<>();
        for (String file : files) {
            Path path = Path.of(file);
            if (!Files.exists(path)) {
                throw new Refusal(
                        ExitStatus.USAGE,
                        "There is no file and no command \"" + file + "\".",
                        "The commands are run, check, key, cache, trace, curve, processors, picture and doctor; see"
                                + " partflow --help.");
            }
            paths.add(path);
        }
        return WorkbenchOpening.open(paths, context.surroundings().screen(), workbench)
                .code();
    }

    /// Prints name and version, and the Java below.
    static final class PrintedVersion implements IVersionProvider {
        @Override
        public String[] getVersion() {
            return new String[] {
                "Partflow Workbench " + ProgramVersion.text(),
                "Java " + Runtime.version() + ", " + System.getProperty("os.name") + " " + System.getProperty("os.arch")
            };
        }
    }

    /// Prints the script that completes this command in a shell.
    @Command(
            name = "completion",
            hidden = true,
            description = "Prints a script for bash or zsh: source <(partflow completion)")
    static final class CompletionCommand implements Callable<Integer> {
        private final CommandContext context;
        private final Supplier<CommandLine> whole;

        @Parameters(paramLabel = "SHELL", arity = "0..1", description = "bash or zsh; one script serves both.")
        private @Nullable String shell;

        CompletionCommand(CommandContext context, Supplier<CommandLine> whole) {
            this.context = context;
            this.whole = whole;
        }

        @Override
        public Integer call() {
            if (shell != null && !shell.equals("bash") && !shell.equals("zsh")) {
                throw new Refusal(
                        ExitStatus.USAGE, "There is no completion for \"" + shell + "\".", "Ask for bash or zsh.");
            }
            context.out().println(AutoComplete.bash("partflow", whole.get()));
            return ExitStatus.FINE.code();
        }
    }
}
