package io.partflow.engine.cache.recency;

import java.util.Arrays;
import java.util.concurrent.atomic.AtomicIntegerArray;
import java.util.concurrent.atomic.AtomicLongArray;
import org.jspecify.annotations.Nullable;

/// How often each entry was hit and when last, by a number that each entry has. Thread-safe for many that count;
/// those
/// that [prepare][#prepare(int, long, long)] take turns.
///
/// No hit is lost. Counts are kept a few times over, each for some of the threads: if the entry itself held its
/// count,
/// two processors that serve the same entries would pass it to and fro with every hit, which costs more than the rest
/// of a lookup. This takes 12 bytes for each entry and share, 48 at most.
public final class HitCounts {
    private static final int MOST_SHARES = 4;
    private static final int SHARES =
            Integer.highestOneBit(Math.clamp(2L * Runtime.getRuntime().availableProcessors(), 1, MOST_SHARES));
    private static final int PLACES = 1 << 10;

    /// The counts of some entries. It stays the same for as long as an entry has its number.
    public static final class Counts {
        private final AtomicIntegerArray hits = new AtomicIntegerArray(SHARES * PLACES);
        private final AtomicLongArray lastMillis = new AtomicLongArray(SHARES * PLACES);

        /// Counts a hit of the entry with this number.
        public void hit(int number, long atMillis) {
            int share = (int) (Thread.currentThread().threadId() * 0x9e3779b97f4a7c15L >>> 40) & (SHARES - 1);
            int at = share * PLACES + (number & (PLACES - 1));
            hits.getAndIncrement(at);
            if (lastMillis.getOpaque(at) != atMillis) {
                lastMillis.setOpaque(at, atMillis);
            }
        }

        /// How often the entry was hit.
        public long hits(int number) {
            long sum = 0;
            for (int at = number & (PLACES - 1); at < SHARES * PLACES; at += PLACES) {
                sum += Integer.toUnsignedLong(hits.get(at));
            }
            return sum;
        }

        /// When it was last hit, milliseconds since 1970, or 0.
        public long lastMillis(int number) {
            long last = 0;
            for (int at = number & (PLACES - 1); at < SHARES * PLACES; at += PLACES) {
                last = Math.max(last, lastMillis.get(at));
            }
            return last;
        }

        private void set(int number, long count, long millis) {
            for (int at = number & (PLACES - 1); at < SHARES * PLACES; at += PLACES) {
                hits.set(at, at < PLACES ? (int) Math.min(count, Integer.MAX_VALUE) : 0);
                lastMillis.set(at, at < PLACES ? millis : 0);
            }
        }
    }

    private @Nullable Counts[] all = new @Nullable Counts[4];

    /// The counts for an entry that has just been given this number, begun with what it had before.
    ///
    /// @param number from 0; small ones take least memory
    public Counts prepare(int number, long hits, long lastMillis) {
        int index = number / PLACES;
        if (index >= all.length) {
            all = Arrays.copyOf(all, Math.max(index + 1, 2 * all.length));
        }
        Counts counts = all[index];
        if (counts == null) {
            counts = new Counts();
            all[index] = counts;
        }
        counts.set(number, hits, lastMillis);
        return counts;
    }
}
