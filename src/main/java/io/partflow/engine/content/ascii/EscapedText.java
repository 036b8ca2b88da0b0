package io.partflow.engine.content.ascii;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.CharBuffer;
import java.nio.charset.CharsetEncoder;
import java.nio.charset.StandardCharsets;

/// The inside of a JSON string as Python's `json.dumps` writes it: `"` and `\` and everything outside 0x20 to 0x7E
/// escaped, each UTF-16 code unit by itself, so that lone surrogates stay what they are.
///
/// Holds arrays of some 40 KB to work in. Confined to one thread at a time.
public final class EscapedText {
    // A piece of the text is copied out as chars. Two loops of plain arithmetic on 16 bits, of which the compiler
    // makes
    // vector instructions (it does not of one loop, of a minimum, or of a loop that narrows), reduce each char to its
    // low seven bits, with the eighth set if it must be escaped. The JDK's encoders, which use vector instructions
    // too,
    // narrow these to bytes: that for ASCII writes straight to the output and stops at the first one with the mark,
    // so
    // that a clean piece is done; that for Latin-1 then narrows the whole piece for the scan. The scan copies eight
    // bytes at a time to the output and looks at their marks: after a marked byte the copy starts again behind its
    // escaped form. Short texts of Latin-1 chars are narrowed as they are and marked by the scan. Complexity: linear;
    // about 0.1 ns per clean char, 5 ns per escaped one in a clean neighbourhood.

    /// How many chars [#write] takes at most.
    public static final int PIECE_CHARS = 4096;

    /// Up to here a loop over single chars is faster.
    private static final int SHORT_CHARS = 16;
    /// Up to here marks are made of eight bytes at a time: the loops that become vector instructions take longer to
    /// get
    /// going. (Not so if chars beyond Latin-1 are among them.)
    private static final int MIDDLE_CHARS = 192;
    /// The longest escaped form.
    private static final int ESCAPE_BYTES = 6;

    private static final VarHandle LONGS = MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);
    private static final long MARKS = 0x8080808080808080L;
    private static final long ONES = 0x0101010101010101L;
    private static final long EIGHT_SPACES = ONES * ' ';
    private static final int LENGTH_SHIFT = 56;

    /// Two hexadecimal digits of each byte, the first one in the lower half.
    private static final char[] HEX_PAIRS = new char[256];
    /// What is written for each ASCII char, the first character in the lowest byte, its length in the highest.
    private static final long[] WRITTEN = new long[128];

    static {
        for (int i = 0; i < HEX_PAIRS.length; i++) {
            HEX_PAIRS[i] = (char) (Character.forDigit(i >>> 4, 16) | Character.forDigit(i & 15, 16) << 8);
        }
        for (int i = 0; i < WRITTEN.length; i++) {
            WRITTEN[i] = i < ' ' || i > '~' ? numbered(i) : i | 1L << LENGTH_SHIFT;
        }
        String named = "\"\\\n\r\t\b\f";
        String names = "\"\\nrtbf";
        for (int i = 0; i < named.length(); i++) {
            WRITTEN[named.charAt(i)] = '\\' | (long) names.charAt(i) << 8 | 2L << LENGTH_SHIFT;
        }
    }

    private final char[] chars = new char[PIECE_CHARS];
    private final CharBuffer charsView = CharBuffer.wrap(chars);
    private final short[] signs = new short[PIECE_CHARS];
    private final char[] marked = new char[PIECE_CHARS];
    private final CharBuffer markedView = CharBuffer.wrap(marked);
    private final byte[] narrow = new byte[PIECE_CHARS + Long.BYTES];
    private final ByteBuffer narrowView = ByteBuffer.wrap(narrow);
    private final CharsetEncoder latin1 = StandardCharsets.ISO_8859_1.newEncoder();
    private final CharsetEncoder ascii = StandardCharsets.US_ASCII.newEncoder();
    private byte[] target = new byte[0];
    private ByteBuffer targetView = ByteBuffer.wrap(target);

    /// Bytes that must be free in the output for `count` chars; a few more than are written at most.
    public static int roomFor(int count) {
        return ESCAPE_BYTES * count + Long.BYTES;
    }

    /// Writes `count` chars of `text`, from index `from`, to `out` at index `at`; returns the index behind them. What
    /// lies behind that, up to [#roomFor], may be overwritten.
    ///
    /// @param count 0 to [#PIECE_CHARS]
    public int write(String text, int from, int count, byte[] out, int at) {
        if (count <= SHORT_CHARS) {
            return writeEach(text, from, count, out, at);
        }
        text.getChars(from, from + count, chars, 0);
        if (count <= MIDDLE_CHARS && narrow(count)) {
            return scanUnmarked(count, out, at);
        }
        mark(count);
        if (count == PIECE_CHARS) {
            int clean = encodeClean(out, at);
            return clean == count ? at + count : scan(clean, count, out, at + clean);
        }
        return scan(0, count, out, at);
    }

    private static int writeEach(String text, int from, int count, byte[] out, int at) {
        int to = at;
        for (int i = 0; i < count; i++) {
            char c = text.charAt(from + i);
            if (c >= ' ' && c <= '~' && c != '"' && c != '\\') {
                out[to++] = (byte) c;
            } else {
                to = put(c, out, to);
            }
        }
        return to;
    }

    /// Narrows the chars as they are; false if there are others than those of Latin-1 among them.
    private boolean narrow(int count) {
        charsView.clear().limit(count);
        narrowView.clear();
        latin1.encode(charsView, narrowView, true);
        return charsView.position() == count;
    }

    /// As [#scan], for bytes whose marks are not made yet.
    private int scanUnmarked(int count, byte[] out, int start) {
        byte[] bytes = narrow;
        // clean bytes behind the end, so that the last step of eight needs no loop of its own
        LONGS.set(bytes, count, EIGHT_SPACES);
        int at = start;
        int i = 0;
        while (i < count) {
            int distance = at - i;
            long marks = 0;
            int run = i;
            for (; run < count; run += Long.BYTES) {
                long eight = (long) LONGS.get(bytes, run);
                LONGS.set(out, distance + run, eight);
                marks = marks(eight);
                if (marks != 0) {
                    break;
                }
            }
            if (marks == 0) {
                return distance + count;
            }
            i = run + (Long.numberOfTrailingZeros(marks) >>> 3);
            at = put((char) (bytes[i] & 0xFF), out, distance + i);
            i++;
        }
        return at;
    }

    /// The highest bit of each byte that must be escaped. The other bits of a byte never carry into the next one.
    private static long marks(long eight) {
        long seven = eight & ~MARKS;
        long notBelowSpace = seven + ONES * (0x80 - ' ');
        long noQuote = (seven ^ ONES * '"') + ~MARKS;
        long noBackslash = (seven ^ ONES * '\\') + ~MARKS;
        long delete = seven + ONES;
        return (eight | ~(notBelowSpace & noQuote & noBackslash) | delete) & MARKS;
    }

    /// Fills `marked` from `chars`.
    private void mark(int count) {
        char[] wide = chars;
        short[] beyond = signs;
        for (int i = 0; i < count; i++) {
            int c = wide[i];
            // each term has its sign bit, of 16, set for some chars: below 0x20, a quote, a backslash, above 0x7E
            beyond[i] = (short) ((c - ' ') | ((c ^ '"') - 1) | ((c ^ '\\') - 1) | ('~' - c));
        }
        char[] seven = marked;
        for (int i = 0; i < count; i++) {
            seven[i] = (char) ((wide[i] & 0x7F) | ((beyond[i] >> 8) & 0x80));
        }
    }

    /// Writes a whole piece up to the first mark, and says how many chars that were.
    private int encodeClean(byte[] out, int at) {
        if (target != out) {
            target = out;
            targetView = ByteBuffer.wrap(out);
        }
        markedView.clear();
        targetView.clear().position(at);
        ascii.encode(markedView, targetView, true);
        return markedView.position();
    }

    private int scan(int from, int count, byte[] out, int start) {
        markedView.clear().position(from).limit(count);
        narrowView.clear().position(from);
        latin1.encode(markedView, narrowView, true);
        char[] wide = chars;
        byte[] bytes = narrow;
        // clean bytes behind the end, so that the last step of eight needs no loop of its own
        LONGS.set(bytes, count, 0L);
        int at = start;
        int i = from;
        while (i < count) {
            // the distance is fixed within a clean run, so that the compiler sees a loop with one counter
            int distance = at - i;
            long marks = 0;
            int run = i;
            for (; run < count; run += Long.BYTES) {
                long eight = (long) LONGS.get(bytes, run);
                LONGS.set(out, distance + run, eight);
                marks = eight & MARKS;
                if (marks != 0) {
                    break;
                }
            }
            if (marks == 0) {
                return distance + count;
            }
            i = run + (Long.numberOfTrailingZeros(marks) >>> 3);
            at = put(wide[i], out, distance + i);
            i++;
            // text in other scripts is escape after escape
            while (i < count && bytes[i] < 0) {
                at = put(wide[i], out, at);
                i++;
            }
        }
        return at;
    }

    /// Writes what stands for `c` and returns the index behind it; overwrites eight bytes.
    private static int put(char c, byte[] out, int at) {
        // both forms and a mask instead of a branch, which would be guessed wrong half of the time
        long other = numbered(c);
        long written = other ^ ((other ^ WRITTEN[c & 0x7F]) & ((c - 0x80) >> 31));
        LONGS.set(out, at, written);
        return at + (int) (written >>> LENGTH_SHIFT);
    }

    /// The six characters of `\\uxxxx`, the first one in the lowest byte, and their number in the highest.
    private static long numbered(int c) {
        return '\\'
                | 'u' << 8
                | (long) HEX_PAIRS[c >>> 8] << 16
                | (long) HEX_PAIRS[c & 0xFF] << 32
                | (long) ESCAPE_BYTES << LENGTH_SHIFT;
    }
}
