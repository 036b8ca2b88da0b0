package io.partflow.engine.insight.curve;

/// How often keys were asked for lately, about, up to 15: a count-min sketch whose counts are halved from time to
/// time. Confined to one thread.
final class FrequencySketch {
    /*
     * Four rows of 4-bit counters, 16 to a long; an increment raises the four counters of a key, and a frequency is
     * their minimum. After ten increments per expected entry all counters
     * are halved. Source: G. Einziger, R. Friedman, B. Manes, "TinyLFU", ACM ToS 13(4), 2017.
     */
    private static final int ROWS = 4;
    private static final int MOST = 15;
    private static final int SAMPLES_PER_ENTRY = 10;
    private static final long HALVING_MASK = 0x7777777777777777L;
    private static final int LEAST = 16;
    private static final int LARGEST = 1 << 24;

    private long[] counters = new long[0];
    private int mask;
    private int sampleSize;
    private int increments;

    FrequencySketch(long entries) {
        resize(entries);
    }

    /// Makes room for so many entries, forgetting everything, unless there is room already.
    void ensure(long entries) {
        if (entries * ROWS > counters.length * 16L && counters.length < LARGEST / 4) {
            long[] old = counters;
            int oldMask = mask;
            resize(entries * 2);
            // A larger table whose index has the same lower bits inherits the counts: both halves take the old one's.
            for (int i = 0; i < counters.length; i++) {
                counters[i] = old[i & oldMask];
            }
        }
    }

    private void resize(long entries) {
        long wanted = Math.clamp(entries, LEAST, LARGEST);
        int size = (int) (Long.highestOneBit(wanted - 1) << 1);
        counters = new long[Math.max(LEAST, size)];
        mask = counters.length - 1;
        sampleSize = (int) Math.min(Integer.MAX_VALUE, SAMPLES_PER_ENTRY * wanted);
        increments = 0;
    }

    int frequency(long key) {
        long hash = KeyTable.mix(key);
        int least = MOST;
        for (int row = 0; row < ROWS; row++) {
            least = Math.min(least, count(row, hash));
        }
        return least;
    }

    private int index(int row, long hash) {
        // A row's own multiplier, so that rows collide independently.
        return (int) ((hash * (0x9e3779b97f4a7c15L + 2L * row)) >>> 32 >>> row) & mask;
    }

    private static int shift(int row, long hash) {
        return (row << 4) + (int) ((hash >>> (row << 1)) & 3) * 4;
    }

    private int count(int row, long hash) {
        return (int) (counters[index(row, hash)] >>> shift(row, hash)) & MOST;
    }

    void increment(long key) {
        long hash = KeyTable.mix(key);
        boolean added = false;
        for (int row = 0; row < ROWS; row++) {
            if (count(row, hash) < MOST) {
                counters[index(row, hash)] += 1L << shift(row, hash);
                added = true;
            }
        }
        if (added && ++increments >= sampleSize) {
            for (int i = 0; i < counters.length; i++) {
                counters[i] = (counters[i] >>> 1) & HALVING_MASK;
            }
            increments /= 2;
        }
    }
}
