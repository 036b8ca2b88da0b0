package io.partflow.cli;

import io.partflow.cli.amounts.Age;
import io.partflow.cli.listing.StoreListing;
import io.partflow.engine.cache.CacheStore;
import io.partflow.engine.cache.sqlite.SqliteStore;
import io.partflow.engine.cache.sqlite.StoreContents;
import io.partflow.engine.cache.sqlite.StoreQuery;
import io.partflow.engine.cache.sqlite.StoreRow;
import io.partflow.engine.processor.Failure;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;
import picocli.CommandLine.TypeConversionException;

/// Reads and changes a store of cache entries, genai-processors' own included. Confined to one thread.
@Command(
        name = "cache",
        description = "Reads and changes a store of cache entries (*.db), genai-processors' own included.",
        synopsisSubcommandLabel = "COMMAND")
final class CacheCommand implements Callable<Integer> {
    private final CommandContext context;

    @Spec
    private @Nullable CommandSpec spec;

    CacheCommand(CommandContext context) {
        this.context = context;
    }

    /// The command with its own commands.
    static CommandLine commandLine(CommandContext context) {
        CacheCommand top = new CacheCommand(context);
        return new CommandLine(top)
                .addSubcommand("ls", new Ls(context))
                .addSubcommand("show", new Show(context))
                .addSubcommand("stats", new Stats(context))
                .addSubcommand("rm", new Rm(context))
                .addSubcommand("export", new CacheTransfer.Export(context))
                .addSubcommand("import", new CacheTransfer.Import(context))
                .addSubcommand("warm", new CacheWarmCommand(context));
    }

    @Override
    public Integer call() {
        CommandSpec own = spec;
        if (own == null) {
            throw new IllegalStateException("the command was not read from a command line");
        }
        throw new ParameterException(own.commandLine(), "Say what to do: ls, show, stats, rm, export, import or warm.");
    }

    /// Which entries are meant.
    static final class Selection {
        @Option(names = "--prefix", paramLabel = "P", description = "Only keys that start so.")
        private @Nullable String prefix;

        @Option(
                names = "--kind",
                paramLabel = "TYPE",
                description = "Only with a part of this MIME type; image/* fits.")
        private @Nullable String kind;

        @Option(
                names = "--older",
                paramLabel = "AGE",
                converter = AgeConverter.class,
                description = "Only entries put longer ago than this: 7d, 12h, 30m. Others' have no such time.")
        private @Nullable Long olderMillis;

        @Option(names = "--expired", description = "Only entries that are over.")
        private boolean expired;

        boolean isEmpty() {
            return prefix == null && kind == null && olderMillis == null && !expired;
        }

        StoreQuery query(CommandContext context, StoreQuery.Order order) {
            return new StoreQuery(
                    null,
                    prefix,
                    kind,
                    olderMillis == null ? null : Long.valueOf(context.clock().millis() - olderMillis),
                    expired ? StoreQuery.Life.EXPIRED : StoreQuery.Life.ALL,
                    order);
        }
    }

    /// Reads a span of time.
    static final class AgeConverter implements ITypeConverter<Long> {
        @Override
        public Long convert(String text) {
            try {
                return Age.parse(text);
            } catch (IllegalArgumentException e) {
                throw new TypeConversionException(e.getMessage());
            }
        }
    }

    /// One of the commands, on one store.
    abstract static class OnStore implements Callable<Integer> {
        final CommandContext context;

        @Parameters(index = "0", paramLabel = "STORE", description = "A store, *.db.")
        Path file = Path.of("");

        OnStore(CommandContext context) {
            this.context = context;
        }

        abstract SqliteStore.Access access();

        abstract ExitStatus on(SqliteStore store) throws IOException;

        @Override
        public Integer call() throws IOException {
            try (SqliteStore store = open(file, access())) {
                ExitStatus status = told(store);
                List<Failure> problems = store.problems();
                return (problems.isEmpty() ? status : worse(status)).code();
            }
        }

        /// What the command says, and then what is wrong with the store, also when the command refuses.
        private ExitStatus told(SqliteStore store) throws IOException {
            try {
                return on(store);
            } finally {
                context.out().flush();
                store.problems().forEach(problem -> tell(context, problem));
            }
        }

        private static ExitStatus worse(ExitStatus status) {
            return status == ExitStatus.FINE ? ExitStatus.PROBLEMS : status;
        }

        SqliteStore open(Path path, SqliteStore.Access how) {
            try {
                return SqliteStore.open(path, context.clock(), how);
            } catch (CacheStore.Unavailable e) {
                throw refusal(e);
            }
        }
    }

    static Refusal refusal(CacheStore.Unavailable unavailable) {
        return new Refusal(
                ExitStatus.PROBLEMS,
                unavailable.failure().message(),
                unavailable.failure().remedy());
    }

    static void tell(CommandContext context, Failure problem) {
        context.err().println("error " + problem.code() + "  " + problem.message());
        context.err().println("  " + problem.remedy());
    }

    @Command(name = "ls", mixinStandardHelpOptions = true, description = "Lists entries.")
    private static final class Ls extends OnStore {
        @CommandLine.Mixin
        private Selection selection = new Selection();

        @Option(
                names = "--sort",
                paramLabel = "BY",
                converter = OrderConverter.class,
                description = "key, size, created, last-hit, hits or expires.")
        private StoreQuery.Order order = StoreQuery.Order.KEY;

        @Option(names = "--json", description = "One JSON object a line.")
        private boolean json;

        Ls(CommandContext context) {
            super(context);
        }

        @Override
        SqliteStore.Access access() {
            return SqliteStore.Access.READ_ONLY;
        }

        @Override
        ExitStatus on(SqliteStore store) {
            StoreListing listing = new StoreListing(context.clock().millis());
            if (!json) {
                context.out().println(StoreListing.HEADER);
            }
            new StoreContents(store).each(selection.query(context, order), StoreContents.Values.WITHOUT, row -> {
                context.out().println(json ? listing.json(row).toJson() : listing.line(row));
                return !context.out().checkError();
            });
            return ExitStatus.FINE;
        }
    }

    /// Reads a word of the orders.
    static final class OrderConverter implements ITypeConverter<StoreQuery.Order> {
        @Override
        public StoreQuery.Order convert(String text) {
            for (StoreQuery.Order each : StoreQuery.Order.values()) {
                if (each.name().toLowerCase(Locale.ROOT).replace('_', '-').equals(text)) {
                    return each;
                }
            }
            throw new TypeConversionException(
                    "\"" + text + "\" is no order; it must be key, size, created, last-hit, hits or expires");
        }
    }

    @Command(name = "show", mixinStandardHelpOptions = true, description = "Shows one entry with its parts.")
    private static final class Show extends OnStore {
        @Parameters(index = "1", paramLabel = "KEY", description = "The key, or as much of it as is unique.")
        private String key = "";

        @Option(names = "--json", description = "One JSON object, as export writes it.")
        private boolean json;

        Show(CommandContext context) {
            super(context);
        }

        @Override
        SqliteStore.Access access() {
            return SqliteStore.Access.READ_ONLY;
        }

        @Override
        ExitStatus on(SqliteStore store) {
            StoreRow row = only(store);
            StoreListing listing = new StoreListing(context.clock().millis());
            context.out().print(json ? StoreListing.exported(row).toJson() + "\n" : listing.details(row));
            return ExitStatus.FINE;
        }

        private StoreRow only(SqliteStore store) {
            StoreContents contents = new StoreContents(store);
            StoreRow exact = contents.find(key);
            List<StoreRow> found = new ArrayList<>();
            if (exact == null) {
                contents.each(StoreQuery.ALL.withPrefix(key), StoreContents.Values.WITH, row -> {
                    found.add(row);
                    return found.size() < 2;
                });
            } else {
                found.add(exact);
            }
            if (found.size() != 1) {
                throw new Refusal(
                        ExitStatus.PROBLEMS,
                        (found.isEmpty() ? "No key of " : "More than one key of ") + file + " starts with " + key + ".",
                        "List them: partflow cache ls " + file + " --prefix " + key);
            }
            return found.getFirst();
        }
    }

    @Command(name = "stats", mixinStandardHelpOptions = true, description = "Tells what is in the store.")
    private static final class Stats extends OnStore {
        @Option(names = "--json", description = "One JSON object.")
        private boolean json;

        Stats(CommandContext context) {
            super(context);
        }

        @Override
        SqliteStore.Access access() {
            return SqliteStore.Access.READ_ONLY;
        }

        @Override
        ExitStatus on(SqliteStore store) throws IOException {
            StoreContents.Totals totals = new StoreContents(store).totals();
            long bytes = Files.size(file);
            context.out()
                    .print(json ? StoreListing.json(totals, bytes).toJson() + "\n" : StoreListing.text(totals, bytes));
            return ExitStatus.FINE;
        }
    }

    @Command(
            name = "rm",
            mixinStandardHelpOptions = true,
            description = "Removes entries, after telling how many and asking.")
    private static final class Rm extends OnStore {
        @Parameters(index = "1..*", paramLabel = "KEY", description = "Keys to remove.")
        private List<String> keys = new ArrayList<>();

        @CommandLine.Mixin
        private Selection selection = new Selection();

        @Option(names = "--all", description = "Everything.")
        private boolean all;

        @Option(names = "--yes", description = "Do not ask.")
        private boolean yes;

        Rm(CommandContext context) {
            super(context);
        }

        @Override
        SqliteStore.Access access() {
            return SqliteStore.Access.READ_WRITE;
        }

        @Override
        SqliteStore open(Path path, SqliteStore.Access how) {
            if (keys.isEmpty() && selection.isEmpty() && !all) {
                throw new Refusal(
                        ExitStatus.USAGE,
                        "Say which entries: keys, --prefix, --kind, --older, --expired or --all.",
                        "See partflow cache rm --help.");
            }
            if (!Files.exists(path)) {
                // Opening it for writing would make it.
                return super.open(path, SqliteStore.Access.READ_ONLY);
            }
            return super.open(path, how);
        }

        @Override
        ExitStatus on(SqliteStore store) throws IOException {
            StoreContents contents = new StoreContents(store);
            List<String> meant = new ArrayList<>();
            if (keys.isEmpty()) {
                contents.each(
                        selection.query(context, StoreQuery.Order.KEY),
                        StoreContents.Values.WITHOUT,
                        row -> meant.add(row.key()));
            } else {
                keys.stream()
                        .distinct()
                        .filter(key -> contents.find(key) != null)
                        .forEach(meant::add);
            }
            context.err().println(StoreListing.entries(meant.size()) + " of " + file + " would go.");
            if (meant.isEmpty()) {
                return keys.isEmpty() ? ExitStatus.FINE : ExitStatus.PROBLEMS;
            }
            if (!yes && !isAgreed()) {
                context.err().println("Nothing was removed.");
                return ExitStatus.PROBLEMS;
            }
            int removed = contents.remove(meant);
            context.out().println("removed " + StoreListing.entries(removed));
            return removed == meant.size() ? ExitStatus.FINE : ExitStatus.PROBLEMS;
        }

        private boolean isAgreed() throws IOException {
            context.err().print("Remove them? [y/N] ");
            context.err().flush();
            String answer = new BufferedReader(new InputStreamReader(context.in(), StandardCharsets.UTF_8)).readLine();
            return answer != null && answer.strip().toLowerCase(Locale.ROOT).startsWith("y");
        }
    }
}
