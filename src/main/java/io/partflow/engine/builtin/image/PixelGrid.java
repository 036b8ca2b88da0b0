package io.partflow.engine.builtin.image;

import java.awt.image.BufferedImage;

/// A rectangle of pixels, packed as 0xAARRGGBB, row by row. Not changed after it is made; its array is not
/// handed out.
final class PixelGrid {
    private final int width;
    private final int height;
    private final int[] argb;

    private PixelGrid(int width, int height, int[] argb) {
        this.width = width;
        this.height = height;
        this.argb = argb;
    }

    /// The image shrunk so that its longer side has at most `longest` pixels; every pixel is the mean of
    /// the area it stands for. A smaller image keeps its size.
    ///
    /// Written here and not drawn with Graphics2D, because that starts the desktop's graphics environment.
    ///
    /// @param longest at least 1
    /// @throws InterruptedException when the thread is interrupted, noticed within a row
    static PixelGrid of(BufferedImage image, int longest) throws InterruptedException {
        int sourceWidth = image.getWidth();
        int sourceHeight = image.getHeight();
        double scale = Math.min(1.0, (double) longest / Math.max(sourceWidth, sourceHeight));
        int width = Math.max(1, (int) Math.round(sourceWidth * scale));
        int height = Math.max(1, (int) Math.round(sourceHeight * scale));
        int[] argb = new int[width * height];
        int[] row = new int[sourceWidth];
        for (int y = 0; y < height; y++) {
            long[] sums = new long[4 * width];
            long[] counts = new long[width];
            int top = (int) ((long) y * sourceHeight / height);
            int bottom = Math.max(top + 1, (int) ((y + 1L) * sourceHeight / height));
            for (int sourceY = top; sourceY < bottom; sourceY++) {
                if (Thread.interrupted()) {
                    throw new InterruptedException();
                }
                image.getRGB(0, sourceY, sourceWidth, 1, row, 0, sourceWidth);
                addRow(row, width, sums, counts);
            }
            for (int x = 0; x < width; x++) {
                argb[y * width + x] = mean(sums, x, counts[x]);
            }
        }
        return new PixelGrid(width, height, argb);
    }

    private static void addRow(int[] row, int width, long[] sums, long[] counts) {
        for (int x = 0; x < width; x++) {
            int left = (int) ((long) x * row.length / width);
            int right = Math.max(left + 1, (int) ((x + 1L) * row.length / width));
            for (int i = left; i < right; i++) {
                int pixel = row[i];
                int alpha = pixel >>> 24;
                // Colours count by their opacity, so that what nobody sees does not bleed into the edge.
                sums[4 * x] += alpha;
                sums[4 * x + 1] += (long) alpha * (pixel >> 16 & 0xFF);
                sums[4 * x + 2] += (long) alpha * (pixel >> 8 & 0xFF);
                sums[4 * x + 3] += (long) alpha * (pixel & 0xFF);
                counts[x]++;
            }
        }
    }

    private static int mean(long[] sums, int x, long count) {
        long alpha = sums[4 * x];
        if (alpha == 0) {
            return 0;
        }
        return (int) rounded(alpha, count) << 24
                | (int) rounded(sums[4 * x + 1], alpha) << 16
                | (int) rounded(sums[4 * x + 2], alpha) << 8
                | (int) rounded(sums[4 * x + 3], alpha);
    }

    private static long rounded(long sum, long count) {
        return (sum + count / 2) / count;
    }

    int width() {
        return width;
    }

    int height() {
        return height;
    }

    /// All pixels, row by row; a copy.
    int[] pixels() {
        return argb.clone();
    }

    boolean isOpaque() {
        for (int pixel : argb) {
            if (pixel >>> 24 != 0xFF) {
                return false;
            }
        }
        return true;
    }

    BufferedImage toImage() {
        BufferedImage image =
                new BufferedImage(width, height, isOpaque() ? BufferedImage.TYPE_INT_RGB : BufferedImage.TYPE_INT_ARGB);
        image.setRGB(0, 0, width, height, argb, 0, width);
        return image;
    }

    /// Mean luminance, from 0 (black) to 1 (white), over white where the image is transparent; Rec. 709
    /// weights on the stored values.
    double meanBrightness() {
        double sum = 0;
        for (int pixel : argb) {
            sum += luminance(pixel);
        }
        return sum / argb.length / 255;
    }

    /// The variance of the Laplacian of the luminance (0 to 255): the higher the sharper; 0 for an image of
    /// under 3 by 3 pixels.
    double sharpness() {
        if (width < 3 || height < 3) {
            return 0;
        }
        double sum = 0;
        double squares = 0;
        for (int y = 1; y < height - 1; y++) {
            for (int x = 1; x < width - 1; x++) {
                int at = y * width + x;
                double laplacian = luminance(argb[at - width])
                        + luminance(argb[at + width])
                        + luminance(argb[at - 1])
                        + luminance(argb[at + 1])
                        - 4 * luminance(argb[at]);
                sum += laplacian;
                squares += laplacian * laplacian;
            }
        }
        double count = (width - 2.0) * (height - 2.0);
        double mean = sum / count;
        return Math.max(0, squares / count - mean * mean);
    }

    private static double luminance(int pixel) {
        int alpha = pixel >>> 24;
        double value = 0.2126 * (pixel >> 16 & 0xFF) + 0.7152 * (pixel >> 8 & 0xFF) + 0.0722 * (pixel & 0xFF);
        return (alpha * value + (255 - alpha) * 255.0) / 255;
    }
}
