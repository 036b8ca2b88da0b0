package io.partflow.pipeline.report;

import static io.partflow.pipeline.report.TextTable.Side.LEFT;
import static io.partflow.pipeline.report.TextTable.Side.RIGHT;

import io.partflow.engine.cache.CacheSnapshot;
import io.partflow.engine.cache.LatencySnapshot;
import io.partflow.engine.cache.SavingsSnapshot;
import io.partflow.engine.processor.PromptSnapshot;
import io.partflow.engine.run.NodeSnapshot;
import io.partflow.engine.run.RunOptions;
import io.partflow.engine.run.RunSnapshot;
import io.partflow.engine.run.WireSnapshot;
import io.partflow.pipeline.Problem;

/// A report as aligned text for a terminal: the same numbers as [ReportJson]. Pure functions.
public final class ReportText {
    private static final String INDENT = "  ";
    private static final String UNKNOWN = "-";

    private ReportText() {}

    /// The whole report, ending in a newline.
    public static String of(RunReport report) {
        RunSnapshot snapshot = report.snapshot();
        StringBuilder out = new StringBuilder();
        out.append(headline(report)).append('\n');
        section(out, "Nodes", nodes(snapshot));
        section(out, "Caches", caches(snapshot));
        section(out, "Time to answer", latencies(snapshot));
        section(out, "Saved by the caches", savings(snapshot.savings()));
        section(
                out,
                "Hit ratio, at ten moments of the last 1,000 requests",
                InsightListing.hitRatios(report.findings()));
        section(out, "Why requests were computed", InsightListing.causes(report.findings()));
        section(out, "Rolling prompts", prompts(snapshot));
        section(out, "Wires", wires(snapshot));
        out.append("\nMemory: at most ")
                .append(Amounts.bytes(snapshot.memory().highWaterBytes()))
                .append(" in flight of ")
                .append(Amounts.bytes(snapshot.memory().budgetBytes()))
                .append(", ")
                .append(Amounts.bytes(snapshot.memory().inFlightBytes()))
                .append(" at the end\n");
        out.append(InsightListing.advice(report.findings()));
        problems(out, report);
        assertions(out, report);
        return out.toString();
    }

    private static String headline(RunReport report) {
        RunSnapshot snapshot = report.snapshot();
        RunReport.Settings settings = report.settings();
        String speed = Double.isInfinite(settings.speed()) ? "as fast as possible" : "speed " + plain(settings.speed());
        String cold = settings.reading() == RunOptions.Reading.COLD ? ", cold" : "";
        return report.pipeline() + ": " + snapshot.status().id() + " in " + Amounts.nanos(snapshot.elapsedNanos())
                + " (" + settings.mode().id() + ", " + speed + cold + ")\n"
                + Amounts.count(snapshot.partsIn()) + (snapshot.partsIn() == 1 ? " part in, " : " parts in, ")
                + Amounts.count(snapshot.partsOut()) + " out, "
                + Amounts.count(snapshot.failures()) + " failed";
    }

    private static TextTable nodes(RunSnapshot snapshot) {
        TextTable table = new TextTable(LEFT, LEFT, RIGHT, RIGHT, RIGHT, RIGHT, RIGHT, RIGHT)
                .row("node", "processor", "in", "out", "failed", "busy", "waiting", "blocked");
        for (NodeSnapshot node : snapshot.nodes()) {
            table.row(
                    node.id(),
                    node.processor() + "@" + node.version(),
                    Amounts.count(node.partsIn()),
                    Amounts.count(node.partsOut()),
                    Amounts.count(node.failures()),
                    Amounts.nanos(node.busyNanos()),
                    Amounts.nanos(node.waitingNanos()),
                    Amounts.nanos(node.blockedNanos()));
        }
        return table;
    }

    private static TextTable caches(RunSnapshot snapshot) {
        TextTable table =
                new TextTable(LEFT, RIGHT, RIGHT, RIGHT, RIGHT, RIGHT, RIGHT, RIGHT, RIGHT, RIGHT, RIGHT, RIGHT, RIGHT);
        long cached =
                snapshot.nodes().stream().filter(node -> node.cache() != null).count();
        if (cached == 0) {
            return table;
        }
        table.row(
                "node",
                "requests",
                "hits",
                "coalesced",
                "misses",
                "hit ratio",
                "puts",
                "entries",
                "bytes",
                "ev. size",
                "ev. weight",
                "ev. expiry",
                "ev. explicit");
        for (NodeSnapshot node : snapshot.nodes()) {
            if (node.cache() != null) {
                cacheRow(table, node.id(), node.cache());
            }
        }
        if (cached > 1) {
            cacheRow(table, "all", snapshot.cache());
        }
        return table;
    }

    private static void cacheRow(TextTable table, String name, CacheSnapshot cache) {
        table.row(
                name,
                Amounts.count(cache.requests()),
                Amounts.count(cache.hits()),
                Amounts.count(cache.coalesced()),
                Amounts.count(cache.misses()),
                cache.hitRatio().isPresent() ? Amounts.percent(cache.hitRatio().getAsDouble()) : UNKNOWN,
                Amounts.count(cache.puts()),
                Amounts.count(cache.entries()),
                Amounts.bytes(cache.bytes()),
                Amounts.count(cache.evictedBySize()),
                Amounts.count(cache.evictedByWeight()),
                Amounts.count(cache.evictedByExpiry()),
                Amounts.count(cache.evictedExplicitly()));
    }

    private static TextTable latencies(RunSnapshot snapshot) {
        TextTable table = new TextTable(LEFT, LEFT, RIGHT, RIGHT, RIGHT, RIGHT);
        for (NodeSnapshot node : snapshot.nodes()) {
            if (node.cache() != null) {
                latencyRow(
                        table, node.id(), "hits (one in 64 timed)", node.cache().hitLatency());
                latencyRow(table, node.id(), "misses", node.cache().missLatency());
            }
        }
        return table;
    }

    private static void latencyRow(TextTable table, String node, String what, LatencySnapshot latency) {
        if (latency.samples() == 0) {
            return;
        }
        if (table.isEmpty()) {
            table.row("node", "", "p50", "p95", "p99", "timed");
        }
        table.row(
                node,
                what,
                Amounts.millis(latency.p50Ms()),
                Amounts.millis(latency.p95Ms()),
                Amounts.millis(latency.p99Ms()),
                Amounts.count(latency.samples()));
    }

    private static TextTable savings(SavingsSnapshot savings) {
        TextTable table = new TextTable(LEFT, RIGHT, RIGHT, RIGHT, RIGHT, RIGHT);
        if (savings.measured().calls() + savings.estimated().calls() == 0) {
            return table;
        }
        table.row("", "calls", "time", "tokens in", "tokens out", "cost");
        savedRow(table, "measured", savings.measured());
        savedRow(table, "estimated", savings.estimated());
        table.row("spent on caching", "", Amounts.nanos(savings.overheadNanos()));
        return table;
    }

    private static void savedRow(TextTable table, String name, SavingsSnapshot.Saved saved) {
        if (saved.calls() > 0) {
            table.row(
                    name,
                    Amounts.count(saved.calls()),
                    Amounts.nanos(saved.timeNanos()),
                    Amounts.count(saved.usage().tokensIn()),
                    Amounts.count(saved.usage().tokensOut()),
                    Amounts.dollars(saved.usage().costMicroUsd()));
        }
    }

    private static TextTable prompts(RunSnapshot snapshot) {
        TextTable table = new TextTable(LEFT, RIGHT, RIGHT, RIGHT, RIGHT, RIGHT, RIGHT);
        for (NodeSnapshot node : snapshot.nodes()) {
            PromptSnapshot prompt = node.prompt();
            if (prompt == null) {
                continue;
            }
            if (table.isEmpty()) {
                table.row("node", "kept", "dropped", "summarised", "tokens before", "after", "shared prefix");
            }
            table.row(
                    node.id(),
                    Amounts.count(prompt.partsKept()),
                    Amounts.count(prompt.partsDropped()),
                    Amounts.count(prompt.partsSummarised()),
                    Amounts.count(prompt.tokensBefore()),
                    Amounts.count(prompt.tokensAfter()),
                    Amounts.count(prompt.sharedPrefixTokens()));
        }
        return table;
    }

    private static TextTable wires(RunSnapshot snapshot) {
        TextTable table = new TextTable(LEFT, LEFT, RIGHT, RIGHT, RIGHT, RIGHT);
        for (WireSnapshot wire : snapshot.wires()) {
            if (table.isEmpty()) {
                table.row("from", "to", "parts", "most waiting", "in bytes", "blocked");
            }
            table.row(
                    wire.from(),
                    wire.to(),
                    Amounts.count(wire.parts()),
                    Amounts.count(wire.highWaterParts()),
                    Amounts.bytes(wire.highWaterBytes()),
                    Amounts.nanos(wire.blockedNanos()));
        }
        return table;
    }

    private static void problems(StringBuilder out, RunReport report) {
        if (report.problems().isEmpty()) {
            return;
        }
        out.append("\nProblems\n");
        for (Problem problem : report.problems()) {
            out.append(problem(problem).indent(INDENT.length()));
        }
        long earlier = report.snapshot().earlierFailures();
        if (earlier > 0) {
            out.append(INDENT)
                    .append("and ")
                    .append(Amounts.count(earlier))
                    .append(earlier == 1 ? " earlier failure\n" : " earlier failures\n");
        }
    }

    /// One problem on two lines, without a newline at its end: where and what, then the remedy.
    public static String problem(Problem problem) {
        StringBuilder where = new StringBuilder();
        if (problem.node() != null) {
            where.append(problem.node());
            if (problem.port() != null) {
                where.append('.').append(problem.port());
            }
            where.append(": ");
        }
        if (problem.file() != null && !problem.message().contains(problem.file())) {
            where.append(problem.file()).append(": ");
        }
        return problem.severity().id() + " " + problem.code() + "  " + where + problem.message() + "\n  "
                + problem.remedy();
    }

    private static void assertions(StringBuilder out, RunReport report) {
        if (report.assertions().isEmpty()) {
            return;
        }
        TextTable table = new TextTable(LEFT, LEFT, LEFT);
        for (Assertion.Result result : report.assertions()) {
            table.row(result.verdict() == Assertion.Verdict.PASSED ? "passed" : "FAILED", result.text(), found(result));
        }
        section(out, "Assertions", table);
    }

    /// One result in words: `hitRatio>=0.9 (is 0.86)`.
    public static String assertion(Assertion.Result result) {
        return result.text() + " (" + found(result) + ")";
    }

    private static String found(Assertion.Result result) {
        Double actual = result.actual();
        return actual == null ? "not known" : "is " + plain(actual);
    }

    private static void section(StringBuilder out, String title, TextTable table) {
        if (!table.isEmpty()) {
            out.append('\n').append(title).append('\n').append(table.text(INDENT));
        }
    }

    private static String plain(double number) {
        return number == Math.rint(number) && Math.abs(number) < 1e15
                ? Long.toString((long) number)
                : Double.toString(number);
    }
}
