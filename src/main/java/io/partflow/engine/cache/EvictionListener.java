package io.partflow.engine.cache;

import org.jspecify.annotations.Nullable;

/// Told of every entry that leaves a tier, exactly once, after it has left. Must be thread-safe, quick, and leave
/// the tier alone.
@FunctionalInterface
public interface EvictionListener {
    /// One entry that left. Immutable.
    ///
    /// @param sizeBytes the size of its value
    /// @param createdMillis when it had been put, milliseconds since 1970, or 0 if that is unknown
    /// @param expiresMillis when it ended or would have ended, or [Long#MAX_VALUE] for never
    /// @param forKey the entry that needed the room, or null when none did
    record Eviction(
            CacheKey key,
            long sizeBytes,
            long createdMillis,
            long expiresMillis,
            EvictionCause cause,
            @Nullable CacheKey forKey) {
        /// A value that left.
        public static Eviction of(StoredValue value, EvictionCause cause, @Nullable CacheKey forKey) {
            return new Eviction(
                    value.key(), value.sizeBytes(), value.createdMillis(), value.expiresMillis(), cause, forKey);
        }
    }

    void evicted(Eviction eviction);
}
