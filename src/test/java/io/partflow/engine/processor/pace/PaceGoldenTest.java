package io.partflow.engine.processor.pace;

import static io.partflow.engine.content.PeerVectors.number;
import static io.partflow.engine.content.PeerVectors.text;
import static org.assertj.core.api.Assertions.assertThat;

import io.partflow.engine.content.Bytes;
import io.partflow.engine.content.JsonInteger;
import io.partflow.engine.content.JsonObject;
import io.partflow.engine.content.PeerVectors;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// The cases of `misc.json` about time: marks, and pieces of audio.
class PaceGoldenTest {
    private static final JsonObject VECTORS = PeerVectors.read("misc.json");

    static List<JsonObject> timestamps() {
        return PeerVectors.objects(VECTORS, "timestamps");
    }

    static List<JsonObject> audio() {
        return PeerVectors.objects(VECTORS, "split_audio");
    }

    @Test
    void cases_ofTheFile_areThere() {
        assertThat(timestamps()).isNotEmpty();
        assertThat(audio()).isNotEmpty();
    }

    @ParameterizedTest
    @MethodSource("timestamps")
    void timestamp_ofPeerSeconds_isWrittenAsByThePeer(JsonObject given) {
        double seconds = PeerVectors.real(given, "seconds");

        assertThat(Timestamps.format(seconds, Timestamps.Precision.SECONDS)).isEqualTo(text(given, "mm_ss"));
        assertThat(Timestamps.format(seconds, Timestamps.Precision.MILLISECONDS))
                .isEqualTo(text(given, "with_ms"));
    }

    @ParameterizedTest
    @MethodSource("audio")
    void audio_ofPeerLength_isCutAsByThePeer(JsonObject given) {
        byte[] audio = new byte[number(given, "bytes")];
        for (int i = 0; i < audio.length; i++) {
            audio[i] = (byte) i;
        }
        List<Bytes> pieces = AudioPieces.split(Bytes.of(audio), number(given, "sample_rate"));

        assertThat(pieces)
                .map(Bytes::length)
                .containsExactlyElementsOf(PeerVectors.array(given, "chunk_sizes").values().stream()
                        .map(size -> Math.toIntExact(((JsonInteger) size).longValue()))
                        .toList());
        int at = 0;
        for (Bytes piece : pieces) {
            for (byte each : piece.toArray()) {
                assertThat(each).isEqualTo((byte) at++);
            }
        }
        assertThat(at).isEqualTo(audio.length);
    }
}
