package io.partflow.engine.processor;

/// Turns a stream into a stream and may hold state between parts.
///
/// An author writes [#process(PartStream, PartContext)]; everybody else calls [#run(PartStream, PartContext)]. An
/// instance serves one
/// stream and is confined to that stage's thread.
public abstract non-sealed class Processor implements StageBody {
    /// Reads the input to its end and emits results as they come.
    ///
    /// @throws InterruptedException when the run is being cancelled
    /// @throws Exception ends the run
    protected abstract void process(PartStream input, PartContext context) throws Exception;

    /// Processes a whole stream, then reads to the end what the author left, so that no producer waits for ever.
    public final void run(PartStream input, PartContext context) throws Exception {
        process(input, context);
        while (input.next() != null) {
            // What a processor does not want to see still has to leave the queue.
        }
    }
}
