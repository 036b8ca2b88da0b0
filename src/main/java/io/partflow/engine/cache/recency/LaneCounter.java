package io.partflow.engine.cache.recency;

import java.util.concurrent.atomic.AtomicLongArray;

/// A count that many threads add to and few read. Thread-safe, without locks; nothing is lost.
public final class LaneCounter {
    // Two cache lines for each lane: processors fetch them in pairs.
    private static final int APART = 16;

    private final AtomicLongArray counts = new AtomicLongArray((Lanes.COUNT + 1) * APART);

    /// Adds one.
    public void increment() {
        int lane = Lanes.current();
        int at = (lane + 1) * APART;
        if (lane == Lanes.SHARED) {
            counts.getAndIncrement(at);
        } else {
            counts.setOpaque(at, counts.getPlain(at) + 1);
        }
    }

    /// How many were added so far; all those that the caller knows of are among them.
    public long sum() {
        long sum = 0;
        for (int lane = 0; lane < Lanes.COUNT; lane++) {
            sum += counts.get((lane + 1) * APART);
        }
        return sum;
    }
}
