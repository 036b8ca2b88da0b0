package io.partflow.pipeline.warm;

import io.partflow.engine.processor.Failure;
import java.util.List;

/// Caches that are being filled before they are needed. Thread-safe.
///
/// It has begun when it is made. What is in the caches when it is cancelled stays there.
public interface Warming extends AutoCloseable {
    /// How it is getting on.
    enum State {
        RUNNING,
        COMPLETED,
        CANCELLED,
        /// It could not come to its end; the problems say why.
        FAILED
    }

    /// How far it is. Immutable.
    ///
    /// @param read parts, or entries of another store, that were looked at
    /// @param added entries that are new in the caches
    /// @param present looked at, and there before
    /// @param failed that could not be computed or read
    /// @param total how many there are to look at, or -1 while that is not known
    /// @param problems the last of them
    record Progress(State state, long read, long added, long present, long failed, long total, List<Failure> problems) {
        public Progress {
            problems = List.copyOf(problems);
        }

        public boolean hasEnded() {
            return state != State.RUNNING;
        }
    }

    /// How far it is now; cheap enough for a display.
    Progress progress();

    /// Asks it to stop; returns at once.
    void cancel();

    /// Waits for its end.
    Progress await() throws InterruptedException;

    /// Stops it, if it has not ended, and waits until nothing of it runs any more.
    @Override
    void close();
}
