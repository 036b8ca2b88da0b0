package io.partflow.ui.inspect.entry;

import io.partflow.engine.cache.CacheEntry;
import io.partflow.ui.support.Messages;
import io.partflow.ui.support.PortGlyph;
import java.util.Locale;

/// What a row has in common with others in one column, to filter by: a node, a kind, a range of sizes or times.
/// Immutable.
///
/// Ranges and not values, because ages and times left grow and shrink with every refresh.
///
/// @param rank where it stands among those of its column; equal for names, which are in the order of letters
public record EntryFacet(int rank, String text) implements Comparable<EntryFacet> {
    private static final long[] SIZES = {1L << 10, 16L << 10, 256L << 10, 4L << 20};
    private static final long[] TIMES = {10_000, 60_000, 600_000, 3_600_000};
    private static final long[] HITS = {1, 2, 10, 100};
    private static final double LOW = 0.2;

    /// What a row belongs to in a column.
    public static EntryFacet of(EntryRow.Order column, EntryRow row) {
        CacheEntry entry = row.entry();
        return switch (column) {
            case KEY -> new EntryFacet(0, entry.processor());
            case NODE -> new EntryFacet(0, row.node());
            case KIND -> new EntryFacet(0, kind(entry.kinds()));
            case SIZE -> range("size", SIZES, entry.sizeBytes());
            case AGE -> range("time", TIMES, row.ageMillis());
            case LEFT -> left(row);
            case HITS -> range("hits", HITS, entry.hits());
            case LAST_HIT ->
                row.sinceHitMillis() < 0
                        ? new EntryFacet(TIMES.length + 1, Messages.text("inspect.facet.nohit"))
                        : range("time", TIMES, row.sinceHitMillis());
        };
    }

    /// The word for the first kind of an entry's parts.
    static String kind(String kinds) {
        return kinds.isEmpty()
                ? Messages.text("inspect.entries.nothing")
                : Messages.text("inspect.port."
                        + PortGlyph.ofMimeType(kinds.split(",")[0]).name().toLowerCase(Locale.ROOT));
    }

    private static EntryFacet left(EntryRow row) {
        if (row.leftMillis() == Long.MAX_VALUE) {
            return new EntryFacet(TIMES.length + 2, Messages.text("inspect.entries.never"));
        }
        return row.leftRatio() < LOW
                ? new EntryFacet(-1, Messages.text("inspect.facet.low"))
                : range("time", TIMES, row.leftMillis());
    }

    private static EntryFacet range(String name, long[] ends, long value) {
        int rank = 0;
        while (rank < ends.length && value >= ends[rank]) {
            rank++;
        }
        return new EntryFacet(rank, Messages.text("inspect.facet." + name + "." + rank));
    }

    @Override
    public int compareTo(EntryFacet other) {
        int byRank = Integer.compare(rank, other.rank);
        return byRank != 0 ? byRank : text.compareToIgnoreCase(other.text);
    }

    /// As it stands in the list to choose from.
    @Override
    public String toString() {
        return text;
    }
}
