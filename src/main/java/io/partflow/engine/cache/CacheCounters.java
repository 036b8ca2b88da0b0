package io.partflow.engine.cache;

import io.partflow.engine.cache.recency.LaneCounter;
import java.util.ArrayList;
import java.util.Collection;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.LongAdder;
import org.HdrHistogram.Histogram;
import org.jspecify.annotations.Nullable;

/// What has happened to one cache since it was made; the events are those of [CacheSnapshot]. Thread-safe, without
/// locks.
final class CacheCounters implements EvictionListener {
    final LaneCounter hits = new LaneCounter();
    final LongAdder misses = new LongAdder();
    final LongAdder coalesced = new LongAdder();
    final LongAdder uncacheable = new LongAdder();
    final LongAdder bypassed = new LongAdder();
    final LongAdder puts = new LongAdder();
    final LatencyRecorder hitLatency = new LatencyRecorder();
    final LatencyRecorder missLatency = new LatencyRecorder();
    private final Map<EvictionCause, LongAdder> evictions = new EnumMap<>(EvictionCause.class);

    CacheCounters() {
        for (EvictionCause cause : EvictionCause.values()) {
            evictions.put(cause, new LongAdder());
        }
    }

    private LongAdder of(EvictionCause cause) {
        LongAdder adder = evictions.get(cause);
        if (adder == null) {
            throw new IllegalStateException("no counter for " + cause);
        }
        return adder;
    }

    @Override
    public void evicted(Eviction eviction) {
        of(eviction.cause()).increment();
    }

    CacheSnapshot snapshot(CacheTier tier) {
        return snapshot(
                tier.count(),
                tier.bytes(),
                tier.limits().items(),
                tier.limits().bytes(),
                hitLatency.snapshot(),
                missLatency.snapshot());
    }

    private CacheSnapshot snapshot(
            long entries,
            long bytes,
            @Nullable Long maxItems,
            @Nullable Long maxBytes,
            LatencySnapshot hit,
            LatencySnapshot miss) {
        return new CacheSnapshot(
                hits.sum(),
                misses.sum(),
                coalesced.sum(),
                uncacheable.sum(),
                bypassed.sum(),
                puts.sum(),
                of(EvictionCause.SIZE).sum(),
                of(EvictionCause.WEIGHT).sum(),
                of(EvictionCause.EXPIRY).sum(),
                of(EvictionCause.EXPLICIT).sum(),
                entries,
                bytes,
                maxItems,
                maxBytes,
                hit,
                miss);
    }

    /// The sum over caches; percentiles are those of all their requests together, and a limit is null when any
    /// cache has none.
    static CacheSnapshot total(Collection<ContentCache> caches) {
        Histogram hit = LatencyRecorder.histogram();
        Histogram miss = LatencyRecorder.histogram();
        List<CacheSnapshot> each = new ArrayList<>();
        List<ContentCache> before = new ArrayList<>();
        for (ContentCache cache : caches) {
            CacheSnapshot own = cache.snapshot();
            // What caches share is there once.
            each.add(before.stream().anyMatch(cache::sharesEntriesWith) ? own.withoutEntries() : own);
            before.add(cache);
            cache.counters().hitLatency.addTo(hit);
            cache.counters().missLatency.addTo(miss);
        }
        return CacheSnapshot.sum(each).withLatency(LatencyRecorder.snapshot(hit), LatencyRecorder.snapshot(miss));
    }
}
