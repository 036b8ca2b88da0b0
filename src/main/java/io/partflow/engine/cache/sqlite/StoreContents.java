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
        var unused = store.read(Boolean.FALSE, reader -> {
            FactLayout layout = store.layout();
            boolean facts = layout.hasFacts();
            List<Object> bound = new ArrayList<>();
            String sql = sql(query, values, layout, bound);
            try (PreparedStatement statement = reader.connection().prepareStatement(sql)) {
                for (int i = 0; i < bound.size(); i++) {
                    statement.setObject(i + 1, bound.get(i));
                }
                try (ResultSet rows = statement.executeQuery()) {
                    boolean more = true;
                    while (more && rows.next()) {
                        StoreRow row = StoreRow.of(rows, facts);
                        more = !fits(row, query) || taker.test(row);
                    }
                }
            }
            return Boolean.TRUE;
        });
    }

    private String sql(StoreQuery query, Values values, FactLayout layout, List<Object> bound) {
        boolean facts = layout.hasFacts();
        StringBuilder sql = new StringBuilder("SELECT ");
        String onlyTheirs = facts ? "CASE WHEN e.key IS NULL THEN c.value END" : "c.value";
        String value = switch (values) {
            case WITH -> "c.value";
            case WITHOUT -> query.text() != null ? "c.value" : query.kind() == null ? "NULL" : onlyTheirs;
        };
        sql.append("c.key, ").append(value).append(", c.expires_at");
        if (facts) {
            sql.append(StoreRow.FACT_COLUMNS);
        }
        sql.append(layout.tables());
        List<String> conditions = new ArrayList<>();
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
        if (!conditions.isEmpty()) {
            sql.append(" WHERE ").append(String.join(" AND ", conditions));
        }
        return sql.append(" ORDER BY ")
                .append(facts ? query.order().sql() : StoreQuery.Order.KEY.sql())
                .toString();
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
        FactLayout layout = store.layout();
        String columns = "SELECT c.key, coalesce(length(c.value), 0), c.expires_at, "
                + (layout.hasFacts() ? "e.pinned, e.hits" : "NULL, 0") + layout.tables();
        String mode = store.read("", reader -> {
            try (PreparedStatement statement = reader.connection().prepareStatement(columns);
                    ResultSet rows = statement.executeQuery()) {
                while (rows.next()) {
                    sums[0]++;
                    sums[1] += rows.getLong(2);
                    sums[2] += ExpiryText.millis(rows.getString(3)) <= now ? 1 : 0;
                    sums[3] += rows.getLong(4);
                    sums[4] += rows.wasNull() ? 1 : 0;
                    sums[5] += rows.getLong(5);
                    String key = rows.getString(1);
                    long[] under = byPrefix.computeIfAbsent(prefix(key), prefix -> new long[2]);
                    under[0]++;
                    under[1] += rows.getLong(2);
                }
            }
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
        return store.read(0L, reader -> {
            PreparedStatement statement = reader.prepared(
                    "SELECT count(*) FROM content_cache c WHERE c.expires_at IS NULL OR c.expires_at > ?");
            statement.setString(1, ExpiryText.of(store.clock().millis()));
            try (ResultSet rows = statement.executeQuery()) {
                return rows.next() ? rows.getLong(1) : 0L;
            }
        });
    }
}
