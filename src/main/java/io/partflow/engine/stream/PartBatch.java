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
    /*
     * Parts of one long queue stay in its ring and are read there (`lender`); those of several queues, or of a short
     * one, are copied into arrays of the batch's own. `counted` is what all parts left together hold of the budget
     * where they have no charge of their own: what is given back for one is its size, as far as that goes.
     */
    private static final int MOST_AT_ONCE = 64;

    private final int capacity;
    private @Nullable Delivery[] parts = {};
    private @Nullable Charge @Nullable [] charges;
    private int first;
    private int mask;
    private @Nullable PartQueue lender;
    private @Nullable Delivery @Nullable [] ownParts;
    private @Nullable Charge @Nullable [] ownCharges;
    private @Nullable MemoryBudget budget;
    private int size;
    private int released;
    private long counted;
    private long owed;

    /// @param capacityParts how many parts are taken together at most, at least 1
    public PartBatch(int capacityParts) {
        if (capacityParts < 1) {
            throw new IllegalArgumentException("a batch of " + capacityParts + " parts; it must be at least 1");
        }
        capacity = capacityParts;
    }

    /// A batch for what a stage takes at once in that mode: at least what is handed over together, and as
    /// much of a long queue as makes its two ends meet seldom.
    public static PartBatch of(StreamMode mode) {
        return new PartBatch(Math.max(mode.batchParts(), Math.min(MOST_AT_ONCE, mode.queueParts() / 4)));
    }

    int capacity() {
        return capacity;
    }

    /// How many parts it holds, 0 before the first filling.
    public int size() {
        return size;
    }

    /// The part at that place, from 0, unless it was let go.
    public Delivery get(int at) {
        return Objects.requireNonNull(parts[(first + at) & mask], "this part was let go");
    }

    boolean isFull() {
        return size == capacity;
    }

    void begin(MemoryBudget from) {
        done(size - 1);
        budget = from;
        size = 0;
        released = 0;
    }

    /// Takes a part into an array of its own.
    ///
    /// @param countedBytes what the part holds of the budget where it has no charge of its own
    void add(Delivery delivery, @Nullable Charge charge, long countedBytes) {
        if (size == 0) {
            useOwn();
        }
        parts[size] = delivery;
        Objects.requireNonNull(charges)[size] = charge;
        counted += countedBytes;
        size++;
    }

    private void useOwn() {
        if (ownParts == null) {
            ownParts = new Delivery[capacity];
            ownCharges = new Charge[capacity];
        }
        parts = ownParts;
        charges = ownCharges;
        first = 0;
        mask = -1;
    }

    /// Takes parts where they are, until the last of them is let go.
    void borrow(
            PartQueue from,
            @Nullable Delivery[] ring,
            @Nullable Charge @Nullable [] ringCharges,
            int firstSlot,
            int slotMask,
            int count) {
        lender = from;
        parts = ring;
        charges = ringCharges;
        first = firstSlot;
        mask = slotMask;
        size = count;
    }

    /// Adds to what its parts hold together of the budget.
    void count(long countedBytes) {
        counted += countedBytes;
    }

    /// The charge of a part of its own; null where it has none.
    @Nullable
    Charge chargeOf(int at) {
        return charges == null ? null : charges[(first + at) & mask];
    }

    /// Leaves the next part, and what it holds of the budget, to somebody else. In order.
    ///
    /// @return how many bytes it holds where it has no charge of its own
    long letGo(int at) {
        long bytes = 0;
        int slot = (first + at) & mask;
        if (chargeOf(at) == null) {
            bytes = Math.min(counted, get(at).part().sizeBytes());
            counted -= bytes;
        } else {
            Objects.requireNonNull(charges)[slot] = null;
        }
        parts[slot] = null;
        released = at + 1;
        if (released == size) {
            giveBackSlots();
        }
        return bytes;
    }

    /// Lets go of the parts up to and including that place. What they hold is given back when it is much,
    /// when somebody waits for it, and before the consumer waits.
    public void done(int at) {
        MemoryBudget from = budget;
        if (from == null) {
            return;
        }
        while (released <= at) {
            Charge charge = chargeOf(released);
            owed += letGo(released);
            if (charge != null) {
                charge.release();
            }
        }
        if (owed >= from.stepBytes() || (owed > 0 && from.isWaitedFor())) {
            settle();
        }
    }

    private void giveBackSlots() {
        PartQueue from = lender;
        if (from != null) {
            lender = null;
            from.free();
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
