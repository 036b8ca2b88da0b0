package io.partflow.engine.run;

import static io.partflow.engine.run.Plans.sink;
import static io.partflow.engine.run.Plans.source;
import static io.partflow.engine.run.Plans.stage;
import static org.assertj.core.api.Assertions.assertThat;

import io.partflow.engine.cache.CacheRoom;
import io.partflow.engine.content.Delivery;
import io.partflow.engine.processor.Failure;
import io.partflow.engine.processor.PartContext;
import io.partflow.engine.processor.PartSink;
import io.partflow.engine.processor.ProcessorDescriptor.Kind;
import io.partflow.engine.processor.ProcessorDescriptor.Work;
import io.partflow.engine.stream.StreamClock;
import io.partflow.engine.stream.StreamMode;
import java.nio.file.Path;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.Test;

/// A sink that can take nothing more, beside one that can.
class BrokenSinkTest {
    private static final Failure FULL = Failure.of("FILE_NOT_WRITABLE", "The drive is full.", "Make room.");

    private final CacheRoom caches = new CacheRoom(StreamClock.system());

    private static StagePlan brokenAfter(int parts) {
        return stage(
                "save",
                Kind.SINK,
                Work.BLOCKING,
                () -> new PartSink() {
                    private int taken;

                    @Override
                    protected void accept(Delivery delivery, PartContext context) throws Broken {
                        taken++;
                        if (taken > parts) {
                            throw new Broken(FULL);
                        }
                    }

                    @Override
                    protected void finish(PartContext context) throws Broken {
                        throw new Broken(FULL);
                    }
                },
                null);
    }

    private RunSnapshot run(List<StagePlan> stages, List<WirePlan> wires) throws Exception {
        RunPlan plan = new RunPlan("test", Path.of("."), stages, wires, StreamMode.LOW_LATENCY, 1 << 20, 1);
        try (Run run = Run.start(plan, caches, RunOptions.DEFAULT)) {
            return run.await();
        }
    }

    @Test
    void brokenSink_saysSoOnceAndTheOtherSinkGetsEverything() throws Exception {
        List<WirePlan> wires =
                List.of(new WirePlan("from", "out", "save", "in"), new WirePlan("from", "out", "to", "in"));

        RunSnapshot end = run(List.of(source(Collections.nCopies(5_000, "x")), brokenAfter(3), sink()), wires);

        assertThat(end.status()).isEqualTo(RunStatus.COMPLETED);
        assertThat(end.recentFailures()).singleElement().satisfies(failure -> {
            assertThat(failure.node()).isEqualTo("save");
            assertThat(failure.failure()).isEqualTo(FULL);
        });
        assertThat(end.failures()).isEqualTo(1);
        assertThat(end.node("save").orElseThrow().state()).isEqualTo(StageState.FAILED);
        assertThat(end.node("save").orElseThrow().partsOut()).isEqualTo(3);
        assertThat(end.node("to").orElseThrow().partsOut()).isEqualTo(5_000);
        assertThat(end.memory().inFlightBytes()).isZero();
    }

    @Test
    void onlySinkBroken_endsTheWorkThatNobodyWouldSee() throws Exception {
        List<WirePlan> wires = List.of(new WirePlan("from", "out", "save", "in"));

        RunSnapshot end = run(List.of(source(Collections.nCopies(5_000, "x")), brokenAfter(0)), wires);

        assertThat(end.status()).isEqualTo(RunStatus.COMPLETED);
        assertThat(end.failures()).isEqualTo(1);
        assertThat(end.partsIn()).isLessThan(5_000);
    }

    @Test
    void sinkThatCannotFinish_hasFailed() throws Exception {
        List<WirePlan> wires = List.of(new WirePlan("from", "out", "save", "in"));

        RunSnapshot end = run(List.of(source(List.of("x")), brokenAfter(1)), wires);

        assertThat(end.failures()).isEqualTo(1);
        assertThat(end.node("save").orElseThrow().state()).isEqualTo(StageState.FAILED);
    }
}
