package io.partflow.engine.content.image;

import io.partflow.engine.content.Bytes;
import io.partflow.engine.content.Part;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.util.Iterator;
import javax.imageio.ImageIO;
import javax.imageio.ImageReadParam;
import javax.imageio.ImageReader;
import javax.imageio.stream.ImageInputStream;
import javax.imageio.stream.MemoryCacheImageInputStream;

/// Decodes images just far enough to tell what they look like. Immutable, thread-safe.
public final class ImageLooks {
    /// The most pixels an image may have unless another limit is given.
    public static final long DEFAULT_MAX_PIXELS = 100_000_000;

    /// Larger images are decoded at every n-th pixel, so that the longer side keeps at least this, in pixels.
    private static final int DECODED_SIDE = 512;

    private final long maxPixels;

    /// With [#DEFAULT_MAX_PIXELS].
    public ImageLooks() {
        this(DEFAULT_MAX_PIXELS);
    }

    /// @param maxPixels images with more pixels are refused before they are decoded, at least 1
    public ImageLooks(long maxPixels) {
        if (maxPixels < 1) {
            throw new IllegalArgumentException("pixel limit is " + maxPixels + "; it must be at least 1");
        }
        this.maxPixels = maxPixels;
    }

    /// The signature of an image part's first picture.
    ///
    /// @throws IOException when the part holds no image that can be decoded, or too large a one; the message says
    /// which
    public ImageSignature signature(Part image) throws IOException {
        return signature(image.bytes());
    }

    /// The signature of an encoded image's first picture.
    ///
    /// @throws IOException when it cannot be decoded, or is too large; the message says which
    public ImageSignature signature(Bytes encoded) throws IOException {
        try (ImageInputStream input = new MemoryCacheImageInputStream(encoded.inputStream())) {
            Iterator<ImageReader> readers = ImageIO.getImageReaders(input);
            if (!readers.hasNext()) {
                throw new IOException(encoded.length() + " bytes that are no image of a known format");
            }
            ImageReader reader = readers.next();
            try {
                reader.setInput(input, true, true);
                return signature(reader);
            } finally {
                reader.dispose();
            }
        } catch (IllegalArgumentException | IndexOutOfBoundsException | NegativeArraySizeException e) {
            // What the readers throw at bytes that are not what they should be.
            throw new IOException("damaged image: " + e.getMessage(), e);
        }
    }

    private ImageSignature signature(ImageReader reader) throws IOException {
        long width = reader.getWidth(0);
        long height = reader.getHeight(0);
        if (width * height > maxPixels) {
            throw new IOException(width + " x " + height + " pixels; the limit is " + maxPixels);
        }
        ImageReadParam param = reader.getDefaultReadParam();
        int every = (int) Math.max(1, Math.max(width, height) / DECODED_SIDE);
        param.setSourceSubsampling(every, every, 0, 0);
        BufferedImage pixels = reader.read(0, param);
        ImageSignature.Sums sums = new ImageSignature.Sums(pixels.getWidth(), pixels.getHeight());
        int[] row = new int[pixels.getWidth()];
        for (int y = 0; y < pixels.getHeight(); y++) {
            pixels.getRGB(0, y, row.length, 1, row, 0, row.length);
            sums.addRow(y, row, 0);
        }
        return sums.signature();
    }
}
