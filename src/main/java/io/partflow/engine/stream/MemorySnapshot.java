package io.partflow.engine.stream;

/// The memory budget at one moment, in bytes.
///
/// @param inFlightBytes charged now; above the budget only by stages' emissions and by a single oversize part
/// @param highWaterBytes the most that was ever charged
public record MemorySnapshot(long budgetBytes, long inFlightBytes, long highWaterBytes) {}
