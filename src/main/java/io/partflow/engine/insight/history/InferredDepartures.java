package io.partflow.engine.insight.history;

import io.partflow.engine.cache.CacheSettings;
import io.partflow.engine.cache.EvictionCause;
import io.partflow.engine.cache.Outcome;
import io.partflow.engine.insight.curve.SimulatedCache;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// What must have left a cache, where nobody has written it down: told from what was asked for again and had to be
/// computed. Pure.
public final class InferredDepartures {
    /*
     * An answer that was kept and is computed again has left meanwhile. If its time was over, it ended. Else it had
     * to go, provided that a limit can have been reached: as many entries, or bytes, were kept since. The moment is
     * that at which an LRU cache of these limits would have let it go; one that the LRU cache would still have was
     * refused when it was put, which is how TinyLFU makes room. What was neither over nor can have had to go was
     * removed, or the request was told not to read: that is no departure.
     */
    private InferredDepartures() {}

    /// The requests with the outcomes that a cache of these settings would have given them.
    public static List<CacheRequest> served(List<CacheRequest> requests, CacheSettings settings) {
        CacheHistory asked = history(requests, settings);
        boolean[] hits = Replay.hits(asked, asked.policy(), asked.limits());
        List<CacheRequest> served = new ArrayList<>(requests.size());
        for (int i = 0; i < hits.length; i++) {
            CacheRequest each = requests.get(i);
            served.add(new CacheRequest(
                    each.key(),
                    each.atMillis(),
                    hits[i] ? Outcome.HIT : Outcome.MISS,
                    each.bytes(),
                    each.computeNanos(),
                    each.usage(),
                    each.answer()));
        }
        return served;
    }

    private static CacheHistory history(List<CacheRequest> requests, CacheSettings settings) {
        return new CacheHistory("", "", settings, requests, List.of(), Map.of(), 1, -1);
    }

    /// The departures of entries that were asked for again, oldest first.
    public static List<CacheHistory.Departure> of(List<CacheRequest> requests, CacheSettings settings) {
        SimulatedCache.Limits limits = history(requests, settings).limits();
        Model model = new Model(limits);
        Map<Long, CacheRequest> kept = new HashMap<>();
        List<CacheHistory.Departure> departures = new ArrayList<>();
        long keptBytes = 0;
        for (CacheRequest request : requests) {
            CacheRequest before = kept.get(request.key());
            if (before != null && !request.isServed()) {
                long end = limits.ttlMillis() == 0 ? Long.MAX_VALUE : before.atMillis() + limits.ttlMillis();
                if (request.atMillis() >= end) {
                    departures.add(
                            new CacheHistory.Departure(request.key(), end, EvictionCause.EXPIRY, before.bytes()));
                } else if (kept.size() > limits.items() || keptBytes > limits.bytes()) {
                    EvictionCause cause = kept.size() > limits.items() ? EvictionCause.SIZE : EvictionCause.WEIGHT;
                    long at = model.leftAt(request.key(), before.atMillis());
                    departures.add(new CacheHistory.Departure(
                            request.key(), Math.min(at, request.atMillis()), cause, before.bytes()));
                }
            }
            if (before == null || !request.isServed()) {
                keptBytes += request.bytes() - (before == null ? 0 : before.bytes());
                kept.put(request.key(), request);
            }
            model.access(request);
        }
        departures.sort(Comparator.comparingLong(CacheHistory.Departure::atMillis));
        return departures;
    }

    /// An LRU cache that knows when it let go of what.
    private static final class Model {
        private final SimulatedCache.Limits limits;
        private final LinkedHashMap<Long, Long> entries = new LinkedHashMap<>(16, 0.75f, true);
        private final Map<Long, Long> left = new HashMap<>();
        private long bytes;

        Model(SimulatedCache.Limits limits) {
            this.limits = limits;
        }

        void access(CacheRequest request) {
            Long old = entries.put(request.key(), request.bytes());
            bytes += request.bytes() - (old == null ? 0 : old);
            left.remove(request.key());
            while (entries.size() > 1 && (entries.size() > limits.items() || bytes > limits.bytes())) {
                var eldest = entries.pollFirstEntry();
                bytes -= eldest.getValue();
                left.put(eldest.getKey(), request.atMillis());
            }
        }

        long leftAt(long key, long otherwise) {
            return left.getOrDefault(key, otherwise);
        }
    }
}
