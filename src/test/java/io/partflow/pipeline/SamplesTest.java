package io.partflow.pipeline;

import static org.assertj.core.api.Assertions.assertThat;

import io.partflow.engine.builtin.BuiltinProcessors;
import io.partflow.engine.cache.CacheRoom;
import io.partflow.engine.cache.CacheSnapshot;
import io.partflow.engine.processor.PromptSnapshot;
import io.partflow.engine.run.NodeSnapshot;
import io.partflow.engine.run.Run;
import io.partflow.engine.run.RunOptions;
import io.partflow.engine.run.RunPlan;
import io.partflow.engine.run.RunSnapshot;
import io.partflow.engine.run.RunStatus;
import io.partflow.engine.stream.StreamClock;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// The pipelines that ship: read, checked and run as they are.
class SamplesTest {
    private static final Path SAMPLES = Path.of("samples").toAbsolutePath();
    private static final PipelineDocument DOCUMENT = new PipelineDocument(BuiltinProcessors.catalog());

    /// Real time without the waiting, so that a simulated model answers at once.
    private static final StreamClock IMPATIENT = new StreamClock() {
        @Override
        public long nanos() {
            return StreamClock.system().nanos();
        }

        @Override
        public Instant instant() {
            return StreamClock.system().instant();
        }

        @Override
        public void sleep(long nanos) throws InterruptedException {
            StreamClock.system().sleep(Math.min(nanos, 1_000_000));
        }
    };

    private static RunSnapshot run(String name) throws InterruptedException {
        return run(DOCUMENT.read(SAMPLES.resolve(name)));
    }

    private static RunSnapshot run(PipelineDocument.Reading reading) throws InterruptedException {
        GraphCompiler.Compiled compiled = GraphCompiler.compile(reading.graph(), BuiltinProcessors.catalog(), SAMPLES);
        assertThat(compiled.problems()).isEmpty();
        RunPlan plan = Objects.requireNonNull(compiled.plan());
        try (Run run = Run.start(plan, new CacheRoom(IMPATIENT), RunOptions.DEFAULT.withClock(IMPATIENT))) {
            return run.await();
        }
    }

    private static NodeSnapshot node(RunSnapshot snapshot, String id) {
        return snapshot.nodes().stream()
                .filter(node -> node.id().equals(id))
                .findFirst()
                .orElseThrow();
    }

    private static CacheSnapshot cache(RunSnapshot snapshot, String id) {
        return Objects.requireNonNull(node(snapshot, id).cache());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "hello-hits.partflow.json",
                "text-image-audio.partflow.json",
                "events-frames.partflow.json",
                "links.partflow.json",
                "rolling-policies.partflow.json"
            })
    void sample_hasNoProblemsAndIsWrittenAsItIsRead(String name) throws IOException {
        PipelineDocument.Reading reading = DOCUMENT.read(SAMPLES.resolve(name));

        assertThat(reading.problems()).isEmpty();
        assertThat(GraphChecker.check(reading.graph(), BuiltinProcessors.catalog(), SAMPLES))
                .isEmpty();
        assertThat(Files.readString(SAMPLES.resolve(name))).isEqualTo(DOCUMENT.write(reading.graph()));
    }

    @Test
    void helloHits_answersFromTheCacheEqually() throws InterruptedException {
        for (int i = 0; i < 2; i++) {
            RunSnapshot snapshot = run("hello-hits.partflow.json");

            CacheSnapshot cache = cache(snapshot, "answer");
            assertThat(snapshot.status()).isEqualTo(RunStatus.COMPLETED);
            assertThat(cache.requests()).isEqualTo(400);
            assertThat(cache.misses()).isEqualTo(56);
            assertThat(cache.puts()).isEqualTo(56);
            assertThat(cache.hits() + cache.coalesced()).isEqualTo(344);
            assertThat(node(snapshot, "show").partsOut()).isEqualTo(400);
            var prompt = Objects.requireNonNull(node(snapshot, "prompt").prompt());
            assertThat(prompt.tokensBefore()).isGreaterThan(2 * prompt.tokensAfter());
        }
    }

    @Test
    void eventsFrames_tellThreeEventsBesideThePictures() throws InterruptedException {
        RunSnapshot snapshot = run("events-frames.partflow.json");

        assertThat(snapshot.status()).isEqualTo(RunStatus.COMPLETED);
        assertThat(node(snapshot, "show").partsOut()).isEqualTo(36);
        assertThat(node(snapshot, "alarm").partsOut()).isEqualTo(3);
        assertThat(Objects.requireNonNull(node(snapshot, "alarm").lastPart()).text())
                .isEqualTo("The light comes");
    }

    @Test
    void links_goOneWayAndWordsAnother() throws InterruptedException {
        RunSnapshot snapshot = run("links.partflow.json");

        assertThat(snapshot.status()).isEqualTo(RunStatus.COMPLETED);
        assertThat(node(snapshot, "fetch").partsOut()).isEqualTo(7);
        assertThat(node(snapshot, "words").partsOut()).isEqualTo(12);
        assertThat(snapshot.failures()).isZero();
    }

    @Test
    void rollingPolicies_leaveThreeDifferentPrompts() throws InterruptedException {
        RunSnapshot snapshot = run("rolling-policies.partflow.json");

        assertThat(snapshot.status()).isEqualTo(RunStatus.COMPLETED);
        PromptSnapshot compressed =
                Objects.requireNonNull(node(snapshot, "compress").prompt());
        PromptSnapshot turns = Objects.requireNonNull(node(snapshot, "turned").prompt());
        PromptSnapshot tokens = Objects.requireNonNull(node(snapshot, "tokens").prompt());
        assertThat(compressed.partsSummarised()).isPositive();
        assertThat(turns.partsKept()).isEqualTo(38);
        assertThat(turns.partsDropped()).isEqualTo(762);
        assertThat(tokens.tokensAfter()).isLessThanOrEqualTo(300);
        assertThat(compressed.tokensBefore()).isEqualTo(turns.tokensBefore()).isEqualTo(tokens.tokensBefore());
        assertThat(snapshot.partsOut()).isEqualTo(3 * 800);
    }

    @Test
    void textImageAudio_evictsBySizeAndByWeightAndHits() throws InterruptedException {
        RunSnapshot snapshot = run("text-image-audio.partflow.json");

        assertThat(snapshot.status()).isEqualTo(RunStatus.COMPLETED);
        assertThat(snapshot.nodes()).allMatch(node -> node.failures() == 0, "no bad parts");
        assertThat(cache(snapshot, "summary").evictedBySize()).isPositive();
        assertThat(cache(snapshot, "summary").hits()
                        + cache(snapshot, "summary").coalesced())
                .isPositive();
        assertThat(cache(snapshot, "image").evictedByWeight()).isPositive();
        assertThat(cache(snapshot, "image").hits() + cache(snapshot, "image").coalesced())
                .isPositive();
        assertThat(cache(snapshot, "sound").hits() + cache(snapshot, "sound").coalesced())
                .isPositive();
    }

    @Test
    void frames_ofTheCamera_areComputed14TimesAndServed22() throws InterruptedException {
        RunSnapshot snapshot = run(DOCUMENT.parse("""
            {"format": "partflow-pipeline", "version": 1, "name": "Frames", "nodes": [
             {"id": "files", "processor": "source.files", "params": {"paths": ["media/frames"]}},
             {"id": "image", "processor": "image.facts", "cache": {}},
             {"id": "show", "processor": "sink.viewer"}],
             "wires": [{"from": "files.out", "to": "image.in"}, {"from": "image.out", "to": "show.in"}]}
            """));

        CacheSnapshot cache = cache(snapshot, "image");
        assertThat(cache.misses()).isEqualTo(14);
        assertThat(cache.hits() + cache.coalesced()).isEqualTo(22);
        assertThat(node(snapshot, "show").partsOut()).isEqualTo(72);
    }
}
