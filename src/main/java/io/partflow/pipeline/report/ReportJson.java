package io.partflow.pipeline.report;

import io.partflow.engine.cache.CacheSnapshot;
import io.partflow.engine.cache.LatencySnapshot;
import io.partflow.engine.cache.SavingsSnapshot;
import io.partflow.engine.content.JsonArray;
import io.partflow.engine.content.JsonNull;
import io.partflow.engine.content.JsonObject;
import io.partflow.engine.content.JsonString;
import io.partflow.engine.content.JsonValue;
import io.partflow.engine.processor.PromptSnapshot;
import io.partflow.engine.run.NodeSnapshot;
import io.partflow.engine.run.RunOptions;
import io.partflow.engine.run.RunSnapshot;
import io.partflow.engine.run.WireSnapshot;
import io.partflow.engine.stream.MemorySnapshot;
import io.partflow.pipeline.Problem;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/// A report as one JSON object, `partflow-report` version 1. Pure functions.
///
/// Times are milliseconds with at most three decimals, ratios 0 to 1 with at most six, money US dollars; null
/// means unknown. `problems` lists the last failures of a run; `problemsOmitted` tells how many came before them.
public final class ReportJson {
    private static final DateTimeFormatter INSTANT = DateTimeFormatter.ofPattern(
                    "uuuu-MM-dd'T'HH:mm:ss.SSS'Z'", Locale.ROOT)
            .withZone(ZoneOffset.UTC);

    private ReportJson() {}

    /// The whole report.
    public static JsonObject of(RunReport report) {
        RunSnapshot snapshot = report.snapshot();
        JsonObject json = JsonObject.builder()
                .put("format", "partflow-report")
                .put("version", 1)
                .put("partflow", report.partflow())
                .put("pipeline", report.pipeline())
                .put("run", run(report))
                .put("totals", totals(snapshot))
                .put("memory", memory(snapshot.memory()))
                .put("nodes", array(snapshot.nodes(), ReportJson::node))
                .put("wires", array(snapshot.wires(), ReportJson::wire))
                .put("problems", array(report.problems(), ReportJson::problem))
                .put("problemsOmitted", snapshot.earlierFailures())
                .put("assertions", array(report.assertions(), ReportJson::assertion))
                .build();
        return report.findings().isEmpty()
                ? json
                : json.with("insight", array(report.findings(), InsightListing::json));
    }

    /// The numbers of a snapshot alone, which is what assertions are checked against.
    public static JsonObject numbers(RunSnapshot snapshot) {
        return JsonObject.of("totals", totals(snapshot), "nodes", array(snapshot.nodes(), ReportJson::node));
    }

    /// The form of [#numbers(RunSnapshot)] for nodes of these ids, every section filled in: what can be
    /// asserted before anything has run.
    public static JsonObject form(List<String> nodeIds) {
        JsonObject cache = cache(CacheSnapshot.EMPTY);
        JsonObject prompt = prompt(new PromptSnapshot(0, 0, 0, 0, 0, 0));
        JsonObject savings = savings(SavingsSnapshot.NONE);
        JsonObject totals =
                counts(0, 0, 0).put("cache", cache).put("savings", savings).build();
        return JsonObject.of(
                "totals",
                totals,
                "nodes",
                array(
                        nodeIds,
                        id -> nodeHead(id, "", 1, counts(0, 0, 0))
                                .put("busyMs", 0)
                                .put("waitingMs", 0)
                                .put("blockedMs", 0)
                                .put("cache", cache)
                                .put("prompt", prompt)
                                .put("savings", savings)
                                .build()));
    }

    /// The node of that id in a report.
    static Optional<JsonObject> node(JsonObject report, String id) {
        if (!(report.get("nodes") instanceof JsonArray nodes)) {
            return Optional.empty();
        }
        return nodes.values().stream()
                .filter(each -> each instanceof JsonObject node && new JsonString(id).equals(node.get("id")))
                .map(JsonObject.class::cast)
                .findFirst();
    }

    private static JsonObject run(RunReport report) {
        RunSnapshot snapshot = report.snapshot();
        RunReport.Settings settings = report.settings();
        return JsonObject.builder()
                .put("status", snapshot.status().id())
                .put("startedAt", instant(snapshot.startedAt()))
                .put("elapsedMs", millis(snapshot.elapsedNanos()))
                .put("mode", settings.mode().id())
                .put("speed", speed(settings.speed()))
                .put("cold", settings.reading() == RunOptions.Reading.COLD)
                .put("source", array(settings.sources(), JsonValue::of))
                .build();
    }

    private static JsonObject totals(RunSnapshot snapshot) {
        return counts(snapshot.partsIn(), snapshot.partsOut(), snapshot.failures())
                .put("cache", cache(snapshot.cache()))
                .put("savings", savings(snapshot.savings()))
                .build();
    }

    private static JsonObject.Builder counts(long partsIn, long partsOut, long failures) {
        return JsonObject.builder()
                .put("partsIn", partsIn)
                .put("partsOut", partsOut)
                .put("failures", failures);
    }

    private static JsonObject memory(MemorySnapshot memory) {
        return JsonObject.builder()
                .put("budgetBytes", memory.budgetBytes())
                .put("highWaterBytes", memory.highWaterBytes())
                .put("endBytes", memory.inFlightBytes())
                .build();
    }

    private static JsonObject node(NodeSnapshot node) {
        JsonObject.Builder counts = counts(node.partsIn(), node.partsOut(), node.failures());
        return nodeHead(node.id(), node.processor(), node.version(), counts)
                .put("busyMs", millis(node.busyNanos()))
                .put("waitingMs", millis(node.waitingNanos()))
                .put("blockedMs", millis(node.blockedNanos()))
                .put("cache", orNull(node.cache(), ReportJson::cache))
                .put("prompt", orNull(node.prompt(), ReportJson::prompt))
                .put("savings", savings(node.savings()))
                .build();
    }

    private static JsonObject.Builder nodeHead(String id, String processor, int version, JsonObject.Builder counts) {
        JsonObject.Builder head =
                JsonObject.builder().put("id", id).put("processor", processor).put("version", version);
        JsonObject numbers = counts.build();
        for (String name : numbers.names()) {
            head.put(name, orNull(numbers.get(name), Function.identity()));
        }
        return head;
    }

    private static JsonObject wire(WireSnapshot wire) {
        return JsonObject.builder()
                .put("from", wire.from())
                .put("to", wire.to())
                .put("parts", wire.parts())
                .put("highWaterParts", wire.highWaterParts())
                .put("highWaterBytes", wire.highWaterBytes())
                .put("blockedMs", millis(wire.blockedNanos()))
                .build();
    }

    private static JsonObject cache(CacheSnapshot cache) {
        JsonObject evictions = JsonObject.builder()
                .put("size", cache.evictedBySize())
                .put("weight", cache.evictedByWeight())
                .put("expiry", cache.evictedByExpiry())
                .put("explicit", cache.evictedExplicitly())
                .build();
        return JsonObject.builder()
                .put("requests", cache.requests())
                .put("hits", cache.hits())
                .put("misses", cache.misses())
                .put("coalesced", cache.coalesced())
                .put("uncacheable", cache.uncacheable())
                .put("bypassed", cache.bypassed())
                .put("puts", cache.puts())
                .put("evictions", evictions)
                .put("hitRatio", ratio(cache))
                .put("entries", cache.entries())
                .put("bytes", cache.bytes())
                .put("hitLatency", latency(cache.hitLatency()))
                .put("missLatency", latency(cache.missLatency()))
                .build();
    }

    private static JsonValue ratio(CacheSnapshot cache) {
        return cache.hitRatio().isPresent()
                ? JsonValue.of(Math.rint(cache.hitRatio().getAsDouble() * 1e6) / 1e6)
                : JsonValue.ofNull();
    }

    private static JsonObject latency(LatencySnapshot latency) {
        Function<Double, JsonValue> known =
                millis -> latency.samples() == 0 ? JsonValue.ofNull() : JsonValue.of(Math.rint(millis * 1e4) / 1e4);
        return JsonObject.builder()
                .put("p50Ms", known.apply(latency.p50Ms()))
                .put("p95Ms", known.apply(latency.p95Ms()))
                .put("p99Ms", known.apply(latency.p99Ms()))
                .put("samples", latency.samples())
                .build();
    }

    private static JsonObject savings(SavingsSnapshot savings) {
        return JsonObject.builder()
                .put("measured", saved(savings.measured()))
                .put("estimated", saved(savings.estimated()))
                .put("overheadMs", millis(savings.overheadNanos()))
                .build();
    }

    private static JsonObject saved(SavingsSnapshot.Saved saved) {
        return JsonObject.builder()
                .put("calls", saved.calls())
                .put("timeMs", millis(saved.timeNanos()))
                .put("tokensIn", saved.usage().tokensIn())
                .put("tokensOut", saved.usage().tokensOut())
                .put("costUsd", saved.usage().costMicroUsd() / 1e6)
                .build();
    }

    private static JsonObject prompt(PromptSnapshot prompt) {
        return JsonObject.builder()
                .put("partsKept", prompt.partsKept())
                .put("partsDropped", prompt.partsDropped())
                .put("partsSummarised", prompt.partsSummarised())
                .put("tokensBefore", prompt.tokensBefore())
                .put("tokensAfter", prompt.tokensAfter())
                .put("sharedPrefixTokens", prompt.sharedPrefixTokens())
                .build();
    }

    /// A problem as reports and listings write it.
    public static JsonObject problem(Problem problem) {
        return JsonObject.builder()
                .put("code", problem.code())
                .put("severity", problem.severity().id())
                .put("node", orNull(problem.node(), JsonValue::of))
                .put("port", orNull(problem.port(), JsonValue::of))
                .put("file", orNull(problem.file(), JsonValue::of))
                .put("message", problem.message())
                .put("remedy", problem.remedy())
                .build();
    }

    private static JsonObject assertion(Assertion.Result result) {
        return JsonObject.builder()
                .put("text", result.text())
                .put("actual", orNull(result.actual(), ReportJson::number))
                .put("passed", result.verdict() == Assertion.Verdict.PASSED)
                .build();
    }

    private static JsonValue number(double value) {
        return value == Math.rint(value) && Math.abs(value) < 1e15 ? JsonValue.of((long) value) : JsonValue.of(value);
    }

    private static JsonValue speed(double speed) {
        return Double.isInfinite(speed) ? JsonValue.of("max") : number(speed);
    }

    private static double millis(long nanos) {
        return Math.rint(nanos / 1e3) / 1e3;
    }

    private static String instant(Instant instant) {
        return INSTANT.format(instant);
    }

    private static <T> JsonValue orNull(@Nullable T value, Function<T, ? extends JsonValue> form) {
        return value == null ? JsonNull.NULL : form.apply(value);
    }

    private static <T> JsonArray array(List<T> values, Function<T, ? extends JsonValue> form) {
        List<JsonValue> forms = values.stream().<JsonValue>map(form).toList();
        return new JsonArray(forms);
    }
}
