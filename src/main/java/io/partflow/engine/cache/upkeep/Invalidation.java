package io.partflow.engine.cache.upkeep;

import io.partflow.engine.cache.CacheEntry;
import io.partflow.engine.cache.CacheKey;
import io.partflow.engine.cache.CacheRoom;
import io.partflow.engine.content.Part;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// Entries that are about to be removed: first chosen and counted, then removed, and brought back if that was a
/// mistake. Confined to one thread.
///
/// Of a store it sees the entries that its tier gives, the last used. It keeps what it removes until it is let go.
public final class Invalidation {
    /// Which entries are meant; null stands for any. Immutable; start from [#ALL].
    ///
    /// @param prefix keys that start so
    /// @param kind with a part of this MIME type, where `image/*` stands for all images
    /// @param createdBeforeMillis put before, milliseconds since 1970
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

        public static Criteria ofNode(String node) {
            return new Criteria(null, null, null, null, node, null);
        }

        boolean fits(CacheEntry entry) {
            return (key == null || entry.key().equals(key))
                    && (prefix == null || entry.key().prefix().startsWith(prefix))
                    && (kind == null || entry.parts().stream().anyMatch(part -> isOf(kind, part)))
                    && (createdBeforeMillis == null
                            || (entry.createdMillis() != 0 && entry.createdMillis() < createdBeforeMillis))
                    && (node == null || entry.node().equals(node))
                    && (text == null || entry.parts().stream().anyMatch(part -> holds(part, text)));
        }

        private static boolean isOf(String kind, Part part) {
            String type = part.mimeType().toLowerCase(Locale.ROOT);
            String wanted = kind.toLowerCase(Locale.ROOT);
            return wanted.endsWith("*")
                    ? type.startsWith(wanted.substring(0, wanted.length() - 1))
                    : type.split(";", 2)[0].strip().equals(wanted);
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

    private final CacheRoom room;
    private final List<CacheEntry> chosen;

    private Invalidation(CacheRoom room, List<CacheEntry> chosen) {
        this.room = room;
        this.chosen = List.copyOf(chosen);
    }

    /// Chooses; nothing is removed yet.
    public static Invalidation of(CacheRoom room, Criteria criteria, Derived derived) {
        List<CacheEntry> all = room.entries();
        Map<CacheKey, CacheEntry> chosen = new LinkedHashMap<>();
        for (CacheEntry entry : all) {
            if (criteria.fits(entry)) {
                chosen.put(entry.key(), entry);
            }
        }
        if (derived == Derived.GOES) {
            addDerived(all, chosen);
        }
        return new Invalidation(room, new ArrayList<>(chosen.values()));
    }

    /// Adds what was computed from what is chosen, until nothing more is; one look at all entries for each step away.
    private static void addDerived(List<CacheEntry> all, Map<CacheKey, CacheEntry> chosen) {
        Set<CacheKey> from = new HashSet<>(chosen.keySet());
        while (!from.isEmpty()) {
            Set<CacheKey> next = new HashSet<>();
            for (CacheEntry entry : all) {
                boolean made = entry.derivedFrom().stream().anyMatch(from::contains);
                if (made && chosen.putIfAbsent(entry.key(), entry) == null) {
                    next.add(entry.key());
                }
            }
            from = next;
        }
    }

    /// How many entries are chosen.
    public int count() {
        return chosen.size();
    }

    /// The size of their values, in bytes.
    public long bytes() {
        return chosen.stream().mapToLong(CacheEntry::sizeBytes).sum();
    }

    public List<CacheEntry> entries() {
        return chosen;
    }

    /// Removes them.
    ///
    /// @return how many were still there
    public int remove() {
        int removed = 0;
        for (CacheEntry entry : chosen) {
            removed += room.invalidate(entry.key()) ? 1 : 0;
        }
        return removed;
    }

    /// Brings back what was removed, with hits and ends, unless that end has come or a newer entry is there.
    public void undo() {
        chosen.forEach(room::restore);
    }
}
