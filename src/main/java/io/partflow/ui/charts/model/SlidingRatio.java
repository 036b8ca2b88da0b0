package io.partflow.ui.charts.model;

/// The ratio of two sums over the last seconds, from increments.
///
/// Holds at most 1,024 increments; older ones leave even when they are within the window, which needs over 34
/// samples a second to happen at 30 s.
final class SlidingRatio {

    private static final int CAPACITY = 1_024;

    private final long windowNanos;
    private final long[] times = new long[CAPACITY];
    private final double[] parts = new double[CAPACITY];
    private final double[] wholes = new double[CAPACITY];
    private int head;
    private int size;

    SlidingRatio(double windowSeconds) {
        this.windowNanos = Math.round(windowSeconds * 1e9);
    }

    /// Takes an increment of both and gives the ratio over the window; not a number when the whole is 0.
    double add(long atNanos, double part, double whole) {
        while (size > 0 && (size == CAPACITY || times[head] <= atNanos - windowNanos)) {
            head = (head + 1) % CAPACITY;
            size--;
        }
        int place = (head + size) % CAPACITY;
        times[place] = atNanos;
        parts[place] = part;
        wholes[place] = whole;
        size++;
        // Summed anew: exact, and cheaper than drawing by far.
        double partSum = 0;
        double wholeSum = 0;
        for (int index = 0; index < size; index++) {
            int from = (head + index) % CAPACITY;
            partSum += parts[from];
            wholeSum += wholes[from];
        }
        return wholeSum > 0 ? partSum / wholeSum : Double.NaN;
    }
}
