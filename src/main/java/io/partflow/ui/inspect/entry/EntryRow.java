package io.partflow.ui.inspect.entry;

import io.partflow.engine.cache.CacheEntry;
import java.util.Comparator;

/// A cache entry as the table shows it at one moment. Immutable.
///
/// @param shortKey processor and both ends of the hash, such as `model.simulated/8e53…d417`
/// @param node the title of the node that computed it
/// @param ageMillis since it was put
/// @param leftMillis until it expires, at least 0; [Long#MAX_VALUE] for never
/// @param sinceHitMillis since it was last served; -1 when it never was
public record EntryRow(
        CacheEntry entry, String shortKey, String node, long ageMillis, long leftMillis, long sinceHitMillis) {
    /// By what rows can be sorted.
    public enum Order {
        KEY(Comparator.comparing(EntryRow::shortKey)),
        NODE(Comparator.comparing(EntryRow::node)),
        KIND(Comparator.comparing(row -> row.entry().kinds())),
        SIZE(Comparator.comparingLong(row -> row.entry().sizeBytes())),
        AGE(Comparator.comparingLong(EntryRow::ageMillis)),
        LEFT(Comparator.comparingLong(EntryRow::leftMillis)),
        HITS(Comparator.comparingLong(row -> row.entry().hits())),
        // What was never served is the longest ago.
        LAST_HIT(Comparator.comparingLong(row -> row.sinceHitMillis() < 0 ? Long.MAX_VALUE : row.sinceHitMillis()));

        private final Comparator<EntryRow> comparator;

        Order(Comparator<EntryRow> comparator) {
            this.comparator = comparator;
        }

        Comparator<EntryRow> comparator() {
            return comparator;
        }
    }

    static EntryRow of(CacheEntry entry, String node, long nowMillis) {
        return new EntryRow(
                entry,
                shortKey(entry),
                node,
                Math.max(0, nowMillis - entry.createdMillis()),
                entry.expiresMillis() == Long.MAX_VALUE
                        ? Long.MAX_VALUE
                        : Math.max(0, entry.expiresMillis() - nowMillis),
                entry.lastHitMillis() <= 0 ? -1 : Math.max(0, nowMillis - entry.lastHitMillis()));
    }

    /// The name of an entry that people can tell apart and read out.
    static String shortKey(CacheEntry entry) {
        String hash = entry.key().hash().hex();
        return entry.processor() + "/" + hash.substring(0, 4) + "…" + hash.substring(hash.length() - 4);
    }

    /// How much of the time to live is left, 0 to 1; 1 for an entry that never expires.
    public double leftRatio() {
        long whole = entry.expiresMillis() - entry.createdMillis();
        return leftMillis == Long.MAX_VALUE || whole <= 0 ? 1 : Math.clamp(leftMillis / (double) whole, 0, 1);
    }
}
