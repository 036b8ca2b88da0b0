package io.partflow.engine.processor;

import io.partflow.engine.content.Part;
import org.jspecify.annotations.Nullable;

/// A stream of parts to be read once, in order, by one thread.
@FunctionalInterface
public interface PartStream {
    /// The next part, or null at the end. Waits until there is one; what was returned before counts as done with.
    ///
    /// @throws InterruptedException when the run is being cancelled
    @Nullable
    Part next() throws InterruptedException;
}
