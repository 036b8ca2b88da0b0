package io.partflow.engine.insight.curve;

import io.partflow.engine.cache.Outcome;
import java.util.Arrays;
import java.util.PriorityQueue;

/// The best any cache of a number of items could have done, knowing the future. Stateless.
final class OptimalCache {
    /*
     * Belady: of the entries and the newcomer, the one whose next use is farthest away goes. Among entries of one
     * size that is optimal; for sizes in bytes no fast exact answer is known (the problem is NP-hard), so there is
     * none here.
     *
     * Put differently: each access that can be served asks for a place from the moment its key was there the last
     * time until now, and as many of these intervals as possible are to overlap no more than the cache has places.
     * Going through the moments, what is due is served and gives its place back; where there are too few places, the
     * interval that ends last is given up.
     *
     * So that the answer is a bound for the cache that was measured too, it counts as that one did:
     * - A request that joined a computation in flight was served without a place. It may bring its key in, as any
     *   policy may.
     * - A value that took a while to compute needs its place only from when it was there: until then the computation
     *   held it.
     * - A key that was a hit the first time had its place from the beginning.
     * Where no outcomes are known this is plain Belady.
     *
     * Cost: O(n log n).
     */
    private OptimalCache() {}

    /// The ratio of accesses that a cache of so many items could have served, with those that joined others.
    static double hitRatio(AccessTrace trace, long items) {
        int n = trace.accesses();
        if (n == 0) {
            return 0;
        }
        Intervals intervals = new Intervals(trace);
        // The ends of the intervals that have a place, farthest first. An end names its interval.
        PriorityQueue<Integer> farthest = new PriorityQueue<>((a, b) -> Integer.compare(b, a));
        boolean[] placed = new boolean[n];
        long kept = 0;
        long served = intervals.withoutPlace;
        for (int i = 0; i < n; i++) {
            if (placed[i]) {
                served++;
                kept--;
            }
            for (int end = intervals.first[i]; end >= 0; end = intervals.next[end]) {
                farthest.add(end);
                placed[end] = true;
                kept++;
            }
            while (kept > items) {
                int end = farthest.remove();
                if (end > i && placed[end]) {
                    placed[end] = false;
                    kept--;
                }
            }
        }
        return served / (double) n;
    }

    /// What asks for a place, by the access at which it begins to.
    private static final class Intervals {
        /// For every access the end of the first interval that begins with it, -1 for none.
        private final int[] first;

        /// For every end of an interval that of another one with the same begin, -1 for none.
        private final int[] next;

        /// How many accesses were served without a place.
        private long withoutPlace;

        Intervals(AccessTrace trace) {
            int n = trace.accesses();
            first = new int[n];
            next = new int[n];
            Arrays.fill(first, -1);
            int[] before = new int[trace.distinct()];
            Arrays.fill(before, -1);
            for (int i = 0; i < n; i++) {
                int key = trace.key(i);
                add(trace, before[key], i);
                before[key] = i;
            }
        }

        private void add(AccessTrace trace, int before, int end) {
            Outcome outcome = trace.outcome(end);
            if (outcome == Outcome.COALESCED) {
                withoutPlace++;
                return;
            }
            if (before < 0 && outcome != Outcome.HIT) {
                return;
            }
            int begin = before < 0 ? 0 : firstFrom(trace, before, end);
            if (begin >= end) {
                withoutPlace++;
            } else {
                next[end] = first[begin];
                first[begin] = end;
            }
        }

        /// The first access that found the value of an access there, `end` at most.
        private static int firstFrom(AccessTrace trace, int access, int end) {
            long ready = trace.readyMillis(access);
            if (ready <= trace.atMillis(access)) {
                return access;
            }
            int low = access + 1;
            int high = end;
            while (low < high) {
                int middle = (low + high) >>> 1;
                if (trace.atMillis(middle) < ready) {
                    low = middle + 1;
                } else {
                    high = middle;
                }
            }
            return low;
        }
    }
}
