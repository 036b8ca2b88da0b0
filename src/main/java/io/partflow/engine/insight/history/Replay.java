package io.partflow.engine.insight.history;

import io.partflow.engine.insight.curve.Policy;
import io.partflow.engine.insight.curve.SimulatedCache;
import java.util.List;
import java.util.function.ToLongFunction;

/// Which of a history's requests a cache with other keys or limits would have served. Pure.
public final class Replay {
    private Replay() {}

    /// For each request, in order, whether it would have been a hit.
    public static boolean[] hits(CacheHistory history, Policy policy, SimulatedCache.Limits limits) {
        return hits(history.requests(), CacheRequest::key, policy, limits);
    }

    /// As [#hits(CacheHistory, Policy, SimulatedCache.Limits)], with other keys.
    public static boolean[] hits(
            List<CacheRequest> requests,
            ToLongFunction<CacheRequest> keys,
            Policy policy,
            SimulatedCache.Limits limits) {
        SimulatedCache cache = SimulatedCache.of(policy, limits);
        boolean[] hits = new boolean[requests.size()];
        for (int i = 0; i < hits.length; i++) {
            CacheRequest request = requests.get(i);
            hits[i] = cache.access(keys.applyAsLong(request), Math.max(1, request.bytes()), request.atMillis());
        }
        return hits;
    }

    /// The share of hits, 0 without requests.
    public static double ratio(boolean[] hits) {
        int count = 0;
        for (boolean hit : hits) {
            count += hit ? 1 : 0;
        }
        return hits.length == 0 ? 0 : count / (double) hits.length;
    }
}
