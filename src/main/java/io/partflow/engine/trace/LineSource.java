package io.partflow.engine.trace;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/// The lines of a file, one at a time, of bounded length. Confined to one thread.
final class LineSource implements AutoCloseable {
    private static final int BUFFER_BYTES = 64 << 10;

    /// A line that ends with a newline (without it), or that is too long and was skipped (empty).
    ///
    /// @param bytes how many bytes it has
    record Line(String text, long bytes, long number) {}

    private InputStream in;
    private final int maxLineBytes;
    private final byte[] buffer = new byte[BUFFER_BYTES];
    private int position;
    private int limit;
    private long number;
    private long offset;
    private long unfinishedBytes;

    LineSource(InputStream in, int maxLineBytes) {
        this.in = in;
        this.maxLineBytes = maxLineBytes;
    }

    /// The next complete line, or null at the end.
    @Nullable
    Line next() throws IOException {
        ByteArrayOutputStream line = new ByteArrayOutputStream(256);
        long bytes = 0;
        while (true) {
            if (position == limit) {
                limit = Math.max(0, in.read(buffer));
                position = 0;
                if (limit == 0) {
                    unfinishedBytes = bytes;
                    return null;
                }
            }
            int end = position;
            while (end < limit && buffer[end] != '\n') {
                end++;
            }
            bytes += end - position;
            if (bytes <= maxLineBytes) {
                line.write(buffer, position, end - position);
            } else {
                line.reset();
            }
            boolean complete = end < limit;
            position = complete ? end + 1 : end;
            if (complete) {
                number++;
                offset += bytes + 1;
                return new Line(line.toString(StandardCharsets.UTF_8), bytes, number);
            }
        }
    }

    /// Where the next line begins, in bytes from the start of the file.
    long offset() {
        return offset;
    }

    /// How many lines were read.
    long number() {
        return number;
    }

    /// Goes on with another stream of the same file, which stands behind `lines` lines.
    void restart(InputStream other, long atOffset, long lines) throws IOException {
        in.close();
        in = other;
        position = 0;
        limit = 0;
        unfinishedBytes = 0;
        offset = atOffset;
        number = lines;
    }

    /// How many bytes stood after the last newline; known at the end.
    long unfinishedBytes() {
        return unfinishedBytes;
    }

    @Override
    public void close() throws IOException {
        in.close();
    }
}
