package io.partflow.engine.cache.sqlite;

import io.partflow.engine.cache.CacheEntry;
import io.partflow.engine.cache.CacheKey;
import io.partflow.engine.content.Part;
import io.partflow.engine.content.WireFormException;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.TreeMap;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/// Everything in a store, whatever its prefix and whoever wrote it: to list, count, remove and copy. Thread-safe.
public final class StoreContents {
    /// Whether rows come with their values.
    public enum Values {
        WITH,
        /// The value of a row is empty, and is read only where the query asks for a kind.
        WITHOUT
    }

    /// What is in a store.
    ///
    /// @param valueBytes of the values as stored
    /// @param ofOthers entries that another program has put
    /// @param hits of all entries since they were put; without those of other programs
    /// @param byPrefix entries and bytes of values under each prefix
    /// @param journalMode as SQLite calls it
    public record Totals(
            long entries,
            long valueBytes,
            long expired,
            long pinned,
            long ofOthers,
            long hits,
            TreeMap<String, long[]> byPrefix,
            String journalMode) {}

    private static final int REMOVED_AT_ONCE = 500;
    private static final int HASH_DIGITS = 32;

    private final SqliteStore store;

    public StoreContents(SqliteStore store) {
        this.store = store;
    }

    /// Passes every entry that is meant, in order, to `taker`, until that says no.
    public void each(StoreQuery query, Values values, Predicate<StoreRow> taker) {
        FactLayout known = store.layout();
        StoreWalk.Selecting selecting = layout -> selection(query, values, layout);
        String order = known.hasFacts() ? query.order().sql() : StoreQuery.Order.KEY.sql();
        var unused = store.read(Boolean.FALSE, reader -> {
            new StoreWalk(store, reader, selecting, order).each((rows, layout) -> {
                StoreRow row = StoreRow.of(rows, layout.hasFacts());
                return !fits(row, query) || taker.test(row);
            });
            return Boolean.TRUE;
        });
    }

    private StoreWalk.Selection selection(StoreQuery query, Values values, FactLayout layout) {
        boolean facts = layout.hasFacts();
        String onlyTheirs = facts ? "CASE WHEN e.key IS NULL THEN c.value END" : "c.value";
        String value = switch (values) {
            case WITH -> "c.value";
            case WITHOUT -> query.text() != null ? "c.value" : query.kind() == null ? "NULL" : onlyTheirs;
        };
        String columns = "c.key, " + value + ", c.expires_at" + (facts ? StoreRow.FACT_COLUMNS : "");
        List<String> conditions = new ArrayList<>();
        List<Object> bound = new ArrayList<>();
        if (query.key() != null) {
            conditions.add("c.key = ?");
            bound.add(query.key());
        }
        if (query.prefix() != null) {
            conditions.add("substr(c.key, 1, length(?)) = ?");
            bound.add(query.prefix());
            bound.add(query.prefix());
        }
        if (query.createdBeforeMillis() != null) {
            conditions.add(facts ? "e.created_ms < ?" : "? IS NULL");
            bound.add(query.createdBeforeMillis());
        }
        String now = ExpiryText.of(store.clock().millis());
        switch (query.life()) {
            case ALL -> {}
            case LIVE -> {
                conditions.add("(c.expires_at IS NULL OR c.expires_at > ?)");
                bound.add(now);
            }
            case EXPIRED -> {
                conditions.add("c.expires_at <= ?");
                bound.add(now);
            }
        }
        return new StoreWalk.Selection(columns, String.join(" AND ", conditions), bound);
    }

    private static boolean fits(StoreRow row, StoreQuery query) {
        StoreRow.Facts facts = row.facts();
        return (query.node() == null || (facts != null && facts.node().equals(query.node())))
                && isOfKind(row, query.kind())
                && holds(row, query.text());
    }

    private static boolean holds(StoreRow row, @Nullable String text) {
        if (text == null) {
            return true;
        }
        String wanted = text.toLowerCase(Locale.ROOT);
        try {
            return row.parts().stream()
                    .anyMatch(part -> part.isText()
                            && part.text().toLowerCase(Locale.ROOT).contains(wanted));
        } catch (WireFormException notAContent) {
            return false;
        }
    }

    private static boolean isOfKind(StoreRow row, @Nullable String kind) {
        if (kind == null) {
            return true;
        }
        String wanted = kind.toLowerCase(Locale.ROOT);
        return kinds(row).stream()
                .map(each -> each.toLowerCase(Locale.ROOT))
                .anyMatch(each -> wanted.endsWith("*")
                        ? each.startsWith(wanted.substring(0, wanted.length() - 1))
                        : each.equals(wanted) || each.split(";", 2)[0].strip().equals(wanted));
    }

    /// The MIME types of an entry's parts; for another program's, they are read from the value.
    private static List<String> kinds(StoreRow row) {
        StoreRow.Facts facts = row.facts();
        if (facts != null) {
            return Arrays.asList(facts.kinds().split(",", -1));
        }
        try {
            return row.parts().stream().map(Part::mimeType).toList();
        } catch (WireFormException notAContent) {
            return List.of();
        }
    }

    /// The entry under a key given as text, over or not; null when there is none.
    public @Nullable StoreRow find(String key) {
        return store.row(key);
    }

    public Totals totals() {
        long[] sums = new long[6];
        TreeMap<String, long[]> byPrefix = new TreeMap<>();
        long now = store.clock().millis();
        StoreWalk.Selecting sizes = layout -> new StoreWalk.Selection(
                "c.key, coalesce(length(c.value), 0), c.expires_at, "
                        + (layout.hasFacts() ? "e.pinned, e.hits" : "NULL, 0"),
                "",
                List.of());
        String mode = store.read("", reader -> {
            new StoreWalk(store, reader, sizes, "").each((rows, layout) -> {
                sums[0]++;
                sums[1] += rows.getLong(2);
                sums[2] += ExpiryText.millis(rows.getString(3)) <= now ? 1 : 0;
                sums[3] += rows.getLong(4);
                sums[4] += rows.wasNull() ? 1 : 0;
                sums[5] += rows.getLong(5);
                long[] under = byPrefix.computeIfAbsent(prefix(rows.getString(1)), prefix -> new long[2]);
                under[0]++;
                under[1] += rows.getLong(2);
                return true;
            });
            try (PreparedStatement statement = reader.connection().prepareStatement("PRAGMA journal_mode");
                    ResultSet rows = statement.executeQuery()) {
                return rows.next() ? rows.getString(1) : "";
            }
        });
        return new Totals(sums[0], sums[1], sums[2], sums[3], sums[4], sums[5], byPrefix, mode);
    }

    private static String prefix(String key) {
        CacheKey parsed = CacheKey.parse(key);
        return parsed == null ? key.substring(0, Math.max(0, key.length() - HASH_DIGITS)) : parsed.prefix();
    }

    /// Removes entries, a few hundred in a transaction.
    ///
    /// @param keys as texts
    /// @return how many were there and are gone
    public int remove(List<String> keys) {
        int removed = 0;
        for (int from = 0; from < keys.size(); from += REMOVED_AT_ONCE) {
            List<String> some = keys.subList(from, Math.min(keys.size(), from + REMOVED_AT_ONCE));
            int[] gone = {0};
            Durability end = store.write(0, session -> {
                gone[0] = 0;
                for (String key : some) {
                    Slot slot = session.slot(key);
                    if (slot != null) {
                        session.delete(slot, prefix(key));
                        gone[0]++;
                    }
                }
            });
            removed += end == Durability.DURABLE ? gone[0] : 0;
        }
        return removed;
    }

    /// Writes an entry where none is, with its facts if they are known.
    ///
    /// @return whether it was written
    public boolean add(StoreRow row) {
        boolean[] added = {false};
        Addition addition = Addition.of(row);
        if (addition == null) {
            return false;
        }
        Durability end = store.write(addition.bytes(), session -> added[0] = write(session, addition));
        return added[0] && end == Durability.DURABLE;
    }

    /// Writes entries where none are, all in one transaction. Values must be readable.
    ///
    /// @return how many were written
    public int addAll(List<StoreRow> rows) {
        List<Addition> additions = new ArrayList<>();
        long bytes = 0;
        for (StoreRow row : rows) {
            Addition addition = Addition.of(row);
            if (addition != null) {
                additions.add(addition);
                bytes += addition.bytes();
            }
        }
        int[] added = {0};
        Durability end = store.write(bytes, session -> {
            added[0] = 0;
            for (Addition each : additions) {
                added[0] += write(session, each) ? 1 : 0;
            }
        });
        return end == Durability.DURABLE ? added[0] : 0;
    }

    /// An entry that is to be written, encoded before its transaction.
    private record Addition(NewRow row, CacheEntry.Pinning pinning) {
        static @Nullable Addition of(StoreRow row) {
            CacheKey key = CacheKey.parse(row.key());
            if (key == null) {
                return null;
            }
            NewRow fresh = NewRow.of(row.value(key));
            StoreRow.Facts facts = row.facts();
            return facts == null
                    ? new Addition(fresh, CacheEntry.Pinning.LOOSE)
                    : new Addition(fresh.served(facts.hits(), facts.lastHitMillis()), facts.pinning());
        }

        int bytes() {
            return row.form().length;
        }
    }

    private boolean write(StoreSession session, Addition addition) throws SQLException {
        NewRow row = addition.row();
        if (session.slot(row.text()) != null) {
            return false;
        }
        store.endsAt(row.value().expiresMillis());
        session.write(row, addition.pinning(), null);
        return true;
    }

    /// How many entries are not over.
    public long live() {
        if (!store.isBroken()) {
            long count = store.read(0L, reader -> {
                PreparedStatement statement = reader.prepared(
                        "SELECT count(*) FROM content_cache c WHERE c.expires_at IS NULL OR c.expires_at > ?");
                statement.setString(1, ExpiryText.of(store.clock().millis()));
                try (ResultSet rows = statement.executeQuery()) {
                    return rows.next() ? rows.getLong(1) : 0L;
                }
            });
            if (!store.isBroken()) {
                return count;
            }
        }
        long[] count = {0};
        each(StoreQuery.ALL.withLife(StoreQuery.Life.LIVE), Values.WITHOUT, row -> {
            count[0]++;
            return true;
        });
        return count[0];
    }
}
