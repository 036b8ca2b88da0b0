package io.partflow.engine.processor;

import io.partflow.engine.content.Delivery;

/// Takes parts and gives none: a viewer, a file.
///
/// An author writes [#accept(Delivery, PartContext)] and, for what must be written at the end,
/// [#finish(PartContext)]. Confined to its
/// stage's thread.
public abstract non-sealed class PartSink implements StageBody {
    /// Says that a sink can take nothing more, such as when the drive is full: it gets no further part and no
    /// [#finish(PartContext)], the failure is counted once, and the rest of the run goes on.
    public static final class Broken extends Exception {
        private static final long serialVersionUID = 1L;

        private final transient Failure failure;

        public Broken(Failure failure) {
            super(failure.message());
            this.failure = failure;
        }

        public Failure failure() {
            return failure;
        }
    }

    /// Takes one part with its origin, in order of arrival.
    ///
    /// @throws PartException when this part cannot be taken: counted, and the run goes on
    /// @throws Broken when neither this part nor a later one can be taken
    /// @throws Exception ends the run
    protected abstract void accept(Delivery delivery, PartContext context) throws Exception;

    /// Called once after the last part of a run that was not cancelled.
    ///
    /// @throws Broken when what was taken could not be kept
    protected void finish(PartContext context) throws Exception {}

    public final void take(Delivery delivery, PartContext context) throws Exception {
        accept(delivery, context);
    }

    public final void end(PartContext context) throws Exception {
        finish(context);
    }
}
