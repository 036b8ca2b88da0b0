package io.partflow.bench;

import io.partflow.engine.cache.CacheKey;
import io.partflow.engine.cache.CacheRoom;
import io.partflow.engine.cache.CacheSettings;
import io.partflow.engine.cache.ContentCache;
import io.partflow.engine.content.ContentHash;
import io.partflow.engine.content.Part;
import io.partflow.engine.insight.CacheInsight;
import io.partflow.engine.processor.Usage;
import io.partflow.engine.stream.StreamClock;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.annotations.Threads;
import org.openjdk.jmh.infra.Blackhole;

/// A hit through the cache with nobody watching and with all insight on: the ratio is what insight costs.
@BenchmarkMode(Mode.Throughput)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@State(Scope.Benchmark)
public class InsightBench {
    private static final int KEYS = 1_000;

    /// Who watches.
    @Param({"nobody", "insight"})
    public String watching = "nobody";

    private final CacheKey[] keys = new CacheKey[KEYS];
    private CacheRoom room = new CacheRoom(StreamClock.system());
    private ContentCache cache = room.cache("n", "p", CacheSettings.DEFAULT);
    private AutoCloseable watcher = () -> {};

    @Setup
    public void fill() throws Exception {
        room = new CacheRoom(StreamClock.system());
        if (watching.equals("insight")) {
            watcher = CacheInsight.of(room, StreamClock.system());
        }
        cache = room.cache("n", "p", CacheSettings.DEFAULT.withMaxItems(2L * KEYS));
        for (int i = 0; i < KEYS; i++) {
            keys[i] = new CacheKey("pf1:bench@1:0:", ContentHash.ofText("key " + i));
            var unused = cache.request(keys[i], part -> {}, out -> {
                out.emit(Part.text("answer"));
                return Usage.NONE;
            });
        }
    }

    @TearDown
    public void close() throws Exception {
        watcher.close();
        room.close();
    }

    @Benchmark
    @Threads(1)
    public Object hit1(Blackhole hole) throws Exception {
        // Few keys are frequent: the product of two even numbers is skewed.
        ThreadLocalRandom random = ThreadLocalRandom.current();
        int key = (int) ((long) random.nextInt(KEYS) * random.nextInt(KEYS) / KEYS);
        return cache.request(keys[key], hole::consume, out -> Usage.NONE);
    }

    @Benchmark
    @Threads(2)
    public Object hit2(Blackhole hole) throws Exception {
        return hit1(hole);
    }
}
