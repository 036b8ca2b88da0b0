package io.partflow.engine.builtin.audio;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.partflow.engine.builtin.FakeContext;
import io.partflow.engine.content.JsonArray;
import io.partflow.engine.content.JsonInteger;
import io.partflow.engine.content.JsonObject;
import io.partflow.engine.content.JsonReal;
import io.partflow.engine.content.JsonValue;
import io.partflow.engine.content.Part;
import io.partflow.engine.processor.PartException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class AudioSegmentsTest {
    private static final Path AUDIO = Path.of("samples", "media", "audio");

    private static FakeContext segments(Part part) throws Exception {
        return FakeContext.apply(AudioSegments.ENTRY, JsonObject.EMPTY, part);
    }

    /// Start and end of every segment, in seconds.
    private static List<double[]> times(FakeContext context) {
        List<double[]> times = new ArrayList<>();
        JsonObject facts = JsonObject.parse(context.parts.get(0).text());
        for (JsonValue each : (JsonArray) facts.get("segments")) {
            JsonObject segment = (JsonObject) each;
            times.add(new double[] {seconds(segment.get("startMs")), seconds(segment.get("endMs"))});
        }
        return times;
    }

    private static double seconds(JsonValue millis) {
        return switch (millis) {
            case JsonInteger whole -> whole.doubleValue() / 1000;
            case JsonReal real -> real.value() / 1000;
            default -> throw new AssertionError(millis);
        };
    }

    private static Part wav(Tone tone) {
        return Part.blob(tone.wav(), "audio/wav");
    }

    @Test
    void dialogue_ofFourSentences_isCutWhereTheyAre() throws Exception {
        FakeContext context = segments(Part.blob(Files.readAllBytes(AUDIO.resolve("dialogue-16k.wav")), "audio/wav"));

        double[][] expected = {{1.21, 3.93}, {5.57, 8.75}, {10.36, 13.08}, {14.68, 17.03}};
        List<double[]> times = times(context);
        assertThat(times).hasSize(4);
        for (int i = 0; i < 4; i++) {
            assertThat(times.get(i)[0]).isCloseTo(expected[i][0], Offset.offset(0.05));
            assertThat(times.get(i)[1]).isCloseTo(expected[i][1], Offset.offset(0.05));
        }
        assertThat(context.parts).hasSize(5);
        assertThat(context.parts.get(3))
                .as("the repeated sentence is the same part")
                .isEqualTo(context.parts.get(1));
        assertThat(context.parts.get(2)).isNotEqualTo(context.parts.get(1));
    }

    @ParameterizedTest
    @ValueSource(ints = {8_000, 11_025, 22_050, 44_100, 48_000})
    void twoBursts_atAnyRate_areTwoSegments(int rate) throws Exception {
        Tone tone = new Tone(rate, 1)
                .noise(0.8, 0.001)
                .speech(1.0, 0.3)
                .noise(0.9, 0.001)
                .speech(0.7, 0.1)
                .noise(0.5, 0.001);

        List<double[]> times = times(segments(wav(tone)));

        assertThat(times).hasSize(2);
        assertThat(times.get(0)[0]).isCloseTo(0.8, Offset.offset(0.03));
        assertThat(times.get(0)[1]).isCloseTo(1.8, Offset.offset(0.03));
        assertThat(times.get(1)[0]).isCloseTo(2.7, Offset.offset(0.03));
        assertThat(times.get(1)[1]).isCloseTo(3.4, Offset.offset(0.03));
    }

    @Test
    void stereoWithSpeechOnOneSide_isFound() throws Exception {
        Tone tone = new Tone(16_000, 2).noise(1, 0.0005).speech(1, 0.4).noise(1, 0.0005);

        assertThat(times(segments(wav(tone)))).hasSize(1);
    }

    @Test
    void shortGap_staysInsideOneSegment() throws Exception {
        Tone tone = new Tone(16_000, 1)
                .noise(1, 0.0005)
                .speech(0.5, 0.4)
                .noise(0.4, 0.0005)
                .speech(0.5, 0.4)
                .noise(1, 0.0005);

        assertThat(times(segments(wav(tone)))).hasSize(1);
    }

    @Test
    void silence_hasNoSegments() throws Exception {
        FakeContext context = segments(wav(new Tone(16_000, 1).noise(3, 0)));

        assertThat(times(context)).isEmpty();
        assertThat(context.parts).hasSize(1);
    }

    @Test
    void quietHiss_isNoSpeech() throws Exception {
        assertThat(times(segments(wav(new Tone(16_000, 1).noise(3, 0.0004))))).isEmpty();
    }

    @Test
    void speechThroughout_isOneSegment() throws Exception {
        List<double[]> times = times(segments(wav(new Tone(16_000, 1).speech(4, 0.5))));

        assertThat(times).hasSize(1);
        assertThat(times.get(0)[1] - times.get(0)[0]).isGreaterThan(3.8);
    }

    @Test
    void segment_equalsItsStretchOfTheOriginal() throws Exception {
        byte[] original = new Tone(8_000, 2)
                .noise(1, 0.0005)
                .speech(1, 0.4)
                .noise(1, 0.0005)
                .wav();
        FakeContext context = segments(Part.blob(original, "audio/wav"));

        int from = 44 + (int) Math.round(times(context).get(0)[0] * 8_000) * 4;
        byte[] segment = context.parts.get(1).bytes().toArray();
        assertThat(Arrays.copyOfRange(segment, 44, segment.length))
                .isEqualTo(Arrays.copyOfRange(original, from, from + segment.length - 44));
    }

    @Test
    void otherFormat_passesWithANote() throws Exception {
        Part ogg = Part.blob(Files.readAllBytes(AUDIO.resolve("dialogue.ogg")), "audio/ogg");
        FakeContext context = segments(ogg);

        assertThat(context.parts.get(0).text()).contains("not decoded yet");
        assertThat(context.parts.get(1)).isEqualTo(ogg);
    }

    @Test
    void cutOffFile_isABadPartThatSaysHowMuchIsMissing() {
        byte[] whole = new Tone(16_000, 1).speech(2, 0.5).wav();
        Part part = Part.blob(Arrays.copyOf(whole, whole.length / 2), "audio/wav");

        assertThatThrownBy(() -> segments(part)).isInstanceOfSatisfying(PartException.class, e -> {
            assertThat(e.failure().code()).isEqualTo("AUDIO_TRUNCATED");
            assertThat(e.failure().message()).contains("2.00 s", "1.00 s");
            assertThat(e.failure().remedy()).isNotBlank();
        });
    }

    @Test
    void textNamedWav_isABadPart() {
        assertThatThrownBy(() -> segments(
                        Part.blob("no sound at all".getBytes(java.nio.charset.StandardCharsets.UTF_8), "audio/wav")))
                .isInstanceOfSatisfying(
                        PartException.class, e -> assertThat(e.failure().code()).isEqualTo("AUDIO_DAMAGED"));
    }
}
