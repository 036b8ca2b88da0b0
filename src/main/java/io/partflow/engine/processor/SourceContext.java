package io.partflow.engine.processor;

import io.partflow.engine.content.Origin;
import io.partflow.engine.content.Part;
import io.partflow.engine.stream.StreamPace;
import java.util.Optional;

/// What a source is given: admission to the memory budget, the pace of a replay, and where parts go.
///
/// Confined to the source's thread.
public interface SourceContext extends PartContext {
    /// What parts wait for that come into a run: its pace, and room in the memory budget. Thread-safe.
    interface Door {
        /// Waits until that many bytes would be admitted to the budget. Nothing is charged: the stage charges what it
        /// passes on. Only a thread that holds no part of the stage's input may wait here.
        ///
        /// @param bytes at least 0
        void awaitRoom(long bytes) throws InterruptedException;

        /// Waits while the run is paused; where it is stepped through, for the part's step.
        void awaitTurn() throws InterruptedException;

        /// As [SourceContext#awaitMoment(double)], of a replay that cannot be sent elsewhere.
        void awaitMoment(double atMillis) throws InterruptedException;

        /// As [SourceContext#warn(Failure)].
        void warn(Failure warning);

        /// The largest file to read, in bytes.
        long maxFileBytes();
    }

    /// Passes a part on with its origin. Waits for admission, for room and while the run is paused.
    void emit(Part part, Origin origin) throws InterruptedException;

    /// Waits until that many bytes are admitted to the budget, so that they may be read; the next [#emit(Part,
    /// Origin)] uses them up.
    ///
    /// @param bytes at least 0
    void admit(long bytes) throws InterruptedException;

    /// Waits until a recorded moment has come: at the run's speed, without the time spent paused; returns at once
    /// at full speed. Where the run is stepped through, waits for the part's step instead. Returns early when the
    /// replay is sent elsewhere: ask [#takeSeek()] before emitting.
    ///
    /// @param atMillis milliseconds since the start of the recording
    void awaitMoment(double atMillis) throws InterruptedException;

    /// Where the replay was sent since the last time this was asked, if it was: wind there, tell [#wound(double)] and
    /// emit from there on. Only sources that can be wound need ask.
    default Optional<StreamPace.Seek> takeSeek() {
        return Optional.empty();
    }

    /// Waits at the end of a replay while the run stands still: it may be wound back, which ends the waiting too.
    default void awaitEnd() throws InterruptedException {}

    /// Says where a seek has led.
    ///
    /// @param atMillis the moment of the part that comes next
    default void wound(double atMillis) {}

    /// Reports something worth knowing of which nothing is missing from the result: shown with its remedy, not
    /// counted as a failure.
    void warn(Failure warning);

    /// The largest file to read, in bytes.
    long maxFileBytes();
}
