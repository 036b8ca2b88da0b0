package io.partflow.engine.processor.pace;

import static io.partflow.engine.content.PeerVectors.number;
import static io.partflow.engine.content.PeerVectors.text;
import static org.assertj.core.api.Assertions.assertThat;

import io.partflow.engine.content.Bytes;
import io.partflow.engine.content.JsonInteger;
import io.partflow.engine.content.JsonObject;
import io.partflow.engine.content.JsonReal;
import io.partflow.engine.content.PeerVectors;
import java.util.List;
import org.junit.jupiter.api.Test;

/// The cases of `misc.json` about time: marks, and pieces of audio.
class PaceGoldenTest {
    private final JsonObject vectors = PeerVectors.read("misc.json");

    @Test
    void timestamps_ofPeerSeconds_areWrittenAsByThePeer() {
        List<JsonObject> cases = PeerVectors.objects(vectors, "timestamps");

        for (JsonObject given : cases) {
            double seconds = switch (PeerVectors.field(given, "seconds")) {
                case JsonInteger whole -> whole.longValue();
                case JsonReal real -> real.value();
                default -> throw new IllegalArgumentException(given.toJson());
            };
            assertThat(Timestamps.format(seconds, Timestamps.Precision.SECONDS)).isEqualTo(text(given, "mm_ss"));
            assertThat(Timestamps.format(seconds, Timestamps.Precision.MILLISECONDS))
                    .isEqualTo(text(given, "with_ms"));
        }
        assertThat(cases).isNotEmpty();
    }

    @Test
    void audio_ofPeerLengths_isCutAsByThePeer() {
        List<JsonObject> cases = PeerVectors.objects(vectors, "split_audio");

        for (JsonObject given : cases) {
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
        assertThat(cases).isNotEmpty();
    }
}
