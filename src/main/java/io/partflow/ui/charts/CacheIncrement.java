package io.partflow.ui.charts;

import io.partflow.engine.cache.CacheSnapshot;
import io.partflow.engine.run.RunSnapshot;
import org.jspecify.annotations.Nullable;

/// What all caches of a run counted between two snapshots; from 0 when there is no earlier one.
///
/// @param hits requests answered by a cache
/// @param misses requests computed
/// @param coalesced requests that joined a computation in flight
/// @param evictedBySize entries that left because there were too many
/// @param evictedByWeight entries that left because they were too heavy
/// @param evictedByExpiry entries whose time to live passed
/// @param evictedExplicitly entries invalidated by somebody
record CacheIncrement(
        long hits,
        long misses,
        long coalesced,
        long evictedBySize,
        long evictedByWeight,
        long evictedByExpiry,
        long evictedExplicitly) {

    static CacheIncrement between(@Nullable RunSnapshot previous, RunSnapshot current) {
        CacheSnapshot now = current.cache();
        if (previous == null) {
            return new CacheIncrement(
                    now.hits(),
                    now.misses(),
                    now.coalesced(),
                    now.evictedBySize(),
                    now.evictedByWeight(),
                    now.evictedByExpiry(),
                    now.evictedExplicitly());
        }
        CacheSnapshot before = previous.cache();
        return new CacheIncrement(
                now.hits() - before.hits(),
                now.misses() - before.misses(),
                now.coalesced() - before.coalesced(),
                now.evictedBySize() - before.evictedBySize(),
                now.evictedByWeight() - before.evictedByWeight(),
                now.evictedByExpiry() - before.evictedByExpiry(),
                now.evictedExplicitly() - before.evictedExplicitly());
    }

    /// Requests of all three outcomes.
    long requests() {
        return hits + misses + coalesced;
    }

    /// Requests that needed no computation of their own.
    long answered() {
        return hits + coalesced;
    }
}
