package io.partflow.engine.content.image;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.partflow.engine.content.Bytes;
import io.partflow.engine.content.Part;
import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;

class ImageSignatureTest {
    private static final Path FRAMES = Path.of("samples", "media", "frames");

    private final ImageLooks looks = new ImageLooks();

    private static BufferedImage picture(int frame) throws IOException {
        return ImageIO.read(
                FRAMES.resolve(String.format("frame-%02d.jpg", frame)).toFile());
    }

    private static ImageSignature signature(BufferedImage image) {
        int width = image.getWidth();
        int height = image.getHeight();
        return ImageSignature.of(image.getRGB(0, 0, width, height, null, 0, width), width, height);
    }

    private static BufferedImage noisy(BufferedImage image, double sigma, Random random) {
        BufferedImage noisy = new BufferedImage(image.getWidth(), image.getHeight(), BufferedImage.TYPE_INT_RGB);
        for (int y = 0; y < image.getHeight(); y++) {
            for (int x = 0; x < image.getWidth(); x++) {
                int pixel = image.getRGB(x, y);
                int changed = 0;
                for (int shift = 0; shift <= 16; shift += 8) {
                    long value = Math.round((pixel >> shift & 0xFF) + sigma * random.nextGaussian());
                    changed |= (int) Math.clamp(value, 0, 255) << shift;
                }
                noisy.setRGB(x, y, changed);
            }
        }
        return noisy;
    }

    private static Bytes encoded(BufferedImage image, String format) throws IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        assertThat(ImageIO.write(image, format, out)).isTrue();
        return Bytes.of(out.toByteArray());
    }

    @Test
    void noiseOfSigma4_leavesThePicturesTwo() throws IOException {
        Random random = new Random(4);
        List<ImageSignature> cups = new ArrayList<>();
        List<ImageSignature> cats = new ArrayList<>();
        for (int i = 0; i < 6; i++) {
            cups.add(looks.signature(encoded(noisy(picture(0), 4, random), "jpg")));
            cats.add(looks.signature(encoded(noisy(picture(16), 4, random), "jpg")));
        }

        for (ImageSignature cup : cups) {
            assertThat(cup.distance(cups.getFirst())).isLessThanOrEqualTo(4);
            for (ImageSignature cat : cats) {
                assertThat(cat.distance(cats.getFirst())).isLessThanOrEqualTo(4);
                assertThat(cat.distance(cup)).isGreaterThanOrEqualTo(22);
            }
        }
    }

    @Test
    void structure_ofAnotherSizeAndFormat_isNearlyTheSame() throws IOException {
        BufferedImage cup = picture(0);
        BufferedImage small = new BufferedImage(cup.getWidth() / 2, cup.getHeight() / 2, BufferedImage.TYPE_INT_RGB);
        for (int y = 0; y < small.getHeight(); y++) {
            for (int x = 0; x < small.getWidth(); x++) {
                small.setRGB(x, y, cup.getRGB(2 * x, 2 * y));
            }
        }

        assertThat(looks.signature(encoded(small, "png")).distance(signature(cup)))
                .isLessThanOrEqualTo(4);
        assertThat(looks.signature(encoded(cup, "png"))).isEqualTo(signature(cup));
    }

    @Test
    void lessLight_changesTheBrightnessAndHardlyTheStructure() throws IOException {
        ImageSignature cat = signature(picture(23));
        ImageSignature darker = signature(picture(24));

        assertThat(darker.brightness()).isLessThan(0.7 * cat.brightness());
        assertThat(darker.distance(cat)).isLessThanOrEqualTo(6);
    }

    @Test
    void evenPicture_hasBrightnessAndNoStructure() {
        int[] grey = new int[100 * 70];
        Arrays.fill(grey, 0xFF808080);

        assertThat(ImageSignature.of(grey, 100, 70).structure()).isZero();
        assertThat(ImageSignature.of(grey, 100, 70).brightness()).isCloseTo(128 / 255.0, within(1e-9));
    }

    @Test
    void brightness_runsFromBlackToWhiteAndTransparentCountsAsWhite() {
        assertThat(ImageSignature.of(new int[] {0xFF000000}, 1, 1).brightness()).isZero();
        assertThat(ImageSignature.of(new int[] {0xFFFFFFFF}, 1, 1).brightness()).isEqualTo(1);
        assertThat(ImageSignature.of(new int[] {0x00000000}, 1, 1).brightness()).isEqualTo(1);
    }

    @Test
    void pictureSmallerThanTheGrid_hasTheStructureOfItsEnlargement() {
        int[] two = {0xFF000000, 0xFFFFFFFF, 0xFF404040, 0xFF808080};
        int[] large = new int[64 * 64];
        for (int i = 0; i < large.length; i++) {
            large[i] = two[i / 64 / 32 * 2 + i % 64 / 32];
        }

        assertThat(ImageSignature.of(two, 2, 2)).isEqualTo(ImageSignature.of(large, 64, 64));
    }

    @Test
    void whatIsNoImage_isRefusedWithTheReason() throws IOException {
        Bytes whole = Bytes.of(Files.readAllBytes(FRAMES.resolve("frame-00.jpg")));

        assertThatThrownBy(() -> looks.signature(Part.blob(new byte[] {1, 2, 3}, "image/png")))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("3 bytes");
        assertThatThrownBy(() -> looks.signature(whole.slice(0, 300))).isInstanceOf(IOException.class);
        assertThatThrownBy(() -> new ImageLooks(1_000).signature(whole)).hasMessageContaining("limit is 1000");
        assertThatThrownBy(() -> ImageSignature.of(new int[3], 2, 2)).hasMessageContaining("2 x 2");
    }
}
