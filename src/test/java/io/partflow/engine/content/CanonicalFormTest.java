package io.partflow.engine.content;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.sun.management.ThreadMXBean;
import java.lang.management.ManagementFactory;
import java.math.BigInteger;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class CanonicalFormTest {
    /// Texts of more than the buffer's window are hashed in pieces, shorter ones at once.
    @Test
    void hash_ofPartsOfEveryLength_isThatOfTheirText() {
        for (int kib : List.of(1, 9, 40, 47, 48, 49, 63, 64, 65, 100, 1_572, 2_048, 5_000)) {
            Part blob = Part.blob(PeerParts.patternBytes(kib * 1024 + 5, 131, 7), "image/png");
            Part text = Part.text("héllo\n".repeat(kib * 100));
            for (List<Part> parts : List.of(List.of(blob), List.of(text), List.of(text, blob, Part.text("end")))) {
                assertEquals(
                        ContentHash.ofText(String.valueOf(CanonicalForm.text(parts))),
                        CanonicalForm.hash(parts),
                        kib + " KiB");
            }
        }
    }

    /// Escapes of every length, whole and lone surrogates among them, lie across the border of the window.
    @Test
    void hash_ofRandomTextsAroundTheWindow_isThatOfTheirText() {
        for (long seed = 0; seed < 200; seed++) {
            Random random = new Random(seed);
            int bound = random.nextBoolean() ? 0x100 : Character.MAX_VALUE + 1;
            int chars = 8_000 + random.nextInt(60_000);
            StringBuilder text = new StringBuilder(chars);
            while (text.length() < chars) {
                text.append(random.nextInt(6) == 0 ? (char) random.nextInt(bound) : (char) (' ' + random.nextInt(95)));
            }
            List<Part> parts = List.of(Part.text(text.toString()), Part.text(text.substring(chars / 2), "user"));
            assertEquals(
                    ContentHash.ofText(String.valueOf(CanonicalForm.text(parts))),
                    CanonicalForm.hash(parts),
                    "seed " + seed);
        }
    }

    /// A number is written at once, however long: longer than the window here.
    @Test
    void hash_ofAVeryLongNumber_isThatOfItsText() {
        JsonObject metadata = JsonObject.EMPTY.with("n", JsonInteger.of(BigInteger.TEN.pow(100_000)));
        List<Part> parts = List.of(Part.text("a".repeat(50_000)), Part.text("b").withMetadata(metadata));

        assertEquals(ContentHash.ofText(String.valueOf(CanonicalForm.text(parts))), CanonicalForm.hash(parts));
    }

    @Test
    void hash_ofALargePart_allocatesNothingInProportion() {
        Part part = Part.blob(PeerParts.patternBytes(8 << 20, 131, 7), "image/png");
        ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
        CanonicalForm.hash(part);

        long before = threads.getCurrentThreadAllocatedBytes();
        ContentHash hash = CanonicalForm.hash(part);
        long allocated = threads.getCurrentThreadAllocatedBytes() - before;

        assertEquals(CanonicalForm.hash(List.of(part)), hash);
        assertTrue(allocated <= 4 << 10, allocated + " bytes allocated");
    }
}
