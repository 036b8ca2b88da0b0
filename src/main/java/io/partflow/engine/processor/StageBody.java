package io.partflow.engine.processor;

import io.partflow.engine.content.Part;
import org.jspecify.annotations.Nullable;

/// What a stage runs: one of the four kinds of processor.
///
/// A run makes its own instance for every node and closes it when the stage has ended, in whatever way.
public sealed interface StageBody extends AutoCloseable permits PartProcessor, Processor, PartSource, PartSink {
    /// How many parts may be in work at once, at least 1; the run's own bound applies besides.
    default int maxInFlight() {
        return Integer.MAX_VALUE;
    }

    /// The name of the output that a part leaves by; null when it leaves by every output, as with a single one.
    ///
    /// Depends on the part alone, because a cache gives back parts and not the way they took. Any thread.
    default @Nullable String outputOf(Part part) {
        return null;
    }

    /// The name of the output that a part leaves by where that of [#outputOf(Part)] has no wire, and the one it
    /// leaves
    /// by inside another processor, where there are no wires; null when it is dropped there.
    ///
    /// Depends on the part alone. Any thread.
    default @Nullable String elseOutputOf(Part part) {
        return null;
    }

    /// Gives back what the instance holds open. Called once, after the last call of any other method.
    @Override
    default void close() throws Exception {}
}
