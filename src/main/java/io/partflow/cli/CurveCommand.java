package io.partflow.cli;

import io.partflow.cli.amounts.ByteSize;
import io.partflow.cli.environment.ExitStatus;
import io.partflow.cli.environment.Refusal;
import io.partflow.cli.listing.CurveListing;
import io.partflow.engine.content.JsonObject;
import io.partflow.engine.insight.NodeAnalysis;
import io.partflow.engine.insight.RecordedHistories;
import io.partflow.engine.insight.TraceFile;
import io.partflow.engine.insight.curve.AccessTrace;
import io.partflow.engine.insight.curve.MissRatioCurve.Unit;
import io.partflow.engine.insight.curve.Policy;
import io.partflow.engine.insight.curve.TraceCurves;
import io.partflow.engine.insight.history.Ablation;
import io.partflow.engine.insight.history.Ledger;
import io.partflow.engine.insight.history.PriceTable;
import io.partflow.engine.trace.RecordingException;
import io.partflow.pipeline.report.Amounts;
import io.partflow.pipeline.report.IndentedJson;
import java.io.IOException;
import java.nio.charset.CharacterCodingException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.zip.ZipException;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/// Prints the hit ratio that caches of other sizes, policies and times to live would have had. Confined to one
/// thread.
@Command(
        name = "curve",
        description = {
            "Prints the hit ratio at every size, from what was asked of a cache.",
            "",
            "TRACE is a recording, a trace file of genai-processors, or a file of keys, one a line, also compressed"
                    + " by gzip. From a recording the requests to each node's cache are taken, or, where it has none,"
                    + " the keys of the parts that its sources emitted; from a trace file the calls of each processor."
        })
final class CurveCommand implements Callable<Integer> {
    private static final Pattern TIME = Pattern.compile("(\\d+)\\s*(ms|s|m|min|h|d)");
    private static final Map<String, Long> MILLIS =
            Map.of("ms", 1L, "s", 1_000L, "m", 60_000L, "min", 60_000L, "h", 3_600_000L, "d", 86_400_000L);

    private static final Pattern SHARE = Pattern.compile("(\\d+(?:\\.\\d+)?)\\s*(%?)");

    private final CommandContext context;

    @Parameters(paramLabel = "TRACE", arity = "1", description = "Keys one a line, or a recording.")
    private Path trace = Path.of("");

    @Option(
            names = "--policy",
            split = ",",
            paramLabel = "P",
            description = "lru (the default), fifo, tinylfu, or optimal: the best that any policy could do.")
    private List<String> policies = new ArrayList<>();

    @Option(
            names = "--sizes",
            split = ",",
            paramLabel = "N",
            description = "Numbers of entries, or sizes with a unit such as 64MiB for a cache bounded in bytes.")
    private List<String> sizes = new ArrayList<>();

    @Option(names = "--bytes", description = "At sizes in bytes, also where --sizes says none.")
    private boolean bytes;

    @Option(
            names = "--ttl",
            split = ",",
            paramLabel = "TIME",
            description = "Times to live such as 500ms, 30s, 5m or 12h, each a curve of its own; 0 is for ever.")
    private List<String> timesToLive = new ArrayList<>();

    @Option(
            names = "--advice",
            description = "Also tell what a recording or trace file says of each cache: the hit ratio without each"
                    + " field of the key, times to live, what had to go and was asked for again, what was saved, and"
                    + " what to change.")
    private boolean advice;

    @Option(
            names = "--prices",
            paramLabel = "FILE.json",
            description = "With --advice: what tokens, computing and storage cost.")
    private @Nullable Path prices;

    @Option(
            names = "--error-budget",
            paramLabel = "SHARE",
            description = "With --advice: how many answers may be those of another input where inputs come to share an"
                    + " entry, such as 0.5%% or 0.005; 1%% if left out.")
    private @Nullable String errorBudget;

    @Option(names = "--json", description = "As JSON.")
    private boolean json;

    CurveCommand(CommandContext context) {
        this.context = context;
    }

    @Override
    public Integer call() {
        List<Policy> asked = policies.isEmpty()
                ? List.of(Policy.LRU)
                : policies.stream().map(CurveCommand::policy).toList();
        List<Long> ttls = timesToLive.isEmpty()
                ? List.of(0L)
                : timesToLive.stream().map(CurveCommand::millis).toList();
        Unit unit = bytes || sizes.stream().anyMatch(CurveCommand::hasUnit) ? Unit.BYTES : Unit.ITEMS;
        long[] given =
                sizes.stream().mapToLong(CurveCommand::size).sorted().distinct().toArray();
        if (asked.contains(Policy.OPTIMAL)
                && (unit == Unit.BYTES || ttls.stream().anyMatch(ttl -> ttl > 0))) {
            throw usage(
                    "The optimum is known for numbers of entries without a time to live only.",
                    "Leave out --policy optimal, or the byte sizes and --ttl.");
        }
        TraceFile file = read();
        file.notes().forEach(context.err()::println);
        if (unit == Unit.BYTES && given.length == 0) {
            given = byteSizes(file);
        }
        List<CurveListing.OfNode> nodes = new ArrayList<>();
        long most = 1;
        for (Map.Entry<String, AccessTrace> each : new TreeMap<>(file.traces()).entrySet()) {
            most = Math.max(most, each.getValue().distinct());
            nodes.add(curves(each.getKey(), each.getValue(), asked, ttls, unit, given));
        }
        if (nodes.stream().allMatch(node -> node.trace().accesses() == 0)) {
            throw new Refusal(
                    ExitStatus.PROBLEMS,
                    trace + " holds no keys.",
                    "Choose a file with one key a line, or a recording with parts in it.");
        }
        String name = trace.toString();
        List<CurveListing.OfHistory> histories = advice ? histories() : List.of();
        if (json) {
            JsonObject curves = CurveListing.json(name, nodes);
            context.out()
                    .println(IndentedJson.of(advice ? curves.with("insight", CurveListing.json(histories)) : curves));
        } else {
            long[] rows = given.length > 0 ? given : TraceCurves.sizes(most);
            context.out()
                    .print(CurveListing.text(name, nodes, rows, unit == Unit.BYTES ? Amounts::bytes : Long::toString));
            context.out().print(CurveListing.text(histories));
        }
        return ExitStatus.FINE.code();
    }

    private CurveListing.OfNode curves(
            String node, AccessTrace accesses, List<Policy> asked, List<Long> ttls, Unit unit, long[] given) {
        if (ttls.stream().anyMatch(ttl -> ttl > 0) && !accesses.isTimed()) {
            throw usage(
                    "A time to live means nothing for " + trace + ": it does not say when its keys were asked for.",
                    "Leave out --ttl, or use a recording.");
        }
        if (unit == Unit.BYTES && !accesses.isSized()) {
            throw usage(
                    "Sizes in bytes mean nothing for " + trace + ": it does not say how large the values are.",
                    "Give --sizes as numbers of entries, or use a recording with the requests to its caches.");
        }
        long[] at = given.length > 0 ? given : TraceCurves.sizes(accesses.distinct());
        List<CurveListing.Drawn> curves = new ArrayList<>();
        for (Policy policy : asked) {
            for (long ttl : ttls) {
                curves.add(new CurveListing.Drawn(policy.id(), ttl, TraceCurves.of(accesses, policy, unit, at, ttl)));
            }
        }
        return new CurveListing.OfNode(node, accesses, curves);
    }

    /// The sizes worth asking for of any of the traces.
    private static long[] byteSizes(TraceFile file) {
        return file.traces().values().stream()
                .filter(AccessTrace::isSized)
                .flatMapToLong(trace -> Arrays.stream(TraceCurves.byteSizes(trace)))
                .sorted()
                .distinct()
                .toArray();
    }

    private List<CurveListing.OfHistory> histories() {
        PriceTable table = prices(prices);
        double budget = errorBudget == null ? Ablation.DEFAULT_ERROR_BUDGET : share(errorBudget);
        RecordedHistories recorded = reading(() -> RecordedHistories.read(trace));
        recorded.notes().forEach(context.err()::println);
        List<CurveListing.OfHistory> histories = new ArrayList<>();
        new TreeMap<>(recorded.histories())
                .forEach((node, history) -> histories.add(new CurveListing.OfHistory(
                        node, NodeAnalysis.of(history, context.clock().millis(), budget), Ledger.of(history, table))));
        return histories;
    }

    /// The price table in a file; nothing costs anything where none is named.
    ///
    /// @throws Refusal when it cannot be read, or is no price table
    static PriceTable prices(@Nullable Path file) {
        if (file == null) {
            return PriceTable.FREE;
        }
        try {
            return PriceTable.read(JsonObject.parse(Files.readString(file)));
        } catch (IOException e) {
            throw Refusal.unreadable(file.toString(), e);
        } catch (IllegalArgumentException e) {
            throw usage(
                    file + " is no price table: " + e.getMessage() + ".",
                    "Write {\"format\": \"partflow-prices\", \"version\": 1, \"processors\": {\"model.simulated\":"
                            + " {\"inUsdPerMillion\": 0.5, \"outUsdPerMillion\": 2}}}.");
        }
    }

    private TraceFile read() {
        return reading(() -> TraceFile.read(trace));
    }

    /// Something that reads a file of the user's.
    @FunctionalInterface
    private interface Reading<T> {
        T read() throws IOException, RecordingException;
    }

    private <T> T reading(Reading<T> reading) {
        try {
            return reading.read();
        } catch (RecordingException e) {
            throw new Refusal(ExitStatus.PROBLEMS, e.getMessage() + ".", e.remedy());
        } catch (CharacterCodingException | ZipException e) {
            throw new Refusal(
                    ExitStatus.PROBLEMS,
                    trace + " is neither text nor a whole file compressed by gzip.",
                    "Choose a file with one key a line, or a recording (*.parts.jsonl).");
        } catch (IOException e) {
            throw Refusal.unreadable(trace.toString(), e);
        }
    }

    private static Policy policy(String name) {
        return Arrays.stream(Policy.values())
                .filter(each -> each.id().equals(name.strip().toLowerCase(Locale.ROOT)))
                .findFirst()
                .orElseThrow(
                        () -> usage("There is no policy \"" + name + "\".", "Ask for lru, fifo, tinylfu or optimal."));
    }

    private static boolean hasUnit(String size) {
        return size.chars().anyMatch(Character::isLetter);
    }

    private static long size(String text) {
        try {
            return ByteSize.parse(text);
        } catch (IllegalArgumentException e) {
            throw usage(e.getMessage() + ".", "Give --sizes as 100,200,400 or as 1MiB,64MiB.");
        }
    }

    private static long millis(String text) {
        Matcher matcher = TIME.matcher(text.strip().toLowerCase(Locale.ROOT));
        if (text.strip().equals("0")) {
            return 0;
        }
        Long unit = matcher.matches() ? MILLIS.get(matcher.group(2)) : null;
        if (unit == null) {
            throw usage("\"" + text + "\" is not a time to live.", "Give --ttl as 500ms, 30s, 5m, 12h or 7d.");
        }
        try {
            return Math.multiplyExact(Long.parseLong(matcher.group(1)), unit);
        } catch (ArithmeticException | NumberFormatException e) {
            throw usage("\"" + text + "\" is longer than can be told.", "0 is for ever.");
        }
    }

    private static double share(String text) {
        Matcher matcher = SHARE.matcher(text.strip());
        double share = matcher.matches() ? Double.parseDouble(matcher.group(1)) : Double.NaN;
        double budget = matcher.matches() && !matcher.group(2).isEmpty() ? share / 100 : share;
        if (!(budget >= 0 && budget <= 1)) {
            throw usage("\"" + text + "\" is no share of answers.", "Give --error-budget as 0.5% or as 0.005.");
        }
        return budget;
    }

    private static Refusal usage(String message, String remedy) {
        return new Refusal(ExitStatus.USAGE, message, remedy);
    }
}
