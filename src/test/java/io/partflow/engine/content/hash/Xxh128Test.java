package io.partflow.engine.content.hash;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.Arrays;
import java.util.Random;
import net.openhft.hashing.LongTupleHashFunction;
import org.junit.jupiter.api.Test;

/// Against the library, which the recorded hashes of the reference agree with.
class Xxh128Test {
    private static final LongTupleHashFunction LIBRARY = LongTupleHashFunction.xx128();
    private static final byte[] DATA = new byte[300_000];

    static {
        new Random(5).nextBytes(DATA);
    }

    private final Xxh128 hash = new Xxh128();

    @Test
    void hash_ofEveryLengthUpToAFewBlocks_isThatOfTheLibrary() {
        for (int length = 0; length <= 6_200; length++) {
            assertArrayEquals(library(length), whole(length), length + " bytes");
        }
    }

    @Test
    void hash_ofExtremeWords_isThatOfTheLibrary() {
        for (int filler : new int[] {0x00, 0xFF, 0x80, 0x7F}) {
            byte[] same = new byte[9_000];
            Arrays.fill(same, (byte) filler);
            for (int length = 1; length <= same.length; length += 97) {
                hash.finish(same, length);
                assertArrayEquals(
                        LIBRARY.hashBytes(same, 0, length),
                        new long[] {hash.low(), hash.high()},
                        length + " bytes of " + filler);
            }
        }
    }

    @Test
    void hash_ofBytesInPieces_isThatOfAllTogether() {
        for (long seed = 0; seed < 300; seed++) {
            Random random = new Random(seed);
            int length = random.nextInt(random.nextBoolean() ? 20_000 : DATA.length);
            byte[] window = new byte[2_048 + random.nextInt(30_000)];
            int held = 0;
            int at = 0;
            while (at < length) {
                int more = Math.min(length - at, 1 + random.nextInt(window.length - held));
                System.arraycopy(DATA, at, window, held, more);
                at += more;
                held += more;
                if (held == window.length || random.nextInt(3) == 0) {
                    int taken = hash.consume(window, held);
                    held -= taken;
                    System.arraycopy(window, taken, window, 0, held);
                }
            }
            hash.finish(window, held);
            assertArrayEquals(library(length), new long[] {hash.low(), hash.high()}, "seed " + seed);
        }
    }

    @Test
    void reset_amongPieces_forgetsThem() {
        assertEquals(4_096, hash.consume(DATA, 5_000));
        hash.reset();
        assertArrayEquals(library(100), whole(100));
    }

    @Test
    void finish_withNothingBehindWhatWasConsumed_isRefused() {
        hash.consume(DATA, 5_000);
        assertThrows(IllegalStateException.class, () -> hash.finish(DATA, 0));
    }

    private long[] whole(int length) {
        hash.finish(DATA, length);
        return new long[] {hash.low(), hash.high()};
    }

    private static long[] library(int length) {
        return LIBRARY.hashBytes(DATA, 0, length);
    }
}
