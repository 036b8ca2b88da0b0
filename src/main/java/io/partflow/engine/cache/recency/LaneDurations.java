package io.partflow.engine.cache.recency;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import org.jspecify.annotations.Nullable;

/// How often which duration was measured, for short durations and threads that have a [lane][Lanes] of their own.
/// Thread-safe, without locks and without atomic steps; nothing is lost.
public final class LaneDurations {
    /*
     * The buckets are those of HdrHistogram with two significant digits, so that its percentiles are the same: each
     * duration below 256 ns has one, and of each power of two above that 128 have. That histogram takes four atomic
     * steps for what is one addition here, and an atomic step makes the processor wait for all that is under way.
     */
    /// Durations from here on are not taken, in nanoseconds.
    public static final long MOST_NANOS = 1 << 20;

    private static final int HALF_BITS = 7;
    private static final int HALF = 1 << HALF_BITS;
    private static final int BUCKETS = index(MOST_NANOS);
    // Away from the array's length and from what lies before and behind.
    private static final int FIRST = 8;
    private static final VarHandle LONGS = MethodHandles.arrayElementVarHandle(long[].class);
    private static final VarHandle ARRAYS = MethodHandles.arrayElementVarHandle(long[][].class);

    /// Takes a duration and how often it was measured.
    @FunctionalInterface
    public interface Taker {
        void take(long nanos, long count);
    }

    private final long[] @Nullable [] lanes = new long[Lanes.SHARED] @Nullable [];

    /// Records a duration; returns whether it did.
    ///
    /// @param lane of the calling thread
    public boolean record(int lane, long nanos) {
        if (lane == Lanes.SHARED || nanos < 0 || nanos >= MOST_NANOS) {
            return false;
        }
        long[] counts = lanes[lane];
        if (counts == null) {
            // Who has a lane is alone in it.
            counts = new long[FIRST + BUCKETS + FIRST];
            ARRAYS.setRelease(lanes, lane, counts);
        }
        int at = FIRST + index(nanos);
        LONGS.setOpaque(counts, at, counts[at] + 1);
        return true;
    }

    private static int index(long nanos) {
        int shift = Math.max(0, Long.SIZE - HALF_BITS - 1 - Long.numberOfLeadingZeros(nanos));
        return (shift << HALF_BITS) + (int) (nanos >>> shift);
    }

    private static long nanos(int index) {
        int shift = Math.max(0, (index >>> HALF_BITS) - 1);
        return (long) (index - (shift << HALF_BITS)) << shift;
    }

    /// Tells of everything recorded so far.
    public void read(Taker taker) {
        for (int lane = 0; lane < lanes.length; lane++) {
            long[] counts = (long[]) ARRAYS.getAcquire(lanes, lane);
            for (int i = 0; counts != null && i < BUCKETS; i++) {
                long count = (long) LONGS.getOpaque(counts, FIRST + i);
                if (count > 0) {
                    taker.take(nanos(i), count);
                }
            }
        }
    }
}
