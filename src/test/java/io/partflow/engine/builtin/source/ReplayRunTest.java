package io.partflow.engine.builtin.source;

import static org.assertj.core.api.Assertions.assertThat;

import io.partflow.engine.cache.CacheRoom;
import io.partflow.engine.content.Delivery;
import io.partflow.engine.content.JsonObject;
import io.partflow.engine.content.JsonValue;
import io.partflow.engine.content.Part;
import io.partflow.engine.processor.Params;
import io.partflow.engine.processor.PartContext;
import io.partflow.engine.processor.PartSink;
import io.partflow.engine.processor.PortSpec;
import io.partflow.engine.processor.PortType;
import io.partflow.engine.processor.ProcessorDescriptor;
import io.partflow.engine.processor.ProcessorDescriptor.Kind;
import io.partflow.engine.processor.ProcessorDescriptor.Work;
import io.partflow.engine.processor.ProcessorEntry;
import io.partflow.engine.run.NodeSnapshot;
import io.partflow.engine.run.Run;
import io.partflow.engine.run.RunOptions;
import io.partflow.engine.run.RunPlan;
import io.partflow.engine.run.RunStatus;
import io.partflow.engine.run.StageMode;
import io.partflow.engine.run.StagePlan;
import io.partflow.engine.run.WirePlan;
import io.partflow.engine.stream.ManualClock;
import io.partflow.engine.stream.StreamMode;
import io.partflow.engine.stream.StreamPace;
import io.partflow.engine.stream.StreamPace.Seek;
import io.partflow.engine.stream.Waiting;
import io.partflow.engine.trace.RecordingHeader;
import io.partflow.engine.trace.RecordingLevel;
import io.partflow.engine.trace.RecordingWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/// A recording of ten parts, one every second, replayed by runs.
@Timeout(20)
class ReplayRunTest {
    private static final StreamPace.Start STEPPING =
            new StreamPace.Start(new Seek.ToMoment(0), StreamPace.Start.Mode.STEPPING);

    @TempDir
    private Path folder;

    private final ManualClock clock = new ManualClock();
    private final CacheRoom caches = new CacheRoom(clock);
    private final List<String> shown = new CopyOnWriteArrayList<>();

    @BeforeEach
    void record() throws Exception {
        RecordingHeader header =
                RecordingHeader.of(Instant.EPOCH, "0.1.0", "ten", RecordingLevel.INPUTS, List.of("ask"));
        try (RecordingWriter writer = RecordingWriter.create(folder.resolve("ten.parts.jsonl"), header)) {
            for (int i = 1; i <= 10; i++) {
                writer.source(i * 1_000_000_000L, "ask", "out", Part.text("p" + i));
            }
            writer.end(11_000_000_000L, "completed");
        }
    }

    private RunPlan plan() {
        StagePlan source =
                stage("replay", RecordingSource.ENTRY, JsonObject.of("file", JsonValue.of("ten.parts.jsonl")));
        ProcessorDescriptor sink = ProcessorDescriptor.builder("test.sink", 1, "Sink")
                .summary("for a test")
                .kind(Kind.SINK)
                .work(Work.INLINE)
                .inputs(PortSpec.optional("in", PortType.ANY))
                .build();
        ProcessorEntry taking = new ProcessorEntry(sink, (params, context) -> new PartSink() {
            @Override
            protected void accept(Delivery delivery, PartContext sinkContext) {
                shown.add(delivery.part().text());
            }
        });
        return new RunPlan(
                "ten",
                folder,
                List.of(source, stage("show", taking, JsonObject.EMPTY)),
                List.of(new WirePlan("replay", "out", "show", "in")),
                StreamMode.BALANCED,
                1 << 20,
                1);
    }

    private static StagePlan stage(String id, ProcessorEntry entry, JsonObject params) {
        return new StagePlan(id, id, entry, Params.of(entry.descriptor(), params), StageMode.NORMAL, null);
    }

    private Run start(double speed, StreamPace.Start start) {
        return Run.start(
                plan(),
                caches,
                RunOptions.DEFAULT.withClock(clock).withSpeed(speed).withStart(start));
    }

    @Test
    void replay_atOnceTenTimesAndMax_takesTheTimeThatFollows() throws Exception {
        long before = 0;
        for (double speed : new double[] {1, 10, Double.POSITIVE_INFINITY}) {
            shown.clear();
            try (Run run = start(speed, StreamPace.Start.AT_BEGIN)) {
                NodeSnapshot replay = run.await().node("replay").orElseThrow();
                assertThat(replay.waitingNanos() / 1e6)
                        .as("to keep the pace is to wait")
                        .isEqualTo(Double.isInfinite(speed) ? 0 : 10_000 / speed);
                assertThat(replay.busyNanos()).as("the clock moves only then").isZero();
            }
            assertThat(shown).hasSize(10);
            double tookMillis = (clock.nanos() - before) / 1e6;
            assertThat(tookMillis).isEqualTo(Double.isInfinite(speed) ? 0 : 10_000 / speed);
            before = clock.nanos();
        }
    }

    @Test
    void step_passesOnePartAllTheWay_andTheRunIsPausedBetween() throws Exception {
        try (Run run = start(1, STEPPING)) {
            Waiting.until("the first part is shown", () -> shown.size() == 1);
            assertThat(run.status()).isEqualTo(RunStatus.PAUSED);
            for (int i = 2; i <= 4; i++) {
                run.step();
                int now = i;
                Waiting.until(i + " parts are shown", () -> shown.size() == now);
                assertThat(run.replayMillis()).isEqualTo(i * 1_000.0);
            }
            assertThat(shown).containsExactly("p1", "p2", "p3", "p4");
            assertThat(clock.nanos()).isZero();

            run.resume();
            run.await();
            assertThat(shown).hasSize(10);
        }
    }

    @Test
    void seek_backAndForward_goesOnFromThere() throws Exception {
        try (Run run = start(1, STEPPING)) {
            Waiting.until("the first part is shown", () -> shown.size() == 1);
            run.seek(new Seek.ToMoment(6_500));
            run.step();
            Waiting.until("the seventh part is shown", () -> shown.size() == 2);
            run.seek(new Seek.ToPart(3));
            run.step();
            Waiting.until("the third part is shown", () -> shown.size() == 3);
            assertThat(run.replayMillis()).isEqualTo(3_000);
            run.seek(new Seek.ToMoment(9_500));
            run.resume();
            run.await();
        }
        assertThat(shown).containsExactly("p1", "p7", "p3", "p10");
        assertThat(clock.nanos()).isEqualTo(500_000_000L);
    }

    @Test
    void seek_backAtTheEndOfASteppedReplay_isPossible_andAFurtherStepEndsIt() throws Exception {
        try (Run run = start(1, new StreamPace.Start(new Seek.ToPart(10), StreamPace.Start.Mode.STEPPING))) {
            Waiting.until("the last part is shown", () -> shown.size() == 1);
            run.seek(new Seek.ToPart(10));
            run.step();
            Waiting.until("the last part is shown again", () -> shown.size() == 2);
            run.step();
            run.await();
            assertThat(run.status()).isEqualTo(RunStatus.COMPLETED);
        }
        assertThat(shown).containsExactly("p10", "p10");
    }

    @Test
    void start_inTheMiddle_leavesOutWhatIsBefore() throws Exception {
        try (Run run = start(1, new StreamPace.Start(new Seek.ToMoment(8_000), StreamPace.Start.Mode.RUNNING))) {
            run.await();
        }
        assertThat(shown).containsExactly("p8", "p9", "p10");
        assertThat(clock.nanos()).isEqualTo(2_000_000_000L);
    }

    @Test
    void cancel_ofASteppedRun_endsIt() throws Exception {
        try (Run run = start(1, STEPPING)) {
            Waiting.until("the first part is shown", () -> shown.size() == 1);
            run.cancel();
            run.await();
            assertThat(run.status()).isEqualTo(RunStatus.CANCELLED);
        }
    }

    @Test
    void recordingOfAReplay_atEveryLevel_canBeReplayedAgain() throws Exception {
        for (RecordingLevel level : RecordingLevel.values()) {
            shown.clear();
            Path again = folder.resolve("again.parts.jsonl");
            try (Run run = Run.start(
                    plan(),
                    caches,
                    RunOptions.DEFAULT
                            .withClock(clock)
                            .withSpeed(1)
                            .withRecordTo(again)
                            .withRecordLevel(level))) {
                run.await();
            }
            Files.move(again, folder.resolve("ten.parts.jsonl"), java.nio.file.StandardCopyOption.REPLACE_EXISTING);
            assertThat(shown).as(level.id()).hasSize(10);
        }
    }
}
