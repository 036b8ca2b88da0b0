package io.partflow.ui.inspect.part;

import static org.assertj.core.api.Assertions.assertThat;

import io.partflow.engine.builtin.image.TurnedJpeg;
import io.partflow.engine.content.BlobBody;
import io.partflow.engine.content.Part;
import io.partflow.ui.inspect.InspectSamples;
import java.io.IOException;
import java.nio.ByteOrder;
import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.Test;

class PartPreviewsTest {
    @Test
    void longText_isCut_andSaysHowMuchFollows() {
        assertThat(PartPreviews.of(Part.text("x".repeat(100_000)), PartPreviews.TEXT_CHARS))
                .isInstanceOfSatisfying(PartPreview.Text.class, text -> {
                    assertThat(text.shown()).hasSize(65_536);
                    assertThat(text.hiddenChars()).isEqualTo(34_464);
                });
        assertThat(PartPreviews.of(Part.text("a\ud83d\ude00b"), 2))
                .as("no half of a pair")
                .isEqualTo(new PartPreview.Text("a", 3, PartPreview.Face.PROSE));
    }

    @Test
    void json_isSetInLines_andBadJsonStandsAsItIs() {
        assertThat(PartPreviews.of(Part.json("{\"a\":{\"b\":[1,2]},\"c\":\"\\u00e9\"}"), 1_000))
                .isEqualTo(new PartPreview.Text(
                        "{\n  \"a\": {\n    \"b\": [1, 2]\n  },\n  \"c\": \"\u00e9\"\n}", 0, PartPreview.Face.CODE));
        assertThat(PartPreviews.of(Part.json("{oops"), 1_000))
                .isEqualTo(new PartPreview.Text("{oops", 0, PartPreview.Face.CODE));
    }

    @Test
    void aPicture_tellsItsSize_andADamagedOneThatThereIsNone() {
        assertThat(PartPreviews.of(InspectSamples.picture(), 0))
                .isInstanceOfSatisfying(
                        PartPreview.Picture.class,
                        picture -> assertThat(picture.width()).isEqualTo(320));
        byte[] whole = ((BlobBody) InspectSamples.picture().body()).data().toArray();
        Random random = new Random(7);
        for (int length = 0; length < whole.length; length += 7) {
            byte[] some = Arrays.copyOf(whole, length);
            if (length > 0) {
                some[random.nextInt(length)] ^= (byte) 0x55;
            }
            assertThat(PartPreviews.of(Part.blob(some, "image/png"), 0)).isNotNull();
        }
        assertThat(PartPreviews.of(Part.blob(new byte[] {1, 2}, "image/webp"), 0))
                .isInstanceOf(PartPreview.Note.class);
    }

    @Test
    void aPictureOfATurnedCamera_tellsTheSizeItIsSeenIn() throws IOException {
        assertThat(PartPreviews.of(Part.blob(TurnedJpeg.of(6, ByteOrder.BIG_ENDIAN), "image/jpeg"), 0))
                .isInstanceOfSatisfying(PartPreview.Picture.class, picture -> {
                    assertThat(picture.width()).isEqualTo(40);
                    assertThat(picture.height()).isEqualTo(60);
                });
    }

    @Test
    void aClickOfOneSample_isSeenInTheWaveform() {
        assertThat(PartPreviews.of(InspectSamples.sound(), 0))
                .isInstanceOfSatisfying(PartPreview.Sound.class, sound -> {
                    Waveform wave = sound.waveform();
                    int column = 7_500 * wave.columns() / 16_000;
                    assertThat(wave.high(column)).isGreaterThan(0.99f);
                    assertThat(wave.high(column + 3)).isZero();
                    assertThat(wave.durationMillis()).isEqualTo(1_000);
                });
    }

    @Test
    void otherSound_isNotDecodedYet_andOtherBytesAreDumped() {
        assertThat(PartPreviews.of(Part.blob(new byte[] {1}, "audio/flac"), 0))
                .isInstanceOfSatisfying(
                        PartPreview.Note.class,
                        note -> assertThat(note.sentence()).contains("not decoded yet"));
        assertThat(PartPreviews.of(Part.blob(new byte[300], "application/pdf"), 0))
                .isInstanceOfSatisfying(PartPreview.Raw.class, raw -> {
                    assertThat(raw.hiddenBytes()).isEqualTo(44);
                    assertThat(raw.dump().lines()).hasSize(32);
                });
    }
}
