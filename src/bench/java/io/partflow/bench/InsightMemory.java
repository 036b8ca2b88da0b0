package io.partflow.bench;

import io.partflow.engine.cache.CacheAccess;
import io.partflow.engine.cache.CacheKey;
import io.partflow.engine.cache.CacheRoom;
import io.partflow.engine.cache.CacheSettings;
import io.partflow.engine.cache.ContentCache;
import io.partflow.engine.content.ContentHash;
import io.partflow.engine.content.Part;
import io.partflow.engine.insight.CacheInsight;
import io.partflow.engine.processor.Usage;
import io.partflow.engine.stream.StreamClock;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.AuxCounters;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;

/// What insight holds after a million different requests: the heap with it less the heap without, after a collection.
@BenchmarkMode(Mode.SingleShotTime)
@OutputTimeUnit(TimeUnit.MILLISECONDS)
@State(Scope.Benchmark)
public class InsightMemory {
    private static final int REQUESTS = 1_000_000;

    /// The result beside the time.
    @AuxCounters(AuxCounters.Type.EVENTS)
    @State(Scope.Thread)
    public static class Held {
        public double mebibytes;
    }

    @Benchmark
    public void millionKeys(Held held) throws Exception {
        try (CacheRoom room = new CacheRoom(StreamClock.system())) {
            CacheInsight insight = CacheInsight.of(room, StreamClock.system());
            ContentCache cache = room.cache("n", "p", CacheSettings.DEFAULT);
            for (int i = 0; i < REQUESTS; i++) {
                List<Part> input = List.of(Part.text("question number " + i));
                var question = new ContentCache.Question(
                        new CacheKey("pf1:bench@1:0:", ContentHash.ofText("key " + i)), input, List.of());
                var unused = cache.request(
                        question,
                        part -> {},
                        out -> {
                            out.emit(Part.text("answer"));
                            return Usage.NONE;
                        },
                        CacheAccess.FULL);
            }
            insight.drain();
            cache.invalidateAll();
            insight.drain();
            long with = usedBytes();
            insight.close();
            insight = null;
            held.mebibytes = (with - usedBytes()) / 1048576.0;
        }
    }

    private static long usedBytes() {
        for (int i = 0; i < 3; i++) {
            System.gc();
        }
        Runtime runtime = Runtime.getRuntime();
        return runtime.totalMemory() - runtime.freeMemory();
    }
}
