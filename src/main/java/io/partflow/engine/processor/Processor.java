package io.partflow.engine.processor;

/// Turns a stream into a stream and may hold state between parts.
///
/// An author writes [#process(PartStream, PartContext)]; everybody else calls [#run(PartStream, PartContext)]. An
/// instance serves one
/// stream and is confined to that stage's thread.
public abstract non-sealed class Processor implements StageBody {
    /// Reads the input and emits results as they come.
    ///
    /// It may return before the input has ended: then nobody reads it any more, and producers that have no other
    /// reader end too.
    ///
    /// @throws InterruptedException when the run is being cancelled, or nobody reads the results any more
    /// @throws Exception ends the run
    protected abstract void process(PartStream input, PartContext context) throws Exception;

    /// Whether what it emits between two reads is made of the part it has read last: then the file and the line of
    /// that part are those of the result too. What a processor emits that holds parts back or reads ahead has
    /// neither. Any thread.
    public boolean keepsPace() {
        return true;
    }

    /// Processes a whole stream, or as much of it as the author wants.
    public final void run(PartStream input, PartContext context) throws Exception {
        process(input, context);
    }
}
