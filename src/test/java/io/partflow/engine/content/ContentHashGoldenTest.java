package io.partflow.engine.content;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.partflow.engine.content.hash.Xxh128;
import java.util.List;
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
        Xxh128 ofKeys = new Xxh128();
        ofKeys.finish(data, data.length);
        assertEquals(PeerVectors.text(given, "hex"), new ContentHash(ofKeys.high(), ofKeys.low()).hex());
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
}
