package io.partflow.engine.processor;

import io.partflow.engine.content.Part;

/// Turns one part into any number of parts, independently of all other parts.
///
/// An author writes [#process(Part, PartContext)]; everybody else calls [#apply(Part, PartContext)]. Instances must
/// be thread-safe: parts
/// are processed side by side, and their results put back into input order by the run.
public abstract non-sealed class PartProcessor implements StageBody {
    /// Whether the part is for this processor; another one passes through unchanged. Must be cheap and depend on
    /// the part alone.
    public boolean matches(Part part) {
        return true;
    }

    /// The work on one part that [#matches(Part)].
    ///
    /// @throws PartException when the part is bad: counted, and the run goes on
    /// @throws InterruptedException when the run is being cancelled
    /// @throws Exception anything else counts as a bad part too
    protected abstract void process(Part part, PartContext context) throws Exception;

    /// Processes one part, or passes it through when it does not match.
    public final void apply(Part part, PartContext context) throws Exception {
        if (matches(part)) {
            process(part, context);
        } else {
            context.emit(part);
        }
    }
}
