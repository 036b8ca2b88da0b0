package io.partflow.engine.cache;

import io.partflow.engine.content.Part;
import io.partflow.engine.content.image.AlikePictures;
import io.partflow.engine.processor.Failure;
import io.partflow.engine.processor.PartEmitter;
import io.partflow.engine.stream.StreamClock;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/// All caches of one workbench or command, by node, and the stores they share; they outlive runs. Thread-safe.
public final class CacheRoom implements AutoCloseable {
    private static final int MOST_NAMESPACES = 256;

    /// Requests to the cache of one node; counted as those of the node. Thread-safe.
    @FunctionalInterface
    public interface Calls {
        /// Answers from the cache or computes, and passes the answer's parts to `out`.
        ///
        /// @param input what the key is made of
        /// @return how the request ended
        Outcome request(List<Part> input, PartEmitter out, ContentCache.Computation computation) throws Exception;
    }

    /// A stream processor that asks its node's cache by itself, for parts of its work. Where the cache of the whole
    /// stream is on, that one is the node's, and the tenant is given none.
    public interface Tenant {
        /// The settings of the cache; null to have none.
        @Nullable
        CacheSettings cacheSettings();

        /// Takes the cache; once, before the first part.
        void moveIn(Calls calls);
    }

    private record Seen(String prefix, int distance) {}

    private final StreamClock clock;
    // Used last, last; locked while it is used.
    private final Map<Seen, AlikePictures> pictures = new LinkedHashMap<>(16, 0.75f, true) {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<Seen, AlikePictures> eldest) {
            return size() > MOST_NAMESPACES;
        }
    };
    private final CacheStore.Opener opener;
    private final Map<String, ContentCache> caches = new ConcurrentHashMap<>();
    private final Map<Path, CacheStore> stores = new ConcurrentHashMap<>();
    private final AtomicReference<@Nullable CacheWatcher> watcher = new AtomicReference<>();

    /// Caches in memory alone: settings that ask for a store are refused.
    public CacheRoom(StreamClock clock) {
        this(clock, file -> {
            throw new CacheStore.Unavailable(new Failure(
                    "STORE_NOT_POSSIBLE",
                    "Caches are kept in memory only here, not in " + file + ".",
                    "Choose the tier memory.",
                    file.toString()));
        });
    }

    /// @param opener opens the stores that settings name
    public CacheRoom(StreamClock clock, CacheStore.Opener opener) {
        this.clock = clock;
        this.opener = opener;
    }

    /// Has somebody told of everything that happens to the caches, in place of whoever was told before.
    ///
    /// @param who null for nobody
    public void watch(@Nullable CacheWatcher who) {
        watcher.set(who);
    }

    /// Ends [#watch] for somebody, if it is still them who is told.
    public void unwatch(CacheWatcher who) {
        var unused = watcher.compareAndSet(who, null);
    }

    /// As [#cache(String, String, CacheSettings, String)], for a cache whose settings name no store.
    public ContentCache cache(String node, String processor, CacheSettings settings) {
        return cache(node, processor, settings, "");
    }

    /// The cache of a node. A node that has changed its processor gets a new, empty one; changed settings are taken
    /// over by the old one,
    /// which keeps what fits.
    ///
    /// @param prefix of the node's keys: under it the cache finds its entries in a store
    /// @throws CacheStore.Unavailable when the settings want a store that cannot be used
    public ContentCache cache(String node, String processor, CacheSettings settings, String prefix) {
        ContentCache.Ground ground = new ContentCache.Ground(prefix, store(settings));
        ContentCache cache = caches.compute(
                node,
                (id, old) -> old != null && old.processor().equals(processor)
                        ? old
                        : replaced(old, new ContentCache(id, processor, settings, ground, clock, watcher)));
        if (!cache.settings().equals(settings) || !cache.ground().equals(ground)) {
            cache.configure(settings, ground);
        }
        return cache;
    }

    private static ContentCache replaced(@Nullable ContentCache old, ContentCache by) {
        if (old != null) {
            old.close();
        }
        return by;
    }

    private @Nullable CacheStore store(CacheSettings settings) {
        if (settings.tier() == CacheSettings.Tier.MEMORY) {
            return null;
        }
        Path file = settings.behaviour().store().file();
        if (file == null) {
            throw new CacheStore.Unavailable(new Failure(
                    "STORE_MISSING",
                    "A cache is to be kept in a store, and none is named.",
                    "Name a store in the pipeline's settings, or run with --cache FILE.db.",
                    null));
        }
        return store(file);
    }

    /// The store in a file, opened when first asked for.
    ///
    /// @throws CacheStore.Unavailable when it cannot be used
    public CacheStore store(Path file) {
        return stores.computeIfAbsent(file.toAbsolutePath().normalize(), opener::open);
    }

    /// The stores that are open.
    public List<CacheStore> stores() {
        return List.copyOf(stores.values());
    }

    /// The key function of a namespace. Where images are matched by likeness, it remembers the pictures
    /// that were seen in this namespace before, also in earlier runs and by other nodes; those of the 256
    /// namespaces that were asked for last.
    ///
    /// @throws IllegalArgumentException when the options cannot be had, see [KeyFunction#of]
    public KeyFunction keys(String prefix, CacheSettings.KeyOptions options) {
        Integer distance = options.imageHammingDistance();
        if (distance == null) {
            return KeyFunction.of(options);
        }
        synchronized (pictures) {
            return KeyFunction.of(
                    options,
                    pictures.computeIfAbsent(new Seen(prefix, distance), seen -> new AlikePictures(seen.distance())));
        }
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

    /// The caches without those that have the same entries as an earlier one, by node.
    public List<ContentCache> distinctCaches() {
        List<ContentCache> distinct = new ArrayList<>();
        for (ContentCache cache : caches()) {
            if (distinct.stream().noneMatch(cache::sharesEntriesWith)) {
                distinct.add(cache);
            }
        }
        return distinct;
    }

    /// A weakly consistent copy of the live entries of all caches, node by node; of each store the last used alone,
    /// see [ContentCache#visit] for all.
    public List<CacheEntry> entries() {
        List<CacheEntry> entries = new ArrayList<>();
        for (ContentCache cache : distinctCaches()) {
            entries.addAll(cache.entries());
        }
        return entries;
    }

    /// How many live entries all caches hold; takes no copy of them.
    public long count() {
        return distinctCaches().stream().mapToLong(ContentCache::count).sum();
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

    /// Forgets all caches with their entries and counters, as for a new document. What is in stores stays there.
    public void clear() {
        caches.values().forEach(ContentCache::close);
        caches.clear();
        synchronized (pictures) {
            pictures.clear();
        }
        stores.values().forEach(CacheStore::close);
        stores.clear();
        CacheWatcher watching = watcher.get();
        if (watching != null) {
            watching.cleared();
        }
    }

    /// Writes what stores have not written yet and closes them.
    @Override
    public void close() {
        clear();
    }
}
