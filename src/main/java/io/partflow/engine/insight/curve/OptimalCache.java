package io.partflow.engine.insight.curve;

import java.util.Arrays;
import java.util.PriorityQueue;

/// The best any cache of a number of items could have done, knowing the future. Stateless.
final class OptimalCache {
    /*
     * Belady: of the entries and the newcomer, the one whose next use is farthest away goes. Among entries of one
     * size that is optimal; for sizes in bytes no fast exact answer is known (the problem is NP-hard), so there is
     * none here.
     *
     * The heap holds moments of next use, farthest first; an entry that was used again left its old moment behind,
     * which is recognised because nothing is due then any more. Cost: O(n log n).
     */
    private OptimalCache() {}

    /// The ratio of accesses that a cache of so many items could have served.
    static double hitRatio(AccessTrace trace, long items) {
        int n = trace.accesses();
        if (n == 0) {
            return 0;
        }
        int[] nextUse = nextUses(trace);
        // By key: when it is due while kept, or -1.
        int[] due = new int[trace.distinct()];
        Arrays.fill(due, -1);
        PriorityQueue<Integer> farthest = new PriorityQueue<>((a, b) -> Integer.compare(b, a));
        long kept = 0;
        long hits = 0;
        for (int i = 0; i < n; i++) {
            int key = trace.key(i);
            if (due[key] == i) {
                hits++;
                kept--;
                due[key] = -1;
            }
            if (nextUse[i] == n) {
                continue;
            }
            due[key] = nextUse[i];
            farthest.add(nextUse[i]);
            kept++;
            while (kept > items) {
                int moment = farthest.remove();
                int victim = trace.key(moment);
                if (due[victim] == moment && moment > i) {
                    due[victim] = -1;
                    kept--;
                }
            }
        }
        return hits / (double) n;
    }

    /// For every access the next one of the same key, or the number of accesses where there is none.
    static int[] nextUses(AccessTrace trace) {
        int n = trace.accesses();
        int[] nextUse = new int[n];
        int[] seen = new int[trace.distinct()];
        Arrays.fill(seen, n);
        for (int i = n - 1; i >= 0; i--) {
            nextUse[i] = seen[trace.key(i)];
            seen[trace.key(i)] = i;
        }
        return nextUse;
    }
}
