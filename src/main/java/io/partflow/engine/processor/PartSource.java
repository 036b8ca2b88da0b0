package io.partflow.engine.processor;

/// Makes parts out of nothing: files, typed text, a recording.
///
/// An author writes [#produce(SourceContext)]; everybody else calls [#run(SourceContext)]. Confined to its stage's
/// thread.
public abstract non-sealed class PartSource implements StageBody {
    /// Emits all parts, in order. A bad file is told with [SourceContext#fail(Failure)]; then go on with the next.
    ///
    /// @throws InterruptedException when the run is being cancelled
    /// @throws Exception ends the run
    protected abstract void produce(SourceContext context) throws Exception;

    public final void run(SourceContext context) throws Exception {
        produce(context);
    }
}
