package io.partflow.engine.stream;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/// A consumer's end of one or several queues, put together as its [Gathering] says; the order within each queue is
/// kept.
///
/// Add all queues before the first part moves. Any number of threads may put; one thread takes.
public final class PartInput {
    /*
     * All queues of one input share a lock, so that "the oldest part of any queue" is one comparison per queue and
     * a single condition
     * wakes the consumer. Each queue has its own bound and its own condition for room.
     *
     * Queues in order: one whose turn has not come never lets its producer wait, because what it waits for may need
     * that very producer (a tee before both would stand still). What it holds back is not charged to the budget, for
     * the same reason: the source of the queue whose turn it is waits there. It has a bound of its own instead, and
     * beyond it the run fails with a sentence, where waiting would be for ever.
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
    private final Gathering gathering;
    private final long mostHeldBytes;
    private final Runnable overfull;
    private long heldBytes;
    private int turn;

    /// An input by arrival.
    public PartInput(StreamClock clock) {
        this(clock, Gathering.ARRIVAL, Long.MAX_VALUE, () -> {});
    }

    /// @param mostHeldBytes how much queues whose turn has not come may hold back together, at least 1
    /// @param overfull called, on a producer's thread, when they hold back more; ends the run
    public PartInput(StreamClock clock, Gathering gathering, long mostHeldBytes, Runnable overfull) {
        this.clock = clock;
        this.gathering = gathering;
        this.mostHeldBytes = mostHeldBytes;
        this.overfull = overfull;
    }

    /// Whether a queue holds its parts back until its turn comes. Under the lock.
    boolean holdsBack(PartQueue queue) {
        return gathering == Gathering.IN_ORDER && !closed && head() != queue;
    }

    /// Notes what a queue holds back. Under the lock.
    ///
    /// @return whether that is too much
    boolean hold(long bytes) {
        heldBytes += bytes;
        return heldBytes > mostHeldBytes;
    }

    /// Says that more is held back than may be. Not under the lock.
    void overfull() {
        overfull.run();
    }

    /// The queue whose turn it is; null when all have had theirs.
    private @Nullable PartQueue head() {
        while (turn < queues.size() && queues.get(turn).isSpent()) {
            turn++;
        }
        return turn < queues.size() ? queues.get(turn) : null;
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
        if (gathering == Gathering.IN_ORDER) {
            PartQueue head = head();
            return head == null || head.isEmpty() ? null : head;
        }
        if (gathering == Gathering.FIRST_END && isOver()) {
            return null;
        }
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
        return switch (gathering) {
            case ARRIVAL, IN_ORDER -> queues.stream().allMatch(PartQueue::hasEnded);
            case FIRST_END -> queues.isEmpty() || queues.stream().anyMatch(PartQueue::isSpent);
        };
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
