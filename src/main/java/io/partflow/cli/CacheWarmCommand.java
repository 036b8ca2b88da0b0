package io.partflow.cli;

import io.partflow.cli.environment.ExitStatus;
import io.partflow.cli.environment.Interrupts;
import io.partflow.cli.environment.Refusal;
import io.partflow.cli.listing.StoreListing;
import io.partflow.engine.cache.CacheRoom;
import io.partflow.engine.cache.CacheStore;
import io.partflow.engine.cache.sqlite.SqliteStore;
import io.partflow.engine.run.RunOptions;
import io.partflow.engine.stream.CoarseClock;
import io.partflow.pipeline.PipelineDocument;
import io.partflow.pipeline.PipelineGraph;
import io.partflow.pipeline.report.Amounts;
import io.partflow.pipeline.report.ReportText;
import io.partflow.pipeline.warm.PipelineWarming;
import io.partflow.pipeline.warm.StoreWarming;
import io.partflow.pipeline.warm.Warming;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/// Fills a store before it is needed. Confined to one thread.
@Command(
        name = "warm",
        mixinStandardHelpOptions = true,
        description = {
            "Fills the store before it is needed: from another store, or by running what leads to the caches of a"
                    + " pipeline, without its sinks, on its own sources, on files, on a folder or on a recording.",
            "An interrupt ends it; what is in the store by then stays."
        })
final class CacheWarmCommand implements Callable<Integer> {
    private final CommandContext context;

    @Parameters(index = "0", paramLabel = "STORE", description = "The store to fill, *.db.")
    private Path file = Path.of("");

    @Option(names = "--from", paramLabel = "OTHER.db", description = "Copy the live entries of this store.")
    private @Nullable Path other;

    @Option(names = "--pipeline", paramLabel = "PIPELINE", description = "Run what leads to this pipeline's caches.")
    private @Nullable Path pipeline;

    @Option(names = "--input", paramLabel = "FILE|DIR|-", description = "Run it on this; again for more.")
    private List<String> inputs = new ArrayList<>();

    @Option(names = "--stream", paramLabel = "RECORDING", description = "Run it on this recording.")
    private @Nullable Path stream;

    @Option(
            names = "--user-prefix",
            paramLabel = "P",
            description = "With --pipeline: put this before every key, as partflow run does.")
    private @Nullable String userPrefix;

    CacheWarmCommand(CommandContext context) {
        this.context = context;
    }

    @Override
    public Integer call() throws InterruptedException, IOException {
        Path from = other;
        Path run = pipeline;
        if ((from == null) == (run == null)) {
            throw wrong("Say where from: --from OTHER.db, or --pipeline PIPELINE.");
        }
        if (from != null && (stream != null || !inputs.isEmpty() || userPrefix != null)) {
            throw wrong("--input, --stream and --user-prefix go with --pipeline.");
        }
        if (stream != null && !inputs.isEmpty()) {
            throw wrong("--input and --stream cannot be used together.");
        }
        try {
            return (from == null ? byRunning(run == null ? Path.of("") : run) : copy(from)).code();
        } catch (CacheStore.Unavailable e) {
            throw CacheCommand.refusal(e);
        }
    }

    private static Refusal wrong(String message) {
        return new Refusal(ExitStatus.USAGE, message, "See partflow cache warm --help.");
    }

    private ExitStatus copy(Path from) throws InterruptedException {
        // The source first: a name that is wrong must not leave a new store behind.
        SqliteStore.open(from, context.clock(), SqliteStore.Access.READ_ONLY).close();
        try (SqliteStore target = SqliteStore.open(file, context.clock());
                StoreWarming warming = StoreWarming.into(target, from, context.clock())) {
            Warming.Progress end = follow(warming);
            target.problems().forEach(problem -> CacheCommand.tell(context, problem));
            context.out().println("copied " + StoreListing.entries(end.added()) + " of " + end.read());
            return status(end, target.problems().isEmpty());
        }
    }

    private ExitStatus byRunning(Path document) throws InterruptedException, IOException {
        PipelineDocument.Reading reading =
                new PipelineDocument(context.catalog().get()).read(document);
        try (RunInputs given = new RunInputs(inputs, stream, context)) {
            PipelineGraph graph = reading.access() == PipelineDocument.Access.UNREADABLE
                    ? reading.graph()
                    : RunCommand.inStore(own(given.into(reading.graph())), file);
            PipelineWarming.Planned planned = reading.access() == PipelineDocument.Access.UNREADABLE
                    ? new PipelineWarming.Planned(null, reading.problems())
                    : PipelineWarming.plan(graph, context.catalog().get(), RunCommand.folderOf(document));
            var plan = planned.plan();
            if (plan == null) {
                planned.problems().forEach(problem -> context.err().println(ReportText.problem(problem)));
                return ExitStatus.PROBLEMS;
            }
            try (CacheRoom caches =
                    new CacheRoom(CoarseClock.of(context.clock()), path -> SqliteStore.open(path, context.clock()))) {
                CacheStore store = caches.store(file);
                RunOptions options = RunOptions.DEFAULT.withClock(context.clock());
                try (PipelineWarming warming = PipelineWarming.start(plan, caches, options)) {
                    Warming.Progress end = follow(warming);
                    store.flush();
                    store.problems().forEach(problem -> CacheCommand.tell(context, problem));
                    context.out()
                            .println("kept " + StoreListing.entries(end.added()) + ", found " + end.present()
                                    + " there, from " + Amounts.count(end.read()) + " parts");
                    return status(end, store.problems().isEmpty());
                }
            }
        }
    }

    private PipelineGraph own(PipelineGraph graph) {
        return userPrefix == null ? graph : graph.withSettings(graph.settings().withUserPrefix(userPrefix));
    }

    private Warming.Progress follow(Warming warming) throws InterruptedException {
        try (Interrupts.Watch watch = context.interrupts().watch(warming::cancel);
                Progress progress = Progress.tell(() -> words(warming.progress()), context)) {
            Warming.Progress end = warming.await();
            end.problems().forEach(problem -> CacheCommand.tell(context, problem));
            return end;
        }
    }

    private static String words(Warming.Progress now) {
        String of = now.total() < 0 ? "" : " of " + Amounts.count(now.total());
        return Amounts.count(now.read()) + of + " read, " + Amounts.count(now.added()) + " kept, "
                + Amounts.count(now.present()) + " there"
                + (now.failed() == 0 ? "" : ", " + Amounts.count(now.failed()) + " failed");
    }

    private static ExitStatus status(Warming.Progress end, boolean storeIsFine) {
        return switch (end.state()) {
            case CANCELLED -> ExitStatus.INTERRUPTED;
            case COMPLETED -> end.failed() == 0 && storeIsFine ? ExitStatus.FINE : ExitStatus.PROBLEMS;
            case FAILED, RUNNING -> ExitStatus.PROBLEMS;
        };
    }
}
