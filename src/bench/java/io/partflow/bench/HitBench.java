package io.partflow.bench;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import com.google.common.cache.CacheBuilder;
import io.partflow.engine.cache.CacheKey;
import io.partflow.engine.cache.CacheRoom;
import io.partflow.engine.cache.CacheSettings;
import io.partflow.engine.cache.CacheTier.Limits;
import io.partflow.engine.cache.ContentCache;
import io.partflow.engine.cache.MemoryTier;
import io.partflow.engine.cache.StoredValue;
import io.partflow.engine.content.ContentHash;
import io.partflow.engine.content.Part;
import io.partflow.engine.insight.CacheInsight;
import io.partflow.engine.processor.Usage;
import io.partflow.engine.stream.CoarseClock;
import io.partflow.engine.stream.StreamClock;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
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

/// A hit: our tier, our request with its statistics and with all insight, the peers (Caffeine with weight and time to
/// live on the system clock, Guava likewise, a synchronized LRU) and the limit (a concurrent map), all with the same
/// keys. `-t 2` measures two threads.
@BenchmarkMode(Mode.Throughput)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@State(Scope.Benchmark)
public class HitBench {
    private static final long BYTES = 1L << 30;

    /// How many entries there are; a power of two. Most caches hold about as many as this.
    @Param("1024")
    public int entries = 1_024;

    private CacheKey[] keys = {};
    private final StreamClock clock = CoarseClock.of(StreamClock.system());
    private final MemoryTier tier = new MemoryTier(clock, new Limits(100_000L, BYTES), eviction -> {});
    private final ContentCache cache = new ContentCache(
            "node", "bench", CacheSettings.DEFAULT.withMaxItems(100_000L).withMaxBytes(BYTES), clock);
    private final Cache<CacheKey, StoredValue> caffeine = Caffeine.newBuilder()
            .maximumWeight(BYTES)
            .weigher((CacheKey key, StoredValue value) -> (int) value.sizeBytes())
            .expireAfterWrite(12, TimeUnit.HOURS)
            .recordStats()
            .build();
    private final ConcurrentHashMap<CacheKey, StoredValue> map = new ConcurrentHashMap<>();
    private final com.google.common.cache.Cache<CacheKey, StoredValue> guava = CacheBuilder.newBuilder()
            .maximumWeight(BYTES)
            .weigher((CacheKey key, StoredValue value) -> (int) value.sizeBytes())
            .expireAfterWrite(12, TimeUnit.HOURS)
            .recordStats()
            .build();
    private final Map<CacheKey, StoredValue> lru = Collections.synchronizedMap(new LinkedHashMap<>(16, 0.75f, true));
    private final CacheRoom watchedRoom = new CacheRoom(clock);
    private final ContentCache watched = watchedRoom.cache(
            "node", "bench", CacheSettings.DEFAULT.withMaxItems(100_000L).withMaxBytes(BYTES));
    private final CacheInsight insight = CacheInsight.of(watchedRoom, StreamClock.system());

    /// Where each thread is.
    @State(Scope.Thread)
    public static class Place {
        // Each thread on a way of its own.
        private int at = ThreadLocalRandom.current().nextInt();
        private int mask;

        @Setup
        public void begin(HitBench bench) {
            mask = bench.entries - 1;
        }

        int next() {
            at += 7_919;
            return at & mask;
        }
    }

    @Setup
    public void fill() {
        keys = new CacheKey[entries];
        for (int i = 0; i < entries; i++) {
            CacheKey key = key(i);
            keys[i] = key(i);
            StoredValue value = new StoredValue(
                    key, List.of(Part.text("x")), "node", "bench", 100, 1, clock.millis() + 43_200_000, 1, Usage.NONE);
            tier.put(value);
            cache.warm(value);
            watched.warm(value);
            guava.put(key, value);
            lru.put(key, value);
            caffeine.put(key, value);
            map.put(key, value);
        }
    }

    private static CacheKey key(int i) {
        return new CacheKey("pf1:model.simulated@1:0123456789abcdef:", ContentHash.ofText("k" + i));
    }

    @Benchmark
    public StoredValue tier(Place place) {
        return tier.lookup(keys[place.next()]);
    }

    @Benchmark
    public ContentCache.Result request(Place place) throws Exception {
        return cache.request(keys[place.next()], part -> {}, out -> Usage.NONE);
    }

    @Benchmark
    public StoredValue caffeine(Place place) {
        return caffeine.getIfPresent(keys[place.next()]);
    }

    @Benchmark
    public StoredValue map(Place place) {
        return map.get(keys[place.next()]);
    }

    /// As [#request(Place)], with all insight on.
    @Benchmark
    public ContentCache.Result watchedRequest(Place place) throws Exception {
        return watched.request(keys[place.next()], part -> {}, out -> Usage.NONE);
    }

    @Benchmark
    public StoredValue guava(Place place) {
        return guava.getIfPresent(keys[place.next()]);
    }

    @Benchmark
    public StoredValue synchronizedLru(Place place) {
        return lru.get(keys[place.next()]);
    }

    @TearDown
    public void close() {
        insight.close();
        watchedRoom.close();
    }
}
