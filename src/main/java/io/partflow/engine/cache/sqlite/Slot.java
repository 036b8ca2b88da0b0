package io.partflow.engine.cache.sqlite;

import io.partflow.engine.cache.CacheKey;
import io.partflow.engine.cache.EvictionCause;
import io.partflow.engine.cache.EvictionListener.Eviction;
import io.partflow.engine.content.ContentHash;
import org.jspecify.annotations.Nullable;

/// A row as far as removing it needs. Immutable.
///
/// @param row its number in the other program's table
/// @param usedMillis when it was last served or put; 0 for a row of another program
record Slot(
        String key,
        long row,
        long sizeBytes,
        long createdMillis,
        long expiresMillis,
        long usedMillis,
        Standing standing) {
    /// Whether the limits are about a row.
    enum Standing {
        LOOSE,
        PINNED,
        /// Another program has written it.
        THEIRS;

        static Standing of(int stored) {
            return values()[stored];
        }
    }

    Eviction evicted(EvictionCause cause, @Nullable CacheKey forKey) {
        CacheKey parsed = CacheKey.parse(key);
        return new Eviction(
                parsed == null ? new CacheKey(key, ContentHash.ofText(key)) : parsed,
                sizeBytes,
                createdMillis,
                expiresMillis,
                cause,
                forKey);
    }
}
