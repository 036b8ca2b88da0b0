package io.partflow.cli;

import io.partflow.engine.builtin.sink.JsonLinesSink;
import io.partflow.engine.content.Delivery;
import io.partflow.engine.content.WireForm;
import io.partflow.engine.run.RunOptions;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/// What sinks accept, as JSON Lines of wire forms, with the origin added to the metadata. Thread-safe: sinks
/// run side by side.
///
/// A line is written whole or not at all as far as this process can help it. After the first line that could
/// not be written nothing more is, and `broken` is called once.
final class ResultLines implements RunOptions.SinkTap, AutoCloseable {
    private static final OutputStream NOWHERE = OutputStream.nullOutputStream();

    private final OutputStream out;
    private final @Nullable PrintStream printed;
    private final UnaryOperator<String> naming;
    private @Nullable IOException failure;
    private Runnable broken = () -> {};

    private ResultLines(OutputStream out, @Nullable PrintStream printed, UnaryOperator<String> naming) {
        this.out = out;
        this.printed = printed;
        this.naming = naming;
    }

    /// Lines into a file, which is replaced.
    ///
    /// @param naming what a file is called in the results
    /// @throws IOException when it cannot be written
    static ResultLines to(Path file, UnaryOperator<String> naming) throws IOException {
        return new ResultLines(new BufferedOutputStream(Files.newOutputStream(file), 1 << 16), null, naming);
    }

    /// Lines onto standard output, each at once.
    static ResultLines to(PrintStream stream, UnaryOperator<String> naming) {
        return new ResultLines(stream, stream, naming);
    }

    /// Lines that nobody wants to see.
    static ResultLines nowhere() {
        return new ResultLines(NOWHERE, null, UnaryOperator.identity());
    }

    /// @param action called once when a line could not be written
    synchronized void whenBroken(Runnable action) {
        broken = action;
    }

    @Override
    public synchronized void accepted(String node, Delivery delivery) {
        if (failure != null || out == NOWHERE) {
            return;
        }
        byte[] line =
                (WireForm.toJson(JsonLinesSink.labelled(delivery, naming)) + "\n").getBytes(StandardCharsets.US_ASCII);
        try {
            out.write(line);
            if (printed != null && printed.checkError()) {
                throw new IOException("the reader of the output has gone");
            }
        } catch (IOException e) {
            failure = e;
            broken.run();
        }
    }

    /// Writes what is still held back.
    ///
    /// @return why a line could not be written, or null
    synchronized @Nullable IOException finish() {
        if (failure == null) {
            try {
                out.flush();
            } catch (IOException e) {
                failure = e;
            }
        }
        return failure;
    }

    @Override
    public synchronized void close() throws IOException {
        if (printed != null) {
            printed.flush();
            return;
        }
        try {
            out.close();
        } catch (IOException e) {
            if (failure == null) {
                throw e;
            }
            // The failure is known already; this is its echo.
        }
    }
}
