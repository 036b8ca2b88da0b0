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
import java.io.IOException;
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

    @Test
    void fileOfEitherByteOrder_isRead() throws IOException {
        for (ByteOrder order : new ByteOrder[] {ByteOrder.LITTLE_ENDIAN, ByteOrder.BIG_ENDIAN}) {
            for (ExifOrientation each : ExifOrientation.values()) {
                assertThat(ExifOrientation.of(Bytes.of(TurnedJpeg.of(each.ordinal() + 1, order))))
                        .isEqualTo(each);
            }
        }
    }

    @Test
    void damagedOrMissingBlock_isUpright() throws IOException {
        byte[] file = TurnedJpeg.of(6, ByteOrder.BIG_ENDIAN);
        for (int length = 0; length < 40; length++) {
            assertThat(ExifOrientation.of(Bytes.of(java.util.Arrays.copyOf(file, length))))
                    .isNotNull();
        }
        assertThat(ExifOrientation.of(Bytes.of(TurnedJpeg.of(77, ByteOrder.BIG_ENDIAN))))
                .isEqualTo(ExifOrientation.UPRIGHT);
        assertThat(ExifOrientation.of(Bytes.of("no picture".getBytes(StandardCharsets.US_ASCII))))
                .isEqualTo(ExifOrientation.UPRIGHT);
    }

    @Test
    void factsAndThumbnail_areThoseOfTheUprightPicture() throws Exception {
        PartProcessor facts = (PartProcessor) FakeContext.build(ImageFacts.ENTRY, JsonObject.EMPTY, Path.of("."));
        FakeContext context = new FakeContext();

        facts.apply(Part.blob(TurnedJpeg.of(6, ByteOrder.LITTLE_ENDIAN), "image/jpeg"), context);

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
