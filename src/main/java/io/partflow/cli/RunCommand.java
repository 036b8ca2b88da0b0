package io.partflow.cli;

import io.partflow.cli.amounts.ByteSize;
import io.partflow.cli.environment.ExitStatus;
import io.partflow.cli.environment.Refusal;
import io.partflow.engine.cache.CacheSettings;
import io.partflow.engine.content.JsonObject;
import io.partflow.engine.run.RunOptions;
import io.partflow.engine.run.RunPlan;
import io.partflow.engine.run.StagePlan;
import io.partflow.engine.stream.StreamMode;
import io.partflow.engine.trace.RecordingLevel;
import io.partflow.pipeline.GraphCompiler;
import io.partflow.pipeline.PipelineDocument;
import io.partflow.pipeline.PipelineGraph;
import io.partflow.pipeline.PipelineNode;
import io.partflow.pipeline.PipelineSettings;
import io.partflow.pipeline.Problem;
import io.partflow.pipeline.report.Assertion;
import io.partflow.pipeline.report.ReportJson;
import io.partflow.pipeline.report.ReportText;
import io.partflow.pipeline.report.RunReport;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.TypeConversionException;

/// Runs a pipeline without a window. Confined to one thread.
@Command(
        name = "run",
        description = {
            "Runs a pipeline on its own sources, on files, on standard input or on a recording.",
            "",
            "What sinks accept goes to standard output as JSON Lines of parts; with --report, standard output holds"
                    + " the report alone."
        })
final class RunCommand implements Callable<Integer> {
    private final CommandContext context;

    @Parameters(paramLabel = "PIPELINE", arity = "1", description = "A pipeline document, *.partflow.json.")
    private Path pipeline = Path.of("");

    @Option(
            names = "--input",
            paramLabel = "FILE|DIR|-",
            description =
                    "Read this in place of the sources marked \"input\" (or of the only source); again for more. - is"
                            + " standard input.")
    private List<String> inputs = new ArrayList<>();

    @Option(
            names = "--stream",
            paramLabel = "RECORDING",
            description = "Replay this recording in place of the pipeline's own.")
    private @Nullable Path stream;

    @Option(
            names = "--speed",
            paramLabel = "N|max",
            converter = SpeedConverter.class,
            description = "Replay N times as fast as recorded; max (the default) does not wait at all.")
    private double speed = Double.POSITIVE_INFINITY;

    @Option(names = "--record", paramLabel = "FILE", description = "Record what the sources emit, for later replay.")
    private @Nullable Path record;

    @Option(
            names = "--record-level",
            paramLabel = "inputs|events|all",
            converter = LevelConverter.class,
            description = "With --record: what sources emit (the default); and requests to caches; and what every node"
                    + " emits.")
    private @Nullable RecordingLevel recordLevel;

    @Option(names = "--out", paramLabel = "FILE.jsonl", description = "Write what sinks accept to this file.")
    private @Nullable Path out;

    @Option(
            names = "--cache",
            paramLabel = "FILE.db",
            description = "Keep the entries of all caches in this store, and serve what is in it; made if not there.")
    private @Nullable Path store;

    @Option(
            names = "--user-prefix",
            paramLabel = "P",
            description =
                    "Put this before every cache key, so that users or tenants with one of their own share a store"
                            + " and see nothing of each other; the pipeline's own if not given.")
    private @Nullable String userPrefix;

    @Option(names = "--cold", description = "Ignore cache entries that are older than the run; new ones are kept.")
    private boolean cold;

    @Option(names = "--no-cache", description = "Serve no cache entry; new ones are kept.")
    private boolean noCache;

    @Option(names = "--no-store", description = "Keep no new cache entry.")
    private boolean noStore;

    @Option(
            names = "--max-age",
            paramLabel = "AGE",
            converter = CacheCommand.AgeConverter.class,
            description = "Ignore cache entries that are older than this: 7d, 12h, 30m.")
    private @Nullable Long maxAgeMillis;

    @Option(
            names = "--mode",
            paramLabel = "MODE",
            converter = ModeConverter.class,
            description = "low-latency, balanced, high-throughput, or queue and batch such as 500/5; the pipeline's"
                    + " own if not given.")
    private @Nullable StreamMode mode;

    @Option(
            names = "--budget",
            paramLabel = "SIZE",
            converter = BudgetConverter.class,
            description = "The memory that parts in flight may take, such as 100MiB, or 25%% of the heap; the"
                    + " pipeline's own if not given.")
    private @Nullable Long budgetBytes;

    @Option(
            names = "--prices",
            paramLabel = "FILE.json",
            description = "With --report: what tokens, computing and storage cost, for what caches have saved.")
    private @Nullable Path prices;

    @Option(names = "--report", paramLabel = "text|json", description = "Print a report of the run.")
    private RunOrder.@Nullable ReportForm report;

    @Option(
            names = "--assert",
            paramLabel = "EXPR",
            description =
                    "End with 1 unless this holds, such as hitRatio>=0.6 or nodes.answer.cache.misses==56; again for"
                            + " more.")
    private List<String> assertionTexts = new ArrayList<>();

    RunCommand(CommandContext context) {
        this.context = context;
    }

    @Override
    public Integer call() throws InterruptedException, IOException {
        List<Assertion> assertions = assertions();
        refuseWhatCannotBe();
        List<Problem> problems = new ArrayList<>();
        try (RunInputs given = new RunInputs(inputs, stream, context)) {
            RunPlan plan = plan(given, problems);
            if (plan == null) {
                problems.forEach(problem -> context.err().println(ReportText.problem(problem)));
                return ExitStatus.PROBLEMS.code();
            }
            checkNames(assertions, plan);
            RunReport.Settings settings = new RunReport.Settings(plan.mode(), speed, reading(), given.names(plan));
            RunOrder order = new RunOrder(
                    pipeline.toString(),
                    plan,
                    settings,
                    problems,
                    assertions,
                    recording(),
                    new RunOrder.Caching(
                            noStore ? RunOptions.Writing.NONE : RunOptions.Writing.ALL,
                            maxAgeMillis == null ? Long.MAX_VALUE : maxAgeMillis,
                            CurveCommand.prices(prices)),
                    out,
                    report,
                    given::named);
            return new PlanRunner(context, order).run().code();
        }
    }

    private RunOptions.Reading reading() {
        if (cold) {
            return RunOptions.Reading.COLD;
        }
        return noCache ? RunOptions.Reading.NONE : RunOptions.Reading.ALL;
    }

    private RunOrder.Recording recording() {
        return new RunOrder.Recording(record, recordLevel == null ? RecordingLevel.INPUTS : recordLevel);
    }

    private List<Assertion> assertions() {
        List<Assertion> assertions = new ArrayList<>();
        for (String text : assertionTexts) {
            try {
                assertions.add(Assertion.parse(text));
            } catch (IllegalArgumentException e) {
                throw new Refusal(ExitStatus.USAGE, "--assert " + e.getMessage() + ".", "See partflow run --help.");
            }
        }
        return assertions;
    }

    private void refuseWhatCannotBe() {
        if (cold && noCache) {
            throw new Refusal(ExitStatus.USAGE, "--cold and --no-cache cannot be used together.", "Give one of them.");
        }
        if (stream != null && !inputs.isEmpty()) {
            throw new Refusal(ExitStatus.USAGE, "--input and --stream cannot be used together.", "Give one of them.");
        }
        if (recordLevel != null && record == null) {
            throw new Refusal(
                    ExitStatus.USAGE, "--record-level needs --record.", "Name the file to record in with --record.");
        }
        for (Path written : new @Nullable Path[] {out, record}) {
            if (written != null) {
                refuseToOverwriteWhatIsRead(written);
                Path folder = written.toAbsolutePath().getParent();
                if (folder == null || !Files.isDirectory(folder)) {
                    throw Refusal.unwritable(written.toString(), new NoSuchFileException(written.toString()));
                }
                if (Files.isDirectory(written)) {
                    throw Refusal.unwritable(written.toString(), new IOException("it is a folder"));
                }
            }
        }
        if (record != null) {
            tryToWrite(record);
        }
    }

    /// The recording is opened when the run is over its first steps; a run of hours must not lose it for a missing
    /// right that could be seen at once. What is there stays as it is.
    private static void tryToWrite(Path file) {
        boolean there = Files.exists(file, LinkOption.NOFOLLOW_LINKS);
        try (OutputStream probe = Files.newOutputStream(file, StandardOpenOption.CREATE, StandardOpenOption.APPEND)) {
            probe.flush();
        } catch (IOException e) {
            throw Refusal.unwritable(file.toString(), e);
        }
        if (!there) {
            try {
                Files.delete(file);
            } catch (IOException e) {
                // It stays empty, and the recording is written into it.
            }
        }
    }

    /// A file would be empty before the run has read it.
    private void refuseToOverwriteWhatIsRead(Path written) {
        String option = written.equals(out) ? "--out" : "--record";
        List<Path> read = new ArrayList<>();
        read.add(pipeline);
        if (stream != null) {
            read.add(stream);
        }
        if (store != null) {
            read.add(store);
        }
        inputs.stream().filter(input -> !input.equals("-")).map(Path::of).forEach(read::add);
        for (Path each : read) {
            if (isSame(each, written)) {
                throw new Refusal(
                        ExitStatus.USAGE,
                        option + " would write over " + written + ", which this run reads.",
                        "Name another file.");
            }
        }
        if (out != null && record != null && isSame(out, record)) {
            throw new Refusal(ExitStatus.USAGE, "--out and --record name the same file.", "Name two files.");
        }
    }

    private static boolean isSame(Path one, Path other) {
        if (one.toAbsolutePath().normalize().equals(other.toAbsolutePath().normalize())) {
            return true;
        }
        try {
            return Files.exists(one) && Files.exists(other) && Files.isSameFile(one, other);
        } catch (IOException e) {
            // What cannot be compared will be told when it is opened.
            return false;
        }
    }

    /// The plan, or null when a problem is in the way.
    private @Nullable RunPlan plan(RunInputs given, List<Problem> problems) {
        PipelineDocument.Reading reading =
                new PipelineDocument(context.catalog().get()).read(pipeline);
        problems.addAll(reading.problems());
        if (reading.access() == PipelineDocument.Access.UNREADABLE) {
            return null;
        }
        PipelineGraph graph = given.into(reading.graph());
        PipelineSettings settings = graph.settings();
        settings = mode == null ? settings : settings.withMode(mode);
        settings = budgetBytes == null ? settings : settings.withBudgetBytes(budgetBytes);
        settings = userPrefix == null ? settings : settings.withUserPrefix(userPrefix);
        graph = graph.withSettings(settings);
        GraphCompiler.Compiled compiled = GraphCompiler.compile(
                store == null ? graph : inStore(graph, store), context.catalog().get(), folderOf(pipeline));
        problems.addAll(compiled.problems());
        // What is missing when the run comes to it, the run tells itself.
        problems.removeIf(problem -> problem.severity() == Problem.Severity.INFO
                || (problem.severity() == Problem.Severity.WARNING
                        && problem.code().equals("FILE_MISSING")));
        return compiled.plan();
    }

    /// The graph with a store, and with every cache that is in memory alone above it.
    static PipelineGraph inStore(PipelineGraph graph, Path store) {
        List<String> ids = graph.nodes().stream().map(PipelineNode::id).toList();
        String name = store.toAbsolutePath().toString().replace('\\', '/');
        return graph.withSettings(graph.settings().withStore(name)).mapNodes(ids, node -> {
            CacheSettings cache = node.cache();
            return cache == null || cache.tier() != CacheSettings.Tier.MEMORY
                    ? node
                    : node.withCache(cache.withTier(CacheSettings.Tier.TIERED));
        });
    }

    /// Where the relative paths of a document start.
    static Path folderOf(Path document) {
        Path folder = document.toAbsolutePath().normalize().getParent();
        return folder == null ? Path.of("").toAbsolutePath() : folder;
    }

    private static void checkNames(List<Assertion> assertions, RunPlan plan) {
        JsonObject form =
                ReportJson.form(plan.stages().stream().map(StagePlan::id).toList());
        for (Assertion assertion : assertions) {
            assertion.complaint(form).ifPresent(complaint -> {
                throw new Refusal(
                        ExitStatus.USAGE,
                        "--assert " + assertion.text() + ": " + complaint,
                        "See partflow run --help.");
            });
        }
    }

    /// Reads `max` or a positive number.
    static final class SpeedConverter implements ITypeConverter<Double> {
        @Override
        public Double convert(String text) {
            if (text.equals("max")) {
                return Double.POSITIVE_INFINITY;
            }
            try {
                double speed = Double.parseDouble(text);
                if (speed > 0 && Double.isFinite(speed)) {
                    return speed;
                }
            } catch (NumberFormatException e) {
                // falls through to the one message for all that is no speed
            }
            throw new TypeConversionException("\"" + text + "\" is no speed; it must be max or a number above 0");
        }
    }

    /// Reads the name of a level.
    static final class LevelConverter implements ITypeConverter<RecordingLevel> {
        @Override
        public RecordingLevel convert(String text) {
            try {
                return RecordingLevel.of(text);
            } catch (IllegalArgumentException e) {
                throw new TypeConversionException(e.getMessage());
            }
        }
    }

    /// Reads the name of a mode.
    static final class ModeConverter implements ITypeConverter<StreamMode> {
        @Override
        public StreamMode convert(String text) {
            try {
                return StreamMode.of(text);
            } catch (IllegalArgumentException e) {
                throw new TypeConversionException(e.getMessage());
            }
        }
    }

    /// Reads a size such as `100MiB`, or a share of the heap such as `25%`.
    static final class BudgetConverter implements ITypeConverter<Long> {
        private static final Pattern SHARE = Pattern.compile("(\\d{1,3}(?:\\.\\d{1,6})?) ?%");

        @Override
        public Long convert(String text) {
            try {
                Matcher share = SHARE.matcher(text.strip());
                if (share.matches() && Double.parseDouble(share.group(1)) > 0) {
                    double ofHeap = Math.min(100, Double.parseDouble(share.group(1))) / 100;
                    return Math.max(1, (long) (ofHeap * Runtime.getRuntime().maxMemory()));
                }
                return ByteSize.parse(text);
            } catch (IllegalArgumentException e) {
                throw new TypeConversionException(e.getMessage());
            }
        }
    }
}
