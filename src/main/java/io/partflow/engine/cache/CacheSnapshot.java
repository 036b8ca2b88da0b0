package io.partflow.engine.cache;

import java.util.Collection;
import java.util.OptionalDouble;
import org.jspecify.annotations.Nullable;

/// The counters of a cache at one moment. Immutable. Each counter moves by one event:
///
/// - `hits`, `misses`, `coalesced`, `uncacheable`, `bypassed`: a request that ended with that [Outcome]
/// - `puts`: a computed value was stored (replacing an older one is a put, not an eviction)
/// - `evictedBySize`, `evictedByWeight`: an entry left because the item limit or the byte limit was reached
/// - `evictedByExpiry`: an entry left because its time to live was over
/// - `evictedExplicitly`: somebody invalidated an entry
///
/// @param entries how many entries are held now
/// @param bytes the size of their values now ([io.partflow.engine.content.Part#sizeBytes()])
/// @param maxItems the item limit, or null
/// @param maxBytes the byte limit, or null
public record CacheSnapshot(
        long hits,
        long misses,
        long coalesced,
        long uncacheable,
        long bypassed,
        long puts,
        long evictedBySize,
        long evictedByWeight,
        long evictedByExpiry,
        long evictedExplicitly,
        long entries,
        long bytes,
        @Nullable Long maxItems,
        @Nullable Long maxBytes,
        LatencySnapshot hitLatency,
        LatencySnapshot missLatency) {
    public static final CacheSnapshot EMPTY = new CacheSnapshot(
            0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, null, null, LatencySnapshot.NONE, LatencySnapshot.NONE);

    public long requests() {
        return hits + misses + coalesced;
    }

    /// `(hits + coalesced) / requests`, from 0 to 1; empty without requests.
    public OptionalDouble hitRatio() {
        long requests = requests();
        return requests == 0 ? OptionalDouble.empty() : OptionalDouble.of((hits + coalesced) / (double) requests);
    }

    public long evictions() {
        return evictedBySize + evictedByWeight + evictedByExpiry + evictedExplicitly;
    }

    /// The sum of several caches' counters. A limit of the sum is known only where all have one; latencies are left
    /// out, because percentiles do not add up.
    public static CacheSnapshot sum(Collection<CacheSnapshot> caches) {
        return caches.stream().reduce(CacheSnapshot::plus).orElse(EMPTY);
    }

    /// What these counters have moved by since an earlier moment; entries, limits and latencies are as they are now.
    public CacheSnapshot since(CacheSnapshot before) {
        return new CacheSnapshot(
                hits - before.hits,
                misses - before.misses,
                coalesced - before.coalesced,
                uncacheable - before.uncacheable,
                bypassed - before.bypassed,
                puts - before.puts,
                evictedBySize - before.evictedBySize,
                evictedByWeight - before.evictedByWeight,
                evictedByExpiry - before.evictedByExpiry,
                evictedExplicitly - before.evictedExplicitly,
                entries,
                bytes,
                maxItems,
                maxBytes,
                hitLatency,
                missLatency);
    }

    private CacheSnapshot plus(CacheSnapshot other) {
        return new CacheSnapshot(
                hits + other.hits,
                misses + other.misses,
                coalesced + other.coalesced,
                uncacheable + other.uncacheable,
                bypassed + other.bypassed,
                puts + other.puts,
                evictedBySize + other.evictedBySize,
                evictedByWeight + other.evictedByWeight,
                evictedByExpiry + other.evictedByExpiry,
                evictedExplicitly + other.evictedExplicitly,
                entries + other.entries,
                bytes + other.bytes,
                limit(maxItems, other.maxItems),
                limit(maxBytes, other.maxBytes),
                LatencySnapshot.NONE,
                LatencySnapshot.NONE);
    }

    private static @Nullable Long limit(@Nullable Long mine, @Nullable Long theirs) {
        return mine == null || theirs == null ? null : Long.valueOf(mine + theirs);
    }

    /// These counters for a cache whose entries are counted elsewhere.
    CacheSnapshot withoutEntries() {
        return new CacheSnapshot(
                hits,
                misses,
                coalesced,
                uncacheable,
                bypassed,
                puts,
                evictedBySize,
                evictedByWeight,
                evictedByExpiry,
                evictedExplicitly,
                0,
                0,
                maxItems == null ? null : Long.valueOf(0),
                maxBytes == null ? null : Long.valueOf(0),
                hitLatency,
                missLatency);
    }

    public CacheSnapshot withLatency(LatencySnapshot hit, LatencySnapshot miss) {
        return new CacheSnapshot(
                hits,
                misses,
                coalesced,
                uncacheable,
                bypassed,
                puts,
                evictedBySize,
                evictedByWeight,
                evictedByExpiry,
                evictedExplicitly,
                entries,
                bytes,
                maxItems,
                maxBytes,
                hit,
                miss);
    }
}
