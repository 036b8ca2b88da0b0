package io.partflow.engine.builtin.audio;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.partflow.engine.builtin.FakeContext;
import io.partflow.engine.content.JsonObject;
import io.partflow.engine.content.JsonReal;
import io.partflow.engine.content.JsonValue;
import io.partflow.engine.content.Part;
import io.partflow.engine.processor.PartException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class AudioFactsTest {
    private static JsonObject facts(Part part) throws Exception {
        return JsonObject.parse(FakeContext.apply(AudioFacts.ENTRY, JsonObject.EMPTY, part)
                .parts
                .get(0)
                .text());
    }

    @Test
    void spokenSentence_isMeasured() throws Exception {
        byte[] q1 = Files.readAllBytes(Path.of("samples", "media", "audio", "q1.wav"));
        JsonObject facts = facts(Part.blob(q1, "audio/wav").withRole("user"));

        assertThat(facts.get("sampleRate")).isEqualTo(JsonValue.of(16_000));
        assertThat(facts.get("channels")).isEqualTo(JsonValue.of(1));
        assertThat(facts.get("bitsPerSample")).isEqualTo(JsonValue.of(16));
        assertThat(facts.get("codec")).isEqualTo(JsonValue.of("PCM 16 bit"));
        assertThat(facts.get("durationMs")).isEqualTo(JsonValue.of(3120.0));
        assertThat(((JsonReal) facts.get("peakDbfs")).value()).isBetween(-20.0, 0.0);
    }

    @ParameterizedTest
    @CsvSource({"1,8", "1,16", "1,24", "1,32", "3,32", "3,64"})
    void everyEncoding_givesTheSameLevels(int encoding, int bits) throws Exception {
        Tone tone = new Tone(44_100, 2).speech(1, 0.5);
        JsonObject facts = facts(Part.blob(tone.wav(encoding, bits), "audio/wav"));

        assertThat(facts.get("channels")).isEqualTo(JsonValue.of(2));
        assertThat(((JsonReal) facts.get("durationMs")).value()).isEqualTo(1000.0);
        assertThat(((JsonReal) facts.get("peakDbfs")).value()).isCloseTo(-6.02, Offset.offset(0.15));
        assertThat(((JsonReal) facts.get("rmsDbfs")).value()).isCloseTo(-15.1, Offset.offset(1.0));
    }

    @Test
    void silence_hasNoLevel() throws Exception {
        JsonObject facts = facts(Part.blob(new Tone(8_000, 1).noise(1, 0).wav(), "audio/wav"));

        assertThat(facts.get("peakDbfs")).isEqualTo(JsonValue.ofNull());
    }

    @Test
    void undecodedFormat_isNamed() throws Exception {
        JsonObject facts = facts(Part.blob(new byte[] {1, 2, 3}, "audio/mpeg"));

        assertThat(facts.get("format")).isEqualTo(JsonValue.of("mpeg"));
        assertThat(facts.get("decoded")).isEqualTo(JsonValue.of(false));
        assertThat(facts.get("note")).isEqualTo(JsonValue.of("not decoded yet"));
    }

    @ParameterizedTest
    @CsvSource({"audio/flac", "audio/mpeg", "audio/ogg"})
    void compressedSound_passesWithAWord(String mimeType) throws Exception {
        assertThat(facts(Part.blob(new byte[] {1, 2, 3}, mimeType)).get("note"))
                .isEqualTo(JsonValue.of("not decoded yet"));
    }

    @Test
    void soundWithoutAFormatBlock_isNamed() {
        byte[] wav = "RIFF\u0010\0\0\0WAVEdata\u0004\0\0\0\0\0\0\0".getBytes(StandardCharsets.ISO_8859_1);

        assertThatThrownBy(() -> facts(Part.blob(wav, "audio/wav"))).isInstanceOfSatisfying(PartException.class, e -> {
            assertThat(e.failure().code()).isEqualTo("AUDIO_DAMAGED");
            assertThat(e.failure().message()).contains("no format block (fmt)");
        });
    }
}
