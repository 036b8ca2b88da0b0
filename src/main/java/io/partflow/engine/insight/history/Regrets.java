package io.partflow.engine.insight.history;

import io.partflow.engine.cache.EvictionCause;
import io.partflow.engine.cache.Outcome;
import io.partflow.engine.insight.curve.StackDistances;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/// Evictions for room whose key was asked for again: what they cost, and what would have prevented them. Immutable.
///
/// @param all in the order in which they were asked for again
public record Regrets(List<Regret> all) {
    /// One of them.
    ///
    /// @param gapMillis from the eviction to the request
    /// @param costNanos what was computed a second time
    /// @param itemsMissing how many entries more an LRU cache would have needed to still have it, at least 0
    /// @param bytesMissing how many bytes more, at least 0
    public record Regret(
            long key, EvictionCause cause, long gapMillis, long costNanos, long itemsMissing, long bytesMissing) {}

    public Regrets {
        all = List.copyOf(all);
    }

    public static Regrets of(CacheHistory history) {
        long maxItems = history.limits().items();
        long maxBytes = history.limits().bytes();
        StackDistances stack = new StackDistances(Math.max(1, history.requests().size()));
        Map<Long, CacheHistory.Departure> gone = new HashMap<>();
        List<Regret> regrets = new ArrayList<>();
        int eviction = 0;
        for (CacheRequest request : history.requests()) {
            while (eviction < history.evictions().size()
                    && history.evictions().get(eviction).atMillis() < request.atMillis()) {
                CacheHistory.Departure each = history.evictions().get(eviction++);
                gone.put(each.key(), each);
            }
            int distance = stack.access(request.key(), Math.max(1, request.bytes()));
            CacheHistory.Departure left = gone.remove(request.key());
            if (left != null
                    && (left.cause() == EvictionCause.SIZE || left.cause() == EvictionCause.WEIGHT)
                    && request.outcome() == Outcome.MISS
                    && distance != StackDistances.UNKNOWN) {
                regrets.add(new Regret(
                        request.key(),
                        left.cause(),
                        request.atMillis() - left.atMillis(),
                        Math.max(0, request.computeNanos()),
                        Math.max(0, distance - maxItems),
                        Math.max(0, stack.byteDistance() - maxBytes)));
            }
        }
        return new Regrets(regrets);
    }

    /// What was computed a second time, in nanoseconds.
    public long costNanos() {
        return all.stream().mapToLong(Regret::costNanos).sum();
    }

    /// How many bytes more would have prevented a share of them; 0 where there are none.
    ///
    /// @param share 0 to 1
    public long bytesToSave(double share) {
        return quantile(
                share, all.stream().mapToLong(Regret::bytesMissing).sorted().toArray());
    }

    /// How many entries more would have prevented a share of them; 0 where there are none.
    ///
    /// @param share 0 to 1
    public long itemsToSave(double share) {
        return quantile(
                share, all.stream().mapToLong(Regret::itemsMissing).sorted().toArray());
    }

    private static long quantile(double share, long[] sorted) {
        if (sorted.length == 0) {
            return 0;
        }
        return sorted[Math.clamp((int) Math.ceil(share * sorted.length) - 1, 0, sorted.length - 1)];
    }
}
