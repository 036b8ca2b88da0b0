package io.partflow.engine.builtin.image;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.partflow.engine.builtin.FakeContext;
import io.partflow.engine.content.JsonArray;
import io.partflow.engine.content.JsonObject;
import io.partflow.engine.content.JsonReal;
import io.partflow.engine.content.JsonValue;
import io.partflow.engine.content.Part;
import io.partflow.engine.processor.PartException;
import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ImageFactsTest {
    private static final Path IMAGES = Path.of("samples", "media", "images");

    private static Part image(String name) throws IOException {
        return Part.blob(Files.readAllBytes(IMAGES.resolve(name)), name.endsWith("png") ? "image/png" : "image/jpeg");
    }

    private static List<Part> process(JsonObject params, Part part) throws Exception {
        return FakeContext.apply(ImageFacts.ENTRY, params, part).parts;
    }

    private static JsonObject facts(Part part) throws Exception {
        return JsonObject.parse(process(JsonObject.EMPTY, part).get(0).text());
    }

    private static double real(JsonObject facts, String name) {
        return ((JsonReal) facts.get(name)).value();
    }

    private static Part encoded(BufferedImage image, String format) throws IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        ImageIO.write(image, format, out);
        return Part.blob(out.toByteArray(), "image/" + format);
    }

    private static BufferedImage filled(int width, int height, int type, java.util.function.IntBinaryOperator argb) {
        BufferedImage image = new BufferedImage(width, height, type);
        for (int y = 0; y < height; y++) {
            for (int x = 0; x < width; x++) {
                image.setRGB(x, y, argb.applyAsInt(x, y));
            }
        }
        return image;
    }

    @ParameterizedTest
    @CsvSource({"chelsea.png,451,300,png", "coffee.png,600,400,png", "rocket.jpg,640,427,jpeg", "moon.png,512,512,png"})
    void photograph_isMeasuredAndMadeSmall(String name, int width, int height, String format) throws Exception {
        List<Part> parts = process(JsonObject.EMPTY, image(name).withRole("user"));

        JsonObject facts = JsonObject.parse(parts.get(0).text());
        assertThat(facts.get("width")).isEqualTo(JsonValue.of(width));
        assertThat(facts.get("height")).isEqualTo(JsonValue.of(height));
        assertThat(facts.get("format")).isEqualTo(JsonValue.of(format));
        assertThat(facts.get("transparency")).isEqualTo(JsonValue.of(false));
        assertThat(real(facts, "brightness")).isBetween(0.01, 0.9);
        assertThat(((JsonArray) facts.get("dominantColours")).size()).isEqualTo(5);
        assertThat(parts).hasSize(2).allMatch(part -> part.role().equals("user"));
        BufferedImage thumbnail =
                ImageIO.read(new ByteArrayInputStream(parts.get(1).bytes().toArray()));
        assertThat(Math.max(thumbnail.getWidth(), thumbnail.getHeight())).isEqualTo(256);
        assertThat((double) thumbnail.getWidth() / thumbnail.getHeight())
                .isCloseTo((double) width / height, org.assertj.core.data.Offset.offset(0.02));
    }

    @Test
    void twoColours_areNamedWithTheirShares() throws Exception {
        BufferedImage image = filled(100, 100, BufferedImage.TYPE_INT_RGB, (x, y) -> y < 75 ? 0xFF2050C0 : 0xFFF0E010);

        JsonArray colours = (JsonArray) facts(encoded(image, "png")).get("dominantColours");

        assertThat(colours.values())
                .containsExactly(
                        JsonObject.of("colour", JsonValue.of("#2050C0"), "share", JsonValue.of(0.75)),
                        JsonObject.of("colour", JsonValue.of("#F0E010"), "share", JsonValue.of(0.25)));
    }

    @Test
    void blackAndWhite_areTheEndsOfBrightness() throws Exception {
        BufferedImage black = filled(20, 10, BufferedImage.TYPE_INT_RGB, (x, y) -> 0xFF000000);
        BufferedImage white = filled(20, 10, BufferedImage.TYPE_INT_RGB, (x, y) -> 0xFFFFFFFF);

        assertThat(real(facts(encoded(black, "png")), "brightness")).isEqualTo(0.0);
        assertThat(real(facts(encoded(white, "bmp")), "brightness")).isEqualTo(1.0);
        assertThat(real(facts(encoded(white, "gif")), "sharpness")).isEqualTo(0.0);
    }

    @Test
    void blurredImage_isLessSharp() throws Exception {
        BufferedImage sharp =
                filled(200, 200, BufferedImage.TYPE_INT_RGB, (x, y) -> x / 10 % 2 == 0 ? 0xFFFFFFFF : 0xFF000000);
        BufferedImage soft = filled(200, 200, BufferedImage.TYPE_INT_RGB, (x, y) -> {
            int grey = (int) (127.5 + 127.5 * Math.sin(Math.PI * x / 10));
            return 0xFF000000 | grey << 16 | grey << 8 | grey;
        });

        assertThat(real(facts(encoded(sharp, "png")), "sharpness"))
                .isGreaterThan(10 * real(facts(encoded(soft, "png")), "sharpness"));
    }

    @Test
    void transparentPixels_doNotColourTheImage() throws Exception {
        BufferedImage image = filled(40, 40, BufferedImage.TYPE_INT_ARGB, (x, y) -> x < 20 ? 0x00FF0000 : 0xFF00FF00);

        JsonObject facts = facts(encoded(image, "png"));

        assertThat(facts.get("transparency")).isEqualTo(JsonValue.of(true));
        assertThat(((JsonArray) facts.get("dominantColours")).values())
                .containsExactly(JsonObject.of("colour", JsonValue.of("#00FF00"), "share", JsonValue.of(1.0)));
    }

    @Test
    void smallImage_keepsItsSizeAndThumbnailCanBeLeftOut() throws Exception {
        Part image = encoded(filled(3, 2, BufferedImage.TYPE_INT_RGB, (x, y) -> 0xFF336699), "png");

        BufferedImage thumbnail = ImageIO.read(new ByteArrayInputStream(
                process(JsonObject.EMPTY, image).get(1).bytes().toArray()));
        assertThat(thumbnail.getWidth()).isEqualTo(3);
        assertThat(process(JsonObject.of("thumbnail", JsonValue.of(false)), image))
                .hasSize(1);
    }

    @Test
    void frames_of36PicturesGive14DifferentResults() throws Exception {
        java.util.Set<List<Part>> results = new java.util.HashSet<>();
        for (int i = 0; i < 36; i++) {
            Path frame =
                    Path.of("samples", "media", "frames", String.format(java.util.Locale.ROOT, "frame-%02d.jpg", i));
            results.add(process(JsonObject.EMPTY, Part.blob(Files.readAllBytes(frame), "image/jpeg")));
        }

        assertThat(results).hasSize(14);
    }

    @ParameterizedTest
    @CsvSource({"chelsea.png", "rocket.jpg"})
    void cutOffImage_isABadPart(String name) throws Exception {
        Part whole = image(name);
        byte[] half = Arrays.copyOf(whole.bytes().toArray(), whole.bytes().length() / 2);

        assertThatThrownBy(() -> facts(Part.blob(half, whole.mimeType())))
                .isInstanceOfSatisfying(PartException.class, e -> {
                    assertThat(e.failure().code()).isEqualTo("IMAGE_DAMAGED");
                    assertThat(e.failure().remedy()).isNotBlank();
                });
    }

    @Test
    void noImageAtAll_isABadPart() {
        assertThatThrownBy(() -> facts(Part.blob(new byte[] {1, 2, 3, 4}, "image/webp")))
                .isInstanceOfSatisfying(
                        PartException.class, e -> assertThat(e.failure().code()).isEqualTo("IMAGE_FORMAT"));
    }

    @Test
    void hugeImage_isRefusedBeforeItIsDecoded() throws Exception {
        byte[] png = image("moon.png").bytes().toArray();
        // Width and height of the header: 65,500 x 65,500. Its checksum is wrong now, which nobody gets to see.
        for (int at : new int[] {16, 20}) {
            png[at] = 0;
            png[at + 1] = 0;
            png[at + 2] = (byte) 0xFF;
            png[at + 3] = (byte) 0xDC;
        }

        assertThatThrownBy(() -> facts(Part.blob(png, "image/png"))).isInstanceOfSatisfying(PartException.class, e -> {
            assertThat(e.failure().code()).isEqualTo("IMAGE_TOO_LARGE");
            assertThat(e.failure().message()).contains("65500", "100.0 million");
        });
    }

    @Test
    void interrupt_endsDecoding() throws Exception {
        Part image = image("coffee.png");
        Thread.currentThread().interrupt();

        assertThatThrownBy(() -> facts(image)).isInstanceOf(InterruptedException.class);
        assertThat(Thread.interrupted()).isFalse();
    }
}
