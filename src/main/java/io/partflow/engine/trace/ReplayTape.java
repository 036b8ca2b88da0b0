package io.partflow.engine.trace;

import io.partflow.engine.trace.RecordedLine.RecordedPart;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// The parts of a recording, or of a genai-processors trace, in the order and at the moments they are
/// replayed; it can be wound to any of them. Confined to one thread.
public sealed interface ReplayTape extends AutoCloseable permits RecordingTape, TraceTape {
    /// Opens a file of either kind.
    ///
    /// @param node replay what this node emitted; empty for what the sources of a recording emitted, or what went
    /// into the outermost call of a trace that took anything
    /// @param maxBytes the longest line, media file or trace to read, at least 1
    /// @throws RecordingException when the file is neither, or lacks the node
    /// @throws IOException when it cannot be read
    static ReplayTape open(Path file, String node, long maxBytes) throws IOException, RecordingException {
        return ProcessorTraceFile.isLikely(file)
                ? new TraceTape(file, ProcessorTraceFile.read(file, maxBytes), node)
                : new RecordingTape(RecordingReader.open(file, maxBytes), node);
    }

    /// The next part, or null at the end.
    ///
    /// @throws RecordingException when a line cannot be used; the tape then stands behind it
    @Nullable
    RecordedPart next() throws IOException, RecordingException;

    /// Winds to the first part that is not before a moment, or to the end.
    void windToMoment(double atMillis) throws IOException;

    /// Winds to a part, or to the end.
    ///
    /// @param number from 1, counting what is replayed
    void windToPart(long number) throws IOException;

    /// The number of the part that [#next()] gives, from 1; one more than there are at the end.
    long nextNumber();

    /// The moment of the part that [#next()] gives; the last moment known at the end.
    double nextMillis() throws IOException;

    /// What should be said about the file as a whole; known at the end, empty when all is well.
    Optional<String> note();

    @Override
    void close() throws IOException;
}
