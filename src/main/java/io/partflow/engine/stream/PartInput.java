package io.partflow.engine.stream;

import java.util.Arrays;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/// A consumer's end of one or several queues, put together as its [Gathering] says; the order within each
/// queue is kept.
///
/// Add all queues before the first part moves. Each queue has one producer at a time; one thread takes; any
/// thread may close.
public final class PartInput {
    /*
     * Each queue is a ring of its own, so that producers do not meet; [Turns] tells which of them is next.
     * Waiting: the consumer says what it waits for, looks once more, and parks. A producer looks for a waiting
     * consumer after each part, without a fence between the two: that would wait for the other processor, part by
     * part. So in the very moment when the consumer says that it waits, it can miss a part and be missed by its
     * producer, while the two stores are on their way; that lasts for less than a microsecond. Therefore it parks for
     * short times at first, and for good only when it has looked again a while later.
     * `taking` is held by whoever removes parts: the consumer, or a thread that closes.
     */

    /// How long a batch that is not full waits for further parts, in nanoseconds.
    public static final long IDLE_NANOS = 5_000_000;

    // Longer than any store is on its way, and short to somebody who waits for the part.
    private static final long[] FIRST_LOOKS_NANOS = {100_000, 1_000_000, 5_000_000};

    static final long NOT_WAITING = Long.MIN_VALUE;

    /// What a consumer waits for.
    enum Waits {
        FOR_NOTHING,
        FOR_A_PART,
        /// Parts are there, but no full batch.
        FOR_A_BATCH
    }

    final StreamClock clock;
    final MemoryBudget budget;
    final AtomicLong stamps = new PaddedLong();
    final ShortLock taking = new ShortLock();
    private volatile PartQueue[] queues = {};
    private volatile Runnable beforeWaiting = () -> {};
    private volatile boolean closed;
    private volatile @Nullable Thread consumer;
    // the ordinal of what the consumer waits for, on lines of its own because producers look at it for
    // every part
    private final PaddedLong waits = new PaddedLong();
    private volatile long waitingNanos;
    private volatile long waitingSince = NOT_WAITING;

    private final Turns turns;
    private final Runnable overfull;

    /// An input by arrival.
    ///
    /// @param budget what parts that are put without a charge are charged to
    public PartInput(StreamClock clock, MemoryBudget budget) {
        this(clock, budget, Gathering.ARRIVAL, Long.MAX_VALUE, () -> {});
    }

    /// @param budget what parts that are put without a charge are charged to
    /// @param mostHeldBytes how much queues whose turn has not come may hold back together, at least 1
    /// @param overfull called, on a producer's thread, when they hold back more; ends the run
    public PartInput(
            StreamClock clock, MemoryBudget budget, Gathering gathering, long mostHeldBytes, Runnable overfull) {
        this.clock = clock;
        this.budget = budget;
        this.turns = new Turns(gathering, mostHeldBytes);
        this.overfull = overfull;
    }

    /// Whether queues may have to hold their parts back.
    boolean isInOrder() {
        return turns.gathering() == Gathering.IN_ORDER;
    }

    /// Whether a queue holds its parts back until its turn comes. Under `taking`.
    boolean holdsBack(PartQueue queue) {
        return isInOrder() && !closed && turns.current(queues) != queue;
    }

    /// Notes what a queue holds back. Under `taking`.
    ///
    /// @return whether that is too much
    boolean hold(long bytes) {
        budget.holdAside(bytes);
        return turns.hold(bytes);
    }

    /// Says that more is held back than may be. Not under `taking`.
    void overfull() {
        overfull.run();
    }

    /// Adds a queue that hands over every part at once.
    ///
    /// @param capacityParts how many parts may wait in it, at least 1
    public PartQueue addQueue(int capacityParts) {
        return addQueue(capacityParts, 1);
    }

    /// Adds a queue that hands over batches. A partial batch leaves when the producer flushes or ends, or
    /// after [#IDLE_NANOS]. Beside further queues it hands over every part at once, because their order is
    /// that of arrival.
    ///
    /// @param capacityParts how many parts may wait in it, at least 1
    /// @param batchParts from 1 to `capacityParts`
    public PartQueue addQueue(int capacityParts, int batchParts) {
        PartQueue queue = new PartQueue(this, capacityParts, batchParts);
        taking.lock();
        try {
            PartQueue[] before = queues;
            PartQueue[] after = Arrays.copyOf(before, before.length + 1);
            after[before.length] = queue;
            queues = after;
        } finally {
            taking.unlock();
        }
        return queue;
    }

    /// Says what to do whenever the consumer is about to wait, on its thread: to hand on what it holds
    /// back.
    public void beforeWaiting(Runnable action) {
        beforeWaiting = action;
    }

    boolean isMerged() {
        return queues.length > 1;
    }

    boolean isClosed() {
        return closed;
    }

    /// Waits for the part that arrived first.
    ///
    /// @return null when every queue has ended and is empty, or after [#close()]
    /// @throws InterruptedException when interrupted before or while waiting
    public @Nullable QueuedPart take() throws InterruptedException {
        while (awaitReady(null)) {
            taking.lock();
            try {
                PartQueue queue = ready();
                if (queue != null) {
                    return queue.remove();
                }
            } finally {
                taking.unlock();
            }
        }
        return null;
    }

    /// Waits for parts, and takes what was handed over, as much of it as there is room for; those of
    /// several queues in order of arrival.
    ///
    /// @param into lets go of what it still holds
    /// @return false when every queue has ended and is empty, or after [#close()]; `into` is empty then
    /// @throws InterruptedException when interrupted before or while waiting
    public boolean takeBatch(PartBatch into) throws InterruptedException {
        into.begin(budget);
        while (awaitReady(into)) {
            taking.lock();
            try {
                PartQueue queue = ready();
                if (queue != null) {
                    if (!isMerged()) {
                        queue.fill(into);
                        return true;
                    }
                    do {
                        queue.fill(into, 1);
                        queue = into.isFull() ? null : ready();
                    } while (queue != null);
                    return true;
                }
            } finally {
                taking.unlock();
            }
        }
        return false;
    }

    /// Waits until parts can be taken.
    ///
    /// @return false when there will be none
    private boolean awaitReady(@Nullable PartBatch batch) throws InterruptedException {
        if (Thread.interrupted()) {
            throw new InterruptedException();
        }
        if (isReady()) {
            return true;
        }
        if (batch != null) {
            batch.settle();
        }
        beforeWaiting.run();
        for (PartQueue queue : queues) {
            queue.wakeProducer();
        }
        return Patience.until(this::isReady) || (!isOver() && parkUntilReady());
    }

    private boolean parkUntilReady() throws InterruptedException {
        consumer = Thread.currentThread();
        waitingSince = clock.nanos();
        int looks = 0;
        try {
            while (true) {
                settle();
                boolean some = !isUnbatched() && hasSome();
                waits.set((some ? Waits.FOR_A_BATCH : Waits.FOR_A_PART).ordinal());
                if (some && budget.isWaitedFor()) {
                    // Who waits for the budget waits for these parts to get on.
                    releasePartial();
                }
                if (isReady()) {
                    return true;
                }
                if (isOver()) {
                    return false;
                }
                park(some, looks++);
                if (Thread.interrupted()) {
                    throw new InterruptedException();
                }
                if (some && !isReady()) {
                    releasePartial();
                }
            }
        } finally {
            waits.set(Waits.FOR_NOTHING.ordinal());
            consumer = null;
            waitingNanos += clock.nanos() - waitingSince;
            waitingSince = NOT_WAITING;
        }
    }

    private void settle() {
        taking.lock();
        try {
            for (PartQueue queue : queues) {
                queue.settle();
            }
        } finally {
            taking.unlock();
        }
    }

    private void park(boolean some, int looks) {
        if (some) {
            LockSupport.parkNanos(this, IDLE_NANOS);
        } else if (looks < FIRST_LOOKS_NANOS.length) {
            LockSupport.parkNanos(this, FIRST_LOOKS_NANOS[looks]);
        } else {
            LockSupport.park(this);
        }
    }

    private boolean isUnbatched() {
        return isMerged() || queues.length == 0 || queues[0].isUnbatched();
    }

    private void releasePartial() {
        for (PartQueue queue : queues) {
            queue.takePartial();
        }
    }

    private boolean isReady() {
        if (turns.gathering() != Gathering.ARRIVAL) {
            taking.lock();
            try {
                return ready() != null;
            } finally {
                taking.unlock();
            }
        }
        for (PartQueue queue : queues) {
            if (queue.isReady()) {
                return !closed;
            }
        }
        return false;
    }

    private boolean hasSome() {
        for (PartQueue queue : queues) {
            if (queue.hasSome()) {
                return true;
            }
        }
        return false;
    }

    /// The queue to take from now. Under `taking`.
    private @Nullable PartQueue ready() {
        return closed ? null : turns.next(queues);
    }

    private boolean isOver() {
        return closed || turns.isOver(queues);
    }

    /// Wakes the consumer if it waits for this.
    void wake(Waits satisfied) {
        // What satisfies a wait for a batch satisfies one for a part.
        long now = waits.get();
        if (now > 0 && now <= satisfied.ordinal()) {
            LockSupport.unpark(consumer);
        }
    }

    /// Gives up reading: what waits is released, and what comes later is released at once. Any thread.
    public void close() {
        closed = true;
        taking.lock();
        try {
            for (PartQueue queue : queues) {
                queue.abandon();
            }
        } finally {
            taking.unlock();
        }
        Thread waiting = consumer;
        if (waiting != null) {
            LockSupport.unpark(waiting);
        }
    }

    /// How long the consumer has waited for parts so far, in nanoseconds, the present wait included.
    public long waitingNanos() {
        return sum(() -> waitingSince, () -> waitingNanos, clock);
    }

    /// Adds the present wait to the earlier ones; neither moves meanwhile.
    static long sum(LongSupplier since, LongSupplier total, StreamClock clock) {
        while (true) {
            long began = since.getAsLong();
            long before = total.getAsLong();
            long now = began == NOT_WAITING ? 0 : clock.nanos() - began;
            if (began == since.getAsLong() && before == total.getAsLong()) {
                return before + Math.max(0, now);
            }
        }
    }

    /// Whether the consumer waits at this moment.
    public boolean isWaiting() {
        return waitingSince != NOT_WAITING;
    }
}
