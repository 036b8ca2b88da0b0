package io.partflow.engine.cache.recency;

import java.util.Arrays;
import java.util.concurrent.atomic.AtomicLongArray;
import java.util.concurrent.atomic.AtomicReferenceArray;
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

    /// The counts of some entries. It stays the same for as long as an entry has its number, and only grows: an entry
    /// that takes over a number begins with what was counted there before, and takes it off.
    public static final class Counts {
        private final AtomicReferenceArray<@Nullable AtomicLongArray> lanes = new AtomicReferenceArray<>(Lanes.COUNT);

        /// Counts a hit of the entry with this number.
        public void hit(int number, long atMillis) {
            int lane = Lanes.current();
            AtomicLongArray counts = lanes.getAcquire(lane);
            if (counts == null) {
                counts = made(lane);
            }
            int at = FIRST + 2 * (number & (PLACES - 1));
            if (lane == Lanes.SHARED) {
                counts.getAndIncrement(at);
            } else {
                counts.setOpaque(at, counts.getPlain(at) + 1);
            }
            if (counts.getOpaque(at + 1) != atMillis) {
                counts.setOpaque(at + 1, atMillis);
            }
        }

        private AtomicLongArray made(int lane) {
            AtomicLongArray made = new AtomicLongArray(FIRST + 2 * PLACES);
            AtomicLongArray other = lanes.compareAndExchange(lane, null, made);
            return other == null ? made : other;
        }

        /// How often entries with this number were hit.
        public long hits(int number) {
            long sum = 0;
            for (int lane = 0; lane < Lanes.COUNT; lane++) {
                AtomicLongArray counts = lanes.get(lane);
                sum += counts == null ? 0 : counts.get(FIRST + 2 * (number & (PLACES - 1)));
            }
            return sum;
        }

        /// When one with this number was last hit, milliseconds since 1970, or 0.
        public long lastMillis(int number) {
            long last = 0;
            for (int lane = 0; lane < Lanes.COUNT; lane++) {
                AtomicLongArray counts = lanes.get(lane);
                if (counts != null) {
                    last = Math.max(last, counts.get(FIRST + 2 * (number & (PLACES - 1)) + 1));
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
