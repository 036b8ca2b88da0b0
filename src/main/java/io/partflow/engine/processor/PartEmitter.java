package io.partflow.engine.processor;

import io.partflow.engine.content.Part;

/// Where results go, in order.
@FunctionalInterface
public interface PartEmitter {
    /// Passes a part on. May wait for room.
    ///
    /// @throws InterruptedException when the run is being cancelled or nobody reads the results any more:
    /// pass it on
    void emit(Part part) throws InterruptedException;
}
