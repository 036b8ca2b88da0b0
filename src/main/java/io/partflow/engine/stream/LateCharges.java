package io.partflow.engine.stream;

import org.jspecify.annotations.Nullable;

/// What one queue tells the budget of the parts that bring no charge of their own: many at once.
///
/// The producer adds and charges; who holds the input's lock takes out. So the budget is late by at most a thousandth
/// of itself, and never told less than nothing.
final class LateCharges {
    /*
     * Parts are charged together, when their bytes are a thousandth of the budget, and when a batch is handed over or
     * the producer pauses; `charged` says how much. A part that is taken before it was charged counts for nothing in
     * its consumer's hands; its bytes are `owed`, and given back as soon as they have been charged.
     */
    private final MemoryBudget budget;
    private final PaddedLong charged = new PaddedLong();
    // the producer's own, on a line of its own because it moves with every part
    private final PaddedLong uncharged = new PaddedLong();
    private long returned;
    private long owed;

    LateCharges(MemoryBudget budget) {
        this.budget = budget;
    }

    /// Notes a part that is put; true when so much has come together that it is time to charge.
    boolean add(long bytes) {
        long sum = uncharged.getPlain() + bytes;
        uncharged.setPlain(sum);
        return sum >= budget.stepBytes();
    }

    boolean isBehind() {
        return uncharged.getPlain() > 0;
    }

    /// Charges what was noted; forgets it where nobody reads any more.
    void charge(PartInput reader) {
        long bytes = uncharged.getPlain();
        if (bytes > 0 && !reader.isClosed()) {
            budget.add(bytes);
            charged.setRelease(charged.getPlain() + bytes);
        }
        uncharged.setPlain(0);
    }

    /// How many bytes of what is being taken the budget has been told of; the others are given back once it has.
    /// Under the input's lock.
    long takeOut(long bytes) {
        long counted = Math.min(bytes, charged.getAcquire() - returned);
        returned += counted;
        owed += bytes - counted;
        return counted;
    }

    /// What a taken part holds: its own charge, or one for what was counted of it. Under the input's lock.
    Charge held(@Nullable Charge own, long bytes) {
        return own != null ? own : budget.counted(takeOut(bytes));
    }

    /// Gives back what was taken before it was charged. Under the input's lock.
    void settle() {
        if (owed > 0) {
            long late = Math.min(owed, charged.getAcquire() - returned);
            returned += late;
            owed -= late;
            budget.giveBack(late);
        }
    }
}
