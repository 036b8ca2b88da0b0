package io.partflow.engine.insight.curve;

import java.util.Arrays;

/// How often each distance occurred, with weights. Confined to one thread.
///
/// Distances below 4,096 are kept as they are, longer ones rounded up by at most 0.1 %, so that a ratio read from
/// here is never too good.
final class DistanceCounts {
    private static final int EXACT_BITS = 12;
    private static final int STEPS_PER_OCTAVE = 1 << (EXACT_BITS - 1);

    private double[] counts = new double[64];

    /// The place of a distance of at least 1.
    static int place(long distance) {
        int octave = Long.SIZE - Long.numberOfLeadingZeros(distance) - EXACT_BITS;
        if (octave <= 0) {
            return (int) distance;
        }
        // The steps of an octave are the values of the top 12 bits, rounded up.
        long top = (distance + (1L << octave) - 1) >>> octave;
        return (octave << (EXACT_BITS - 1)) + (int) top;
    }

    /// The longest distance at a place.
    static long distance(int place) {
        if (place < 2 * STEPS_PER_OCTAVE) {
            return place;
        }
        int octave = place / STEPS_PER_OCTAVE - 1;
        return (place - (long) octave * STEPS_PER_OCTAVE) << octave;
    }

    void add(long distance, double weight) {
        int place = place(Math.max(1, distance));
        if (place >= counts.length) {
            counts = Arrays.copyOf(counts, Math.max(place + 1, counts.length * 2));
        }
        counts[place] += weight;
    }

    /// Multiplies every count.
    void scale(double factor) {
        for (int i = 0; i < counts.length; i++) {
            counts[i] *= factor;
        }
    }

    int places() {
        return counts.length;
    }

    double at(int place) {
        return place < counts.length ? counts[place] : 0;
    }
}
