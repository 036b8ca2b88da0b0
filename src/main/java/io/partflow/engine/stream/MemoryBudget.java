package io.partflow.engine.stream;

import java.lang.ref.WeakReference;
import java.util.ArrayDeque;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/// How many bytes of parts may be in flight in one run. Thread-safe.
///
/// Block at the door, never in the corridor: sources wait in [#admit(long)], stages count what they emit
/// with [#charge(long)] without waiting, because waiting while holding is deadlock. So the bytes in flight
/// can pass the budget by what stages emit; the high-water mark shows it.
public final class MemoryBudget {
    /*
     * Idea: one atomic sum. Admission is first come first served: one atomic addition as long as nobody waits, taken
     * back where it does not fit, else a queue of waiters behind one lock, of which only the first may take bytes. So
     * a large part is never overtaken for ever by small ones. A part larger than the whole budget is admitted when
     * nothing else is charged; otherwise it would wait for ever.
     * Invariant: `waiting` is raised before a waiter looks at the sum for the last time, and giveBack looks at it
     * after it has lowered the sum, so no wake-up is lost. An addition that is taken back lowers the sum the same
     * way.
     * The three numbers stand on cache lines of their own: the first is written by everybody, the others are nearly
     * always only read. O(1) per call.
     */
    private static final Set<Entry> BUDGETS = ConcurrentHashMap.newKeySet();

    /// A budget among those that are counted together. It outlives the budget while that has bytes charged,
    /// so that a forgotten charge stays visible.
    private record Entry(WeakReference<MemoryBudget> budget, PaddedLong charged, PaddedLong aside) {
        long bytes() {
            return charged.get() + aside.get();
        }
    }

    private final long budgetBytes;
    private final long stepBytes;
    private final PaddedLong charged = new PaddedLong();
    private final PaddedLong aside = new PaddedLong();
    private final PaddedLong highWater = new PaddedLong();
    private final PaddedLong waiting = new PaddedLong();
    private final ReentrantLock lock = new ReentrantLock();
    private final ArrayDeque<Condition> waiters = new ArrayDeque<>();

    /// @param budgetBytes at least 1
    public MemoryBudget(long budgetBytes) {
        if (budgetBytes < 1) {
            throw new IllegalArgumentException("budget is " + budgetBytes + " bytes; it must be at least 1");
        }
        this.budgetBytes = budgetBytes;
        this.stepBytes = Math.max(1, budgetBytes >> 10);
        BUDGETS.removeIf(entry -> entry.budget().get() == null && entry.bytes() == 0);
        BUDGETS.add(new Entry(new WeakReference<>(this), charged, aside));
    }

    /// That share of the largest heap this process may have, in bytes, at least 1.
    ///
    /// @param share above 0, at most 1
    public static long shareOfHeapBytes(double share) {
        if (!(share > 0 && share <= 1)) {
            throw new IllegalArgumentException(
                    "the budget's share of the heap is " + share + "; it must be above 0 and at most 1");
        }
        return Math.max(1, (long) (Runtime.getRuntime().maxMemory() * share));
    }

    public long budgetBytes() {
        return budgetBytes;
    }

    /// How many bytes one wire or one batch may count late: a thousandth of the budget.
    long stepBytes() {
        return stepBytes;
    }

    /// The bytes charged and held aside now. An admission that is being refused counts for a moment.
    public long inFlightBytes() {
        return charged.get() + aside.get();
    }

    /// The most bytes that were ever charged and held aside at once.
    public long highWaterBytes() {
        return highWater.get();
    }

    /// How far the bytes charged at once have passed the budget at most; 0 when they never did.
    public long overshootBytes() {
        return Math.max(0, highWater.get() - budgetBytes);
    }

    /// How many wait for admission, in the order in which they have begun to.
    long waitingCount() {
        return waiting.get();
    }

    /// Whether somebody waits for admission.
    public boolean isWaitedFor() {
        return waiting.get() > 0;
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
        Charge charge = admitNow(bytes);
        return charge != null ? charge : admitInOrder(bytes);
    }

    /// Charges if there is room and nobody waits, or does nothing. For sources that have something to do
    /// before they wait.
    ///
    /// @param bytes at least 0
    /// @return null when it has to wait
    public @Nullable Charge tryAdmit(long bytes) {
        check(bytes);
        return admitNow(bytes);
    }

    private @Nullable Charge admitNow(long bytes) {
        if (waiting.get() > 0) {
            return null;
        }
        long level = charged.addAndGet(bytes);
        if (level > budgetBytes && level != bytes) {
            giveBack(bytes);
            return null;
        }
        raise(level);
        return new Charge(this, bytes);
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
        add(bytes);
        return new Charge(this, bytes);
    }

    /// Counts bytes for which no source waits, or with less than 0 no longer does.
    ///
    /// For what must be held until a source has given more: one that waited for its end would wait for
    /// ever. Whoever holds it bounds it otherwise.
    public void holdAside(long bytes) {
        long level = aside.addAndGet(bytes);
        if (bytes > 0) {
            raiseTo(level + charged.get());
        }
    }

    /// A charge for bytes that [#add(long)] has counted already.
    Charge counted(long bytes) {
        return new Charge(this, bytes);
    }

    void add(long bytes) {
        raise(charged.addAndGet(bytes));
    }

    void giveBack(long bytes) {
        if (bytes == 0) {
            return;
        }
        charged.addAndGet(-bytes);
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
            long now = charged.get();
            boolean fits = now + bytes <= budgetBytes || now == 0;
            if (!fits) {
                return false;
            }
            if (charged.compareAndSet(now, now + bytes)) {
                raise(now + bytes);
                return true;
            }
        }
    }

    private void raise(long level) {
        raiseTo(level + aside.get());
    }

    private void raiseTo(long level) {
        long seen = highWater.get();
        while (level > seen && !highWater.compareAndSet(seen, level)) {
            seen = highWater.get();
        }
    }

    /// The bytes charged in all budgets of this process; 0 when no run is alive. For the checks after every
    /// test.
    public static long chargedBytes() {
        return BUDGETS.stream().mapToLong(Entry::bytes).sum();
    }

    private static void check(long bytes) {
        if (bytes < 0) {
            throw new IllegalArgumentException("a part of " + bytes + " bytes cannot be charged; it must be 0 or more");
        }
    }
}
