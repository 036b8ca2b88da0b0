package io.partflow.engine.content.hash;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.util.Arrays;
import java.util.HexFormat;
import net.openhft.hashing.LongTupleHashFunction;

/// The 128-bit XXH3 hash, seed 0, of bytes that come in any number of arrays.
///
/// Reused by one hash after the other without allocating anything; holds some 9 KB. Confined to one thread at a time.
public final class Xxh128 {
    // Short inputs are mixed 32 bytes at a time. Of longer ones, eight lanes take 64 bytes (a stripe) at a time, each
    // stripe with the secret shifted by eight bytes; after 16 stripes (a block) the lanes are scrambled. The last
    // block, which may be whole, is never scrambled, and the last 64 bytes of all are taken once more as a stripe of
    // their own: so a block is consumed only when at least one byte follows it, and the 64 bytes before the rest are
    // kept. In the end the lanes are folded twice, from both ends of the secret. Source: xxHash specification,
    // section
    // XXH3.
    //
    // What a block adds to the lanes does not depend on the lanes. So the additions of several blocks are made first,
    // in one flat loop of which the compiler makes vector instructions: running sums, each of which needs only the
    // one
    // 16 places before it. A lane gains the difference between the sums at the end and at the start of the block.

    private static final int STRIPE = 64;
    private static final int STRIPES = 16;
    private static final int BLOCK = STRIPES * STRIPE;
    private static final int LANES = 8;
    private static final int BLOCK_WORDS = STRIPES * LANES;
    /// How many blocks the flat loop takes at most: what it reads and writes stays in the first-level cache.
    private static final int BLOCKS_AT_ONCE = 4;
    private static final int STRIPES_AT_ONCE = BLOCKS_AT_ONCE * STRIPES;
    /// Independent running sums: two for each lane, so that one need not wait for the other.
    private static final int CHAINS = 2 * LANES;
    /// Where the sums of the words themselves begin, behind those of the products.
    private static final int PLAIN = BLOCKS_AT_ONCE * BLOCK_WORDS + CHAINS;

    private static final int TINY_BYTES = 16;
    private static final int SHORT_BYTES = 128;
    private static final int MIDDLE_BYTES = 240;

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
    private static final int ROUND = 32;
    private static final int HALF = ROUND / 2;
    private static final int FIRST_ROUNDS = 4;
    private static final int LATER_ROUNDS_SECRET = 3;
    private static final int LAST_ROUND_SECRET = 103;

    private static final VarHandle LONGS = MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);
    /// The secret as each word of [#BLOCKS_AT_ONCE] blocks needs it.
    private static final byte[] SECRETS = new byte[BLOCKS_AT_ONCE * BLOCK];

    private static final LongTupleHashFunction LIBRARY = LongTupleHashFunction.xx128();

    static {
        for (int word = 0; word < SECRETS.length / Long.BYTES; word++) {
            int inBlock = word % BLOCK_WORDS;
            LONGS.set(SECRETS, word * Long.BYTES, secret((inBlock / LANES + inBlock % LANES) * Long.BYTES));
        }
    }

    private final long[] lanes = new long[LANES];
    private final long[] sumsBefore = new long[LANES];
    private final long[] sums = new long[2 * PLAIN];
    private final byte[] lastStripe = new byte[STRIPE];
    private final long[] both = new long[2];
    private long consumed;
    private long high;
    private long low;

    /// The upper 64 bits of what [#finish] made.
    public long high() {
        return high;
    }

    /// The lower 64 bits of what [#finish] made.
    public long low() {
        return low;
    }

    /// Forgets all bytes.
    public void reset() {
        consumed = 0;
    }

    /// Takes as many whole blocks of 1,024 bytes from the start of `data` as it can, always fewer than `length`
    /// bytes,
    /// and says how many bytes that were; the caller presents the rest again, followed by more.
    public int consume(byte[] data, int length) {
        int blocks = (length - 1) / BLOCK;
        if (blocks <= 0) {
            return 0;
        }
        accumulate(data, blocks * STRIPES, blocks);
        int bytes = blocks * BLOCK;
        System.arraycopy(data, bytes - STRIPE, lastStripe, 0, STRIPE);
        consumed += bytes;
        return bytes;
    }

    /// Makes the hash of all that was consumed and of the first `length` bytes of `data`, and forgets them.
    ///
    /// @throws IllegalStateException if something was consumed and no byte follows it
    public void finish(byte[] data, int length) {
        if (consumed == 0 && length <= MIDDLE_BYTES) {
            finishShort(data, length);
            return;
        }
        if (length < 1) {
            throw new IllegalStateException("consumed " + consumed + " bytes, rest of " + length + " bytes");
        }
        accumulate(data, (length - 1) / STRIPE, (length - 1) / BLOCK);
        byte[] last = lastStripe;
        int fromRest = Math.min(length, STRIPE);
        System.arraycopy(last, fromRest, last, 0, STRIPE - fromRest);
        System.arraycopy(data, length - fromRest, last, STRIPE - fromRest, fromRest);
        for (int i = 0; i < LANES; i++) {
            long word = (long) LONGS.get(last, i * Long.BYTES);
            lanes[i ^ 1] += word;
            lanes[i] += product(word ^ secret(LAST_STRIPE_SECRET + i * Long.BYTES));
        }
        long total = consumed + length;
        low = merge(MERGE_SECRET, total * PRIME64_1);
        high = merge(SECRET.length - STRIPE - MERGE_SECRET, ~(total * PRIME64_2));
        consumed = 0;
    }

    /// Adds whole stripes to the lanes, and scrambles these after each of the first `blocks` blocks.
    private void accumulate(byte[] data, int stripes, int blocks) {
        start();
        for (int first = 0; first < stripes; first += STRIPES_AT_ONCE) {
            int count = Math.min(STRIPES_AT_ONCE, stripes - first);
            sum(data, first * STRIPE, count * LANES);
            Arrays.fill(sumsBefore, 0);
            int whole = Math.min(STRIPES_AT_ONCE, blocks * STRIPES - first);
            for (int end = STRIPES; end <= whole; end += STRIPES) {
                endBlock(end * LANES);
            }
            if (count > whole) {
                addRest(count * LANES);
            }
        }
    }

    private void start() {
        if (consumed == 0) {
            long[] a = lanes;
            a[0] = PRIME32_3;
            a[1] = PRIME64_1;
            a[2] = PRIME64_2;
            a[3] = PRIME64_3;
            a[4] = PRIME64_4;
            a[5] = PRIME32_2;
            a[6] = PRIME64_5;
            a[7] = PRIME32_1;
        }
    }

    /// Fills the running sums behind their first, which stay 0, from `words` words of `data`.
    private void sum(byte[] data, int from, int words) {
        // one array for both, because the compiler does not trust two to be different
        long[] s = sums;
        byte[] secrets = SECRETS;
        for (int i = 0; i < words; i++) {
            long word = (long) LONGS.get(data, from + i * Long.BYTES);
            s[i + CHAINS] = s[i] + product(word ^ (long) LONGS.get(secrets, i * Long.BYTES));
            s[i + PLAIN + CHAINS] = s[i + PLAIN] + word;
        }
    }

    /// Adds to the lanes what the words up to `end`, a multiple of the number of lanes, have added to the sums.
    private void addRest(int end) {
        long[] a = lanes;
        for (int i = 0; i < LANES; i++) {
            a[i] += sumAt(end, i) - sumsBefore[i];
        }
    }

    /// As [#addRest], behind a whole block: scrambles the lanes.
    private void endBlock(int end) {
        // lane by lane and not in a loop, which the compiler makes three times slower
        long[] a = lanes;
        long[] before = sumsBefore;
        long[] s = sums;
        long sum0 = s[end] + s[end + 8] + s[end + PLAIN + 1] + s[end + PLAIN + 9];
        long sum1 = s[end + 1] + s[end + 9] + s[end + PLAIN] + s[end + PLAIN + 8];
        long sum2 = s[end + 2] + s[end + 10] + s[end + PLAIN + 3] + s[end + PLAIN + 11];
        long sum3 = s[end + 3] + s[end + 11] + s[end + PLAIN + 2] + s[end + PLAIN + 10];
        long sum4 = s[end + 4] + s[end + 12] + s[end + PLAIN + 5] + s[end + PLAIN + 13];
        long sum5 = s[end + 5] + s[end + 13] + s[end + PLAIN + 4] + s[end + PLAIN + 12];
        long sum6 = s[end + 6] + s[end + 14] + s[end + PLAIN + 7] + s[end + PLAIN + 15];
        long sum7 = s[end + 7] + s[end + 15] + s[end + PLAIN + 6] + s[end + PLAIN + 14];
        a[0] = scrambled(a[0] + sum0 - before[0], 0);
        a[1] = scrambled(a[1] + sum1 - before[1], 1);
        a[2] = scrambled(a[2] + sum2 - before[2], 2);
        a[3] = scrambled(a[3] + sum3 - before[3], 3);
        a[4] = scrambled(a[4] + sum4 - before[4], 4);
        a[5] = scrambled(a[5] + sum5 - before[5], 5);
        a[6] = scrambled(a[6] + sum6 - before[6], 6);
        a[7] = scrambled(a[7] + sum7 - before[7], 7);
        before[0] = sum0;
        before[1] = sum1;
        before[2] = sum2;
        before[3] = sum3;
        before[4] = sum4;
        before[5] = sum5;
        before[6] = sum6;
        before[7] = sum7;
    }

    private static long scrambled(long lane, int number) {
        return (lane ^ lane >>> 47 ^ secret(SCRAMBLE_SECRET + number * Long.BYTES)) * PRIME32_1;
    }

    private long sumAt(int end, int lane) {
        long[] s = sums;
        int products = end + lane;
        int words = end + PLAIN + (lane ^ 1);
        return s[products] + s[products + LANES] + s[words] + s[words + LANES];
    }

    private long merge(int secretFrom, long start) {
        long[] a = lanes;
        long sum = start;
        for (int i = 0; i < LANES; i += 2) {
            sum += fold(
                    a[i] ^ secret(secretFrom + i * Long.BYTES), a[i + 1] ^ secret(secretFrom + (i + 1) * Long.BYTES));
        }
        return avalanche(sum);
    }

    private void finishShort(byte[] data, int length) {
        if (length <= TINY_BYTES) {
            LIBRARY.hashBytes(data, 0, length, both);
            low = both[0];
            high = both[1];
            return;
        }
        long one = length * PRIME64_1;
        long other = 0;
        if (length <= SHORT_BYTES) {
            for (int i = (length - 1) / ROUND; i >= 0; i--) {
                int front = i * HALF;
                int back = length - HALF - front;
                one = mix(one, data, front, i * ROUND) ^ plain(data, back);
                other = mix(other, data, back, i * ROUND + HALF) ^ plain(data, front);
            }
        } else {
            for (int at = 0; at < FIRST_ROUNDS * ROUND; at += ROUND) {
                one = mix(one, data, at, at) ^ plain(data, at + HALF);
                other = mix(other, data, at + HALF, at + HALF) ^ plain(data, at);
            }
            one = avalanche(one);
            other = avalanche(other);
            for (int at = FIRST_ROUNDS * ROUND; at <= length - ROUND; at += ROUND) {
                int secret = at - FIRST_ROUNDS * ROUND + LATER_ROUNDS_SECRET;
                one = mix(one, data, at, secret) ^ plain(data, at + HALF);
                other = mix(other, data, at + HALF, secret + HALF) ^ plain(data, at);
            }
            int last = length - HALF;
            one = mix(one, data, last, LAST_ROUND_SECRET) ^ plain(data, last - HALF);
            other = mix(other, data, last - HALF, LAST_ROUND_SECRET + HALF) ^ plain(data, last);
        }
        low = avalanche(one + other);
        high = -avalanche(one * PRIME64_1 + other * PRIME64_4 + length * PRIME64_2);
    }

    private static long mix(long sum, byte[] data, int at, int secret) {
        long first = (long) LONGS.get(data, at) ^ secret(secret);
        long second = (long) LONGS.get(data, at + Long.BYTES) ^ secret(secret + Long.BYTES);
        return sum + fold(first, second);
    }

    private static long plain(byte[] data, int at) {
        return (long) LONGS.get(data, at) + (long) LONGS.get(data, at + Long.BYTES);
    }

    private static long fold(long a, long b) {
        return a * b ^ Math.unsignedMultiplyHigh(a, b);
    }

    private static long product(long key) {
        return (key & LOW_HALF) * (key >>> 32);
    }

    private static long avalanche(long hash) {
        long mixed = (hash ^ hash >>> 37) * AVALANCHE;
        return mixed ^ mixed >>> 32;
    }

    private static long secret(int at) {
        return (long) LONGS.get(SECRET, at);
    }
}
