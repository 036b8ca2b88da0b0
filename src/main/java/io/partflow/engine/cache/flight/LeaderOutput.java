package io.partflow.engine.cache.flight;

import io.partflow.engine.content.Part;
import io.partflow.engine.processor.PartEmitter;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/// The way of a leader's own parts to its output, apart from the computation.
///
/// The output may have no room until an earlier, equal request has got these very parts: results are put in order,
/// and the two share one
/// computation. So the computation must go on while the output waits. A thread of its own passes the parts on; it
/// is started by the first
/// part and has ended when [#close()] or [#stop()] returns. Confined to the leader's thread.
public final class LeaderOutput {
    private final Flight<?> flight;
    private final PartEmitter out;
    private final int skip;
    private final AtomicReference<@Nullable Throwable> failure = new AtomicReference<>();
    private int added;
    private @Nullable Thread thread;

    /// @param skip how many parts the output has already
    public LeaderOutput(Flight<?> flight, PartEmitter out, int skip) {
        this.flight = flight;
        this.out = out;
        this.skip = skip;
    }

    /// Takes a part from the computation. Never waits for the output.
    ///
    /// @throws InterruptedException when the output wants no more, or the leader is being cancelled
    public void add(Part part) throws InterruptedException {
        if (failure.get() != null || Thread.interrupted()) {
            throw new InterruptedException("the output was given up");
        }
        flight.add(part);
        added++;
        if (thread == null && added > skip) {
            thread = Thread.ofVirtual().name("partflow-cache-output").start(this::passOn);
        }
    }

    private void passOn() {
        try {
            flight.follow(out, skip);
        } catch (Throwable thrown) {
            // Whatever it was, the leader hands it to its caller.
            failure.set(thrown);
        }
    }

    /// Whether the output has refused a part.
    public boolean isRefused() {
        return failure.get() != null;
    }

    /// Waits until everything is passed on; the flight must have ended.
    ///
    /// @throws Exception what the output has thrown
    public void close() throws Exception {
        if (thread != null) {
            try {
                thread.join();
            } catch (InterruptedException cancelled) {
                stop();
                throw cancelled;
            }
        }
        switch (failure.get()) {
            case null -> {}
            case Exception thrown -> throw thrown;
            case Error thrown -> throw thrown;
            case Throwable thrown -> throw new IllegalStateException(thrown);
        }
    }

    /// Passes nothing more on, and waits until a part on its way has arrived or was given up.
    public void stop() {
        if (thread == null) {
            return;
        }
        thread.interrupt();
        boolean interrupted = false;
        while (true) {
            try {
                thread.join();
                break;
            } catch (InterruptedException again) {
                interrupted = true;
            }
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }
}
