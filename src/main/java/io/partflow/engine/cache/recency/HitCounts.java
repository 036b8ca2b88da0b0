package io.partflow.engine.cache.recency;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/// How often each entry was hit and when last, by a number that each entry has. Thread-safe for many that count;
/// those that ask for [places][#of(int)] take turns.
///
/// No hit is lost. Each [lane][Lanes] counts for itself: if the entry itself held its count, two processors
/// that serve the same entries would pass it to and fro with every hit, which costs more than the rest of a
/// lookup. This takes 16 bytes for each entry and lane in which any entry near it was hit.
public final class HitCounts {
    private static final int PLACES = 1 << 10;
    // The first counts keep clear of the array's length, which all threads read.
    private static final int FIRST = 8;
    private static final VarHandle LONGS = MethodHandles.arrayElementVarHandle(long[].class);
    private static final VarHandle ARRAYS = MethodHandles.arrayElementVarHandle(long[][].class);

    /// The counts of some entries. It stays the same for as long as an entry has its number, and only grows: an entry
    /// that takes over a number begins with what was counted there before, and takes it off.
    public static final class Counts {
        // Arrays and handles instead of atomic arrays: on its way to a count a hit reads half as many objects.
        private final long[] @Nullable [] lanes = new long[Lanes.COUNT] @Nullable [];

        /// Counts a hit of the entry with this number.
        ///
        /// @param lane of the calling thread
        public void hit(int lane, int number, long atMillis) {
            long[] counts = lanes[lane];
            if (counts == null) {
                counts = made(lane);
            }
            int at = FIRST + 2 * (number & (PLACES - 1));
            if (lane == Lanes.SHARED) {
                LONGS.getAndAdd(counts, at, 1L);
            } else {
                LONGS.setOpaque(counts, at, counts[at] + 1);
            }
            if (counts[at + 1] != atMillis) {
                LONGS.setOpaque(counts, at + 1, atMillis);
            }
        }

        private long[] made(int lane) {
            long[] made = new long[FIRST + 2 * PLACES];
            long[] other = (long[]) ARRAYS.compareAndExchange(lanes, lane, null, made);
            return other == null ? made : other;
        }

        /// How often entries with this number were hit.
        public long hits(int number) {
            long sum = 0;
            for (int lane = 0; lane < Lanes.COUNT; lane++) {
                long[] counts = (long[]) ARRAYS.getVolatile(lanes, lane);
                sum += counts == null ? 0 : (long) LONGS.getVolatile(counts, FIRST + 2 * (number & (PLACES - 1)));
            }
            return sum;
        }

        /// When one with this number was last hit, milliseconds since 1970, or 0.
        public long lastMillis(int number) {
            long last = 0;
            for (int lane = 0; lane < Lanes.COUNT; lane++) {
                long[] counts = (long[]) ARRAYS.getVolatile(lanes, lane);
                if (counts != null) {
                    int at = FIRST + 2 * (number & (PLACES - 1)) + 1;
                    last = Math.max(last, (long) LONGS.getVolatile(counts, at));
                }
            }
            return last;
        }
    }

    private @Nullable Counts[] all = new @Nullable Counts[4];

    /// The counts for an entry that has been given this number.
    ///
    /// @param number from 0; small ones take least memory
    public Counts of(int number) {
        int index = number / PLACES;
        if (index >= all.length) {
            all = Arrays.copyOf(all, Math.max(index + 1, 2 * all.length));
        }
        Counts counts = all[index];
        if (counts == null) {
            counts = new Counts();
            all[index] = counts;
        }
        return counts;
    }
}
