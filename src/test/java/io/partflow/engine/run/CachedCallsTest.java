package io.partflow.engine.run;

import static org.assertj.core.api.Assertions.assertThat;

import io.partflow.engine.cache.CacheSettings;
import io.partflow.engine.cache.ContentCache;
import io.partflow.engine.cache.KeyFunction;
import io.partflow.engine.content.Part;
import io.partflow.engine.content.Substream;
import io.partflow.engine.processor.PartEmitter;
import io.partflow.engine.processor.Usage;
import io.partflow.engine.stream.ManualClock;
import io.partflow.engine.stream.MemoryBudget;
import io.partflow.engine.stream.ProcessorPool;
import io.partflow.engine.stream.RunScope;
import io.partflow.engine.stream.StreamMode;
import io.partflow.engine.stream.StreamPace;
import io.partflow.engine.trace.SpanRecorder;
import io.partflow.engine.trace.StreamRecording;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;

class CachedCallsTest {
    private static final long MILLI = 1_000_000;

    private final ManualClock clock = new ManualClock();
    private final StageStats stats = new StageStats();

    @Test
    void overhead_isTheCachesOwnTime_withoutComputingWaitingAndPassingOn() throws Exception {
        try (RunScope scope = new RunScope("test");
                ProcessorPool pool = new ProcessorPool("test")) {
            CachedCalls calls = calls(shared(scope, pool));
            PartEmitter slowOutput = part -> clock.sleep(50 * MILLI);

            calls.request(List.of(Part.text("q")), slowOutput, new Computing());
            calls.request(List.of(Part.text("q")), slowOutput, new Computing());
        }
        assertThat(stats.savings().overheadNanos()).isZero();
        assertThat(stats.savings().measured().timeNanos()).isEqualTo(30 * MILLI);
    }

    private CachedCalls calls(RunShared shared) {
        ContentCache cache = new ContentCache("node", "test.node", CacheSettings.DEFAULT, clock);
        return new CachedCalls(cache, KeyFunction.of(CacheSettings.DEFAULT.key()), "test:", shared, stats);
    }

    private RunShared shared(RunScope scope, ProcessorPool pool) {
        StreamPace pace = new StreamPace(clock, 1);
        RunFailure.Recent failures = new RunFailure.Recent(pace);
        return new RunShared(
                RunOptions.DEFAULT.withClock(clock),
                pace,
                new MemoryBudget(1_000),
                scope,
                pool,
                failures,
                new StreamRecording(null, pace::streamMillis, clock, failure -> {}),
                new SpanRecorder(clock::nanos),
                Path.of("."),
                1,
                StreamMode.LOW_LATENCY,
                Substream.Reserved.USUAL,
                ReservedLane.of(new RunPlan("", Path.of("."), List.of(), List.of(), StreamMode.LOW_LATENCY, 1, 1)));
    }

    /// Waits 70 ms for its turn, then works for 30 ms.
    private final class Computing implements ContentCache.Computation {
        @Override
        public Usage compute(PartEmitter out) throws Exception {
            clock.sleep(100 * MILLI);
            out.emit(Part.text("a"));
            return Usage.NONE;
        }

        @Override
        public long workNanos() {
            return 30 * MILLI;
        }
    }
}
