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

    private final InputStream in;
    private final int maxLineBytes;
    private final byte[] buffer = new byte[BUFFER_BYTES];
    private int position;
    private int limit;
    private long number;
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
                return new Line(line.toString(StandardCharsets.UTF_8), bytes, number);
            }
        }
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
