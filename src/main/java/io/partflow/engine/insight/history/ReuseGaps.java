package io.partflow.engine.insight.history;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;

/// How long after its last request the same is asked for again, and what a time to live would make of it. Immutable.
///
/// @param counts by the power of two of the gap in milliseconds: the first below 1 ms, the i-th from
/// 2^(i-1) up to 2^i; their sum is the number of requests that were not the first of their key
public record ReuseGaps(List<Long> counts) {
    private static final int MOST = 44;
    private static final int HERD_SHARE = 100;
    private static final int MOST_CANDIDATES = 12;
    private static final double SHORTEST = 0.01;

    public ReuseGaps {
        counts = List.copyOf(counts);
    }

    public static ReuseGaps of(CacheHistory history) {
        long[] counts = new long[MOST];
        Map<Long, Long> last = new HashMap<>();
        for (CacheRequest request : history.requests()) {
            Long before = last.put(request.key(), request.atMillis());
            if (before != null) {
                long gap = Math.max(0, request.atMillis() - before);
                counts[Math.min(MOST - 1, Long.SIZE - Long.numberOfLeadingZeros(gap))]++;
            }
        }
        return new ReuseGaps(Arrays.stream(counts).boxed().toList());
    }

    /// The gap below which a share of the repetitions lies, in milliseconds, rounded up to a power of two; 0 without
    /// repetitions.
    ///
    /// @param share 0 to 1
    public long gapMillis(double share) {
        long all = counts.stream().mapToLong(Long::longValue).sum();
        long sum = 0;
        for (int i = 0; i < counts.size(); i++) {
            sum += counts.get(i);
            if (all > 0 && sum >= share * all) {
                return 1L << i;
            }
        }
        return 0;
    }

    /// What a time to live would have meant.
    ///
    /// @param ttlMillis 0 for ever
    /// @param hits requests it would have served
    /// @param hitsLost requests that a cache without expiry would have served besides
    /// @param meanAgeMillis how old the served answers were on average: the staleness
    /// @param maxAgeMillis how old the oldest was
    /// @param herdMillis the moment from which on, within a hundredth of the span, most entries end
    /// @param herd how many those are
    public record Outlook(
            long ttlMillis,
            long hits,
            long hitsLost,
            double meanAgeMillis,
            long maxAgeMillis,
            long herdMillis,
            long herd) {}

    /// Times to live worth asking about: its own, up to twelve powers of two that reach from the shortest gaps to the
    /// longest, and last 0, for ever.
    public static List<Long> candidates(CacheHistory history) {
        ReuseGaps gaps = of(history);
        TreeSet<Long> ttls = new TreeSet<>();
        for (long ttl = gaps.gapMillis(1); ttl > 0 && ttl >= gaps.gapMillis(SHORTEST); ttl /= 2) {
            if (ttls.size() == MOST_CANDIDATES) {
                break;
            }
            ttls.add(ttl);
        }
        if (history.settings().ttlMillis() > 0) {
            ttls.add(history.settings().ttlMillis());
        }
        List<Long> all = new ArrayList<>(ttls);
        all.add(0L);
        return all;
    }

    /// What times to live would have meant, with the cache's own limits and policy for the hits.
    public static List<Outlook> tune(CacheHistory history, List<Long> ttlsMillis) {
        List<Outlook> outlooks = new ArrayList<>();
        long forever = hits(history, 0);
        for (long ttl : ttlsMillis) {
            long hits = ttl == 0 ? forever : hits(history, ttl);
            outlooks.add(outlook(history, ttl, hits, Math.max(0, forever - hits)));
        }
        return outlooks;
    }

    private static long hits(CacheHistory history, long ttlMillis) {
        boolean[] hits = Replay.hits(history, history.policy(), history.limits().living(ttlMillis));
        return Math.round(Replay.ratio(hits) * hits.length);
    }

    /// Ages and ends are those of a cache that is large enough: what a limit takes away, no time to live has to.
    private static Outlook outlook(CacheHistory history, long ttl, long hits, long lost) {
        Map<Long, Long> putAt = new HashMap<>();
        List<Long> ends = new ArrayList<>();
        double ages = 0;
        long served = 0;
        long oldest = 0;
        for (CacheRequest request : history.requests()) {
            Long put = putAt.get(request.key());
            if (put != null && (ttl == 0 || request.atMillis() < put + ttl)) {
                long age = request.atMillis() - put;
                ages += age;
                oldest = Math.max(oldest, age);
                served++;
            } else {
                putAt.put(request.key(), request.atMillis());
                if (ttl > 0) {
                    ends.add(request.atMillis() + ttl);
                }
            }
        }
        ends.sort(Long::compare);
        long window = Math.max(1, history.spanMillis() / HERD_SHARE);
        long herd = 0;
        long herdMillis = 0;
        int first = 0;
        for (int i = 0; i < ends.size(); i++) {
            while (ends.get(i) - ends.get(first) >= window) {
                first++;
            }
            if (i - first + 1 > herd) {
                herd = i - first + 1;
                herdMillis = ends.get(first);
            }
        }
        return new Outlook(ttl, hits, lost, served == 0 ? 0 : ages / served, oldest, herdMillis, herd);
    }
}
