package io.partflow.engine.stream;

import io.partflow.engine.content.Delivery;
import java.util.ArrayDeque;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

/// The place of one part among those in work: its results wait here until all earlier parts' results have
/// left.
/// Thread-safe.
///
/// Order is structure: slots stand in a queue in input order, so nothing has to be sorted. What waits is
/// charged to
/// the budget.
public final class OrderedSlot {
    /// Takes results out, in order.
    @FunctionalInterface
    public interface Drain {
        void accept(Delivery delivery) throws InterruptedException;
    }

    private record Result(Delivery delivery, Charge charge) {}

    private final QueuedPart input;
    private final MemoryBudget budget;
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition changed = lock.newCondition();
    private final ArrayDeque<Result> results = new ArrayDeque<>();
    private boolean finished;

    public OrderedSlot(QueuedPart input, MemoryBudget budget) {
        this.input = input;
        this.budget = budget;
    }

    /// Adds a result behind those that wait.
    public void add(Delivery delivery) {
        Charge charge = budget.charge(delivery.part().sizeBytes());
        lock.lock();
        try {
            results.addLast(new Result(delivery, charge));
            changed.signal();
        } finally {
            lock.unlock();
        }
    }

    /// Says that no further result comes.
    public void finish() {
        lock.lock();
        try {
            finished = true;
            changed.signal();
        } finally {
            lock.unlock();
        }
    }

    /// Passes results on as they come, until the part is finished.
    ///
    /// @param beforeWaiting what to do whenever there is none yet
    public void drainTo(Drain drain, Runnable beforeWaiting) throws InterruptedException {
        while (true) {
            Result next;
            lock.lockInterruptibly();
            try {
                if (results.isEmpty() && !finished) {
                    beforeWaiting.run();
                }
                while (results.isEmpty() && !finished) {
                    changed.await();
                }
                next = results.pollFirst();
            } finally {
                lock.unlock();
            }
            if (next == null) {
                return;
            }
            try {
                drain.accept(next.delivery());
            } finally {
                next.charge().release();
            }
        }
    }

    /// Says that the input part is done with and its results have left.
    public void close() {
        input.release();
    }

    /// Releases everything it holds. Only when no thread uses it any more.
    public void discard() {
        input.release();
        results.forEach(result -> result.charge().release());
        results.clear();
    }
}
