package io.partflow.engine.cache;

import io.partflow.engine.stream.StreamClock;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/// All caches of one workbench or command, by node; they outlive runs. Thread-safe.
public final class CacheRoom {
    private final StreamClock clock;
    private final Map<String, ContentCache> caches = new ConcurrentHashMap<>();

    public CacheRoom(StreamClock clock) {
        this.clock = clock;
    }

    /// The cache of a node. A node that has changed its processor gets a new, empty one; changed settings are taken
    /// over by the old one,
    /// which keeps what fits.
    public ContentCache cache(String node, String processor, CacheSettings settings) {
        ContentCache cache = caches.compute(
                node,
                (id, old) -> old != null && old.processor().equals(processor)
                        ? old
                        : new ContentCache(id, processor, settings, clock));
        if (!cache.settings().equals(settings)) {
            cache.configure(settings);
        }
        return cache;
    }

    /// The cache of a node, if it has one.
    public Optional<ContentCache> cache(String node) {
        return Optional.ofNullable(caches.get(node));
    }

    /// All caches, by node.
    public List<ContentCache> caches() {
        return caches.values().stream()
                .sorted((a, b) -> a.node().compareTo(b.node()))
                .toList();
    }

    /// A weakly consistent copy of the live entries of all caches, node by node.
    public List<CacheEntry> entries() {
        List<CacheEntry> entries = new ArrayList<>();
        for (ContentCache cache : caches()) {
            entries.addAll(cache.entries());
        }
        return entries;
    }

    /// How many live entries all caches hold; takes no copy of them.
    public long count() {
        return caches.values().stream().mapToLong(ContentCache::count).sum();
    }

    /// The live entry under a key, of the first node that has it; moves no counter and no recency.
    public Optional<CacheEntry> peek(CacheKey key) {
        for (ContentCache cache : caches()) {
            Optional<CacheEntry> entry = cache.peek(key);
            if (entry.isPresent()) {
                return entry;
            }
        }
        return Optional.empty();
    }

    /// Removes the entries under a key, of every node that has one. Returns whether there was any.
    public boolean invalidate(CacheKey key) {
        boolean removed = false;
        for (ContentCache cache : caches()) {
            removed |= cache.invalidate(key);
        }
        return removed;
    }

    /// Removes every entry of every node. Returns how many there were.
    public int invalidateAll() {
        int removed = 0;
        for (ContentCache cache : caches()) {
            removed += cache.invalidateAll();
        }
        return removed;
    }

    /// Undoes an invalidation in the cache of the node that computed the entry, if that still exists.
    public void restore(CacheEntry entry) {
        ContentCache cache = caches.get(entry.node());
        if (cache != null && cache.processor().equals(entry.processor())) {
            cache.restore(entry);
        }
    }

    /// The sum over all caches.
    public CacheSnapshot total() {
        return total(caches());
    }

    /// The sum over some caches; percentiles are those of all their requests together, and a limit is null when any
    /// of them has none.
    public CacheSnapshot total(Collection<ContentCache> some) {
        return CacheCounters.total(some);
    }

    /// Forgets all caches with their entries and counters, as for a new document.
    public void clear() {
        caches.clear();
    }
}
