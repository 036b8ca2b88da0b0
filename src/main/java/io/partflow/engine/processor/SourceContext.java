package io.partflow.engine.processor;

import io.partflow.engine.content.Origin;
import io.partflow.engine.content.Part;

/// What a source is given: admission to the memory budget, the pace of a replay, and where parts go.
///
/// Confined to the source's thread.
public interface SourceContext extends PartContext {
    /// Passes a part on with its origin. Waits for admission, for room and while the run is paused.
    void emit(Part part, Origin origin) throws InterruptedException;

    /// Waits until that many bytes are admitted to the budget, so that they may be read; the next [#emit(Part,
    /// Origin)] uses them up.
    ///
    /// @param bytes at least 0
    void admit(long bytes) throws InterruptedException;

    /// Waits until a recorded moment has come: at the run's speed, without the time spent paused; returns at once
    /// at full speed.
    ///
    /// @param atMillis milliseconds since the start of the recording
    void awaitMoment(double atMillis) throws InterruptedException;

    /// Reports something worth knowing of which nothing is missing from the result: shown with its remedy, not
    /// counted as a failure.
    void warn(Failure warning);

    /// The largest file to read, in bytes.
    long maxFileBytes();
}
