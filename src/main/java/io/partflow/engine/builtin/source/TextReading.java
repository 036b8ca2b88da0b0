package io.partflow.engine.builtin.source;

import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.Reader;
import java.nio.charset.CodingErrorAction;
import org.jspecify.annotations.Nullable;

/// Reads a long text in pieces that end with a paragraph if they can, else with a line, else with a word;
/// put together they are the text.
///
/// Confined to one thread. Holds one piece at a time.
final class TextReading implements AutoCloseable {
    private final Reader reader;
    private final int pieceBytes;
    private final StringBuilder waiting = new StringBuilder();
    private final char[] buffer = new char[8_192];
    private boolean ended;

    /// @param file from its first byte; closed by [#close()]
    /// @param pieceBytes the most UTF-8 bytes of a piece, at least 4
    TextReading(InputStream file, TextEncoding encoding, int pieceBytes) throws IOException {
        this.pieceBytes = pieceBytes;
        file.skipNBytes(encoding.markBytes());
        CodingErrorAction onError = switch (encoding.end()) {
            case WHOLE -> CodingErrorAction.REPLACE;
            case CUT_OFF -> CodingErrorAction.IGNORE;
        };
        reader = new InputStreamReader(
                file, encoding.charset().newDecoder().onMalformedInput(onError).onUnmappableCharacter(onError));
    }

    /// The next piece, not empty; null at the end.
    @Nullable
    String next() throws IOException, InterruptedException {
        // One character more than fits tells whether this is the last piece.
        while (!ended && waiting.length() <= pieceBytes) {
            if (Thread.interrupted()) {
                throw new InterruptedException();
            }
            int count = reader.read(buffer);
            if (count < 0) {
                ended = true;
            } else {
                waiting.append(buffer, 0, count);
            }
        }
        int end = fitting(waiting, pieceBytes);
        if (end < waiting.length()) {
            end = niceEnd(waiting, end);
        }
        if (end == 0) {
            return null;
        }
        String piece = waiting.substring(0, end);
        waiting.delete(0, end);
        return piece;
    }

    /// Whether the last piece has been given.
    boolean isFinished() {
        return ended && waiting.isEmpty();
    }

    /// The longest start that fits into so many UTF-8 bytes and cuts no character.
    private static int fitting(CharSequence text, int bytes) {
        int left = bytes;
        int end = 0;
        while (end < text.length()) {
            int c = Character.codePointAt(text, end);
            left -= c < 0x80 ? 1 : c < 0x800 ? 2 : c < 0x10000 ? 3 : 4;
            if (left < 0) {
                break;
            }
            end += Character.charCount(c);
        }
        return end;
    }

    /// The last end of a paragraph, else of a line, else of a word in the second half; else `end` itself.
    private static int niceEnd(CharSequence text, int end) {
        int line = -1;
        int word = -1;
        for (int i = end; i > end / 2; i--) {
            char last = text.charAt(i - 1);
            if (last == '\n') {
                if (isBlankBefore(text, i - 1)) {
                    return i;
                }
                line = Math.max(line, i);
            } else if (Character.isWhitespace(last)) {
                word = Math.max(word, i);
            }
        }
        return line > 0 ? line : word > 0 ? word : end;
    }

    private static boolean isBlankBefore(CharSequence text, int newline) {
        for (int i = newline - 1; i >= 0; i--) {
            char c = text.charAt(i);
            if (c == '\n') {
                return true;
            }
            if (!Character.isWhitespace(c)) {
                return false;
            }
        }
        return false;
    }

    @Override
    public void close() throws IOException {
        reader.close();
    }
}
