package io.partflow.engine.cache;

/// Told of every entry that leaves a tier, exactly once, on the thread that made it leave. Must be thread-safe,
/// quick, and leave the tier
/// alone.
@FunctionalInterface
public interface EvictionListener {
    void evicted(StoredValue value, EvictionCause cause);
}
