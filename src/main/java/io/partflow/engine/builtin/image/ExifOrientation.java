package io.partflow.engine.builtin.image;

import io.partflow.engine.content.Bytes;
import java.awt.image.BufferedImage;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/// How a camera was held, as a JPEG file's Exif block says, and the picture turned accordingly.
///
/// Written here because the readers of `javax.imageio` leave it out. Sources: Exif 2.3, tag 0x0112; JPEG, ISO/IEC
/// 10918-1, annex B. Pure functions; damaged blocks count as none.
public enum ExifOrientation {
    UPRIGHT(1, 0, 0, 1),
    MIRRORED(-1, 0, 0, 1),
    UPSIDE_DOWN(-1, 0, 0, -1),
    MIRRORED_UPSIDE_DOWN(1, 0, 0, -1),
    TRANSPOSED(0, 1, 1, 0),
    TURNED_RIGHT(0, 1, -1, 0),
    TRANSVERSED(0, -1, -1, 0),
    TURNED_LEFT(0, -1, 1, 0);

    private static final int JPEG = 0xFFD8;
    private static final int APP1 = 0xFFE1;
    private static final int START_OF_SCAN = 0xFFDA;
    private static final int ORIENTATION = 0x0112;
    private static final int SHORT = 3;
    private static final int ENTRY_BYTES = 12;
    /// "Exif", two zero bytes: what stands before the TIFF header.
    private static final long EXIF = 0x457869660000L;

    private static final int EXIF_BYTES = 6;

    // Where the source's column and row lie for a step right and a step down in the upright picture:
    // column = xOfX * x + xOfY * y, row = yOfX * x + yOfY * y, counted from the far side where negative.
    private final int xOfX;
    private final int xOfY;
    private final int yOfX;
    private final int yOfY;

    ExifOrientation(int xOfX, int xOfY, int yOfX, int yOfY) {
        this.xOfX = xOfX;
        this.xOfY = xOfY;
        this.yOfX = yOfX;
        this.yOfY = yOfY;
    }

    /// Whether width and height change places.
    public boolean isSideways() {
        return xOfX == 0;
    }

    /// What the file says; upright for anything that is no JPEG or says nothing.
    public static ExifOrientation of(Bytes file) {
        ByteBuffer data = file.asByteBuffer().order(ByteOrder.BIG_ENDIAN);
        try {
            if (Short.toUnsignedInt(data.getShort()) != JPEG) {
                return UPRIGHT;
            }
            while (data.remaining() >= 4) {
                int marker = Short.toUnsignedInt(data.getShort());
                int length = Short.toUnsignedInt(data.getShort()) - 2;
                if (marker == START_OF_SCAN || (marker >>> 8) != 0xFF || length < 0 || length > data.remaining()) {
                    return UPRIGHT;
                }
                ByteBuffer block = data.slice(data.position(), length);
                if (marker == APP1 && isExif(block)) {
                    return ofTiff(block.slice(EXIF_BYTES, length - EXIF_BYTES));
                }
                data.position(data.position() + length);
            }
        } catch (IndexOutOfBoundsException | java.nio.BufferUnderflowException damaged) {
            return UPRIGHT;
        }
        return UPRIGHT;
    }

    private static boolean isExif(ByteBuffer block) {
        return block.remaining() > EXIF_BYTES && (block.getLong(0) >>> 16) == EXIF;
    }

    private static ExifOrientation ofTiff(ByteBuffer tiff) {
        tiff.order(tiff.getShort(0) == 0x4949 ? ByteOrder.LITTLE_ENDIAN : ByteOrder.BIG_ENDIAN);
        int directory = tiff.getInt(4);
        int entries = Short.toUnsignedInt(tiff.getShort(directory));
        for (int i = 0; i < entries; i++) {
            int entry = directory + 2 + i * ENTRY_BYTES;
            if (Short.toUnsignedInt(tiff.getShort(entry)) == ORIENTATION && tiff.getShort(entry + 2) == SHORT) {
                int value = Short.toUnsignedInt(tiff.getShort(entry + 8));
                return value >= 1 && value <= values().length ? values()[value - 1] : UPRIGHT;
            }
        }
        return UPRIGHT;
    }

    /// The picture as it is meant to be seen.
    ///
    /// @throws InterruptedException when the thread is interrupted, noticed within a row
    public BufferedImage upright(BufferedImage stored) throws InterruptedException {
        if (this == UPRIGHT) {
            return stored;
        }
        int width = isSideways() ? stored.getHeight() : stored.getWidth();
        int height = isSideways() ? stored.getWidth() : stored.getHeight();
        int type = stored.getColorModel().hasAlpha() ? BufferedImage.TYPE_INT_ARGB : BufferedImage.TYPE_INT_RGB;
        BufferedImage turned = new BufferedImage(width, height, type);
        int firstX = xOfX + xOfY < 0 ? stored.getWidth() - 1 : 0;
        int firstY = yOfX + yOfY < 0 ? stored.getHeight() - 1 : 0;
        for (int y = 0; y < height; y++) {
            if (Thread.interrupted()) {
                throw new InterruptedException();
            }
            for (int x = 0; x < width; x++) {
                turned.setRGB(x, y, stored.getRGB(firstX + xOfX * x + xOfY * y, firstY + yOfX * x + yOfY * y));
            }
        }
        return turned;
    }
}
