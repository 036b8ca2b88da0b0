package io.partflow.engine.builtin.image;

import static org.assertj.core.api.Assertions.assertThat;

import io.partflow.engine.builtin.FakeContext;
import io.partflow.engine.content.Bytes;
import io.partflow.engine.content.JsonObject;
import io.partflow.engine.content.JsonValue;
import io.partflow.engine.content.Part;
import io.partflow.engine.processor.PartProcessor;
import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ExifOrientationTest {
    /// Two pixels wide, three high; every pixel has its own colour: 1 2 / 3 4 / 5 6.
    private static BufferedImage numbered() {
        BufferedImage image = new BufferedImage(2, 3, BufferedImage.TYPE_INT_RGB);
        for (int i = 0; i < 6; i++) {
            image.setRGB(i % 2, i / 2, i + 1);
        }
        return image;
    }

    private static String read(BufferedImage image) {
        StringBuilder rows = new StringBuilder();
        for (int y = 0; y < image.getHeight(); y++) {
            for (int x = 0; x < image.getWidth(); x++) {
                rows.append(image.getRGB(x, y) & 0xFF);
            }
            rows.append(y + 1 < image.getHeight() ? "/" : "");
        }
        return rows.toString();
    }

    @ParameterizedTest
    @CsvSource({
        "UPRIGHT, 12/34/56",
        "MIRRORED, 21/43/65",
        "UPSIDE_DOWN, 65/43/21",
        "MIRRORED_UPSIDE_DOWN, 56/34/12",
        "TRANSPOSED, 135/246",
        "TURNED_RIGHT, 531/642",
        "TRANSVERSED, 642/531",
        "TURNED_LEFT, 246/135"
    })
    void everyOrientation_isTurnedUpright(ExifOrientation orientation, String expected) throws Exception {
        assertThat(read(orientation.upright(numbered()))).isEqualTo(expected);
    }

    /// A picture of 60 x 40 pixels, its left half red, with an Exif block of this orientation.
    private static byte[] jpeg(int orientation, ByteOrder order) throws IOException {
        BufferedImage image = new BufferedImage(60, 40, BufferedImage.TYPE_INT_RGB);
        for (int y = 0; y < 40; y++) {
            for (int x = 0; x < 60; x++) {
                image.setRGB(x, y, x < 30 ? 0xFF0000 : 0x0000FF);
            }
        }
        ByteArrayOutputStream plain = new ByteArrayOutputStream();
        ImageIO.write(image, "jpeg", plain);
        byte[] pixels = plain.toByteArray();
        ByteBuffer tiff = ByteBuffer.allocate(26).order(order);
        tiff.put((order == ByteOrder.LITTLE_ENDIAN ? "II" : "MM").getBytes(StandardCharsets.US_ASCII));
        tiff.putShort((short) 42).putInt(8).putShort((short) 1);
        tiff.putShort((short) 0x0112).putShort((short) 3).putInt(1).putShort((short) orientation);
        ByteBuffer all = ByteBuffer.allocate(pixels.length + 36);
        all.put(pixels, 0, 2).putShort((short) 0xFFE1).putShort((short) 34);
        all.put("Exif\0\0".getBytes(StandardCharsets.US_ASCII)).put(tiff.array());
        all.put(pixels, 2, pixels.length - 2);
        return all.array();
    }

    @Test
    void fileOfEitherByteOrder_isRead() throws IOException {
        for (ByteOrder order : new ByteOrder[] {ByteOrder.LITTLE_ENDIAN, ByteOrder.BIG_ENDIAN}) {
            for (ExifOrientation each : ExifOrientation.values()) {
                assertThat(ExifOrientation.of(Bytes.of(jpeg(each.ordinal() + 1, order))))
                        .isEqualTo(each);
            }
        }
    }

    @Test
    void damagedOrMissingBlock_isUpright() throws IOException {
        byte[] file = jpeg(6, ByteOrder.BIG_ENDIAN);
        for (int length = 0; length < 40; length++) {
            assertThat(ExifOrientation.of(Bytes.of(java.util.Arrays.copyOf(file, length))))
                    .isNotNull();
        }
        assertThat(ExifOrientation.of(Bytes.of(jpeg(77, ByteOrder.BIG_ENDIAN)))).isEqualTo(ExifOrientation.UPRIGHT);
        assertThat(ExifOrientation.of(Bytes.of("no picture".getBytes(StandardCharsets.US_ASCII))))
                .isEqualTo(ExifOrientation.UPRIGHT);
    }

    @Test
    void factsAndThumbnail_areThoseOfTheUprightPicture() throws Exception {
        PartProcessor facts = (PartProcessor) FakeContext.build(ImageFacts.ENTRY, JsonObject.EMPTY, Path.of("."));
        FakeContext context = new FakeContext();

        facts.apply(Part.blob(jpeg(6, ByteOrder.LITTLE_ENDIAN), "image/jpeg"), context);

        JsonObject told = JsonObject.parse(context.parts.get(0).text());
        assertThat(told.get("width")).isEqualTo(JsonValue.of(40));
        assertThat(told.get("height")).isEqualTo(JsonValue.of(60));
        BufferedImage thumbnail = ImageIO.read(
                new ByteArrayInputStream(context.parts.get(1).bytes().toArray()));
        assertThat(thumbnail.getWidth()).isEqualTo(40);
        assertThat(thumbnail.getHeight()).isEqualTo(60);
        // What was left is above after a turn to the right.
        assertThat(thumbnail.getRGB(20, 5) & 0xFF0000).isGreaterThan(0x800000);
        assertThat(thumbnail.getRGB(20, 55) & 0xFF).isGreaterThan(0x80);
    }
}
