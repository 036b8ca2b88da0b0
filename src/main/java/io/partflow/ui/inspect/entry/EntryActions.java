package io.partflow.ui.inspect.entry;

import io.partflow.engine.cache.CacheEntry;
import io.partflow.engine.cache.CacheKey;
import io.partflow.engine.cache.CacheRoom;
import java.util.Optional;

/// What a user can do to a cache entry. May block; called off the FX thread.
public interface EntryActions {
    /// The entry as it is now; empty when it is not cached any more.
    Optional<CacheEntry> peek(CacheKey key);

    /// Removes the entry. Returns whether it was there.
    boolean invalidate(CacheKey key);

    /// Puts an entry back that was removed.
    void restore(CacheEntry entry);

    /// The actions on the caches of a workbench.
    static EntryActions on(CacheRoom room) {
        return new EntryActions() {
            @Override
            public Optional<CacheEntry> peek(CacheKey key) {
                return room.peek(key);
            }

            @Override
            public boolean invalidate(CacheKey key) {
                return room.invalidate(key);
            }

            @Override
            public void restore(CacheEntry entry) {
                room.restore(entry);
            }
        };
    }
}
