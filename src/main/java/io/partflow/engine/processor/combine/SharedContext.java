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
import java.util.concurrent.locks.ReentrantLock;

/// A context of one thread, for several: their calls reach it one at a time. Results go through lanes, never here.
final class SharedContext implements PartContext {
    private final PartContext outer;
    private final ReentrantLock lock = new ReentrantLock();

    SharedContext(PartContext outer) {
        this.outer = outer;
    }

    /// The context of one of the threads, whose results go to `lane`.
    PartContext to(PartEmitter lane) {
        return new Redirected(this, lane);
    }

    @Override
    public void emit(Part part) {
        throw new IllegalStateException("results of a forked thread go through a lane");
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
        lock.lock();
        try {
            outer.spend(usage);
        } finally {
            lock.unlock();
        }
    }

    @Override
    public void fail(Failure failure) throws InterruptedException {
        lock.lockInterruptibly();
        try {
            outer.fail(failure);
        } finally {
            lock.unlock();
        }
    }

    @Override
    public void report(PromptSnapshot prompt) {
        lock.lock();
        try {
            outer.report(prompt);
        } finally {
            lock.unlock();
        }
    }
}
