package io.partflow.engine.stream;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/// A consumer's end of one or several queues, merged by arrival; the order within each queue is kept.
///
/// Add all queues before the first part moves. Any number of threads may put; one thread takes.
public final class PartInput {
    /*
     * All queues of one input share a lock, so that "the oldest part of any queue" is one comparison per queue and
     * a single condition
     * wakes the consumer. Each queue has its own bound and its own condition for room.
     */
    final ReentrantLock lock = new ReentrantLock();
    final Condition arrived = lock.newCondition();
    final StreamClock clock;
    private final List<PartQueue> queues = new ArrayList<>();
    private long nextStamp;
    private long waitingNanos;
    private long waitingSince;
    private boolean waits;
    private boolean closed;

    public PartInput(StreamClock clock) {
        this.clock = clock;
    }

    /// Adds a queue.
    ///
    /// @param capacityParts how many parts may wait in it, at least 1
    public PartQueue addQueue(int capacityParts) {
        PartQueue queue = new PartQueue(this, capacityParts);
        lock.lock();
        try {
            queues.add(queue);
        } finally {
            lock.unlock();
        }
        return queue;
    }

    long stamp() {
        return nextStamp++;
    }

    /// Waits for the part that arrived first.
    ///
    /// @return null when every queue has ended and is empty, or after [#close()]
    /// @throws InterruptedException when interrupted before or while waiting
    public @Nullable QueuedPart take() throws InterruptedException {
        lock.lockInterruptibly();
        try {
            PartQueue oldest = oldest();
            if (oldest == null && !isOver()) {
                oldest = awaitArrival();
            }
            return oldest == null ? null : oldest.removeFirst();
        } finally {
            lock.unlock();
        }
    }

    private @Nullable PartQueue awaitArrival() throws InterruptedException {
        waits = true;
        waitingSince = clock.nanos();
        try {
            PartQueue oldest = null;
            while (oldest == null && !isOver()) {
                arrived.await();
                oldest = oldest();
            }
            return oldest;
        } finally {
            waits = false;
            waitingNanos += clock.nanos() - waitingSince;
        }
    }

    private @Nullable PartQueue oldest() {
        PartQueue best = null;
        for (PartQueue queue : queues) {
            if (!queue.isEmpty() && (best == null || queue.firstStamp() < best.firstStamp())) {
                best = queue;
            }
        }
        return best;
    }

    private boolean isOver() {
        if (closed) {
            return true;
        }
        for (PartQueue queue : queues) {
            if (!queue.hasEnded()) {
                return false;
            }
        }
        return true;
    }

    /// Gives up reading: what waits is released, and what comes later is released at once. Any thread.
    public void close() {
        lock.lock();
        try {
            closed = true;
            arrived.signalAll();
            for (PartQueue queue : queues) {
                queue.abandon();
            }
        } finally {
            lock.unlock();
        }
    }

    /// How long the consumer has waited for parts so far, in nanoseconds, the present wait included.
    public long waitingNanos() {
        lock.lock();
        try {
            return waitingNanos + (waits ? clock.nanos() - waitingSince : 0);
        } finally {
            lock.unlock();
        }
    }

    /// Whether the consumer waits at this moment.
    public boolean isWaiting() {
        lock.lock();
        try {
            return waits;
        } finally {
            lock.unlock();
        }
    }
}
