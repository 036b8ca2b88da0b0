package io.partflow.engine.trace;

import io.partflow.engine.cache.Outcome;
import io.partflow.engine.content.Part;
import org.jspecify.annotations.Nullable;

/// One line of a recording after its header. Immutable.
public sealed interface RecordedLine {
    /// Milliseconds since the run's start; never decreasing from line to line.
    double atMillis();

    /// The line in the file, from 1; the header is line 1.
    long line();

    /// A part that a node emitted.
    ///
    /// @param seq its number as written, or the count of part lines so far where none is written
    /// @param node the id of the node; empty if unknown
    /// @param port the node's output
    record RecordedPart(double atMillis, long seq, String node, String port, Part part, long line)
            implements RecordedLine {}

    /// A request to a node's cache; the line is written as it ends.
    ///
    /// @param askedMillis when it began, likewise; where that was not written, as near as other times tell
    /// @param key the key's text; empty where the content had none
    /// @param evicted the text of the key whose entry had to go for it, or null
    record RecordedRequest(
            double atMillis,
            double askedMillis,
            String node,
            String key,
            Outcome outcome,
            RecordedAnswer answer,
            @Nullable String evicted,
            long line)
            implements RecordedLine {}

    /// The end of the run; a recording without it was interrupted.
    ///
    /// @param status completed, cancelled or failed
    /// @param parts how many part lines were written
    record RecordedEnd(double atMillis, String status, long parts, long line) implements RecordedLine {}
}
