package io.partflow.cli;

import io.partflow.cli.amounts.Age;
import io.partflow.cli.environment.ExitStatus;
import io.partflow.cli.environment.Refusal;
import io.partflow.engine.cache.CacheStore;
import io.partflow.engine.cache.sqlite.SqliteStore;
import io.partflow.engine.cache.sqlite.StoreQuery;
import io.partflow.engine.processor.Failure;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
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
                .addSubcommand("ls", new CacheReading.Ls(context))
                .addSubcommand("show", new CacheReading.Show(context))
                .addSubcommand("stats", new CacheReading.Stats(context))
                .addSubcommand("rm", new CacheRemoval(context))
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

        @Option(
                names = "--node",
                paramLabel = "ID",
                description = "Only entries that this node of a pipeline computed. Others' have no node.")
        private @Nullable String node;

        @Option(
                names = "--text",
                paramLabel = "TEXT",
                description = "Only with a part whose text holds this, in upper or lower case.")
        private @Nullable String text;

        @Option(names = "--expired", description = "Only entries that are over.")
        private boolean expired;

        boolean isEmpty() {
            return prefix == null && kind == null && olderMillis == null && node == null && text == null && !expired;
        }

        StoreQuery query(CommandContext context, StoreQuery.Order order) {
            return new StoreQuery(
                    null,
                    prefix,
                    kind,
                    olderMillis == null ? null : Long.valueOf(context.clock().millis() - olderMillis),
                    node,
                    text,
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
}
