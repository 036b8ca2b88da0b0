package io.partflow.pipeline.report;

import static org.assertj.core.api.Assertions.assertThat;

import io.partflow.engine.cache.CacheSnapshot;
import io.partflow.engine.content.JsonArray;
import io.partflow.engine.content.JsonObject;
import io.partflow.engine.content.JsonValue;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Test;

class ReportJsonTest {
    private static final JsonObject REPORT = ReportJson.of(SampleRun.report(SampleRun.snapshot()));

    @Test
    void report_hasTheFieldsOfTheFormat_inOrder() {
        assertThat(REPORT.names())
                .containsExactly(
                        "format",
                        "version",
                        "partflow",
                        "pipeline",
                        "run",
                        "totals",
                        "memory",
                        "nodes",
                        "wires",
                        "problems",
                        "problemsOmitted",
                        "assertions");
        assertThat(at(REPORT, "run")).isEqualTo(json("""
            {"status":"completed","startedAt":"2026-11-22T07:00:00.000Z","elapsedMs":1830.412,"mode":"balanced",
             "speed":"max","cold":false,"source":["streams/hello-hits.parts.jsonl"]}\
            """));
        assertThat(at(REPORT, "memory")).isEqualTo(json("""
            {"budgetBytes":104857600,"highWaterBytes":913408,"endBytes":0}\
            """));
        assertThat(names(REPORT, "totals")).containsExactly("partsIn", "partsOut", "failures", "cache", "savings");
    }

    @Test
    void failuresThatAreNotListed_areCounted() {
        assertThat(REPORT.get("problemsOmitted")).isEqualTo(JsonValue.of(0));

        RunReport many = SampleRun.report(SampleRun.withFailures(1_000));

        assertThat(ReportJson.of(many).get("problemsOmitted")).isEqualTo(JsonValue.of(999));
        assertThat(ReportText.of(many)).contains("and 999 earlier failures");
    }

    @Test
    void cache_hasCountsExactlyAndLatenciesApart() {
        assertThat(at(at(REPORT, "totals"), "cache")).isEqualTo(json("""
            {"requests":400,"hits":300,"misses":56,"coalesced":44,"uncacheable":2,"bypassed":1,"puts":56,
             "evictions":{"size":3,"weight":0,"expiry":1,"explicit":0},"hitRatio":0.86,"entries":52,"bytes":45000,
             "hitLatency":{"p50Ms":0.0123,"p95Ms":0.02,"p99Ms":0.03,"samples":5},
             "missLatency":{"p50Ms":612.5,"p95Ms":1150.0,"p99Ms":1190.0,"samples":56}}\
            """));
    }

    @Test
    void savings_areInMillisecondsAndDollars() {
        assertThat(at(at(REPORT, "totals"), "savings")).isEqualTo(json("""
            {"measured":{"calls":344,"timeMs":250123.457,"tokensIn":12000,"tokensOut":34000,"costUsd":0.123456},
             "estimated":{"calls":0,"timeMs":0.0,"tokensIn":0,"tokensOut":0,"costUsd":0.0},"overheadMs":8.4}\
            """));
    }

    @Test
    void node_hasItsFieldsInOrder_andNullWithoutCacheOrPrompt() {
        JsonObject ask = element(REPORT, "nodes", 0);
        assertThat(ask.names())
                .containsExactly(
                        "id",
                        "processor",
                        "version",
                        "partsIn",
                        "partsOut",
                        "failures",
                        "busyMs",
                        "waitingMs",
                        "blockedMs",
                        "cache",
                        "prompt",
                        "savings");
        assertThat(ask.get("cache")).isEqualTo(JsonValue.ofNull());
        assertThat(ask.get("prompt")).isEqualTo(JsonValue.ofNull());
        assertThat(ask.get("blockedMs")).isEqualTo(JsonValue.of(2.5));
        assertThat(at(element(REPORT, "nodes", 1), "prompt")).isEqualTo(json("""
            {"partsKept":10,"partsDropped":2,"partsSummarised":30,"tokensBefore":4000,"tokensAfter":900,
             "sharedPrefixTokens":750}\
            """));
    }

    @Test
    void wiresProblemsAndAssertions_haveAllFields() {
        assertThat(element(REPORT, "wires", 0)).isEqualTo(json("""
            {"from":"ask.out","to":"answer.in","parts":400,"highWaterParts":37,"highWaterBytes":9120,
             "blockedMs":1.25}\
            """));
        assertThat(element(REPORT, "problems", 0)).isEqualTo(json("""
            {"code":"FILE_EMPTY","severity":"error","node":"ask","port":null,"file":"x.wav",
             "message":"x.wav is empty.","remedy":"Check it."}\
            """));
        assertThat(element(REPORT, "assertions", 0)).isEqualTo(json("""
            {"text":"hitRatio>=0.6","actual":0.86,"passed":true}\
            """));
        assertThat(element(REPORT, "assertions", 1)).isEqualTo(json("""
            {"text":"nodes.ask.cache.hits>1","actual":null,"passed":false}\
            """));
    }

    @Test
    void unknownValues_areNull_neverZero() {
        JsonObject cache =
                at(at(ReportJson.of(SampleRun.report(SampleRun.snapshot(CacheSnapshot.EMPTY))), "totals"), "cache");

        assertThat(cache.get("hitRatio")).isEqualTo(JsonValue.ofNull());
        assertThat(at(cache, "hitLatency"))
                .isEqualTo(json("{\"p50Ms\":null,\"p95Ms\":null,\"p99Ms\":null,\"samples\":0}"));
    }

    @Test
    void indentedText_readsBackToTheSameReport() {
        String text = IndentedJson.of(REPORT);

        assertThat(JsonObject.parse(text)).isEqualTo(REPORT);
        assertThat(text)
                .startsWith("{\n  \"format\": \"partflow-report\",\n  \"version\": 1,\n")
                .endsWith("\n}");
        assertThat(text).contains("\"source\": [\"streams/hello-hits.parts.jsonl\"]");
    }

    private static JsonObject json(String text) {
        return JsonObject.parse(text);
    }

    private static JsonObject at(JsonObject object, String name) {
        return (JsonObject) Objects.requireNonNull(object.get(name));
    }

    private static List<String> names(JsonObject object, String name) {
        return at(object, name).names();
    }

    private static JsonObject element(JsonObject object, String name, int index) {
        return (JsonObject)
                ((JsonArray) Objects.requireNonNull(object.get(name))).values().get(index);
    }
}
