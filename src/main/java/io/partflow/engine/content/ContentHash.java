package io.partflow.engine.content;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import net.openhft.hashing.LongTupleHashFunction;

/// A 128-bit XXH3 hash, seed 0: the hash part of a cache key.
///
/// @param high the upper 64 bits, written first in hexadecimal
/// @param low the lower 64 bits
public record ContentHash(long high, long low) implements Comparable<ContentHash> {
    private static final LongTupleHashFunction XXH128 = LongTupleHashFunction.xx128();
    private static final int HEX_DIGITS = 32;

    /// The hash of all bytes of `data`.
    public static ContentHash of(byte[] data) {
        return of(data, 0, data.length, new long[2]);
    }

    /// The hash of all bytes of `data`.
    public static ContentHash of(Bytes data) {
        return data.contentHash();
    }

    /// The hash of the text's UTF-8 bytes.
    public static ContentHash ofText(String text) {
        return of(text.getBytes(StandardCharsets.UTF_8));
    }

    /// The hash of part of an array; `scratch` takes two longs, so that nothing else need be allocated.
    static ContentHash of(byte[] data, int from, int length, long[] scratch) {
        XXH128.hashBytes(data, from, length, scratch);
        return new ContentHash(scratch[1], scratch[0]);
    }

    /// Reads 32 hexadecimal digits of either case.
    ///
    /// @throws IllegalArgumentException if it is anything else
    public static ContentHash parse(String hex) {
        if (hex.length() != HEX_DIGITS) {
            throw new IllegalArgumentException("a content hash has 32 hexadecimal digits, not " + hex.length());
        }
        return new ContentHash(
                HexFormat.fromHexDigitsToLong(hex, 0, 16), HexFormat.fromHexDigitsToLong(hex, 16, HEX_DIGITS));
    }

    /// 32 lower-case hexadecimal digits.
    public String hex() {
        HexFormat format = HexFormat.of();
        return format.toHexDigits(high) + format.toHexDigits(low);
    }

    /// Orders as the hexadecimal texts do.
    @Override
    public int compareTo(ContentHash other) {
        int byHigh = Long.compareUnsigned(high, other.high);
        return byHigh != 0 ? byHigh : Long.compareUnsigned(low, other.low);
    }

    @Override
    public int hashCode() {
        // the bits are uniform already
        return (int) low;
    }

    @Override
    public String toString() {
        return hex();
    }

    /// Hashes more bytes than fit in one array, or than one wants to hold: takes them buffer by buffer.
    ///
    /// Gives what [ContentHash#of(byte[])] gives for all of them together. Confined to one thread.
    static final class Streaming {
        // XXH3-128 for long inputs. Eight lanes take 64 bytes (a stripe) at a time, each stripe with the secret
        // shifted
        // by eight bytes; after 16 stripes (a block) the lanes are scrambled. The last block, which may be whole, is
        // never scrambled, and the last 64 bytes of all are taken once more as a stripe of their own: so a block is
        // consumed only when at least one byte follows it, and the 64 bytes before the rest are kept. In the end the
        // lanes are folded twice, from both ends of the secret. Source: xxHash specification, section XXH3.
        private static final int STRIPE = 64;
        private static final int BLOCK = 16 * STRIPE;
        private static final int LANES = 8;
        private static final long PRIME32_1 = 0x9E3779B1L;
        private static final long PRIME32_2 = 0x85EBCA77L;
        private static final long PRIME32_3 = 0xC2B2AE3DL;
        private static final long PRIME64_1 = 0x9E3779B185EBCA87L;
        private static final long PRIME64_2 = 0xC2B2AE3D27D4EB4FL;
        private static final long PRIME64_3 = 0x165667B19E3779F9L;
        private static final long PRIME64_4 = 0x85EBCA77C2B2AE63L;
        private static final long PRIME64_5 = 0x27D4EB2F165667C5L;
        private static final long AVALANCHE = 0x165667919E3779F9L;
        private static final long LOW_HALF = 0xFFFFFFFFL;

        private static final byte[] SECRET = HexFormat.of()
                .parseHex(
                        "b8fe6c3923a44bbe7c01812cf721ad1cded46de9839097db7240a4a4b7b3671fcb79e64eccc0e578825ad07dccff7221"
                            + "b8084674f743248ee03590e6813a264c3c2852bb91c300cb88d0658b1b532ea371644897a20df94e3819ef46a9deacd8"
                            + "a8fa763fe39c343ff9dcbbc7c70b4f1d8a51e04bcdb45931c89f7ec9d9787364eac5ac8334d3ebc3c581a0fffa1363eb"
                            + "170ddd51b7f0da49d316552629d4689e2b16be587d47a1fc8ff8b8d17ad031ce45cb3a8f95160428afd7fbcabb4b407e");
        private static final int SCRAMBLE_SECRET = SECRET.length - STRIPE;
        private static final int LAST_STRIPE_SECRET = SECRET.length - STRIPE - 7;
        private static final int MERGE_SECRET = 11;
        private static final VarHandle LONGS =
                MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);
        /// The secret at every multiple of eight bytes.
        private static final long[] WORDS = new long[SECRET.length / Long.BYTES];

        static {
            for (int i = 0; i < WORDS.length; i++) {
                WORDS[i] = (long) LONGS.get(SECRET, i * Long.BYTES);
            }
        }

        private final long[] lanes = {
            PRIME32_3, PRIME64_1, PRIME64_2, PRIME64_3, PRIME64_4, PRIME32_2, PRIME64_5, PRIME32_1
        };
        private final byte[] before = new byte[STRIPE];
        private long consumed;

        /// Takes as many whole blocks from the start of `data` as it can, always fewer than `length` bytes,
        /// and says how many bytes that were; the caller presents the rest again, followed by more.
        int consume(byte[] data, int length) {
            int blocks = (length - 1) / BLOCK;
            for (int block = 0; block < blocks; block++) {
                accumulate(data, block * BLOCK, BLOCK / STRIPE);
                scramble();
            }
            int bytes = blocks * BLOCK;
            if (bytes > 0) {
                System.arraycopy(data, bytes - STRIPE, before, 0, STRIPE);
                consumed += bytes;
            }
            return bytes;
        }

        /// The hash of all that was consumed and of the `length` bytes of `data`, at least 1 and at most a block.
        ///
        /// @throws IllegalStateException if nothing was consumed: short inputs are hashed in another way
        ContentHash finish(byte[] data, int length) {
            if (consumed == 0 || length < 1 || length > BLOCK) {
                throw new IllegalStateException("consumed " + consumed + " bytes, rest of " + length + " bytes");
            }
            accumulate(data, 0, (length - 1) / STRIPE);
            byte[] last = new byte[STRIPE];
            int fromRest = Math.min(length, STRIPE);
            System.arraycopy(before, fromRest, last, 0, STRIPE - fromRest);
            System.arraycopy(data, length - fromRest, last, STRIPE - fromRest, fromRest);
            for (int i = 0; i < LANES; i++) {
                lane(i, (long) LONGS.get(last, i * Long.BYTES), secret(LAST_STRIPE_SECRET + i * Long.BYTES));
            }
            long total = consumed + length;
            long low = merge(MERGE_SECRET, total * PRIME64_1);
            long high = merge(SECRET.length - STRIPE - MERGE_SECRET, ~(total * PRIME64_2));
            return new ContentHash(high, low);
        }

        private void accumulate(byte[] data, int from, int stripes) {
            // in local variables, because the compiler cannot know that data and lanes do not overlap
            long[] a = lanes;
            long a0 = a[0], a1 = a[1], a2 = a[2], a3 = a[3], a4 = a[4], a5 = a[5], a6 = a[6], a7 = a[7];
            for (int s = 0; s < stripes; s++) {
                int at = from + s * STRIPE;
                long d0 = (long) LONGS.get(data, at);
                long d1 = (long) LONGS.get(data, at + 8);
                long d2 = (long) LONGS.get(data, at + 16);
                long d3 = (long) LONGS.get(data, at + 24);
                long d4 = (long) LONGS.get(data, at + 32);
                long d5 = (long) LONGS.get(data, at + 40);
                long d6 = (long) LONGS.get(data, at + 48);
                long d7 = (long) LONGS.get(data, at + 56);
                a0 += d1 + product(d0 ^ WORDS[s]);
                a1 += d0 + product(d1 ^ WORDS[s + 1]);
                a2 += d3 + product(d2 ^ WORDS[s + 2]);
                a3 += d2 + product(d3 ^ WORDS[s + 3]);
                a4 += d5 + product(d4 ^ WORDS[s + 4]);
                a5 += d4 + product(d5 ^ WORDS[s + 5]);
                a6 += d7 + product(d6 ^ WORDS[s + 6]);
                a7 += d6 + product(d7 ^ WORDS[s + 7]);
            }
            a[0] = a0;
            a[1] = a1;
            a[2] = a2;
            a[3] = a3;
            a[4] = a4;
            a[5] = a5;
            a[6] = a6;
            a[7] = a7;
        }

        private static long product(long key) {
            return (key & LOW_HALF) * (key >>> 32);
        }

        private void lane(int lane, long value, long secret) {
            lanes[lane ^ 1] += value;
            lanes[lane] += product(value ^ secret);
        }

        private void scramble() {
            for (int i = 0; i < LANES; i++) {
                long mixed = lanes[i] ^ lanes[i] >>> 47 ^ WORDS[SCRAMBLE_SECRET / Long.BYTES + i];
                lanes[i] = mixed * PRIME32_1;
            }
        }

        private long merge(int secretFrom, long start) {
            long sum = start;
            for (int i = 0; i < LANES; i += 2) {
                long first = lanes[i] ^ secret(secretFrom + i * Long.BYTES);
                long second = lanes[i + 1] ^ secret(secretFrom + (i + 1) * Long.BYTES);
                sum += first * second ^ Math.unsignedMultiplyHigh(first, second);
            }
            sum ^= sum >>> 37;
            sum *= AVALANCHE;
            return sum ^ sum >>> 32;
        }

        private static long secret(int at) {
            return (long) LONGS.get(SECRET, at);
        }
    }
}
