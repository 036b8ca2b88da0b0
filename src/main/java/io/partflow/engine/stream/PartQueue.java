package io.partflow.engine.stream;

import io.partflow.engine.content.Delivery;
import java.lang.invoke.VarHandle;
import java.util.ArrayDeque;
import java.util.Objects;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/// A bounded queue of parts between two stages. Made by [PartInput#addQueue(int, int)].
///
/// One thread at a time puts, flushes and ends; its consumer takes through the input; counters may be read
/// by any
/// thread. A producer that finds it full waits: that is the back-pressure of the whole product.
public final class PartQueue {
    /*
     * Idea: a ring with one producer and one consumer. `tail` counts the parts that are put, `ready` those that are
     * handed over (with batches of one the same), `head` those that are taken; each is written by one side alone and
     * stands on cache lines of its own. The producer keeps the head it has seen last and looks again only when the
     * ring seems full, so that the two sides touch each other's lines once per batch and not once per part.
     * Parts are charged together, when their bytes are a thousandth of the budget, and when a batch is handed over
     * or the producer pauses; `charged` says how much, and the consumer gives back no more than that. So the budget
     * is
     * never told less than nothing, and late by at most a thousandth of itself on either side of a queue.
     * Where queues are read in order, what is put before its turn has come goes to `spill` instead, under the input's
     * lock; the ring begins with the turn, so that all that was spilt is older than all that is in the ring.
     * A producer that has found the ring full is woken when a quarter of it is free, not for every part.
     */
    private final PartInput input;
    private final int capacity;
    private final int batch;
    private final int mask;
    private final int roomToWake;
    private final long stepBytes;
    private final PaddedLong tail = new PaddedLong();
    private final PaddedLong ready = new PaddedLong();
    private final PaddedLong head = new PaddedLong();
    private final PaddedLong bytesIn = new PaddedLong();
    private final PaddedLong bytesOut = new PaddedLong();
    private final PaddedLong charged = new PaddedLong();
    private volatile boolean ended;

    // fixed with the first part, before anybody takes
    private volatile boolean merged;

    // made by the producer with the first part, and seen by the consumer with it
    private @Nullable Delivery @Nullable [] parts;
    private @Nullable Charge @Nullable [] charges;
    private long @Nullable [] stamps;

    // the producer's own
    private long seenHead;
    private long seenBytesOut;
    private int sinceReady;
    private long uncharged;
    private volatile int highWaterParts;
    private volatile long highWaterBytes;
    private volatile @Nullable Thread producer;
    private volatile long blockedNanos;
    private volatile long blockedSince = PartInput.NOT_WAITING;

    // in order only; under the input's lock
    private final ArrayDeque<Delivery> spill = new ArrayDeque<>();
    private volatile long spiltIn;
    private volatile long spiltOut;
    private boolean turnHasCome;

    // the consumer's own
    private long partialTo;
    private long returned;
    private long owed;

    PartQueue(PartInput input, int capacity, int batch) {
        if (capacity < 1) {
            throw new IllegalArgumentException("queue capacity is " + capacity + " parts; it must be at least 1");
        }
        if (batch < 1 || batch > capacity) {
            throw new IllegalArgumentException(
                    "a batch is " + batch + " parts; it must be from 1 to the queue's capacity, " + capacity);
        }
        this.input = input;
        this.capacity = capacity;
        this.batch = batch;
        this.mask = capacity == 1 ? 0 : Integer.highestOneBit(capacity - 1) * 2 - 1;
        this.roomToWake = Math.max(1, capacity / 4);
        this.stepBytes = input.budget.stepBytes();
    }

    /// What became of a part that was put.
    public enum Fate {
        /// It waits for the consumer.
        TAKEN,
        /// The consumer has given up reading; the charge was released here.
        UNWANTED
    }

    /// Appends a part, waiting for room. The charge passes to the consumer.
    ///
    /// @throws InterruptedException when interrupted before or while waiting; the charge is released then
    public Fate put(Delivery delivery, Charge charge) throws InterruptedException {
        boolean queued = false;
        try {
            if (isSpilt(delivery)) {
                return Fate.TAKEN;
            }
            queued = awaitRoom();
            if (queued) {
                append(delivery, charge);
            }
            return queued ? Fate.TAKEN : Fate.UNWANTED;
        } finally {
            if (!queued) {
                charge.release();
            }
        }
    }

    /// Appends a part, waiting for room, and charges it to the input's budget without waiting.
    ///
    /// @throws InterruptedException when interrupted before or while waiting; nothing is charged then
    public Fate put(Delivery delivery) throws InterruptedException {
        if (isSpilt(delivery)) {
            return Fate.TAKEN;
        }
        if (!awaitRoom()) {
            return Fate.UNWANTED;
        }
        append(delivery, null);
        return Fate.TAKEN;
    }

    /// Holds a part back where its queue's turn has not come.
    private boolean isSpilt(Delivery delivery) throws InterruptedException {
        if (turnHasCome || !input.isInOrder()) {
            return false;
        }
        if (Thread.interrupted()) {
            throw new InterruptedException();
        }
        boolean overfull;
        input.taking.lock();
        try {
            turnHasCome = !input.holdsBack(this);
            if (turnHasCome) {
                return false;
            }
            long size = delivery.part().sizeBytes();
            overfull = input.hold(size);
            spill.addLast(delivery);
            spiltIn++;
            bytesIn.setOpaque(bytesIn.getPlain() + size);
            highWaterParts = Math.max(highWaterParts, spill.size());
            highWaterBytes = Math.max(highWaterBytes, bytesIn.getPlain() - bytesOut.getOpaque());
        } finally {
            input.taking.unlock();
        }
        if (overfull) {
            input.overfull();
        }
        return true;
    }

    private void append(Delivery delivery, @Nullable Charge charge) {
        if (parts == null) {
            merged = input.isMerged();
            parts = new Delivery[mask + 1];
            stamps = merged ? new long[mask + 1] : null;
        }
        long at = tail.getPlain();
        int slot = (int) at & mask;
        long size = delivery.part().sizeBytes();
        parts[slot] = delivery;
        if (charge == null) {
            uncharged += size;
        } else {
            if (charges == null) {
                charges = new Charge[mask + 1];
            }
            charges[slot] = charge;
        }
        if (stamps != null) {
            stamps[slot] = input.stamps.getAndIncrement();
        }
        bytesIn.setOpaque(bytesIn.getPlain() + size);
        if (uncharged >= stepBytes) {
            chargeAll();
        }
        tail.setRelease(at + 1);
        if (merged || batch == 1) {
            noteHighWater();
            VarHandle.fullFence();
            input.wake(PartInput.Waits.FOR_A_BATCH);
            return;
        }
        sinceReady++;
        if (sinceReady >= batch) {
            flush();
            return;
        }
        if (sinceReady == 1) {
            VarHandle.fullFence();
        }
        input.wake(PartInput.Waits.FOR_A_PART);
    }

    /// Hands over a partial batch: the producer has nothing further for now. By the producer.
    public void flush() {
        if (sinceReady == 0 && uncharged == 0) {
            return;
        }
        chargeAll();
        if (sinceReady > 0) {
            sinceReady = 0;
            noteHighWater();
            ready.setRelease(tail.getPlain());
        }
        // Also for the charge alone: a consumer that was faster gives it back now.
        VarHandle.fullFence();
        input.wake(PartInput.Waits.FOR_A_BATCH);
    }

    private void chargeAll() {
        if (uncharged > 0 && !input.isClosed()) {
            input.budget.add(uncharged);
            charged.setRelease(charged.getPlain() + uncharged);
        }
        uncharged = 0;
    }

    private void noteHighWater() {
        long put = tail.getPlain();
        if (put - seenHead > highWaterParts || bytesIn.getPlain() - seenBytesOut > highWaterBytes) {
            seenHead = head.getAcquire();
            seenBytesOut = bytesOut.getOpaque();
            if (put - seenHead > highWaterParts) {
                highWaterParts = (int) (put - seenHead);
            }
            if (bytesIn.getPlain() - seenBytesOut > highWaterBytes) {
                highWaterBytes = bytesIn.getPlain() - seenBytesOut;
            }
        }
    }

    /// @return false when the consumer has given up reading
    private boolean awaitRoom() throws InterruptedException {
        if (Thread.interrupted()) {
            throw new InterruptedException();
        }
        if (input.isClosed()) {
            return giveUp();
        }
        if (tail.getPlain() - seenHead < capacity || hasRoom()) {
            return true;
        }
        flush();
        if (!PartInput.spinUntil(this::hasRoom)) {
            parkUntilRoom();
        }
        return !input.isClosed() || giveUp();
    }

    /// Whether a part can be put without waiting. By the producer.
    public boolean isRoomy() {
        return tail.getPlain() - seenHead < capacity || hasRoom();
    }

    /// Releases what this producer has put while the input was being closed.
    private boolean giveUp() {
        input.close();
        return false;
    }

    private boolean hasRoom() {
        seenHead = head.getAcquire();
        return tail.getPlain() - seenHead < capacity || input.isClosed();
    }

    private void parkUntilRoom() throws InterruptedException {
        producer = Thread.currentThread();
        blockedSince = input.clock.nanos();
        try {
            while (!hasRoom()) {
                LockSupport.park(this);
                if (Thread.interrupted()) {
                    throw new InterruptedException();
                }
            }
        } finally {
            producer = null;
            blockedNanos += input.clock.nanos() - blockedSince;
            blockedSince = PartInput.NOT_WAITING;
        }
    }

    /// Says that no further part comes. Calling it again does nothing.
    public void end() {
        flush();
        ended = true;
        if (input.isClosed()) {
            input.close();
        }
        input.wake(PartInput.Waits.FOR_A_BATCH);
    }

    /// Whether the consumer has given up reading, so that nothing put here is of use to anybody.
    public boolean isUnwanted() {
        return input.isClosed();
    }

    // ---- the consumer's side

    /// Whether parts may be taken.
    boolean isReady() {
        long first = head.getPlain();
        return handedOver() > first || spiltIn > spiltOut;
    }

    private long handedOver() {
        return merged || batch == 1 ? tail.getAcquire() : Math.max(ready.getAcquire(), partialTo);
    }

    /// Whether parts wait, handed over or not.
    boolean hasSome() {
        return tail.getAcquire() > head.getPlain() || spiltIn > spiltOut;
    }

    /// Whether every part is handed over by itself.
    boolean isUnbatched() {
        return batch == 1;
    }

    /// Takes a batch that is not full for handed over.
    void takePartial() {
        partialTo = tail.getAcquire();
    }

    boolean isOver() {
        // In this order: what was put before the end is visible with it.
        return ended && !hasSome();
    }

    long firstStamp() {
        return Objects.requireNonNull(stamps)[(int) head.getPlain() & mask];
    }

    /// Takes what is handed over, as much of it as there is room for.
    ///
    /// @param most how many parts at most
    void fill(PartBatch into, int most) {
        if (spiltIn > spiltOut) {
            into.add(unspilt(), null, 0);
            return;
        }
        long first = head.getPlain();
        long limit = Math.min(handedOver(), first + most);
        long out = bytesOut.getPlain();
        long at = first;
        while (at < limit && !into.isFull()) {
            Delivery delivery = partAt(at);
            Charge charge = chargeAt(at);
            long size = delivery.part().sizeBytes();
            out += size;
            into.add(delivery, charge, charge == null ? countedOf(size) : 0);
            at++;
        }
        taken(at, out);
    }

    QueuedPart remove() {
        if (spiltIn > spiltOut) {
            return new QueuedPart(unspilt(), input.budget.counted(0));
        }
        long at = head.getPlain();
        Delivery delivery = partAt(at);
        Charge charge = chargeAt(at);
        long size = delivery.part().sizeBytes();
        Charge held = charge != null ? charge : input.budget.counted(countedOf(size));
        taken(at + 1, bytesOut.getPlain() + size);
        return new QueuedPart(delivery, held);
    }

    private Delivery unspilt() {
        Delivery delivery = spill.removeFirst();
        long size = delivery.part().sizeBytes();
        var unused = input.hold(-size);
        bytesOut.setOpaque(bytesOut.getPlain() + size);
        spiltOut++;
        return delivery;
    }

    private Delivery partAt(long at) {
        @Nullable Delivery[] ring = Objects.requireNonNull(parts);
        int slot = (int) at & mask;
        Delivery delivery = Objects.requireNonNull(ring[slot]);
        ring[slot] = null;
        return delivery;
    }

    private @Nullable Charge chargeAt(long at) {
        @Nullable Charge[] ring = charges;
        if (ring == null) {
            return null;
        }
        int slot = (int) at & mask;
        Charge charge = ring[slot];
        ring[slot] = null;
        return charge;
    }

    private void taken(long newHead, long newBytesOut) {
        bytesOut.setOpaque(newBytesOut);
        head.setRelease(newHead);
        settle();
        // Without a fence: a producer that this misses is seen by the next call, or before the consumer
        // waits.
        Thread waiting = producer;
        if (waiting != null && tail.getAcquire() - newHead <= capacity - roomToWake) {
            LockSupport.unpark(waiting);
        }
    }

    /// Lets a waiting producer look for room. Before the consumer waits.
    void wakeProducer() {
        VarHandle.fullFence();
        LockSupport.unpark(producer);
    }

    /// How many of a part's bytes the budget has been told of so far; the others are given back once it
    /// has.
    private long countedOf(long size) {
        long counted = Math.min(size, charged.getAcquire() - returned);
        returned += counted;
        owed += size - counted;
        return counted;
    }

    /// Gives back what was taken before it was charged. Under the input's lock.
    void settle() {
        if (owed > 0) {
            long late = Math.min(owed, charged.getAcquire() - returned);
            returned += late;
            owed -= late;
            input.budget.giveBack(late);
        }
    }

    void abandon() {
        while (hasSome()) {
            remove().release();
        }
        settle();
        LockSupport.unpark(producer);
    }

    /// The counters at this moment.
    public Load load() {
        long taken = head.getAcquire();
        long put = Math.max(taken, tail.getAcquire());
        long spiltAndTaken = spiltOut;
        long spilt = Math.max(spiltAndTaken, spiltIn);
        int depth = (int) (Math.min(capacity, put - taken) + spilt - spiltAndTaken);
        long bytes = depth == 0 ? 0 : Math.max(0, bytesIn.getOpaque() - bytesOut.getOpaque());
        return new Load(
                put + spilt,
                depth,
                capacity,
                bytes,
                Math.max(highWaterParts, depth),
                Math.max(highWaterBytes, bytes),
                PartInput.sum(() -> blockedSince, () -> blockedNanos, input.clock),
                blockedSince != PartInput.NOT_WAITING,
                input.waitingNanos());
    }

    /// What a queue has carried and carries.
    ///
    /// @param parts how many have been put so far
    /// @param depth how many wait now, at most `capacity` but where the queue's turn has not come
    /// @param bytes the size of those that wait
    /// @param highWaterParts the most that ever waited
    /// @param highWaterBytes the most bytes that ever waited
    /// @param blockedNanos how long its producer waited for room so far
    /// @param blocked whether its producer waits now
    /// @param waitingNanos how long its consumer waited for parts so far, of this queue and of those beside
    /// it
    public record Load(
            long parts,
            int depth,
            int capacity,
            long bytes,
            int highWaterParts,
            long highWaterBytes,
            long blockedNanos,
            boolean blocked,
            long waitingNanos) {}
}
