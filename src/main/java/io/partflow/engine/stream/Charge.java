package io.partflow.engine.stream;

import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;

/// A number of bytes that count against a [MemoryBudget] until every holder has released them. Thread-safe.
///
/// A part that travels on several wires is one object in memory, so it is charged once and held by each of them.
public final class Charge {
    private final MemoryBudget budget;
    private final AtomicLong bytes;
    private final AtomicInteger holders = new AtomicInteger(1);

    Charge(MemoryBudget budget, long bytes) {
        this.budget = budget;
        this.bytes = new AtomicLong(bytes);
    }

    /// How many bytes it still holds; 0 after the last release.
    public long bytes() {
        return bytes.get();
    }

    /// Says how many holders will release it, each exactly once. Call before handing it out.
    ///
    /// @param count at least 1
    public Charge shared(int count) {
        if (count < 1) {
            throw new IllegalArgumentException("a charge of " + count + " holders; it must be at least 1");
        }
        holders.set(count);
        return this;
    }

    /// One holder is done; the last one gives the bytes back. Calls beyond the last holder's do nothing.
    public void release() {
        if (holders.decrementAndGet() == 0) {
            budget.giveBack(bytes.getAndSet(0));
        }
    }

    /// Gives back some of the bytes and keeps the rest.
    ///
    /// @param some at least 0; more than is held gives back all
    public void shrink(long some) {
        long before = bytes.getAndUpdate(held -> Math.max(0, held - some));
        budget.giveBack(Math.min(before, some));
    }
}
