package io.partflow.engine.insight.curve;

import java.util.Arrays;

/// How often each distance occurred, with weights. Confined to one thread.
///
/// Distances below 4,096 are kept as they are, longer ones rounded up by at most 0.1 %, so that a ratio read from
/// here is never too good.
final class DistanceCounts {
    private static final int EXACT_BITS = 12;

    private final int bits;
    private double[] counts = new double[64];

    DistanceCounts() {
        this(EXACT_BITS);
    }

    /// @param bits distances below two to the power of this are kept as they are
    DistanceCounts(int bits) {
        this.bits = bits;
    }

    /// The place of a distance of at least 1, with 12 bits.
    static int place(long distance) {
        return place(distance, EXACT_BITS);
    }

    static int place(long distance, int bits) {
        int octave = Long.SIZE - Long.numberOfLeadingZeros(distance) - bits;
        if (octave <= 0) {
            return (int) distance;
        }
        // The steps of an octave are the values of the top bits, rounded up.
        long top = (distance + (1L << octave) - 1) >>> octave;
        return (octave << (bits - 1)) + (int) top;
    }

    /// The longest distance at a place, with 12 bits.
    static long distance(int place) {
        return distance(place, EXACT_BITS);
    }

    static long distance(int place, int bits) {
        int stepsPerOctave = 1 << (bits - 1);
        if (place < 2 * stepsPerOctave) {
            return place;
        }
        int octave = place / stepsPerOctave - 1;
        return (place - (long) octave * stepsPerOctave) << octave;
    }

    void add(long distance, double weight) {
        int place = place(Math.max(1, distance), bits);
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
