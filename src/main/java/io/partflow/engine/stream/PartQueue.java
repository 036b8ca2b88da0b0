package io.partflow.engine.stream;

import io.partflow.engine.content.Delivery;
import java.util.ArrayDeque;
import java.util.concurrent.locks.Condition;

/// A bounded queue of parts between two stages. Made by [PartInput#addQueue(int)]; thread-safe.
///
/// A producer that finds it full waits: that is the back-pressure of the whole product.
public final class PartQueue {
    private record Waiting(QueuedPart part, long bytes, long stamp, long heldBytes) {}

    /// Stands for the charge of a part that is held back: it counts against its input's own bound.
    private static final Charge NOTHING = new MemoryBudget(1).charge(0);

    private final PartInput input;
    private final int capacity;
    private final Condition room;
    private final ArrayDeque<Waiting> parts = new ArrayDeque<>();
    private boolean ended;
    private boolean abandoned;
    private long bytes;
    private long total;
    private int highWaterParts;
    private long highWaterBytes;
    private long blockedNanos;
    private long blockedSince;
    private boolean blocks;

    PartQueue(PartInput input, int capacity) {
        if (capacity < 1) {
            throw new IllegalArgumentException("queue capacity is " + capacity + " parts; it must be at least 1");
        }
        this.input = input;
        this.capacity = capacity;
        this.room = input.lock.newCondition();
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
        boolean overfull = false;
        try {
            input.lock.lockInterruptibly();
            try {
                awaitRoom();
                if (abandoned) {
                    return Fate.UNWANTED;
                }
                if (input.holdsBack(this)) {
                    overfull = input.hold(delivery.part().sizeBytes());
                    append(delivery, NOTHING, delivery.part().sizeBytes());
                } else {
                    append(delivery, charge, 0);
                    queued = true;
                }
                return Fate.TAKEN;
            } finally {
                input.lock.unlock();
            }
        } finally {
            if (!queued) {
                charge.release();
            }
            if (overfull) {
                input.overfull();
            }
        }
    }

    private void append(Delivery delivery, Charge charge, long heldBytes) {
        long size = delivery.part().sizeBytes();
        parts.addLast(new Waiting(new QueuedPart(delivery, charge), size, input.stamp(), heldBytes));
        bytes += size;
        total++;
        highWaterParts = Math.max(highWaterParts, parts.size());
        highWaterBytes = Math.max(highWaterBytes, bytes);
        input.arrived.signal();
    }

    private void awaitRoom() throws InterruptedException {
        if (hasRoom()) {
            return;
        }
        blocks = true;
        blockedSince = input.clock.nanos();
        try {
            while (!hasRoom()) {
                room.await();
            }
        } finally {
            blocks = false;
            blockedNanos += input.clock.nanos() - blockedSince;
        }
    }

    private boolean hasRoom() {
        return abandoned || parts.size() < capacity || input.holdsBack(this);
    }

    /// Says that no further part comes. Calling it again does nothing.
    public void end() {
        input.lock.lock();
        try {
            ended = true;
            input.arrived.signalAll();
        } finally {
            input.lock.unlock();
        }
    }

    /// Whether the consumer has given up reading, so that nothing put here is of use to anybody.
    public boolean isUnwanted() {
        input.lock.lock();
        try {
            return abandoned;
        } finally {
            input.lock.unlock();
        }
    }

    boolean isEmpty() {
        return parts.isEmpty();
    }

    boolean hasEnded() {
        return ended;
    }

    /// Whether nothing waits and nothing comes any more.
    boolean isSpent() {
        return ended && parts.isEmpty();
    }

    long firstStamp() {
        return parts.getFirst().stamp();
    }

    QueuedPart removeFirst() {
        Waiting first = parts.removeFirst();
        bytes -= first.bytes();
        var unused = input.hold(-first.heldBytes());
        room.signal();
        return first.part();
    }

    void abandon() {
        abandoned = true;
        parts.forEach(each -> each.part().release());
        parts.clear();
        bytes = 0;
        room.signalAll();
    }

    /// The counters at this moment.
    public Load load() {
        input.lock.lock();
        try {
            long blocked = blockedNanos + (blocks ? input.clock.nanos() - blockedSince : 0);
            return new Load(total, parts.size(), capacity, bytes, highWaterParts, highWaterBytes, blocked, blocks);
        } finally {
            input.lock.unlock();
        }
    }

    /// What a queue has carried and carries.
    ///
    /// @param parts how many have been put so far
    /// @param depth how many wait now, at most `capacity`
    /// @param bytes the size of those that wait
    /// @param highWaterParts the most that ever waited
    /// @param highWaterBytes the most bytes that ever waited
    /// @param blockedNanos how long producers waited for room so far
    /// @param blocked whether a producer waits now
    public record Load(
            long parts,
            int depth,
            int capacity,
            long bytes,
            int highWaterParts,
            long highWaterBytes,
            long blockedNanos,
            boolean blocked) {}
}
