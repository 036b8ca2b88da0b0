package io.partflow.engine.processor;

import io.partflow.engine.content.Substream;
import io.partflow.engine.stream.StreamClock;

/// What a processor is given beside the parts: where results go, the clock, and whom to tell what the work cost.
///
/// Confined to the call it was given to.
public interface PartContext extends PartEmitter {
    /// The run's clock. Waiting, dates and durations all come from here.
    StreamClock clock();

    /// Which parts bypass all later stages.
    Substream.Reserved reserved();

    /// Notes what this call spent; several notes add up. It becomes the measured cost of the cache entry.
    void spend(Usage usage);

    /// Reports a bad part: counted, shown with its remedy and put on substream `status`; the run goes on.
    void fail(Failure failure) throws InterruptedException;

    /// Where parts wait that this call makes itself, out of files or a recording rather than out of its input: what a
    /// source waits for too. For the calls of stream processors only.
    ///
    /// @throws UnsupportedOperationException in the call for a single part
    default SourceContext.Door door() {
        throw new UnsupportedOperationException("a part processor makes its results out of its part");
    }

    /// Counts bytes that wait inside this call, between its input and its results, until they are released. Any
    /// thread.
    ///
    /// @param bytes at least 0
    default Held hold(long bytes, Holding how) {
        return Held.NOTHING;
    }

    /// Whether sources wait for what is held.
    enum Holding {
        /// They do: it goes on without them.
        CHARGED,
        /// They do not: it may go on only once they have given more. Whoever holds it bounds it otherwise.
        ASIDE
    }

    /// Bytes that are counted.
    @FunctionalInterface
    interface Held {
        Held NOTHING = () -> {};

        /// Counts them no longer. Called once.
        void release();
    }

    /// Publishes the state of a rolling prompt for the snapshot; the last report counts.
    void report(PromptSnapshot prompt);
}
