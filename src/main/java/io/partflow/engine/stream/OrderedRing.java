package io.partflow.engine.stream;

import io.partflow.engine.content.Delivery;
import java.util.Objects;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/// The parts of one stage that are in work side by side, each in a place of its own in input order; results leave in
/// that order. Thread-safe, with one thread at a time that fills places.
///
/// Results of the oldest part leave as they come, those of the others wait, charged to the budget, until
/// all earlier parts are done with. Whoever brings a result lets it out itself, so that none is handed from
/// thread to thread; only where the way out has no room does the thread in [#watchExit()] take over,
/// because a worker must not wait there.
public final class OrderedRing {
    /*
     * Idea: order is structure, nothing is sorted. `tail` counts the places that were filled, `head` those that have
     * left. Letting results out is a role that one thread has at a time; `calls` counts the calls for it, and who
     * raises it from 0 has the role until it has taken back all that came meanwhile. A place that is not the oldest
     * need not call: who makes it the oldest looks at it afterwards.
     * Invariants: `head`, what leaves and what is given back belong to the role; `tail` and the input of a new place
     * to the thread that fills; the results of a place to its worker on one side and to the role on the other.
     * A role that finds no room stays taken, and `handed` gives it to the thread that may wait.
     */

    /// Where results go. Called by one thread at a time.
    public interface Exit {
        /// Whether a part can be passed on without waiting.
        boolean hasRoom();

        /// Passes a part on, waiting for room where there is none.
        void pass(Delivery delivery) throws InterruptedException;

        /// Hands over what waits for a full batch.
        void flush();
    }

    /// How soon further parts can be expected.
    public enum Pace {
        /// What was passed on is handed over when too few parts are in work to fill a batch.
        UNKNOWN,
        /// The next part follows at once, so that a batch may fill.
        QUICK
    }

    private final MemoryBudget budget;
    private final Exit exit;
    private final int capacity;
    private final int batch;
    private final int levelToWake;
    private final int mask;
    private final @Nullable Place[] places;
    private final PaddedLong tail = new PaddedLong();
    private final PaddedLong head = new PaddedLong();
    private final PaddedLong calls = new PaddedLong();
    private volatile Pace pace = Pace.UNKNOWN;
    private volatile boolean flushWanted;
    private volatile boolean handed;
    private volatile boolean over;
    private volatile @Nullable Thread watcher;
    private volatile @Nullable Thread filler;

    // what the role owes the budget
    private long owed;

    /// @param capacity how many parts may be in work or wait to leave, at least 1
    /// @param batch how many parts are handed over together behind the exit
    public OrderedRing(MemoryBudget budget, Exit exit, int capacity, int batch) {
        if (capacity < 1) {
            throw new IllegalArgumentException("a ring of " + capacity + " places; it must be at least 1");
        }
        this.budget = budget;
        this.exit = exit;
        this.capacity = capacity;
        this.batch = batch;
        this.levelToWake = capacity - Math.max(1, capacity / 4);
        this.mask = capacity == 1 ? 0 : Integer.highestOneBit(capacity - 1) * 2 - 1;
        this.places = new Place[mask + 1];
    }

    /// The place of one part: its input and those of its results that have not left. Used again and again.
    public static final class Place {
        private long number;
        private @Nullable Delivery input;
        private @Nullable Charge charge;
        private long bytes;
        private Result oldest = new Result(null);
        private Result newest = oldest;
        private volatile boolean finished;

        /// The part to work on.
        public Delivery input() {
            return Objects.requireNonNull(input, "this place is empty");
        }

        /// Lets go of the input.
        ///
        /// @return how many bytes are to be given back for it
        private long clear() {
            input = null;
            Charge own = charge;
            charge = null;
            if (own != null) {
                own.release();
            }
            long counted = bytes;
            bytes = 0;
            return counted;
        }
    }

    /// A result that waits; the oldest has left already.
    private static final class Result {
        private @Nullable Delivery delivery;
        private volatile @Nullable Result next;

        Result(@Nullable Delivery delivery) {
            this.delivery = delivery;
        }
    }

    /// How many parts were put in places so far.
    public long filled() {
        return tail.get();
    }

    /// Whether parts are in work or wait to leave.
    public boolean isBusy() {
        return tail.get() > head.get();
    }

    /// Says how soon further parts can be expected.
    public void pace(Pace expected) {
        if (pace != expected) {
            pace = expected;
        }
    }

    /// Moves a part of a batch, with what it holds of the budget, to the next place; waits for one.
    ///
    /// @throws InterruptedException when interrupted while waiting; the part stays in the batch then
    public Place fill(PartBatch from, int at) throws InterruptedException {
        long number = tail.getPlain();
        if (number - head.getAcquire() >= capacity) {
            awaitPlace(number);
        }
        int slot = (int) number & mask;
        Place place = places[slot];
        if (place == null) {
            place = new Place();
            places[slot] = place;
        }
        place.number = number;
        place.finished = false;
        place.input = from.get(at);
        place.charge = from.chargeOf(at);
        place.bytes = from.letGo(at);
        tail.setRelease(number + 1);
        return place;
    }

    private void awaitPlace(long number) throws InterruptedException {
        filler = Thread.currentThread();
        try {
            while (number - head.get() >= capacity) {
                if (Thread.interrupted()) {
                    throw new InterruptedException();
                }
                LockSupport.park(this);
            }
        } finally {
            filler = null;
        }
    }

    /// Adds a result of a part in work. By one thread at a time for each place, before [#finish(Place)]. Never waits
    /// for room.
    ///
    /// @throws InterruptedException when interrupted while it lets results out
    public void add(Place place, Delivery delivery) throws InterruptedException {
        if (head.getAcquire() == place.number && calls.getPlain() == 0 && calls.compareAndSet(0, 1)) {
            if (place.oldest.next == null && exit.hasRoom()) {
                passAlone(delivery);
            } else {
                append(place, delivery);
                letOut(1);
            }
            return;
        }
        append(place, delivery);
        if (head.get() == place.number) {
            letOut();
        }
    }

    private void passAlone(Delivery delivery) throws InterruptedException {
        boolean passed = false;
        try {
            exit.pass(delivery);
            rest();
            passed = true;
        } finally {
            if (!passed) {
                calls.set(0);
            }
        }
        if (calls.addAndGet(-1) != 0) {
            letOut(calls.get());
        }
    }

    private void append(Place place, Delivery delivery) {
        budget.add(delivery.part().sizeBytes());
        Result result = new Result(delivery);
        place.newest.next = result;
        place.newest = result;
    }

    /// Says that no further result of a part comes.
    ///
    /// @throws InterruptedException when interrupted while it lets results out
    public void finish(Place place) throws InterruptedException {
        place.finished = true;
        if (head.get() == place.number) {
            letOut();
        }
    }

    /// Hands over what waits for a full batch: no further part comes for now.
    public void flush() throws InterruptedException {
        flushWanted = true;
        letOut();
    }

    private void letOut() throws InterruptedException {
        if (calls.getAndIncrement() == 0) {
            letOut(1);
        }
    }

    /// Has the role, taken with that many calls, until none is left or there is no room.
    private void letOut(long taken) throws InterruptedException {
        boolean going = false;
        try {
            for (long seen = taken; seen != 0; seen = calls.addAndGet(-seen)) {
                if (!letOutWhat(Room.THERE_IS)) {
                    handed = true;
                    LockSupport.unpark(watcher);
                    break;
                }
            }
            going = true;
        } finally {
            if (!going) {
                calls.set(0);
            }
        }
    }

    /// Whether the role passes on only where there is room, or waits for it.
    private enum Room {
        THERE_IS,
        MAY_BE_AWAITED
    }

    /// Lets out the results that have come and the places that are done with.
    ///
    /// @return false when it has stopped for want of room
    private boolean letOutWhat(Room room) throws InterruptedException {
        long at = head.getPlain();
        while (at < tail.getAcquire()) {
            Place place = Objects.requireNonNull(places[(int) at & mask]);
            // Looked at before the results: with the end, all of them are seen.
            boolean finished = place.finished;
            for (Result next = place.oldest.next; next != null; next = place.oldest.next) {
                if (room == Room.THERE_IS && !exit.hasRoom()) {
                    return false;
                }
                leave(place, next);
            }
            if (!finished) {
                break;
            }
            owed += place.clear();
            at++;
            head.set(at);
            if (owed >= budget.stepBytes() || (owed > 0 && budget.isWaitedFor())) {
                settle();
            }
            Thread waiting = filler;
            if (waiting != null && tail.getAcquire() - at <= levelToWake) {
                LockSupport.unpark(waiting);
            }
        }
        rest();
        return true;
    }

    private void leave(Place place, Result next) throws InterruptedException {
        Delivery delivery = Objects.requireNonNull(next.delivery);
        next.delivery = null;
        place.oldest = next;
        try {
            exit.pass(delivery);
        } finally {
            budget.giveBack(delivery.part().sizeBytes());
        }
    }

    /// Before the role is given up for now.
    private void rest() {
        if (flushWanted || (pace == Pace.UNKNOWN && tail.getAcquire() - head.getPlain() < batch)) {
            flushWanted = false;
            settle();
            exit.flush();
        }
    }

    private void settle() {
        budget.giveBack(owed);
        owed = 0;
    }

    /// Lets results out where workers have found no room, until [#end()]; then the last ones.
    ///
    /// @throws InterruptedException when interrupted while waiting
    public void watchExit() throws InterruptedException {
        watcher = Thread.currentThread();
        while (!over) {
            if (handed) {
                takeOver();
            } else if (Thread.interrupted()) {
                throw new InterruptedException();
            } else {
                LockSupport.park(this);
            }
        }
        while (!handed && !calls.compareAndSet(0, 1)) {
            // Whoever has the role does not wait, so this does not either.
            Thread.yield();
        }
        takeOver();
        settle();
        exit.flush();
    }

    private void takeOver() throws InterruptedException {
        handed = false;
        long seen;
        do {
            seen = calls.get();
            boolean _ = letOutWhat(Room.MAY_BE_AWAITED);
        } while (calls.addAndGet(-seen) != 0);
    }

    /// Says that every place that was filled is finished and that none will be filled.
    public void end() {
        over = true;
        LockSupport.unpark(watcher);
    }

    /// Gives back what the places hold. Only when no thread uses them any more.
    public void discard() {
        for (long at = head.get(); at < tail.get(); at++) {
            Place place = Objects.requireNonNull(places[(int) at & mask]);
            for (Result next = place.oldest.next; next != null; next = next.next) {
                Delivery delivery = next.delivery;
                budget.giveBack(delivery == null ? 0 : delivery.part().sizeBytes());
            }
            owed += place.clear();
        }
        head.set(tail.get());
        settle();
    }
}
