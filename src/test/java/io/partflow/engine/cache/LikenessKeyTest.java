package io.partflow.engine.cache;

import static org.assertj.core.api.Assertions.assertThat;

import io.partflow.engine.cache.CacheSettings.KeyOptions;
import io.partflow.engine.content.ContentHash;
import io.partflow.engine.content.Part;
import io.partflow.engine.stream.ManualClock;
import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Random;
import java.util.Set;
import javax.imageio.ImageIO;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// Keys of pictures that a camera takes of the same thing: 0-11 and 18-23 a cup, 12-17 a cat, no two files
/// equal.
class LikenessKeyTest {
    private static final KeyOptions ALIKE = new KeyOptions(List.of(), List.of(), List.of(), 6);

    private static byte[] frame(int number) throws IOException {
        String name = String.format("/frames-noisy/frame-%02d.jpg", number);
        try (InputStream in = LikenessKeyTest.class.getResourceAsStream(name)) {
            return Objects.requireNonNull(in, name).readAllBytes();
        }
    }

    private static boolean isCat(int frame) {
        return frame >= 12 && frame < 18;
    }

    private static byte[] withNoise(byte[] jpeg, double sigma, Random random) throws IOException {
        BufferedImage image = ImageIO.read(new ByteArrayInputStream(jpeg));
        for (int y = 0; y < image.getHeight(); y++) {
            for (int x = 0; x < image.getWidth(); x++) {
                int pixel = image.getRGB(x, y);
                int changed = 0;
                for (int shift = 0; shift <= 16; shift += 8) {
                    long value = Math.round((pixel >> shift & 0xFF) + sigma * random.nextGaussian());
                    changed |= (int) Math.clamp(value, 0, 255) << shift;
                }
                image.setRGB(x, y, changed);
            }
        }
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        assertThat(ImageIO.write(image, "png", out)).isTrue();
        return out.toByteArray();
    }

    private static @Nullable ContentHash hash(KeyFunction keys, byte[] image, String type) {
        return keys.hash(List.of(Part.blob(image, type)));
    }

    @ParameterizedTest
    @ValueSource(ints = {6, 8, 10})
    void noisyFrames_areTwoPictures(int distance) throws IOException {
        KeyFunction keys = KeyFunction.of(new KeyOptions(List.of(), List.of(), List.of(), distance));
        Set<@Nullable ContentHash> cups = new HashSet<>();
        Set<@Nullable ContentHash> cats = new HashSet<>();
        Set<@Nullable ContentHash> exact = new HashSet<>();
        for (int i = 0; i < 24; i++) {
            (isCat(i) ? cats : cups).add(hash(keys, frame(i), "image/jpeg"));
            exact.add(hash(KeyFunction.DEFAULT, frame(i), "image/jpeg"));
        }

        assertThat(exact).hasSize(24);
        assertThat(cups).hasSize(1).doesNotContainNull();
        assertThat(cats).hasSize(1).doesNotContainNull().doesNotContainAnyElementsOf(cups);
    }

    @Test
    void framesWithStillMoreNoise_areTwoPictures() throws IOException {
        Random random = new Random(20_261_122);
        KeyFunction keys = KeyFunction.of(ALIKE);
        Set<@Nullable ContentHash> cups = new HashSet<>();
        Set<@Nullable ContentHash> cats = new HashSet<>();
        for (int i = 0; i < 24; i++) {
            (isCat(i) ? cats : cups).add(hash(keys, withNoise(frame(i), 4, random), "image/png"));
        }

        assertThat(cups).hasSize(1);
        assertThat(cats).hasSize(1).doesNotContainAnyElementsOf(cups);
    }

    @Test
    void allElse_stillCounts_andSoDoImagesThatCannotBeDecoded() throws IOException {
        KeyFunction keys = KeyFunction.of(ALIKE);
        Part first = Part.blob(frame(0), "image/jpeg");
        Part other = Part.blob(frame(1), "image/jpeg");

        assertThat(keys.hash(List.of(first))).isEqualTo(keys.hash(List.of(other)));
        assertThat(keys.hash(List.of(first))).isNotEqualTo(keys.hash(List.of(other.withRole("user"))));
        assertThat(keys.hash(List.of(first))).isNotEqualTo(keys.hash(List.of(other, Part.text("?"))));
        assertThat(keys.hash(List.of(Part.text("a")))).isEqualTo(KeyFunction.DEFAULT.hash(List.of(Part.text("a"))));
        Part broken = Part.blob(new byte[] {1, 2, 3}, "image/png");
        assertThat(keys.hash(List.of(broken))).isEqualTo(KeyFunction.DEFAULT.hash(List.of(broken)));
    }

    @Test
    void sameOrder_givesTheSameKeys() throws IOException {
        List<@Nullable ContentHash> once = new ArrayList<>();
        List<@Nullable ContentHash> again = new ArrayList<>();
        KeyFunction first = KeyFunction.of(ALIKE);
        KeyFunction second = KeyFunction.of(ALIKE);
        for (int i = 0; i < 24; i++) {
            once.add(hash(first, frame(i), "image/jpeg"));
            again.add(hash(second, frame(i), "image/jpeg"));
        }

        assertThat(again).isEqualTo(once);
    }

    @Test
    void pictures_areRememberedByNamespaceAndForgottenWithTheRoom() throws IOException {
        CacheRoom room = new CacheRoom(new ManualClock());
        ContentHash cup = hash(room.keys("a:", ALIKE), frame(0), "image/jpeg");

        assertThat(hash(room.keys("a:", ALIKE), frame(5), "image/jpeg")).isEqualTo(cup);
        ContentHash elsewhere = hash(room.keys("b:", ALIKE), frame(5), "image/jpeg");
        assertThat(hash(room.keys("b:", ALIKE), frame(0), "image/jpeg")).isEqualTo(elsewhere);
        room.clear();
        assertThat(hash(room.keys("a:", ALIKE), frame(5), "image/jpeg")).isEqualTo(elsewhere);
    }
}
