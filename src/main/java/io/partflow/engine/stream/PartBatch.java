package io.partflow.engine.stream;

import io.partflow.engine.content.Delivery;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/// Parts that were taken together, with the bytes they hold of the budget. Filled again and again by
/// [PartInput#takeBatch(PartBatch)]; confined to the consumer's thread.
///
/// Say [#done(int)] of each part in order as soon as it is worked on, or [#release()] to let go of all that
/// is left.
public final class PartBatch {
    private static final int MOST_AT_ONCE = 64;

    private final @Nullable Delivery[] parts;
    private final @Nullable Charge[] charges;
    private final long[] bytes;
    private @Nullable MemoryBudget budget;
    private int size;
    private int released;
    private long owed;

    /// @param capacityParts how many parts are taken together at most, at least 1
    public PartBatch(int capacityParts) {
        if (capacityParts < 1) {
            throw new IllegalArgumentException("a batch of " + capacityParts + " parts; it must be at least 1");
        }
        parts = new Delivery[capacityParts];
        charges = new Charge[capacityParts];
        bytes = new long[capacityParts];
    }

    /// A batch for what a stage takes at once in that mode: at least what is handed over together, and as much of a
    /// long
    /// queue as makes its two ends meet seldom.
    public static PartBatch of(StreamMode mode) {
        return new PartBatch(Math.max(mode.batchParts(), Math.min(MOST_AT_ONCE, mode.queueParts() / 4)));
    }

    int capacity() {
        return parts.length;
    }

    /// How many parts it holds, 0 before the first filling.
    public int size() {
        return size;
    }

    /// The part at that place, from 0, unless it was let go.
    public Delivery get(int at) {
        return Objects.requireNonNull(parts[at], "this part was let go");
    }

    boolean isFull() {
        return size == parts.length;
    }

    void begin(MemoryBudget from) {
        done(size - 1);
        budget = from;
        size = 0;
        released = 0;
    }

    /// @param countedBytes what the part holds of the budget where it has no charge of its own
    void add(Delivery delivery, @Nullable Charge charge, long countedBytes) {
        parts[size] = delivery;
        charges[size] = charge;
        bytes[size] = countedBytes;
        size++;
    }

    /// The charge of a part of its own; null where it has none.
    @Nullable
    Charge chargeOf(int at) {
        return charges[at];
    }

    /// What a part holds of the budget where it has no charge of its own.
    long bytesOf(int at) {
        return bytes[at];
    }

    /// Leaves a part, and what it holds of the budget, to somebody else. In order.
    void letGo(int at) {
        parts[at] = null;
        charges[at] = null;
        bytes[at] = 0;
        released = at + 1;
    }

    /// Lets go of the parts up to and including that place. What they hold is given back when it is much,
    /// when somebody
    /// waits for it, and before the consumer waits.
    public void done(int at) {
        MemoryBudget from = budget;
        if (from == null) {
            return;
        }
        for (int i = released; i <= at; i++) {
            parts[i] = null;
            owed += bytes[i];
            Charge charge = charges[i];
            if (charge != null) {
                charges[i] = null;
                charge.release();
            }
        }
        released = Math.max(released, at + 1);
        if (owed >= from.stepBytes() || (owed > 0 && from.isWaitedFor())) {
            settle();
        }
    }

    /// Gives back what the parts that were let go held.
    void settle() {
        MemoryBudget from = budget;
        if (from != null) {
            from.giveBack(owed);
            owed = 0;
        }
    }

    /// Lets go of all parts that are left.
    public void release() {
        done(size - 1);
        settle();
    }
}
