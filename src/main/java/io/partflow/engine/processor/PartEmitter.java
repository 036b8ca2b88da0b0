package io.partflow.engine.processor;

import io.partflow.engine.content.Part;

/// Where results go, in order.
@FunctionalInterface
public interface PartEmitter {
    /// Passes a part on. May wait for room.
    ///
    /// @throws InterruptedException when the run is being cancelled, or nobody reads what this stage emits any more;
    /// let it pass
    void emit(Part part) throws InterruptedException;
}
