package io.partflow.engine.run;

import io.partflow.engine.stream.OrderedRing;
import io.partflow.engine.stream.OrderedRing.Place;
import io.partflow.engine.stream.PartBatch;
import io.partflow.engine.stream.PartInput;
import io.partflow.engine.stream.RunScope;
import java.util.ArrayDeque;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.locks.LockSupport;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/// The threads of one stage that works on its parts side by side. As many as parts are in work at once,
/// made when they are needed and used again until the input has ended.
final class Crew {
    /*
     * Idea: leader and followers. One worker at a time leads: it takes the next part, gives up the lead, works on the
     * part itself and lets its results out. So a part never changes hands, and a worker that comes back from waiting
     * takes the next part without any other being woken. Before it works it sees to a successor: an idle worker or a
     * new one, unless one is on its way already.
     * Quick work: after so many calls in a row that took less than QUICK_NANOS a leader keeps the lead while it
     * works,
     * so that work that does not wait costs no more than in a loop. What it lends in this way is taken from it if it
     * is still at the same part a TICK later, or if a sampled call was slow; then the lead goes from hand to hand
     * again, until twice as many quick calls have followed each other as the time before.
     * Invariants: who leads alone touches the batch and fills the ring. Whenever nobody leads, a successor is on its
     * way or every worker is at work; a worker that goes idle looks at the lead once more afterwards.
     */
    private static final long QUICK_NANOS = 3_000;
    private static final int FIRST_STREAK = 256;
    private static final int LONGEST_STREAK = 1 << 16;
    private static final int STRIDE = 64;
    private static final long TICK_NANOS = 200_000;
    private static final int IDLE_TICKS = 5;
    private static final int SPINS = 64;

    /// What is done with each part, on a worker's thread.
    interface Work {
        void on(Place place) throws InterruptedException;

        /// A call has ended, or one that stands for others.
        ///
        /// @param nanos how long they took together
        void took(long nanos);
    }

    /// How a worker gets a thread.
    interface Forking {
        void fork(RunScope.Task task);
    }

    private final PartInput input;
    private final OrderedRing ring;
    private final RunShared shared;
    private final StageStats stats;
    private final Work work;
    private final Forking threads;
    private final int most;
    private final PartBatch batch;

    private final AtomicReference<@Nullable Post> lead = new AtomicReference<>();
    private final AtomicInteger coming = new AtomicInteger();
    private final AtomicInteger atWork = new AtomicInteger();
    private final ReentrantLock resting = new ReentrantLock();
    private final ArrayDeque<Worker> idle = new ArrayDeque<>();
    // both changed under `resting`
    private volatile int made;
    private volatile int resters;
    private volatile boolean over;
    private volatile int quickCalls;
    private volatile int streak = FIRST_STREAK;
    private volatile @Nullable Thread watch;
    private volatile boolean watching;

    // whether the leader has found no part
    private volatile boolean leaderWaits;

    // the leader's own: the next part of the batch
    private int next;

    /// @param most how many workers there may be, at least 1
    Crew(PartInput input, OrderedRing ring, RunShared shared, StageStats stats, Work work, Forking threads, int most) {
        this.input = input;
        this.ring = ring;
        this.shared = shared;
        this.stats = stats;
        this.work = work;
        this.threads = threads;
        this.most = most;
        this.batch = PartBatch.of(shared.mode());
    }

    /// Works on all parts of the input, and returns when their results have left.
    void run() throws InterruptedException {
        input.beforeWaiting(this::beforeWaiting);
        callSuccessor();
        ring.watchExit();
    }

    /// Gives back what was taken and not begun. Only when no worker is left.
    void discard() {
        batch.release();
    }

    private void beforeWaiting() {
        leaderWaits = true;
        try {
            ring.flush();
        } catch (InterruptedException e) {
            // The wait that follows says so.
            Thread.currentThread().interrupt();
        }
    }

    /// Sees to it that somebody takes the lead, unless somebody is about to or all are at work.
    private void callSuccessor() {
        if (coming.get() > 0 || over || (resters == 0 && made == most)) {
            return;
        }
        Worker called;
        resting.lock();
        try {
            if (coming.get() > 0 || (idle.isEmpty() && made == most)) {
                return;
            }
            coming.set(1);
            called = idle.pollLast();
            resters = idle.size();
            if (called == null) {
                made = made + 1;
                atWork.incrementAndGet();
            }
        } finally {
            resting.unlock();
        }
        if (called == null) {
            threads.fork(new Worker()::run);
        } else {
            called.call();
        }
    }

    /// The lead, held by one worker.
    ///
    /// @param lent whether it works on a part meanwhile, so that the lead may be taken from it
    private record Post(Worker worker, boolean lent) {}

    /// One thread of the crew.
    private final class Worker {
        private final Post leading = new Post(this, false);
        private final Post lending = new Post(this, true);
        private volatile boolean called = true;
        private volatile @Nullable Thread thread;
        private int untilTimed = STRIDE;
        private volatile long stuckSince;

        void call() {
            called = true;
            LockSupport.unpark(thread);
        }

        void run() throws InterruptedException {
            thread = Thread.currentThread();
            while (takeLead()) {
                boolean keeps;
                do {
                    Place place = nextPlace();
                    if (place == null) {
                        ended();
                        break;
                    }
                    keeps = quickCalls >= streak;
                    if (keeps) {
                        lead.set(lending);
                        beWatched();
                        workQuickly(place);
                        ring.finish(place);
                    } else {
                        lead.set(null);
                        callSuccessor();
                        workTimed(place);
                        ring.finish(place);
                    }
                } while (keeps && lead.compareAndSet(lending, leading));
            }
            if (atWork.decrementAndGet() == 0) {
                ring.end();
            }
        }

        /// Waits for the lead.
        ///
        /// @return false when the input has ended
        private boolean takeLead() throws InterruptedException {
            while (true) {
                if (called) {
                    called = false;
                    coming.set(0);
                }
                if (over) {
                    return false;
                }
                if (tryLead()) {
                    return true;
                }
                rest();
            }
        }

        /// Takes the lead if it is free, or becomes so at once: to park and be called costs more than many takings
        /// of a part, and nobody has the lead for longer than one, unless it waits for its input.
        private boolean tryLead() {
            for (int i = 0; i < SPINS; i++) {
                Post now = lead.get();
                if (now == null) {
                    if (lead.compareAndSet(null, leading)) {
                        return true;
                    }
                } else if (now.lent() || leaderWaits) {
                    return false;
                }
                Thread.onSpinWait();
            }
            return false;
        }

        private void rest() throws InterruptedException {
            resting.lock();
            try {
                idle.addLast(this);
                resters = idle.size();
            } finally {
                resting.unlock();
            }
            if ((over || lead.get() == null) && isBack()) {
                return;
            }
            while (!called) {
                LockSupport.park(this);
                if (Thread.interrupted()) {
                    throw new InterruptedException();
                }
            }
        }

        /// Takes itself from the idle ones; false when somebody has called it meanwhile.
        private boolean isBack() {
            resting.lock();
            try {
                boolean back = idle.removeLastOccurrence(this);
                resters = idle.size();
                return back;
            } finally {
                resting.unlock();
            }
        }

        private void workTimed(Place place) throws InterruptedException {
            long start = shared.clock().nanos();
            try {
                work.on(place);
            } finally {
                long nanos = Math.max(0, shared.clock().nanos() - start);
                work.took(nanos);
                int before = quickCalls;
                quickCalls = nanos < QUICK_NANOS ? before + 1 : 0;
            }
        }

        /// Works while it keeps the lead; one call of STRIDE is timed and stands for the others.
        private void workQuickly(Place place) throws InterruptedException {
            untilTimed--;
            if (untilTimed > 0) {
                work.on(place);
            } else {
                untilTimed = STRIDE;
                long start = shared.clock().nanos();
                work.on(place);
                long nanos = Math.max(0, shared.clock().nanos() - start);
                work.took(nanos < QUICK_NANOS ? nanos * STRIDE : nanos);
                if (nanos >= QUICK_NANOS) {
                    slowDown();
                }
                return;
            }
            if (lead.get() != lending) {
                // It was taken because this call takes long.
                work.took(Math.max(0, shared.clock().nanos() - stuckSince));
            }
        }
    }

    /// From now on the lead goes from hand to hand again.
    private void slowDown() {
        quickCalls = 0;
        int before = streak;
        streak = Math.min(LONGEST_STREAK, before + before);
        ring.pace(OrderedRing.Pace.UNKNOWN);
    }

    /// The next part, in its place; waits while the run is paused. By the leader.
    ///
    /// @return null when there is none
    private @Nullable Place nextPlace() throws InterruptedException {
        if (next == batch.size()) {
            next = 0;
            if (!input.takeBatch(batch)) {
                return null;
            }
            if (leaderWaits) {
                leaderWaits = false;
            }
        }
        shared.pace().passWhenRunning();
        Place place = ring.fill(batch, next);
        next++;
        stats.partsIn.increment();
        return place;
    }

    private void ended() {
        over = true;
        resting.lock();
        try {
            idle.forEach(Worker::call);
            idle.clear();
            resters = 0;
        } finally {
            resting.unlock();
        }
        LockSupport.unpark(watch);
    }

    // ---- lent leads

    private void beWatched() {
        ring.pace(OrderedRing.Pace.QUICK);
        if (!watching) {
            watching = true;
            if (watch == null) {
                atWork.incrementAndGet();
                threads.fork(this::watch);
            } else {
                LockSupport.unpark(watch);
            }
        }
    }

    /// Takes the lead from whoever has been at the same part for a tick.
    private void watch() throws InterruptedException {
        watch = Thread.currentThread();
        int idleTicks = 0;
        while (!over) {
            Post before = lead.get();
            long filled = ring.filled();
            long since = shared.clock().nanos();
            LockSupport.parkNanos(this, TICK_NANOS);
            if (Thread.interrupted()) {
                throw new InterruptedException();
            }
            if (before != null && before.lent()) {
                idleTicks = 0;
                if (ring.filled() == filled) {
                    takeLead(before, since);
                }
            } else if (++idleTicks >= IDLE_TICKS) {
                awaitLending();
                idleTicks = 0;
            }
        }
        if (atWork.decrementAndGet() == 0) {
            ring.end();
        }
    }

    private void takeLead(Post from, long since) throws InterruptedException {
        from.worker().stuckSince = since;
        if (lead.compareAndSet(from, null)) {
            slowDown();
            callSuccessor();
            ring.flush();
        }
    }

    private void awaitLending() throws InterruptedException {
        watching = false;
        while (!over && !watching && !isLent()) {
            LockSupport.park(this);
            if (Thread.interrupted()) {
                throw new InterruptedException();
            }
        }
        watching = true;
    }

    private boolean isLent() {
        Post now = lead.get();
        return now != null && now.lent();
    }
}
