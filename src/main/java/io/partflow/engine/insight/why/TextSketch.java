package io.partflow.engine.insight.why;

import java.util.Arrays;

/// What a text is made of, in 32 numbers: how alike two texts are can be told from their sketches alone. Immutable.
public final class TextSketch {
    /*
     * MinHash with one permutation: every stretch of five characters is hashed; the hash chooses one of 32 bins and
     * leaves its value there if it is the smallest so far. The share of bins on which two sketches agree estimates
     * the Jaccard similarity of their sets of stretches; its standard error is at most 0.09. Bins that stay empty in
     * both are left out.
     */
    static final int BINS = 32;

    private static final int STRETCH = 5;
    private static final int MOST_CHARACTERS = 1 << 14;
    private static final long PRIME = 0x100000001b3L;
    private static final int EMPTY = -1;

    private final int[] bins;

    private TextSketch(int[] bins) {
        this.bins = bins;
    }

    /// The sketch of a text, of its first 16,384 characters where it has more.
    public static TextSketch of(String text) {
        int[] bins = new int[BINS];
        Arrays.fill(bins, EMPTY);
        int length = Math.min(text.length(), MOST_CHARACTERS);
        int last = Math.max(1, length - STRETCH + 1);
        for (int from = 0; from < last; from++) {
            long hash = 0xcbf29ce484222325L;
            for (int i = from; i < Math.min(length, from + STRETCH); i++) {
                hash = (hash ^ text.charAt(i)) * PRIME;
            }
            hash ^= hash >>> 32;
            hash *= 0x9e3779b97f4a7c15L;
            int bin = (int) (hash >>> 59);
            int value = (int) (hash >>> 20) & Integer.MAX_VALUE;
            if (bins[bin] == EMPTY || value < bins[bin]) {
                bins[bin] = value;
            }
        }
        return new TextSketch(bins);
    }

    /// How alike two texts are, 0 to 1.
    public double similarity(TextSketch other) {
        int both = 0;
        int equal = 0;
        for (int i = 0; i < BINS; i++) {
            if (bins[i] != EMPTY || other.bins[i] != EMPTY) {
                both++;
                equal += bins[i] == other.bins[i] ? 1 : 0;
            }
        }
        return both == 0 ? 1 : equal / (double) both;
    }

    /// A number that two sketches share when they agree on a band of two bins.
    ///
    /// @param band 0 to 15
    long band(int band) {
        int first = bins[2 * band];
        int second = bins[2 * band + 1];
        return ((long) band << 58) ^ (first * 0x9e3779b97f4a7c15L) ^ (second * 0xc2b2ae3d27d4eb4fL);
    }

    static int bands() {
        return BINS / 2;
    }
}
