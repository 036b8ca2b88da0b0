package io.partflow.engine.stream;

import java.util.ArrayDeque;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.LongAdder;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

/// How many bytes of parts may be in flight in one run. Thread-safe.
///
/// Block at the door, never in the corridor: sources wait in [#admit(long)], stages count what they emit with
/// [#charge(long)] without
/// waiting, because waiting while holding is deadlock. So the bytes in flight can pass the budget by what stages
/// emit; the high-water mark
/// shows it.
public final class MemoryBudget {
    /*
     * Idea: one atomic sum. Admission is first come first served: a fast compare-and-set as long as nobody waits,
     * else a queue of waiters
     * behind one lock, of which only the first may take bytes. So a large part is never overtaken for ever by small
     * ones. A part larger
     * than the whole budget is admitted when nothing else is charged; otherwise it would wait for ever.
     * Invariant: `waiting` is raised before a waiter looks at the sum for the last time and giveBack looks at it
     * after it has lowered the
     * sum, so no wake-up is lost. O(1) per call.
     */
    private static final LongAdder CHARGED = new LongAdder();

    private final long budgetBytes;
    private final AtomicLong inFlight = new AtomicLong();
    private final AtomicLong highWater = new AtomicLong();
    private final AtomicInteger waiting = new AtomicInteger();
    private final ReentrantLock lock = new ReentrantLock();
    private final ArrayDeque<Condition> waiters = new ArrayDeque<>();

    /// @param budgetBytes at least 1
    public MemoryBudget(long budgetBytes) {
        if (budgetBytes < 1) {
            throw new IllegalArgumentException("budget is " + budgetBytes + " bytes; it must be at least 1");
        }
        this.budgetBytes = budgetBytes;
    }

    public long budgetBytes() {
        return budgetBytes;
    }

    /// The bytes charged now.
    public long inFlightBytes() {
        return inFlight.get();
    }

    /// The most bytes that were ever charged at once.
    public long highWaterBytes() {
        return highWater.get();
    }

    /// Waits for room, then charges. For sources only.
    ///
    /// @param bytes at least 0
    /// @throws InterruptedException when interrupted before or while waiting; nothing is charged then
    public Charge admit(long bytes) throws InterruptedException {
        check(bytes);
        if (Thread.interrupted()) {
            throw new InterruptedException();
        }
        if (waiting.get() == 0 && tryTake(bytes)) {
            return new Charge(this, bytes);
        }
        return admitInOrder(bytes);
    }

    private Charge admitInOrder(long bytes) throws InterruptedException {
        lock.lockInterruptibly();
        try {
            waiting.incrementAndGet();
            Condition turn = lock.newCondition();
            waiters.addLast(turn);
            try {
                while (!turn.equals(waiters.peekFirst()) || !tryTake(bytes)) {
                    turn.await();
                }
                return new Charge(this, bytes);
            } finally {
                waiters.remove(turn);
                waiting.decrementAndGet();
                signalFirst();
            }
        } finally {
            lock.unlock();
        }
    }

    /// Charges without waiting. For stages.
    ///
    /// @param bytes at least 0
    public Charge charge(long bytes) {
        check(bytes);
        CHARGED.add(bytes);
        raise(inFlight.addAndGet(bytes));
        return new Charge(this, bytes);
    }

    void giveBack(long bytes) {
        if (bytes == 0) {
            return;
        }
        inFlight.addAndGet(-bytes);
        CHARGED.add(-bytes);
        if (waiting.get() > 0) {
            lock.lock();
            try {
                signalFirst();
            } finally {
                lock.unlock();
            }
        }
    }

    private void signalFirst() {
        Condition first = waiters.peekFirst();
        if (first != null) {
            first.signal();
        }
    }

    private boolean tryTake(long bytes) {
        while (true) {
            long now = inFlight.get();
            boolean fits = now + bytes <= budgetBytes || now == 0;
            if (!fits) {
                return false;
            }
            if (inFlight.compareAndSet(now, now + bytes)) {
                CHARGED.add(bytes);
                raise(now + bytes);
                return true;
            }
        }
    }

    private void raise(long level) {
        long seen = highWater.get();
        while (level > seen && !highWater.compareAndSet(seen, level)) {
            seen = highWater.get();
        }
    }

    /// The bytes charged in all budgets of this process; 0 when no run is alive. For the checks after every test.
    public static long chargedBytes() {
        return CHARGED.sum();
    }

    private static void check(long bytes) {
        if (bytes < 0) {
            throw new IllegalArgumentException("a part of " + bytes + " bytes cannot be charged; it must be 0 or more");
        }
    }
}
