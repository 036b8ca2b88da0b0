package io.partflow.engine.stream;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;

/// A number of bytes that count against a [MemoryBudget] until every holder has released them.
///
/// A part that travels on several wires is one object in memory, so it is charged once and held by each of
/// them. Holders may release on threads of their own; each of them uses the charge on one thread at a time.
public final class Charge {
    private static final VarHandle HOLDERS;

    static {
        try {
            HOLDERS = MethodHandles.lookup().findVarHandle(Charge.class, "holders", int.class);
        } catch (ReflectiveOperationException e) {
            throw new ExceptionInInitializerError(e);
        }
    }

    private final MemoryBudget budget;
    private long bytes;
    private int holders = 1;

    Charge(MemoryBudget budget, long bytes) {
        this.budget = budget;
        this.bytes = bytes;
    }

    /// How many bytes it still holds; 0 after the last release.
    public long bytes() {
        return bytes;
    }

    /// Says how many holders will release it, each exactly once. Call before handing it out.
    ///
    /// @param count at least 1
    public Charge shared(int count) {
        if (count < 1) {
            throw new IllegalArgumentException("a charge of " + count + " holders; it must be at least 1");
        }
        holders = count;
        return this;
    }

    /// One holder is done; the last one gives the bytes back. Calls beyond the last holder's do nothing.
    public void release() {
        // The last holder has it to itself, so that the usual single holder pays for no atomic step here.
        int left = (int) HOLDERS.getAcquire(this);
        if (left == 1 || (left > 1 && (int) HOLDERS.getAndAdd(this, -1) == 1)) {
            holders = 0;
            long all = bytes;
            bytes = 0;
            budget.giveBack(all);
        }
    }

    /// Gives back some of the bytes and keeps the rest. For a single holder.
    ///
    /// @param some at least 0; more than is held gives back all
    public void shrink(long some) {
        long given = Math.min(bytes, some);
        bytes -= given;
        budget.giveBack(given);
    }
}
