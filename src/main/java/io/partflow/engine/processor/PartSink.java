package io.partflow.engine.processor;

import io.partflow.engine.content.Delivery;

/// Takes parts and gives none: a viewer, a file.
///
/// An author writes [#accept(Delivery, PartContext)] and, for what must be written at the end,
/// [#finish(PartContext)]. Confined to its
/// stage's thread.
public abstract non-sealed class PartSink implements StageBody {
    /// Takes one part with its origin, in order of arrival.
    ///
    /// @throws PartException when this part cannot be taken: counted, and the run goes on
    /// @throws Exception ends the run
    protected abstract void accept(Delivery delivery, PartContext context) throws Exception;

    /// Called once after the last part of a run that was not cancelled.
    protected void finish(PartContext context) throws Exception {}

    public final void take(Delivery delivery, PartContext context) throws Exception {
        accept(delivery, context);
    }

    public final void end(PartContext context) throws Exception {
        finish(context);
    }
}
