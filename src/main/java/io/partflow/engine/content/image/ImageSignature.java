package io.partflow.engine.content.image;

import java.nio.ByteBuffer;
import java.util.Arrays;

/// What a picture looks like from afar: 64 bits of its coarse structure, and how bright it is. Immutable.
///
/// Two pictures look alike when few bits differ, see [#distance(ImageSignature)]. The structure hardly changes with
/// size, light, sensor noise or compression; for what does change with light there is the brightness.
///
/// @param structure one bit for each of the 64 coarsest patterns: whether the picture has more of it than of most
/// @param brightness mean luminance, from 0 (black) to 1 (white)
public record ImageSignature(long structure, double brightness) {
    /*
     * Idea. The picture is averaged down to 32 x 32 luminances, which removes size and noise. Of their discrete
     * cosine transform the 8 x 8 lowest frequencies that vary in both directions (1 to 8 in either
     * one) tell the coarse structure; a bit says whether a coefficient lies above the median of the 64 [1].
     * The constant term is not among them, so that an even change of light moves nothing, and a gain scales all
     * coefficients and their median alike.
     *
     * Invariants. Exactly half of the bits are set, save where coefficients are equal (an even picture: none is).
     * Sums run in a fixed order and the transform's table is made of strict mathematics: the same pixels give the
     * same bits on every machine.
     *
     * Complexity. One pass over the pixels, then 32 x 32 x 8 + 32 x 8 x 8 multiplications.
     *
     * [1] C. Zauner: Implementation and Benchmarking of Perceptual Image Hash Functions. Hagenberg (2010).
     */
    /// How many bits the structure has, the most that two can differ by.
    public static final int BITS = 64;

    private static final int BRIGHTNESS_STEPS = 32;
    private static final long WHITE = 255L * 255 * 10_000;
    private static final int SIDE = 32;
    private static final int LOWEST = 8;
    /// Coefficients below this are rounding, not structure: luminances run to 255.
    private static final double NOTHING = 1e-6;

    private static final double[][] COSINES = cosines();

    public ImageSignature {
        if (!(brightness >= 0 && brightness <= 1)) {
            throw new IllegalArgumentException("brightness is " + brightness + "; it must be from 0 to 1");
        }
    }

    /// The signature of decoded pixels.
    ///
    /// @param argb rows of 0xAARRGGBB, not premultiplied; what is transparent counts as white
    /// @param width in pixels, at least 1
    /// @param height in pixels, at least 1
    public static ImageSignature of(int[] argb, int width, int height) {
        if (width < 1 || height < 1 || argb.length != Math.multiplyExact(width, height)) {
            throw new IllegalArgumentException(
                    argb.length + " pixels for " + width + " x " + height + "; there must be one for each place");
        }
        Sums sums = new Sums(width, height);
        for (int y = 0; y < height; y++) {
            sums.addRow(y, argb, y * width);
        }
        return sums.signature();
    }

    /// How many bits of structure differ, from 0 to [#BITS]; unlike pictures differ by about half of them.
    public int distance(ImageSignature other) {
        return Long.bitCount(structure ^ other.structure);
    }

    /// How much two pictures differ: bits of structure, and one for each 1/32 of brightness between them;
    /// from 0 to
    /// 96. A black picture differs from a white one, though neither has structure.
    public int difference(ImageSignature other) {
        return distance(other) + (int) (BRIGHTNESS_STEPS * Math.abs(brightness - other.brightness));
    }

    /// Structure and brightness as nine bytes, the brightness in steps of 1/255; equal signatures give
    /// equal bytes.
    public byte[] toBytes() {
        return ByteBuffer.allocate(Long.BYTES + 1)
                .putLong(structure)
                .put((byte) Math.round(255 * brightness))
                .array();
    }

    /// Gathers a picture row by row. Confined to one thread.
    static final class Sums {
        private final int width;
        private final int height;
        private final long[] cells = new long[SIDE * SIDE];
        private final int[] counts = new int[SIDE * SIDE];
        private long sum;

        Sums(int width, int height) {
            this.width = width;
            this.height = height;
        }

        void addRow(int y, int[] argb, int from) {
            // A picture smaller than the grid fills several cells with each pixel.
            int top = cellAt(y, height);
            int bottom = Math.max(top + 1, cellAt(y + 1, height));
            for (int x = 0; x < width; x++) {
                long value = luminance(argb[from + x]);
                sum += value;
                int left = cellAt(x, width);
                int right = Math.max(left + 1, cellAt(x + 1, width));
                for (int row = top; row < bottom; row++) {
                    for (int column = left; column < right; column++) {
                        cells[row * SIDE + column] += value;
                        counts[row * SIDE + column]++;
                    }
                }
            }
        }

        private static int cellAt(int pixel, int pixels) {
            return (int) ((long) pixel * SIDE / pixels);
        }

        ImageSignature signature() {
            double[] means = new double[SIDE * SIDE];
            for (int i = 0; i < means.length; i++) {
                means[i] = 255.0 / WHITE * cells[i] / counts[i];
            }
            return new ImageSignature(structure(means), (double) sum / ((long) width * height * WHITE));
        }
    }

    /// Rec. 709 weights on the stored values, over white; from 0 to [#WHITE], whole so that sums are exact.
    private static long luminance(int pixel) {
        int alpha = pixel >>> 24;
        int value = 2_126 * (pixel >> 16 & 0xFF) + 7_152 * (pixel >> 8 & 0xFF) + 722 * (pixel & 0xFF);
        return (long) alpha * value + (255 - alpha) * (WHITE / 255);
    }

    private static long structure(double[] cells) {
        double[] coefficients = lowestFrequencies(cells);
        double[] sorted = coefficients.clone();
        Arrays.sort(sorted);
        double median = (sorted[BITS / 2 - 1] + sorted[BITS / 2]) / 2;
        long bits = 0;
        for (int i = 0; i < BITS; i++) {
            if (coefficients[i] > median + NOTHING) {
                bits |= 1L << i;
            }
        }
        return bits;
    }

    private static double[] lowestFrequencies(double[] cells) {
        double[] rows = new double[SIDE * LOWEST];
        for (int y = 0; y < SIDE; y++) {
            for (int u = 0; u < LOWEST; u++) {
                double value = 0;
                for (int x = 0; x < SIDE; x++) {
                    value += cells[y * SIDE + x] * COSINES[u][x];
                }
                rows[y * LOWEST + u] = value;
            }
        }
        double[] coefficients = new double[BITS];
        for (int v = 0; v < LOWEST; v++) {
            for (int u = 0; u < LOWEST; u++) {
                double value = 0;
                for (int y = 0; y < SIDE; y++) {
                    value += rows[y * LOWEST + u] * COSINES[v][y];
                }
                coefficients[v * LOWEST + u] = value;
            }
        }
        return coefficients;
    }

    private static double[][] cosines() {
        double[][] table = new double[LOWEST][SIDE];
        for (int u = 0; u < LOWEST; u++) {
            for (int x = 0; x < SIDE; x++) {
                table[u][x] = StrictMath.cos((2 * x + 1) * (u + 1) * StrictMath.PI / (2 * SIDE));
            }
        }
        return table;
    }
}
