package io.partflow.ui.charts.model;

/// Buckets of one series over time, in primitive arrays of fixed size.
///
/// Each bucket keeps the first, least, greatest and last value of its span, and their sum and number. When the
/// ring is full it either forgets its oldest bucket or doubles the span of all, so a spike of one sample is
/// still the greatest value of its bucket after an hour. Buckets are in the order of time; spans without a
/// sample have none.
public final class SeriesRing {

    /// What happens when a bucket more is needed than there is room for.
    public enum WhenFull {
        /// The oldest bucket goes.
        DROP_OLDEST,
        /// Every two neighbours become one of twice the span.
        WIDEN
    }

    private final WhenFull whenFull;
    private final long narrowestNanos;
    private final long[] slots;
    private final double[] firsts;
    private final double[] mins;
    private final double[] maxs;
    private final double[] lasts;
    private final double[] sums;
    private final int[] counts;
    private final boolean[] gaps;
    private long bucketNanos;
    private int head;
    private int size;
    private boolean gapPending;

    /// A ring of at most `capacity` buckets (2 or more) that each span `bucketNanos` at first.
    public SeriesRing(int capacity, long bucketNanos, WhenFull whenFull) {
        if (capacity < 2 || bucketNanos <= 0) {
            throw new IllegalArgumentException(
                    "Needs at least 2 buckets of over 0 ns, got " + capacity + " of " + bucketNanos);
        }
        this.whenFull = whenFull;
        this.narrowestNanos = bucketNanos;
        this.bucketNanos = bucketNanos;
        slots = new long[capacity];
        firsts = new double[capacity];
        mins = new double[capacity];
        maxs = new double[capacity];
        lasts = new double[capacity];
        sums = new double[capacity];
        counts = new int[capacity];
        gaps = new boolean[capacity];
    }

    /// Takes one sample; times must not go backwards. Not-a-number leaves a gap in the line instead.
    public void add(long atNanos, double value) {
        if (Double.isNaN(value)) {
            gapPending = true;
            return;
        }
        long slot = Math.floorDiv(atNanos, bucketNanos);
        if (size > 0 && slots[at(size - 1)] >= slot) {
            include(at(size - 1), value);
            return;
        }
        if (size == slots.length) {
            makeRoom();
            slot = Math.floorDiv(atNanos, bucketNanos);
            if (slots[at(size - 1)] >= slot) {
                include(at(size - 1), value);
                return;
            }
        }
        int place = at(size++);
        slots[place] = slot;
        firsts[place] = value;
        mins[place] = value;
        maxs[place] = value;
        lasts[place] = value;
        sums[place] = value;
        counts[place] = 1;
        gaps[place] = gapPending;
        gapPending = false;
    }

    /// Forgets everything and returns to the first span.
    public void clear() {
        head = 0;
        size = 0;
        bucketNanos = narrowestNanos;
        gapPending = false;
    }

    /// The number of buckets held.
    public int size() {
        return size;
    }

    /// The span of one bucket now.
    public long bucketNanos() {
        return bucketNanos;
    }

    /// The start of bucket `index`, 0 being the oldest.
    public long startNanos(int index) {
        return slots[at(index)] * bucketNanos;
    }

    /// The first value of a bucket.
    public double first(int index) {
        return firsts[at(index)];
    }

    /// The least value of a bucket.
    public double min(int index) {
        return mins[at(index)];
    }

    /// The greatest value of a bucket.
    public double max(int index) {
        return maxs[at(index)];
    }

    /// The last value of a bucket.
    public double last(int index) {
        return lasts[at(index)];
    }

    /// The sum of a bucket's values: for increments, their count in that span.
    public double sum(int index) {
        return sums[at(index)];
    }

    /// The number of samples in a bucket, at least 1.
    public int samples(int index) {
        return counts[at(index)];
    }

    /// Tells whether the value was unknown just before this bucket, so that no line should lead to it.
    public boolean gapBefore(int index) {
        return gaps[at(index)];
    }

    /// The bucket in which a time lies, or the nearest before it; -1 when there is none.
    public int indexAt(long atNanos) {
        long slot = Math.floorDiv(atNanos, bucketNanos);
        int low = 0;
        int high = size - 1;
        int found = -1;
        while (low <= high) {
            int middle = (low + high) >>> 1;
            if (slots[at(middle)] <= slot) {
                found = middle;
                low = middle + 1;
            } else {
                high = middle - 1;
            }
        }
        return found;
    }

    private int at(int index) {
        int place = head + index;
        return place < slots.length ? place : place - slots.length;
    }

    private void include(int place, double value) {
        mins[place] = Math.min(mins[place], value);
        maxs[place] = Math.max(maxs[place], value);
        lasts[place] = value;
        sums[place] += value;
        counts[place]++;
    }

    private void makeRoom() {
        switch (whenFull) {
            case DROP_OLDEST -> {
                head = at(1);
                size--;
            }
            case WIDEN -> {
                // Sparse times may leave nothing to merge at one doubling; each halves the slots, so this ends.
                while (size == slots.length) {
                    widen();
                }
            }
        }
    }

    private void widen() {
        bucketNanos *= 2;
        int kept = 0;
        for (int index = 0; index < size; index++) {
            int from = at(index);
            long slot = Math.floorDiv(slots[from], 2L);
            int previous = kept == 0 ? -1 : at(kept - 1);
            if (previous >= 0 && slots[previous] == slot) {
                mins[previous] = Math.min(mins[previous], mins[from]);
                maxs[previous] = Math.max(maxs[previous], maxs[from]);
                lasts[previous] = lasts[from];
                sums[previous] += sums[from];
                counts[previous] += counts[from];
            } else {
                int to = at(kept++);
                slots[to] = slot;
                firsts[to] = firsts[from];
                mins[to] = mins[from];
                maxs[to] = maxs[from];
                lasts[to] = lasts[from];
                sums[to] = sums[from];
                counts[to] = counts[from];
                gaps[to] = gaps[from];
            }
        }
        size = kept;
    }
}
