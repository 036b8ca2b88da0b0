package io.partflow.engine.insight.history;

import io.partflow.engine.cache.EvictionCause;
import io.partflow.engine.cache.Outcome;
import io.partflow.engine.insight.curve.StackDistances;
import io.partflow.engine.insight.why.RequestPrint;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

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

    /// What they come to. Immutable.
    ///
    /// @param count how many there are
    /// @param costNanos what was computed a second time
    /// @param itemsForHalf how many entries more would have prevented half of them
    /// @param bytesForHalf how many bytes more
    /// @param costliest the costliest ones
    public record Summary(int count, long costNanos, long itemsForHalf, long bytesForHalf, List<Named> costliest) {
        public static final Summary NONE = new Summary(0, 0, 0, 0, List.of());

        public Summary {
            costliest = List.copyOf(costliest);
        }
    }

    /// A regret with the text of its key; null where the request is no longer remembered.
    public record Named(Regret regret, @Nullable String key) {}

    public Regrets {
        all = List.copyOf(all);
    }

    public static Regrets of(CacheHistory history) {
        long maxItems = history.limits().items();
        long maxBytes = history.limits().bytes();
        StackDistances stack = new StackDistances(Math.max(1, history.requests().size()));
        Map<Long, Deque<CacheHistory.Departure>> departures = new HashMap<>();
        for (CacheHistory.Departure each : history.evictions()) {
            departures.computeIfAbsent(each.key(), key -> new ArrayDeque<>(2)).add(each);
        }
        List<Regret> regrets = new ArrayList<>();
        for (CacheRequest request : history.requests()) {
            int distance = stack.access(request.key(), Math.max(1, request.bytes()));
            CacheHistory.Departure left =
                    lastBefore(request, distance != StackDistances.UNKNOWN, departures.get(request.key()));
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

    /// The last departure of what is asked for. One of the same millisecond was before a miss of a key that was asked
    /// for before, unless the entry had left already: else it would have been a hit.
    private static CacheHistory.@Nullable Departure lastBefore(
            CacheRequest request, boolean askedBefore, @Nullable Deque<CacheHistory.Departure> departures) {
        CacheHistory.Departure last = null;
        while (departures != null) {
            CacheHistory.Departure next = departures.peek();
            boolean before = next != null
                    && (next.atMillis() < request.atMillis()
                            || (last == null
                                    && askedBefore
                                    && next.atMillis() == request.atMillis()
                                    && request.outcome() == Outcome.MISS));
            if (!before) {
                break;
            }
            last = departures.poll();
        }
        return last;
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

    /// What they come to.
    ///
    /// @param most how many of the costliest to name
    /// @param prints of requests, by key number
    public Summary summary(int most, Map<Long, RequestPrint> prints) {
        List<Named> costliest = all.stream()
                .sorted(Comparator.comparingLong(Regret::costNanos).reversed())
                .limit(most)
                .map(each -> {
                    RequestPrint print = prints.get(each.key());
                    return new Named(each, print == null ? null : print.key().text());
                })
                .toList();
        return new Summary(all.size(), costNanos(), itemsToSave(0.5), bytesToSave(0.5), costliest);
    }

    private static long quantile(double share, long[] sorted) {
        if (sorted.length == 0) {
            return 0;
        }
        return sorted[Math.clamp((int) Math.ceil(share * sorted.length) - 1, 0, sorted.length - 1)];
    }
}
