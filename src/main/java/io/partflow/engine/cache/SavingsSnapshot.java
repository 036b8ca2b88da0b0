package io.partflow.engine.cache;

import io.partflow.engine.processor.Usage;

/// What hits and coalesced requests saved, measured and estimated apart, and what caching itself took.
///
/// @param measured from the recorded cost of the very entry that was served
/// @param estimated where that cost is not known
/// @param overheadNanos time spent on keys, lookups and puts
public record SavingsSnapshot(Saved measured, Saved estimated, long overheadNanos) {
    /// One side of the ledger.
    ///
    /// @param calls computations that did not happen
    /// @param timeNanos how long they would have taken
    /// @param usage what they would have spent
    public record Saved(long calls, long timeNanos, Usage usage) {
        public static final Saved NONE = new Saved(0, 0, Usage.NONE);

        public Saved plus(Saved other) {
            return new Saved(calls + other.calls, timeNanos + other.timeNanos, usage.plus(other.usage));
        }
    }

    public static final SavingsSnapshot NONE = new SavingsSnapshot(Saved.NONE, Saved.NONE, 0);

    public SavingsSnapshot plus(SavingsSnapshot other) {
        return new SavingsSnapshot(
                measured.plus(other.measured), estimated.plus(other.estimated), overheadNanos + other.overheadNanos);
    }
}
