package io.partflow.engine.builtin.image;

import io.partflow.engine.content.Bytes;
import io.partflow.engine.processor.Failure;
import io.partflow.engine.processor.PartException;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.util.Iterator;
import java.util.Locale;
import javax.imageio.ImageIO;
import javax.imageio.ImageReadParam;
import javax.imageio.ImageReader;
import javax.imageio.event.IIOReadWarningListener;
import javax.imageio.stream.ImageInputStream;
import javax.imageio.stream.MemoryCacheImageInputStream;
import org.jspecify.annotations.Nullable;

/// Decodes an image within limits. All methods are pure and thread-safe.
final class ImageReading {
    /// Larger images are decoded at every n-th pixel, so that the longer side stays at this size or a
    /// little more, in pixels.
    private static final int DECODED_SIDE = 2_048;

    private ImageReading() {}

    /// An image and what its header says, turned as the camera was held.
    ///
    /// @param format in lower case, such as `png`
    /// @param width of the whole image, in pixels
    /// @param height of the whole image, in pixels
    /// @param pixels perhaps at a lower resolution than the whole image
    record Decoded(String format, int width, int height, BufferedImage pixels) {}

    /// Decodes the first picture of an image.
    ///
    /// @param mimeType as the part reports it, for messages
    /// @param maxPixels the most pixels the whole image may have
    /// @throws PartException when the image is too large, damaged, cut off or of a format without a reader
    /// @throws InterruptedException when the thread is interrupted, noticed between a few rows
    static Decoded decode(Bytes data, String mimeType, long maxPixels) throws PartException, InterruptedException {
        try (ImageInputStream input = new MemoryCacheImageInputStream(data.inputStream())) {
            Iterator<ImageReader> readers = ImageIO.getImageReaders(input);
            if (!readers.hasNext()) {
                throw failure(
                        "IMAGE_FORMAT",
                        "The image of type " + mimeType
                                + " is in a format that cannot be decoded, or its first bytes are damaged.",
                        "Save it as PNG or JPEG.");
            }
            ImageReader reader = readers.next();
            try {
                reader.setInput(input, true, true);
                return upright(decode(reader, mimeType, maxPixels), ExifOrientation.of(data));
            } finally {
                reader.dispose();
            }
        } catch (IOException | IllegalArgumentException | IndexOutOfBoundsException | NegativeArraySizeException e) {
            // What the readers throw at bytes that are not what they should be.
            throw damaged(mimeType, e.getMessage());
        }
    }

    private static Decoded upright(Decoded stored, ExifOrientation orientation) throws InterruptedException {
        return new Decoded(
                stored.format(),
                orientation.isSideways() ? stored.height() : stored.width(),
                orientation.isSideways() ? stored.width() : stored.height(),
                orientation.upright(stored.pixels()));
    }

    private static Decoded decode(ImageReader reader, String mimeType, long maxPixels)
            throws IOException, PartException, InterruptedException {
        int width = reader.getWidth(0);
        int height = reader.getHeight(0);
        if ((long) width * height > maxPixels) {
            throw failure(
                    "IMAGE_TOO_LARGE",
                    String.format(
                            Locale.ROOT,
                            "The image has %d x %d pixels (%.1f million); the limit is %.1f million.",
                            width,
                            height,
                            width * (double) height / 1e6,
                            maxPixels / 1e6),
                    "Shrink the image, or raise the pixel limit of the node.");
        }
        Watch watch = new Watch();
        reader.addIIOReadProgressListener(watch);
        IIOReadWarningListener onWarning = (source, warning) -> watch.warning = warning;
        reader.addIIOReadWarningListener(onWarning);
        ImageReadParam param = reader.getDefaultReadParam();
        int every = Math.max(1, Math.max(width, height) / DECODED_SIDE);
        param.setSourceSubsampling(every, every, 0, 0);
        BufferedImage pixels;
        try {
            pixels = reader.read(0, param);
        } catch (IOException | RuntimeException e) {
            if (watch.stopped) {
                throw interrupted();
            }
            throw damaged(mimeType, e.getMessage());
        }
        if (watch.stopped || Thread.currentThread().isInterrupted()) {
            throw interrupted();
        }
        if (watch.warning != null && !harmless(watch.warning)) {
            throw damaged(mimeType, watch.warning);
        }
        return new Decoded(reader.getFormatName().toLowerCase(Locale.ROOT), width, height, pixels);
    }

    /// Warnings about what surrounds the pixels (profiles, comments, unknown blocks) do not make an image
    /// damaged.
    private static boolean harmless(String warning) {
        String words = warning.toLowerCase(Locale.ROOT);
        return !(words.contains("premature")
                || words.contains("truncat")
                || words.contains("corrupt")
                || words.contains("missing")
                || words.contains("end of")
                || words.contains("eof"));
    }

    private static InterruptedException interrupted() {
        Thread.interrupted();
        return new InterruptedException();
    }

    private static PartException damaged(String mimeType, @Nullable String detail) {
        String because = detail == null || detail.isBlank() ? "" : " (" + detail.strip() + ")";
        return failure(
                "IMAGE_DAMAGED",
                "The image of type " + mimeType + " is damaged or cut off" + because + ".",
                "Copy or download the image again; if a viewer opens it, save it anew as PNG or JPEG.");
    }

    private static PartException failure(String code, String message, String remedy) {
        return new PartException(Failure.of(code, message, remedy));
    }

    /// Stops a reader soon after its thread was interrupted. Confined to the thread that reads.
    private static final class Watch extends ReadProgress {
        private boolean stopped;
        private @Nullable String warning;

        @Override
        public void imageProgress(ImageReader source, float percentageDone) {
            if (Thread.currentThread().isInterrupted()) {
                stopped = true;
                source.abort();
            }
        }
    }
}
