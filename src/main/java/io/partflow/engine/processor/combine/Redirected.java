package io.partflow.engine.processor.combine;

import io.partflow.engine.content.Part;
import io.partflow.engine.content.Substream;
import io.partflow.engine.processor.Failure;
import io.partflow.engine.processor.PartContext;
import io.partflow.engine.processor.PartEmitter;
import io.partflow.engine.processor.PromptSnapshot;
import io.partflow.engine.processor.SourceContext;
import io.partflow.engine.processor.Usage;
import io.partflow.engine.stream.StreamClock;

/// A context whose results go somewhere else; all other calls go to the outer one. As thread-safe as both.
public record Redirected(PartContext outer, PartEmitter to) implements PartContext {
    @Override
    public void emit(Part part) throws InterruptedException {
        to.emit(part);
    }

    @Override
    public StreamClock clock() {
        return outer.clock();
    }

    @Override
    public Substream.Reserved reserved() {
        return outer.reserved();
    }

    @Override
    public SourceContext.Door door() {
        return outer.door();
    }

    @Override
    public Held hold(long bytes, Holding how) {
        return outer.hold(bytes, how);
    }

    @Override
    public void spend(Usage usage) {
        outer.spend(usage);
    }

    @Override
    public void fail(Failure failure) throws InterruptedException {
        outer.fail(failure);
    }

    @Override
    public void report(PromptSnapshot prompt) {
        outer.report(prompt);
    }
}
