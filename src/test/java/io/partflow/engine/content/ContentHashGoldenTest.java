package io.partflow.engine.content;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class ContentHashGoldenTest {
    private static final JsonObject FILE = PeerVectors.read("xxh128.json");

    static List<JsonObject> cases() {
        return PeerVectors.objects(FILE, "cases");
    }

    @ParameterizedTest
    @MethodSource("cases")
    void hash_ofPeerLength_equalsPeerHash(JsonObject given) {
        byte[] data = PeerParts.patternBytes(
                        PeerVectors.number(given, "len"),
                        PeerVectors.number(FILE, "mul"),
                        PeerVectors.number(FILE, "add"))
                .toArray();

        assertEquals(PeerVectors.text(given, "hex"), ContentHash.of(data).hex());
    }

    @Test
    void cases_ofTheFile_areAllThere() {
        assertTrue(PeerVectors.areOthers() || cases().size() == 313, cases().size() + " lengths");
    }

    @Test
    void parse_ofHexOfEitherCase_givesTheSameHash() {
        ContentHash hash = ContentHash.parse("39347ff402b6c53d831154110e30ac6a");

        assertEquals(new ContentHash(0x39347ff402b6c53dL, 0x831154110e30ac6aL), hash);
        assertEquals(hash, ContentHash.parse("39347FF402B6C53D831154110E30AC6A"));
        assertEquals("39347ff402b6c53d831154110e30ac6a", hash.hex());
        assertEquals("0000000000000001ffffffffffffffff", new ContentHash(1, -1).hex());
    }

    @Test
    void parse_ofAnythingElse_isRefused() {
        assertThrows(IllegalArgumentException.class, () -> ContentHash.parse("39"));
        assertThrows(IllegalArgumentException.class, () -> ContentHash.parse("g".repeat(32)));
    }

    @Test
    void order_ofHashes_isThatOfTheirTexts() {
        ContentHash small = new ContentHash(1, -1);
        ContentHash large = new ContentHash(-1, 0);

        assertTrue(small.compareTo(large) < 0);
        assertTrue(small.hex().compareTo(large.hex()) < 0);
        assertTrue(new ContentHash(1, 1).compareTo(small) < 0);
    }

    @Test
    void streamingHash_ofAnyPieces_isThatOfTheWhole() {
        byte[] all = PeerParts.patternBytes(200_000, 131, 7).toArray();
        Random random = new Random(5);
        for (int round = 0; round < 2_000; round++) {
            int length = round < 1_200 ? 1_025 + round : 1_025 + random.nextInt(all.length - 1_025);
            ContentHash.Streaming streaming = new ContentHash.Streaming();
            byte[] window = new byte[4_096];
            int held = 0;
            int next = 0;
            while (next < length) {
                int more = Math.min(length - next, 1 + random.nextInt(window.length - held));
                System.arraycopy(all, next, window, held, more);
                held += more;
                next += more;
                int consumed = streaming.consume(window, held);
                held -= consumed;
                System.arraycopy(window, consumed, window, 0, held);
            }

            ContentHash hash = streaming.finish(window, held);

            assertEquals(ContentHash.of(Arrays.copyOf(all, length)), hash, "length " + length);
        }
    }
}
