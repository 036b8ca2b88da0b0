package io.partflow.engine.stream;

/// The memory budget at one moment, in bytes.
///
/// @param inFlightBytes charged and held aside now; above the budget only by stages' emissions, by what is held aside
///     (later branches, whole streams) and by a single oversize part
/// @param highWaterBytes the most that ever was
public record MemorySnapshot(long budgetBytes, long inFlightBytes, long highWaterBytes) {
    /// How far the bytes charged at once have passed the budget at most; 0 when they never did.
    public long overshootBytes() {
        return Math.max(0, highWaterBytes - budgetBytes);
    }
}
