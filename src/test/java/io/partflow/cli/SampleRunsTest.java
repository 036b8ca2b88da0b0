package io.partflow.cli;

import static io.partflow.cli.Invocation.partflow;
import static org.assertj.core.api.Assertions.assertThat;

import io.partflow.engine.builtin.BuiltinProcessors;
import io.partflow.engine.content.JsonArray;
import io.partflow.engine.content.JsonObject;
import io.partflow.engine.content.JsonReal;
import io.partflow.engine.content.JsonValue;
import io.partflow.pipeline.PipelineDocument;
import io.partflow.pipeline.PipelineGraph;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// The shipped samples, run from the command line; the simulated model answers at once so that nobody waits.
class SampleRunsTest {
    private static final Path SAMPLES = Path.of("samples");
    private static final Path STREAM = SAMPLES.resolve("streams").resolve("hello-hits.parts.jsonl");

    @TempDir
    private Path folder;

    private String helloHits() throws Exception {
        PipelineDocument documents = new PipelineDocument(BuiltinProcessors.catalog());
        PipelineGraph sample =
                documents.read(SAMPLES.resolve("hello-hits.partflow.json")).graph();
        PipelineGraph quick = sample.mapNodes(
                List.of("answer"),
                node -> node.withParam("latencyMinMs", JsonValue.of(0)).withParam("latencyMaxMs", JsonValue.of(0)));
        Files.createDirectories(folder.resolve("streams"));
        Files.copy(STREAM, folder.resolve("streams").resolve(STREAM.getFileName()));
        Path file = folder.resolve("hello-hits.partflow.json");
        assertThat(documents.save(quick, file)).isEmpty();
        return file.toString();
    }

    @Test
    void helloHits_onEveryRun_countsTheSame() throws Exception {
        String pipeline = helloHits();

        List<List<Long>> counts = new ArrayList<>();
        for (String mode : List.of("balanced", "balanced", "low-latency", "high-throughput")) {
            Invocation.Result result = partflow(
                    "run",
                    pipeline,
                    "--report",
                    "json",
                    "--mode",
                    mode,
                    "--assert",
                    "hitRatio>=0.84",
                    "--assert",
                    "hitRatio<=0.88");
            assertThat(result.status()).as(result.err()).isZero();
            JsonObject cache = cache(result);
            counts.add(List.of(
                    number(cache, "requests"),
                    number(cache, "misses"),
                    number(cache, "puts"),
                    number(cache, "hits") + number(cache, "coalesced")));
            assertThat(((JsonReal) Objects.requireNonNull(cache.get("hitRatio"))).value())
                    .isBetween(0.84, 0.88);
        }

        assertThat(counts).allSatisfy(each -> assertThat(each).isEqualTo(counts.getFirst()));
        assertThat(counts.getFirst().getFirst()).isEqualTo(400);
    }

    @Test
    void helloHits_recorded_replaysToTheSameCounts() throws Exception {
        String pipeline = helloHits();
        Path recording = folder.resolve("mine.parts.jsonl");

        Invocation.Result first = partflow("run", pipeline, "--record", recording.toString(), "--report=json");
        Invocation.Result second = partflow("run", pipeline, "--stream", recording.toString(), "--report=json");

        assertThat(first.status()).as(first.err()).isZero();
        assertThat(second.status()).as(second.err()).isZero();
        assertThat(number(cache(second), "misses")).isEqualTo(number(cache(first), "misses"));
        assertThat(number(cache(second), "requests")).isEqualTo(400);
        assertThat(second.out()).contains("\"source\": [\"" + recording + "\"]");
    }

    @Test
    void textImageAudio_doesRealWork_andEvictsBySizeAndWeight() {
        Invocation.Result result = partflow(
                "run",
                SAMPLES.resolve("text-image-audio.partflow.json").toString(),
                "--report",
                "json",
                "--assert",
                "evictions.size>=1",
                "--assert",
                "evictions.weight>=1",
                "--assert",
                "nodes.speech.partsOut>=4");

        assertThat(result.status()).as(result.err()).isZero();
        assertThat(((JsonArray) Objects.requireNonNull(
                                JsonObject.parse(result.out()).get("problems")))
                        .values())
                .isEmpty();
    }

    @Test
    void linksEventsAndPolicies_reportTheSameCountsOnEveryRun() {
        for (String sample : List.of("links", "events-frames", "rolling-policies")) {
            List<String> reports = new ArrayList<>();
            for (int i = 0; i < 2; i++) {
                Invocation.Result result = partflow(
                        "run", SAMPLES.resolve(sample + ".partflow.json").toString(), "--report", "json");
                assertThat(result.status()).as(result.err()).isZero();
                JsonArray nodes = (JsonArray)
                        Objects.requireNonNull(JsonObject.parse(result.out()).get("nodes"));
                List<String> counts = new ArrayList<>();
                for (JsonValue node : nodes) {
                    JsonObject each = (JsonObject) node;
                    counts.add(each.get("id") + " " + each.get("partsIn") + " " + each.get("partsOut") + " "
                            + each.get("prompt"));
                }
                reports.add(counts.toString());
            }
            assertThat(reports.getLast()).as(sample).isEqualTo(reports.getFirst());
        }
    }

    @Test
    void samples_checkClean() {
        for (String sample : List.of("hello-hits", "text-image-audio", "events-frames", "links", "rolling-policies")) {
            Invocation.Result result =
                    partflow("check", SAMPLES.resolve(sample + ".partflow.json").toString());

            assertThat(result.status()).as(result.out()).isZero();
        }
    }

    private static JsonObject cache(Invocation.Result result) {
        JsonObject totals = (JsonObject)
                Objects.requireNonNull(JsonObject.parse(result.out()).get("totals"));
        return (JsonObject) Objects.requireNonNull(totals.get("cache"));
    }

    private static long number(JsonObject object, String name) {
        return Long.parseLong(Objects.requireNonNull(object.get(name)).toJson());
    }
}
