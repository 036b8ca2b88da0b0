package io.partflow.engine.builtin.source;

import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.Charset;
import java.nio.charset.CharsetDecoder;
import java.nio.charset.CoderResult;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// How a text file is encoded. Immutable.
///
/// @param charset what its bytes stand for
/// @param markBytes length of the byte order mark at its start
/// @param end whether the last character is whole
record TextEncoding(Charset charset, int markBytes, End end) {
    /// How a file ends.
    enum End {
        WHOLE,
        CUT_OFF
    }

    private static final Charset WINDOWS_1252 = Charset.forName("windows-1252");
    private static final int BUFFER_BYTES = 64 * 1024;
    /// Western text has few accents; more high bytes than this is something else.
    private static final double MOST_HIGH = 0.4;

    /// The encoding a byte order mark tells, or null without one.
    static @Nullable TextEncoding byMark(byte[] start) {
        if (startsWith(start, 0xEF, 0xBB, 0xBF)) {
            return new TextEncoding(StandardCharsets.UTF_8, 3, End.WHOLE);
        }
        if (startsWith(start, 0xFF, 0xFE)) {
            return new TextEncoding(StandardCharsets.UTF_16LE, 2, End.WHOLE);
        }
        if (startsWith(start, 0xFE, 0xFF)) {
            return new TextEncoding(StandardCharsets.UTF_16BE, 2, End.WHOLE);
        }
        return null;
    }

    private static boolean startsWith(byte[] data, int... mark) {
        if (data.length < mark.length) {
            return false;
        }
        for (int i = 0; i < mark.length; i++) {
            if ((data[i] & 0xFF) != mark[i]) {
                return false;
            }
        }
        return true;
    }

    /// Reads a file through once: UTF-8 if every byte fits, else Windows-1252 if it is clearly Western
    /// text.
    ///
    /// @param file from its first byte; not closed
    /// @param start the first bytes of the file again
    /// @return empty when the bytes are no text in any of these encodings
    static Optional<TextEncoding> of(InputStream file, byte[] start) throws IOException, InterruptedException {
        TextEncoding marked = byMark(start);
        if (marked != null && !marked.charset.equals(StandardCharsets.UTF_8)) {
            return Optional.of(marked);
        }
        Census census = new Census();
        CharsetDecoder decoder = StandardCharsets.UTF_8
                .newDecoder()
                .onMalformedInput(CodingErrorAction.REPORT)
                .onUnmappableCharacter(CodingErrorAction.REPORT);
        ByteBuffer bytes = ByteBuffer.allocate(BUFFER_BYTES);
        CharBuffer chars = CharBuffer.allocate(BUFFER_BYTES);
        boolean utf8 = true;
        while (true) {
            if (Thread.interrupted()) {
                throw new InterruptedException();
            }
            int count = file.read(bytes.array(), bytes.position(), bytes.remaining());
            if (count < 0) {
                break;
            }
            census.add(bytes.array(), bytes.position(), count);
            bytes.position(bytes.position() + count).flip();
            if (utf8) {
                chars.clear();
                CoderResult result = decoder.decode(bytes, chars, false);
                utf8 = !result.isError();
                bytes.compact();
            }
            if (!utf8) {
                bytes.clear();
            }
        }
        int mark = marked == null ? 0 : marked.markBytes;
        if (utf8 && bytes.position() == 0) {
            return Optional.of(new TextEncoding(StandardCharsets.UTF_8, mark, End.WHOLE));
        }
        if (utf8 && census.high > bytes.position()) {
            // All characters before were good UTF-8 beyond ASCII, so this is UTF-8 that lost its end.
            return Optional.of(new TextEncoding(StandardCharsets.UTF_8, mark, End.CUT_OFF));
        }
        return census.isWestern() ? Optional.of(new TextEncoding(WINDOWS_1252, 0, End.WHOLE)) : Optional.empty();
    }

    /// Counts of bytes by kind.
    private static final class Census {
        private long all;
        private long high;
        private long strange;

        void add(byte[] data, int from, int count) {
            all += count;
            for (int i = from; i < from + count; i++) {
                int value = data[i] & 0xFF;
                if (value >= 0x80) {
                    high++;
                }
                if (value < 0x20 && value != '\t' && value != '\n' && value != '\r' && value != '\f'
                        || value == 0x7F
                        || value == 0x81
                        || value == 0x8D
                        || value == 0x8F
                        || value == 0x90
                        || value == 0x9D) {
                    strange++;
                }
            }
        }

        boolean isWestern() {
            return strange == 0 && high <= all * MOST_HIGH;
        }
    }
}
