package io.partflow.engine.cache.sqlite;

import io.partflow.engine.cache.CacheEntry;
import io.partflow.engine.cache.CacheKey;
import io.partflow.engine.cache.EntryFacts;
import io.partflow.engine.cache.StoredValue;
import io.partflow.engine.content.Part;
import io.partflow.engine.content.WireForm;
import io.partflow.engine.content.WireFormException;
import io.partflow.engine.processor.Usage;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/// Reads what is known of the entries under a prefix, without their values but where nothing else tells their kinds.
///
/// A page at a time in the order of the keys: a reader that stays would keep other programs from writing a store
/// without a write-ahead log, and this one from shortening it. Thread-safe.
final class FactRows {
    private static final int PAGE = 2_000;
    private static final String OURS = "c.key, c.expires_at, coalesce(e.size_bytes, length(c.value), 0),"
            + " CASE WHEN e.key IS NULL THEN c.value END, e.node, e.processor, e.kinds, e.created_ms, e.hits,"
            + " e.last_hit_ms, e.compute_nanos, e.tokens_in, e.tokens_out, e.cost_micro_usd, e.derived_from, e.pinned";
    private static final String THEIRS = "c.key, c.expires_at, coalesce(length(c.value), 0), c.value";
    private static final String ONE = " WHERE c.key = ?";
    // One lower bound alone: of two the library may search by the other one, and pass over all earlier pages again.
    private static final String NEXT = " WHERE c.key > ? AND c.key < ? AND length(c.key) = ? ORDER BY c.key LIMIT ?";

    private final SqliteStore store;
    private final String prefix;

    FactRows(SqliteStore store, String prefix) {
        this.store = store;
        this.prefix = prefix;
    }

    /// What a page holds, and the last key it was read to; null at the end.
    private record Page(List<EntryFacts> facts, @Nullable String last) {}

    private static final Page UNREAD = new Page(List.of(), null);

    /// Passes those of all live entries to `taker` until that says no.
    void visit(Predicate<EntryFacts> taker) {
        String after = prefix;
        while (after != null && !store.isBroken()) {
            Page page = page(after);
            if (page.equals(UNREAD)) {
                // What was cut short by damage is read again, and on.
                break;
            }
            for (EntryFacts each : page.facts()) {
                if (!isTaken(each, taker)) {
                    return;
                }
            }
            after = page.last();
        }
        if (after != null && store.isBroken()) {
            visitBroken(after, taker);
        }
    }

    private boolean isTaken(EntryFacts each, Predicate<EntryFacts> taker) {
        return each.expiresMillis() <= store.clock().millis() || taker.test(each);
    }

    private void visitBroken(String after, Predicate<EntryFacts> taker) {
        StoreWalk.Selecting selecting = layout -> new StoreWalk.Selection(
                columns(layout),
                "c.key > ? AND c.key < ? AND length(c.key) = ?",
                List.of(after, prefix + "g", prefix.codePointCount(0, prefix.length()) + StoreSession.HASH_DIGITS));
        var unused = store.read(Boolean.FALSE, reader -> {
            new StoreWalk(store, reader, selecting, "c.key").each((rows, layout) -> {
                EntryFacts facts = facts(rows, layout.hasFacts());
                return facts == null || isTaken(facts, taker);
            });
            return Boolean.TRUE;
        });
    }

    private Page page(String after) {
        FactLayout layout = store.layout();
        return store.read(UNREAD, reader -> {
            List<EntryFacts> page = new ArrayList<>();
            int read = 0;
            String last = after;
            PreparedStatement statement = reader.prepared(sql(layout) + NEXT);
            StoreSession.bindPrefix(statement, prefix, 1);
            statement.setString(1, after);
            statement.setInt(4, PAGE);
            try (ResultSet rows = statement.executeQuery()) {
                while (rows.next()) {
                    read++;
                    last = Objects.requireNonNullElse(rows.getString(1), last);
                    EntryFacts facts = facts(rows, layout.hasFacts());
                    if (facts != null) {
                        page.add(facts);
                    }
                }
            }
            return new Page(page, read < PAGE ? null : last);
        });
    }

    /// Those of the live entry under a key, or null.
    @Nullable
    EntryFacts find(CacheKey key) {
        FactLayout layout = store.layout();
        List<EntryFacts> found = store.read(List.of(), reader -> {
            PreparedStatement statement = reader.prepared(sql(layout) + ONE);
            statement.setString(1, key.text());
            try (ResultSet rows = statement.executeQuery()) {
                EntryFacts known = rows.next() ? facts(rows, layout.hasFacts()) : null;
                return known == null ? List.of() : List.of(known);
            }
        });
        return found.isEmpty()
                        || found.getFirst().expiresMillis() <= store.clock().millis()
                ? null
                : found.getFirst();
    }

    private static String columns(FactLayout layout) {
        return layout.hasFacts() ? OURS : THEIRS;
    }

    private static String sql(FactLayout layout) {
        return "SELECT " + columns(layout) + layout.tables();
    }

    /// Null for what only looks like a key of ours.
    private @Nullable EntryFacts facts(ResultSet rows, boolean withOurs) throws SQLException {
        String text = rows.getString(1);
        CacheKey parsed = text == null ? null : CacheKey.parse(text);
        if (parsed == null) {
            return null;
        }
        // The text of the prefix is the same for all, and so is the object.
        CacheKey key = new CacheKey(prefix, parsed.hash());
        long expires = ExpiryText.millis(rows.getString(2));
        byte[] value = rows.getBytes(4);
        String kinds = withOurs ? rows.getString(7) : null;
        if (kinds == null) {
            return new EntryFacts(
                    key,
                    "",
                    "",
                    kinds(value),
                    rows.getLong(3),
                    0,
                    expires,
                    store.notes().hits(key),
                    store.notes().lastMillis(key),
                    StoredValue.UNKNOWN,
                    Usage.NONE,
                    List.of(),
                    CacheEntry.Pinning.LOOSE);
        }
        long nanos = rows.getLong(11);
        long computeNanos = nanos == 0 && rows.wasNull() ? StoredValue.UNKNOWN : nanos;
        return new EntryFacts(
                key,
                Objects.requireNonNullElse(rows.getString(5), ""),
                Objects.requireNonNullElse(rows.getString(6), ""),
                kinds,
                rows.getLong(3),
                rows.getLong(8),
                expires,
                rows.getLong(9) + store.notes().hits(key),
                Math.max(rows.getLong(10), store.notes().lastMillis(key)),
                computeNanos,
                new Usage(Math.max(0, rows.getLong(12)), Math.max(0, rows.getLong(13)), Math.max(0, rows.getLong(14))),
                keys(rows.getString(15)),
                rows.getInt(16) == 0 ? CacheEntry.Pinning.LOOSE : CacheEntry.Pinning.PINNED);
    }

    private static List<CacheKey> keys(@Nullable String json) {
        return json == null
                ? List.of()
                : StoreRow.keys(json).stream()
                        .map(CacheKey::parse)
                        .filter(Objects::nonNull)
                        .map(Objects::requireNonNull)
                        .toList();
    }

    /// Those of another program's value.
    private static String kinds(byte @Nullable [] value) {
        if (value == null) {
            return "";
        }
        try {
            return String.join(
                    ",",
                    WireForm.readContent(value).parts().stream()
                            .map(Part::mimeType)
                            .distinct()
                            .sorted()
                            .toList());
        } catch (WireFormException notAContent) {
            return "";
        }
    }
}
