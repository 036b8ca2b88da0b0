package io.partflow.engine.cache.recency;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;

/// A count that many threads add to and few read, and a choice of events to look at more closely. Thread-safe,
/// without
/// locks; nothing is lost.
public final class LaneCounter {
    // Two cache lines for each lane: processors fetch them in pairs.
    private static final int APART = 16;
    private static final VarHandle COUNTS = MethodHandles.arrayElementVarHandle(long[].class);
    private static final long GOLDEN = 0x9e3779b97f4a7c15L;

    private final long[] counts = new long[(Lanes.COUNT + 1) * APART];

    /// Adds one.
    public void increment() {
        increment(Lanes.current());
    }

    /// Adds one.
    ///
    /// @param lane of the calling thread
    public void increment(int lane) {
        int at = (lane + 1) * APART;
        if (lane == Lanes.SHARED) {
            COUNTS.getAndAdd(counts, at, 1L);
        } else {
            COUNTS.setOpaque(counts, at, counts[at] + 1);
        }
    }

    /// Whether the next event of the calling thread is one of those to look at: one in 64, the first among them, at
    /// distances that no regular input keeps step with.
    ///
    /// @param lane of the calling thread
    public boolean isOneIn64(int lane) {
        // The multiples of the golden ratio spread evenly and never repeat: as good as a random number, without one.
        return counts[(lane + 1) * APART] * GOLDEN >>> (Long.SIZE - 6) == 0;
    }

    /// How many were added so far; all those that the caller knows of are among them.
    public long sum() {
        long sum = 0;
        for (int lane = 0; lane < Lanes.COUNT; lane++) {
            sum += (long) COUNTS.getVolatile(counts, (lane + 1) * APART);
        }
        return sum;
    }
}
