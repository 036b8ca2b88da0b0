package io.partflow.engine.cache.upkeep;

import io.partflow.engine.cache.CacheEntry;
import io.partflow.engine.cache.CacheKey;
import io.partflow.engine.cache.CacheRoom;
import io.partflow.engine.cache.CacheTier;
import io.partflow.engine.cache.ContentCache;
import io.partflow.engine.cache.EntryFacts;
import io.partflow.engine.content.Part;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/// Entries that are about to be removed: first chosen and counted, then removed, and brought back if that was a
/// mistake. Confined to one thread at a time; everything here may read a store and take a while.
///
/// It sees everything in memory and in stores, however much that is, and holds the keys of what is chosen. What is
/// removed is kept until this is closed: in memory where it was in memory, beside the store where it was in one.
public final class Invalidation implements AutoCloseable {
    /// Which entries are meant; null stands for any. Immutable; start from [#ALL].
    ///
    /// @param prefix keys that start so
    /// @param kind with a part of this MIME type, where `image/*` stands for all images
    /// @param createdBeforeMillis put before, milliseconds since 1970; entries of other programs have no such time
    /// and are not meant
    /// @param node computed by this node
    /// @param text with a part whose text holds this, in any case
    public record Criteria(
            @Nullable CacheKey key,
            @Nullable String prefix,
            @Nullable String kind,
            @Nullable Long createdBeforeMillis,
            @Nullable String node,
            @Nullable String text) {
        public static final Criteria ALL = new Criteria(null, null, null, null, null, null);

        public static Criteria ofKey(CacheKey key) {
            return new Criteria(key, null, null, null, null, null);
        }

        public static Criteria ofPrefix(String prefix) {
            return new Criteria(null, prefix, null, null, null, null);
        }

        public static Criteria ofKind(String kind) {
            return new Criteria(null, null, kind, null, null, null);
        }

        public static Criteria olderThan(long createdBeforeMillis) {
            return new Criteria(null, null, null, createdBeforeMillis, null, null);
        }

        public static Criteria ofNode(String node) {
            return new Criteria(null, null, null, null, node, null);
        }

        public static Criteria ofText(String text) {
            return new Criteria(null, null, null, null, null, text);
        }

        /// Whether what is known of an entry fits, its text not looked at.
        boolean fits(EntryFacts entry) {
            return (key == null || entry.key().equals(key))
                    && (prefix == null || entry.key().text().startsWith(prefix))
                    && (kind == null || entry.isOfKind(kind))
                    && (createdBeforeMillis == null
                            || (entry.createdMillis() != 0 && entry.createdMillis() < createdBeforeMillis))
                    && (node == null || entry.node().equals(node));
        }

        /// Whether the entry's text fits; reads the entry if that matters.
        boolean fitsText(ContentCache cache, EntryFacts entry) {
            return text == null
                    || cache.peek(entry.key())
                            .map(whole -> whole.parts().stream().anyMatch(part -> holds(part, text)))
                            .orElse(false);
        }

        private static boolean holds(Part part, String text) {
            return part.isText() && part.text().toLowerCase(Locale.ROOT).contains(text.toLowerCase(Locale.ROOT));
        }
    }

    /// Whether what was computed from a chosen entry goes with it.
    public enum Derived {
        STAYS,
        GOES
    }

    /// What is removed from one cache, and how it comes back.
    private record Gone(ContentCache cache, CacheTier.Removed removed) {}

    private final CacheRoom room;
    private final Map<ContentCache, Set<CacheKey>> chosen = new LinkedHashMap<>();
    private final List<Gone> gone = new ArrayList<>();
    private long bytes;

    private Invalidation(CacheRoom room) {
        this.room = room;
    }

    /// Chooses; nothing is removed yet.
    public static Invalidation of(CacheRoom room, Criteria criteria, Derived derived) {
        return of(room, criteria, entry -> true, derived);
    }

    /// Chooses among what fits the criteria by any other property; nothing is removed yet.
    ///
    /// @param query says no to what shall stay
    public static Invalidation of(CacheRoom room, Criteria criteria, Predicate<EntryFacts> query, Derived derived) {
        Invalidation made = new Invalidation(room);
        for (ContentCache cache : room.distinctCaches()) {
            cache.visit(entry -> {
                if (criteria.fits(entry) && query.test(entry) && criteria.fitsText(cache, entry)) {
                    made.choose(cache, entry);
                }
                return true;
            });
        }
        if (derived == Derived.GOES) {
            made.addDerived();
        }
        return made;
    }

    private boolean choose(ContentCache cache, EntryFacts entry) {
        boolean added =
                chosen.computeIfAbsent(cache, same -> new LinkedHashSet<>()).add(entry.key());
        bytes += added ? entry.sizeBytes() : 0;
        return added;
    }

    /// Adds what was computed from what is chosen, until nothing more is; one look at all entries for each step away.
    private void addDerived() {
        Set<CacheKey> from = new HashSet<>();
        chosen.values().forEach(from::addAll);
        while (!from.isEmpty()) {
            Set<CacheKey> sources = from;
            Set<CacheKey> next = new HashSet<>();
            for (ContentCache cache : room.distinctCaches()) {
                cache.visit(entry -> {
                    if (entry.derivedFrom().stream().anyMatch(sources::contains) && choose(cache, entry)) {
                        next.add(entry.key());
                    }
                    return true;
                });
            }
            from = next;
        }
    }

    /// How many entries are chosen.
    public int count() {
        return chosen.values().stream().mapToInt(Set::size).sum();
    }

    /// How many are chosen of each node's cache, by the id of the node.
    public Map<String, Integer> countByNode() {
        Map<String, Integer> counts = new LinkedHashMap<>();
        chosen.forEach((cache, keys) -> counts.merge(cache.node(), keys.size(), Integer::sum));
        return counts;
    }

    /// The size of their values, in bytes.
    public long bytes() {
        return bytes;
    }

    /// The keys of the first of them, to show.
    public List<CacheKey> first(int most) {
        return chosen.values().stream().flatMap(Set::stream).limit(most).toList();
    }

    /// The first of them, to show; without those that have left meanwhile.
    public List<CacheEntry> firstEntries(int most) {
        return first(most).stream().flatMap(key -> room.peek(key).stream()).toList();
    }

    /// Removes them. Every removal is told as an explicit eviction.
    ///
    /// @return how many were still there
    public int remove() {
        release();
        int removed = 0;
        for (Map.Entry<ContentCache, Set<CacheKey>> each : chosen.entrySet()) {
            ContentCache cache = each.getKey();
            CacheTier.Removed now = cache.removeAll(each.getValue());
            gone.add(new Gone(cache, now));
            removed += now.count();
            for (ContentCache other : room.caches()) {
                if (other != cache && other.sharesEntriesWith(cache)) {
                    // What it has of them in memory of its own.
                    other.removeAll(each.getValue()).release().run();
                }
            }
        }
        return removed;
    }

    /// Brings back what was removed, with hits and ends, unless that end has come or a newer entry is there. It may
    /// be removed again.
    ///
    /// @return how many entries are back
    public int undo() {
        int back = 0;
        for (Gone each : gone) {
            back += each.cache().restore(each.removed());
        }
        release();
        return back;
    }

    private void release() {
        gone.forEach(each -> each.removed().release().run());
        gone.clear();
    }

    /// Lets go what was kept for the way back.
    @Override
    public void close() {
        release();
    }
}
