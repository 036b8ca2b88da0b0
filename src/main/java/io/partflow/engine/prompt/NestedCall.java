package io.partflow.engine.prompt;

import io.partflow.engine.content.Part;
import io.partflow.engine.content.Substream;
import io.partflow.engine.processor.Failure;
import io.partflow.engine.processor.PartContext;
import io.partflow.engine.processor.PartEmitter;
import io.partflow.engine.processor.PartProcessor;
import io.partflow.engine.processor.PartSink;
import io.partflow.engine.processor.PartSource;
import io.partflow.engine.processor.PartStream;
import io.partflow.engine.processor.Processor;
import io.partflow.engine.processor.PromptSnapshot;
import io.partflow.engine.processor.SourceContext;
import io.partflow.engine.processor.StageBody;
import io.partflow.engine.processor.Usage;
import io.partflow.engine.stream.StreamClock;
import java.util.function.Supplier;

/// Runs a processor within the call of another one: its results go where the outer one wants them, all else (clock,
/// cost, bad parts) to the outer one's context.
///
/// Confined to the thread that runs it, which may be another one than the outer call's: several at once take turns to
/// tell the outer one's context what they spend and what fails. A subclass may look at what
/// is spent and what fails.
public class NestedCall implements PartContext {
    private final PartContext outer;
    private final PartEmitter out;

    /// @param out where results go; a content's parts in order
    public NestedCall(PartContext outer, PartEmitter out) {
        this.outer = outer;
        this.out = out;
    }

    /// Makes a processor, runs it over a stream to its end, and closes it.
    ///
    /// @param make gives an instance of its own for each call
    /// @throws IllegalArgumentException when it makes a source or a sink
    /// @throws Exception whatever the processor throws
    public final void run(Supplier<? extends StageBody> make, PartStream input) throws Exception {
        try (StageBody body = make.get()) {
            switch (body) {
                case Processor processor -> processor.run(input, this);
                case PartProcessor processor -> {
                    for (Part part = input.next(); part != null; part = input.next()) {
                        processor.apply(part, this);
                    }
                }
                case PartSource source ->
                    throw new IllegalArgumentException(
                            "a source reads no content: " + source.getClass().getSimpleName());
                case PartSink sink ->
                    throw new IllegalArgumentException(
                            "a sink gives no result: " + sink.getClass().getSimpleName());
            }
        }
    }

    /// As [#run(Supplier, PartStream)], over parts that are there already.
    public final void run(Supplier<? extends StageBody> make, Iterable<Part> content) throws Exception {
        var rest = content.iterator();
        run(make, () -> rest.hasNext() ? rest.next() : null);
    }

    @Override
    public final Held hold(long bytes, Holding how) {
        return outer.hold(bytes, how);
    }

    @Override
    public final void emit(Part part) throws InterruptedException {
        out.emit(part);
    }

    @Override
    public final StreamClock clock() {
        return outer.clock();
    }

    @Override
    public final Substream.Reserved reserved() {
        return outer.reserved();
    }

    @Override
    public final SourceContext.Door door() {
        return outer.door();
    }

    @Override
    public void spend(Usage usage) {
        synchronized (outer) {
            outer.spend(usage);
        }
    }

    @Override
    public void fail(Failure failure) throws InterruptedException {
        synchronized (outer) {
            outer.fail(failure);
        }
    }

    @Override
    public final void report(PromptSnapshot prompt) {
        // It would stand for the outer processor's own prompt.
    }
}
