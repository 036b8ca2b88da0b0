package io.partflow.engine.processor.combine;

import io.partflow.engine.content.Part;
import io.partflow.engine.processor.PartContext;
import io.partflow.engine.processor.PartEmitter;
import io.partflow.engine.processor.PartStream;
import java.util.ArrayDeque;
import java.util.Optional;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.LongFunction;
import org.jspecify.annotations.Nullable;

/// A bounded queue of parts between threads of one [Crew]. Any number of threads emit, one reads; made by
/// [Crew#lane(int, int)].
///
/// It ends when every producer has said so. A producer that finds it full waits.
public final class PartLane implements PartStream, PartEmitter {
    private final int capacityParts;
    private final long capacityBytes;
    private final Runnable overflow;
    private final LongFunction<PartContext.Held> holding;
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition arrived = lock.newCondition();
    private final Condition room = lock.newCondition();
    private final ArrayDeque<Waiting> parts = new ArrayDeque<>();
    private int producers;
    private long bytes;
    private boolean abandoned;
    private @Nullable Throwable failure;

    private record Waiting(Part part, PartContext.Held held) {}

    /// @param holding counts the bytes of a part while it waits
    /// @param capacityBytes beyond which the lane does not wait but calls `overflow` and ends its producer
    PartLane(
            int capacityParts,
            long capacityBytes,
            int producers,
            Runnable overflow,
            LongFunction<PartContext.Held> holding) {
        if (capacityParts < 1 || producers < 1) {
            throw new IllegalArgumentException(
                    "a lane of " + capacityParts + " parts and " + producers + " producers; each must be at least 1");
        }
        this.capacityParts = capacityParts;
        this.capacityBytes = capacityBytes;
        this.producers = producers;
        this.overflow = overflow;
        this.holding = holding;
    }

    /// Appends a part, waiting for room.
    ///
    /// @throws InterruptedException when interrupted before or while waiting, or when nobody will read the part
    @Override
    public void emit(Part part) throws InterruptedException {
        if (!put(part)) {
            throw new InterruptedException("nobody reads this lane any more");
        }
    }

    /// Appends a part, waiting for room.
    ///
    /// @return false when nobody will read it
    /// @throws InterruptedException when interrupted before or while waiting
    boolean put(Part part) throws InterruptedException {
        boolean overflows;
        lock.lockInterruptibly();
        try {
            while (parts.size() >= capacityParts && !isClosed()) {
                room.await();
            }
            if (isClosed()) {
                return false;
            }
            long size = part.sizeBytes();
            overflows = size > capacityBytes - bytes && !parts.isEmpty();
            if (!overflows) {
                parts.addLast(new Waiting(part, holding.apply(size)));
                bytes += size;
                arrived.signal();
            }
        } finally {
            lock.unlock();
        }
        if (overflows) {
            overflow.run();
            return false;
        }
        return true;
    }

    /// The next part, or null when the lane has ended, failed or been given up.
    @Override
    public @Nullable Part next() throws InterruptedException {
        lock.lockInterruptibly();
        try {
            while (parts.isEmpty() && !isClosed()) {
                arrived.await();
            }
            Waiting first = parts.pollFirst();
            if (first == null) {
                return null;
            }
            bytes -= first.part().sizeBytes();
            first.held().release();
            room.signal();
            return first.part();
        } finally {
            lock.unlock();
        }
    }

    /// Says that one producer has no further part.
    public void end() {
        lock.lock();
        try {
            producers--;
            wakeAll();
        } finally {
            lock.unlock();
        }
    }

    /// Ends the lane with a failure, behind the parts that wait.
    void fail(Throwable cause) {
        lock.lock();
        try {
            failure = failure == null ? cause : failure;
            producers = 0;
            wakeAll();
        } finally {
            lock.unlock();
        }
    }

    /// Drops what waits; the lane goes on.
    public void clear() {
        lock.lock();
        try {
            drop();
            room.signalAll();
        } finally {
            lock.unlock();
        }
    }

    /// Says that nobody reads any more: what waits is dropped, and producers are told.
    void abandon() {
        lock.lock();
        try {
            abandoned = true;
            drop();
            wakeAll();
        } finally {
            lock.unlock();
        }
    }

    private void drop() {
        parts.forEach(each -> each.held().release());
        parts.clear();
        bytes = 0;
    }

    private void wakeAll() {
        arrived.signalAll();
        if (isClosed()) {
            room.signalAll();
        }
    }

    private boolean isClosed() {
        return abandoned || producers <= 0;
    }

    /// Whether nobody reads any more.
    boolean isUnwanted() {
        lock.lock();
        try {
            return abandoned;
        } finally {
            lock.unlock();
        }
    }

    /// Whether every producer has said that it has no further part; parts may still wait.
    boolean hasEnded() {
        lock.lock();
        try {
            return producers <= 0;
        } finally {
            lock.unlock();
        }
    }

    /// Why it ended before its time, if it did.
    Optional<Throwable> failure() {
        lock.lock();
        try {
            return Optional.ofNullable(failure);
        } finally {
            lock.unlock();
        }
    }
}
