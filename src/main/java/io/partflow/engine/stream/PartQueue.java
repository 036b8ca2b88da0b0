package io.partflow.engine.stream;

import io.partflow.engine.content.Delivery;
import java.lang.invoke.VarHandle;
import java.util.ArrayDeque;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/// A bounded queue of parts between two stages. Made by [PartInput#addQueue(int, int)].
///
/// One thread at a time puts, flushes and ends; its consumer takes through the input; counters may be read
/// by any thread. A producer that finds it full waits: that is the back-pressure of the whole product.
public final class PartQueue {
    /*
     * Idea: a ring with one producer and one consumer, `ready` beside it for the parts that are handed over (with
     * batches of one, all that are put), and a late account with the budget; what the two ends write never shares a
     * cache line.
     * Waking: a producer that hands over a part or a batch looks for a waiting consumer without a fence, because that
     * would cost more than the part; how a consumer that it misses comes to its parts, [PartInput] tells. A flush,
     * which is what a stage does before it waits, has the fence.
     * Where queues are read in order, what is put before its turn has come goes to `spill` instead, under the input's
     * lock; the ring begins with the turn, so that all that was spilt is older than all that is in the ring.
     * A producer that has found the ring full is woken when a quarter of it is free, not for every part.
     */
    private final PartInput input;
    private final PartRing ring;
    private final LateCharges charges;
    private final int batch;
    private final int roomToWake;
    // how far parts are handed over, or with batches of one were told of with a fence
    private final PaddedLong ready = new PaddedLong();
    private volatile boolean ended;

    // fixed with the first part, before anybody takes
    private volatile boolean merged;

    private volatile @Nullable Thread producer;
    private volatile long blockedNanos;
    private volatile long blockedSince = PartInput.NOT_WAITING;

    // in order only; under the input's lock
    private final ArrayDeque<Delivery> spill = new ArrayDeque<>(0);
    private volatile long spiltIn;
    private volatile long spiltOut;
    private boolean turnHasCome;

    // the consumer's own
    private long partialTo;

    PartQueue(PartInput input, int capacity, int batch) {
        if (capacity < 1) {
            throw new IllegalArgumentException("queue capacity is " + capacity + " parts; it must be at least 1");
        }
        if (batch < 1 || batch > capacity) {
            throw new IllegalArgumentException(
                    "a batch is " + batch + " parts; it must be from 1 to the queue's capacity, " + capacity);
        }
        this.input = input;
        this.ring = new PartRing(capacity);
        this.charges = new LateCharges(input.budget);
        this.batch = batch;
        this.roomToWake = Math.max(1, capacity / 4);
        this.turnHasCome = !input.isInOrder();
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
        if (turnHasCome) {
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
            ring.countIn(size);
            ring.noteHighWater(spill.size());
        } finally {
            input.taking.unlock();
        }
        if (overfull) {
            input.overfull();
        }
        return true;
    }

    private void append(Delivery delivery, @Nullable Charge charge) {
        if (ring.isUnused()) {
            merged = input.isMerged();
            ring.begin(merged);
        }
        long size = delivery.part().sizeBytes();
        boolean due = charge == null && charges.add(size);
        if (merged) {
            ring.stamp(input.stamps.getAndIncrement());
        }
        if (due) {
            charges.charge(input);
        }
        ring.put(delivery, charge, size);
        if (handsOverEach()) {
            ring.noteHighWater();
            input.wake(PartInput.Waits.FOR_A_BATCH);
        } else if (ring.put() - ready.getPlain() >= batch) {
            flush();
        } else {
            input.wake(PartInput.Waits.FOR_A_PART);
        }
    }

    private boolean handsOverEach() {
        return batch == 1 || merged;
    }

    /// Hands over a partial batch: the producer has nothing further for now. By the producer.
    public void flush() {
        if (ring.put() == ready.getPlain() && !charges.isBehind()) {
            return;
        }
        charges.charge(input);
        ring.noteHighWater();
        ready.setRelease(ring.put());
        // Also for the charge alone: a consumer that was faster gives it back now.
        VarHandle.fullFence();
        input.wake(PartInput.Waits.FOR_A_BATCH);
    }

    /// @return false when the consumer has given up reading
    private boolean awaitRoom() throws InterruptedException {
        if (Thread.interrupted()) {
            throw new InterruptedException();
        }
        if (input.isClosed()) {
            return giveUp();
        }
        if (ring.hasRoom()) {
            return true;
        }
        flush();
        if (!Patience.until(this::hasRoom)) {
            parkUntilRoom();
        }
        return !input.isClosed() || giveUp();
    }

    /// Whether a part can be put without waiting. By the producer.
    public boolean isRoomy() {
        return ring.hasRoom() || input.isClosed();
    }

    /// Releases what this producer has put while the input was being closed.
    private boolean giveUp() {
        input.close();
        return false;
    }

    private boolean hasRoom() {
        return ring.hasRoom() || input.isClosed();
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
        return handedOver() > ring.head() || spiltIn > spiltOut;
    }

    private long handedOver() {
        return handsOverEach() ? ring.tail() : Math.max(ready.getAcquire(), partialTo);
    }

    /// Whether parts wait, handed over or not.
    boolean hasSome() {
        return !ring.isEmpty() || spiltIn > spiltOut;
    }

    /// Whether every part is handed over by itself.
    boolean isUnbatched() {
        return batch == 1;
    }

    /// Takes a batch that is not full for handed over.
    void takePartial() {
        partialTo = ring.tail();
    }

    boolean isOver() {
        // In this order: what was put before the end is visible with it.
        return ended && !hasSome();
    }

    long firstStamp() {
        return ring.firstStamp();
    }

    /// Takes what is handed over, as much of it as there is room for, into a batch that is empty.
    void fill(PartBatch into) {
        if (spiltIn > spiltOut || !ring.lends()) {
            fill(into, into.capacity());
            return;
        }
        long limit = Math.min(handedOver(), ring.head() + into.capacity());
        into.count(charges.takeOut(ring.lend(into, this, limit)));
        charges.settle();
    }

    /// Takes what is handed over, as much of it as there is room for.
    ///
    /// @param most how many parts at most
    void fill(PartBatch into, int most) {
        if (spiltIn > spiltOut) {
            into.add(unspilt(), null, 0);
            return;
        }
        long limit = Math.min(handedOver(), ring.head() + most);
        while (ring.head() < limit && !into.isFull()) {
            PartRing.Taken taken = ring.take();
            Charge charge = taken.charge();
            into.add(taken.delivery(), charge, charge == null ? charges.takeOut(taken.size()) : 0);
        }
        charges.settle();
        free();
    }

    QueuedPart remove() {
        QueuedPart removed = removeOne();
        charges.settle();
        free();
        return removed;
    }

    private QueuedPart removeOne() {
        if (spiltIn > spiltOut) {
            return new QueuedPart(unspilt(), input.budget.counted(0));
        }
        PartRing.Taken taken = ring.take();
        return new QueuedPart(taken.delivery(), charges.held(taken.charge(), taken.size()));
    }

    private Delivery unspilt() {
        Delivery delivery = spill.removeFirst();
        long size = delivery.part().sizeBytes();
        var unused = input.hold(-size);
        ring.countOut(size);
        spiltOut++;
        return delivery;
    }

    /// Gives the room of what was taken to the producer. By the consumer.
    void free() {
        ring.free();
        // Without a fence: a producer that this misses is seen by the next call, or before the consumer
        // waits.
        Thread waiting = producer;
        if (waiting != null && ring.inUse() <= ring.capacity() - roomToWake) {
            LockSupport.unpark(waiting);
        }
    }

    /// Lets a waiting producer look for room. Before the consumer waits.
    void wakeProducer() {
        VarHandle.fullFence();
        LockSupport.unpark(producer);
    }

    /// Gives back what was taken before it was charged. Under the input's lock.
    void settle() {
        charges.settle();
    }

    void abandon() {
        while (hasSome()) {
            removeOne().release();
        }
        charges.settle();
        LockSupport.unpark(producer);
    }

    /// The counters at this moment.
    public Load load() {
        long taken = ring.partsTaken();
        long put = Math.max(taken, ring.partsPut());
        long spiltAndTaken = spiltOut;
        long spilt = Math.max(spiltAndTaken, spiltIn);
        int depth = (int) (Math.min(ring.capacity(), put - taken) + spilt - spiltAndTaken);
        long bytes = depth == 0 ? 0 : ring.bytes();
        return new Load(
                put + spilt,
                depth,
                ring.capacity(),
                bytes,
                Math.max(ring.highWaterParts(), depth),
                Math.max(ring.highWaterBytes(), bytes),
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
