package io.partflow.engine.builtin.image;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;

/// Finds the few colours that stand for an image.
final class DominantColours {
    /*
     * Median cut [1] gives the starting colours: the box of pixels with the widest channel, weighed by its
     * pixels, is cut at that channel's median until there are enough. A few rounds of k-means then move
     * each colour to the mean of the pixels nearest to it. Nothing is random, so equal pixels give equal
     * colours. Time: pixels * (log pixels * colours + colours * rounds).
     *
     * [1] P. Heckbert: Color Image Quantization for Frame Buffer Display. SIGGRAPH 1982.
     */
    private static final int ROUNDS = 6;

    /// A colour of 0 to 255 in each channel.
    ///
    /// @param share of the visible pixels, over 0, at most 1
    record Colour(int red, int green, int blue, double share) {
        /// Such as `#3EB9F5`.
        String hex() {
            return String.format(Locale.ROOT, "#%02X%02X%02X", red, green, blue);
        }
    }

    private DominantColours() {}

    /// The colours, largest share first; at most `count`, fewer if the image has fewer, none if it is
    /// transparent throughout.
    ///
    /// @param count at least 1
    /// @throws InterruptedException when the thread is interrupted meanwhile
    static List<Colour> of(PixelGrid image, int count) throws InterruptedException {
        int[] pixels = Arrays.stream(image.pixels())
                .filter(p -> p >>> 24 >= 128)
                .map(p -> p & 0xFFFFFF)
                .toArray();
        if (pixels.length == 0) {
            return List.of();
        }
        List<double[]> centres = new ArrayList<>();
        for (int[] box : boxes(pixels, count)) {
            centres.add(mean(box));
        }
        long[] sizes = new long[centres.size()];
        for (int round = 0; round < ROUNDS; round++) {
            if (Thread.interrupted()) {
                throw new InterruptedException();
            }
            sizes = move(pixels, centres);
        }
        List<Colour> colours = new ArrayList<>();
        for (int i = 0; i < sizes.length; i++) {
            if (sizes[i] > 0) {
                double[] c = centres.get(i);
                colours.add(new Colour(
                        (int) Math.round(c[0]),
                        (int) Math.round(c[1]),
                        (int) Math.round(c[2]),
                        (double) sizes[i] / pixels.length));
            }
        }
        colours.sort(Comparator.comparingDouble(Colour::share).reversed().thenComparing(Colour::hex));
        return List.copyOf(colours);
    }

    private static List<int[]> boxes(int[] pixels, int count) {
        List<int[]> boxes = new ArrayList<>(List.of(pixels));
        while (boxes.size() < count) {
            int[] widest = boxes.get(0);
            for (int[] box : boxes) {
                if (weight(box) > weight(widest)) {
                    widest = box;
                }
            }
            if (weight(widest) == 0) {
                break;
            }
            boxes.remove(widest);
            cut(widest, boxes);
        }
        return boxes;
    }

    private static long weight(int[] box) {
        return (long) spread(box, widestShift(box)) * box.length;
    }

    private static int widestShift(int[] box) {
        int widest = 16;
        for (int shift : new int[] {8, 0}) {
            if (spread(box, shift) > spread(box, widest)) {
                widest = shift;
            }
        }
        return widest;
    }

    private static int spread(int[] box, int shift) {
        int low = 255;
        int high = 0;
        for (int pixel : box) {
            int value = pixel >> shift & 0xFF;
            low = Math.min(low, value);
            high = Math.max(high, value);
        }
        return high - low;
    }

    /// Cuts between two values of the widest channel, as near to the median as that goes, so that neither
    /// half is empty.
    private static void cut(int[] box, List<int[]> boxes) {
        int shift = widestShift(box);
        int[] counts = new int[256];
        for (int pixel : box) {
            counts[pixel >> shift & 0xFF]++;
        }
        int low = 0;
        while (counts[low] == 0) {
            low++;
        }
        int high = 255;
        while (counts[high] == 0) {
            high--;
        }
        int last = low;
        int below = counts[low];
        while (last + 1 < high && below < box.length / 2) {
            below += counts[++last];
        }
        int border = last;
        boxes.add(Arrays.stream(box).filter(p -> (p >> shift & 0xFF) <= border).toArray());
        boxes.add(Arrays.stream(box).filter(p -> (p >> shift & 0xFF) > border).toArray());
    }

    private static double[] mean(int[] box) {
        double[] sums = new double[3];
        for (int pixel : box) {
            add(sums, pixel);
        }
        for (int i = 0; i < 3; i++) {
            sums[i] /= box.length;
        }
        return sums;
    }

    private static void add(double[] sums, int pixel) {
        sums[0] += pixel >> 16 & 0xFF;
        sums[1] += pixel >> 8 & 0xFF;
        sums[2] += pixel & 0xFF;
    }

    /// Moves every centre to the mean of the pixels nearest to it; how many those were.
    private static long[] move(int[] pixels, List<double[]> centres) {
        double[][] sums = new double[centres.size()][3];
        long[] sizes = new long[centres.size()];
        for (int pixel : pixels) {
            int nearest = nearest(pixel, centres);
            add(sums[nearest], pixel);
            sizes[nearest]++;
        }
        for (int i = 0; i < sizes.length; i++) {
            if (sizes[i] > 0) {
                double size = sizes[i];
                centres.set(i, new double[] {sums[i][0] / size, sums[i][1] / size, sums[i][2] / size});
            }
        }
        return sizes;
    }

    private static int nearest(int pixel, List<double[]> centres) {
        int nearest = 0;
        double least = Double.MAX_VALUE;
        for (int i = 0; i < centres.size(); i++) {
            double[] c = centres.get(i);
            double red = (pixel >> 16 & 0xFF) - c[0];
            double green = (pixel >> 8 & 0xFF) - c[1];
            double blue = (pixel & 0xFF) - c[2];
            double distance = red * red + green * green + blue * blue;
            if (distance < least) {
                least = distance;
                nearest = i;
            }
        }
        return nearest;
    }
}
