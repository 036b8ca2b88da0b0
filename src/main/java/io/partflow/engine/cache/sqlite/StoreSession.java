package io.partflow.engine.cache.sqlite;

import io.partflow.engine.cache.CacheEntry;
import io.partflow.engine.cache.CacheKey;
import io.partflow.engine.cache.StoredValue;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// The writing connection of a store, with the counts that its limits need. Confined to the writer's thread.
final class StoreSession implements AutoCloseable {
    private static final String STANDING_SQL = "CASE WHEN e.key IS NULL THEN 2 ELSE e.pinned END";
    private static final String SIZE_SQL = "coalesce(e.size_bytes, length(c.value), 0)";
    private static final int HASH_DIGITS = 32;
    private static final long CHECKPOINT_PAGES = 16_000;
    // What a group changes stays in memory until its commit.
    private static final long CACHE_KIB = 16 << 10;

    private final Connection connection;
    private final Map<String, PreparedStatement> statements = new HashMap<>();
    private final Map<String, Tally> tallies = new HashMap<>();
    private final List<Runnable> afterCommit = new ArrayList<>();
    private final RemovedRows removed = new RemovedRows(this);
    private boolean hasOurs;
    private boolean madeOurs;
    private long version = -1;

    /// Opens the connection; a new store gets its tables and its journal mode.
    StoreSession(StoreFile file, long mostPages) throws SQLException {
        connection = file.connect();
        try {
            hasOurs = file.shape() == StoreSchema.Shape.OURS;
            if (file.shape() == StoreSchema.Shape.EMPTY) {
                execute("PRAGMA journal_mode = WAL");
            }
            if (pragma("journal_mode").equals("wal")) {
                execute("PRAGMA synchronous = NORMAL");
                execute("PRAGMA wal_autocheckpoint = " + CHECKPOINT_PAGES);
            }
            execute("PRAGMA cache_size = -" + CACHE_KIB);
            if (mostPages > 0) {
                execute("PRAGMA max_page_count = " + mostPages);
            }
            if (file.shape() == StoreSchema.Shape.EMPTY) {
                begin();
                StoreSchema.complete(connection, file.shape());
                hasOurs = true;
                commit();
            } else if (hasOurs) {
                begin();
                execute("DELETE FROM partflow_entry WHERE NOT EXISTS"
                        + " (SELECT 1 FROM content_cache c WHERE c.key = partflow_entry.key)");
                commit();
            }
        } catch (SQLException | RuntimeException e) {
            try {
                connection.close();
            } catch (SQLException closing) {
                e.addSuppressed(closing);
            }
            throw e;
        }
    }

    private void execute(String sql) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }

    private String pragma(String name) throws SQLException {
        try (Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery("PRAGMA " + name)) {
            String value = rows.next() ? rows.getString(1) : null;
            return value == null ? "" : value;
        }
    }

    PreparedStatement prepared(String sql) throws SQLException {
        PreparedStatement statement = statements.get(sql);
        if (statement == null) {
            statement = connection.prepareStatement(sql);
            statements.put(sql, statement);
        }
        return statement;
    }

    void begin() throws SQLException {
        prepared("BEGIN IMMEDIATE").execute();
        forgetWhatOthersChanged();
    }

    private void forgetWhatOthersChanged() throws SQLException {
        try (ResultSet rows = prepared("PRAGMA data_version").executeQuery()) {
            long now = rows.next() ? rows.getLong(1) : 0;
            if (now != version) {
                version = now;
                tallies.clear();
            }
        }
    }

    void commit() throws SQLException {
        prepared("COMMIT").execute();
        madeOurs = false;
    }

    /// Runs what waited for the commit.
    void tellAfterCommit() {
        List<Runnable> told = List.copyOf(afterCommit);
        afterCommit.clear();
        told.forEach(Runnable::run);
    }

    void rollback() {
        afterCommit.clear();
        tallies.clear();
        if (madeOurs) {
            hasOurs = false;
            madeOurs = false;
        }
        try {
            prepared("ROLLBACK").execute();
        } catch (SQLException alreadyOver) {
            // Some errors end the transaction themselves; what matters is that none is open now.
        }
        // The driver closes a statement that has failed, and it would fail for ever.
        closeStatements();
    }

    void afterCommit(Runnable told) {
        afterCommit.add(told);
    }

    boolean hasOurs() {
        return hasOurs;
    }

    void ensureOurs() throws SQLException {
        if (!hasOurs) {
            StoreSchema.complete(connection, StoreSchema.Shape.REFERENCE);
            hasOurs = true;
            madeOurs = true;
        }
    }

    /// What is under a prefix; kept up to date by this session.
    Tally tally(String prefix) throws SQLException {
        Tally known = tallies.get(prefix);
        if (known != null) {
            return known;
        }
        Tally tally = new Tally();
        PreparedStatement statement = prepared(
                hasOurs
                        ? "SELECT " + SIZE_SQL + ", " + STANDING_SQL
                                + " FROM content_cache c LEFT JOIN partflow_entry e ON e.key = c.key" + UNDER_PREFIX
                        : "SELECT coalesce(length(c.value), 0), 2 FROM content_cache c" + UNDER_PREFIX);
        bindPrefix(statement, prefix, 1);
        try (ResultSet rows = statement.executeQuery()) {
            while (rows.next()) {
                tally.add(rows.getLong(1), Standing.of(rows.getInt(2)), 1);
            }
        }
        tallies.put(prefix, tally);
        return tally;
    }

    static final String UNDER_PREFIX = " WHERE c.key >= ? AND c.key < ? AND length(c.key) = ?";

    /// Binds the three places of [#UNDER_PREFIX]: a key under a prefix goes on with 32 hex digits and nothing else.
    static void bindPrefix(PreparedStatement statement, String prefix, int at) throws SQLException {
        statement.setString(at, prefix);
        statement.setString(at + 1, prefix + "g");
        statement.setInt(at + 2, prefix.codePointCount(0, prefix.length()) + HASH_DIGITS);
    }

    private static final String SLOT_COLUMNS = "c.key, " + SIZE_SQL + ", coalesce(e.created_ms, 0), c.expires_at,"
            + " max(coalesce(e.last_hit_ms, 0), coalesce(e.created_ms, 0)), " + STANDING_SQL;
    private static final String BARE_SLOT_COLUMNS =
            "c.key, coalesce(length(c.value), 0), 0, c.expires_at, 0, 2 FROM content_cache c";
    private static final String SLOT_TABLES = " FROM content_cache c LEFT JOIN partflow_entry e ON e.key = c.key";

    // Made once: one is looked for with each put.
    private static final String ONE_SLOT = "SELECT " + SLOT_COLUMNS + SLOT_TABLES + " WHERE c.key = ?";
    private static final String ONE_BARE_SLOT = "SELECT " + BARE_SLOT_COLUMNS + " WHERE c.key = ?";

    private String slotSql() {
        return hasOurs ? "SELECT " + SLOT_COLUMNS + SLOT_TABLES : "SELECT " + BARE_SLOT_COLUMNS;
    }

    private static Slot slot(ResultSet rows) throws SQLException {
        return new Slot(
                rows.getString(1),
                rows.getLong(2),
                rows.getLong(3),
                ExpiryText.millis(rows.getString(4)),
                rows.getLong(5),
                Standing.of(rows.getInt(6)));
    }

    @Nullable
    Slot slot(String key) throws SQLException {
        PreparedStatement statement = prepared(hasOurs ? ONE_SLOT : ONE_BARE_SLOT);
        statement.setString(1, key);
        try (ResultSet rows = statement.executeQuery()) {
            return rows.next() ? slot(rows) : null;
        }
    }

    /// All rows under a prefix.
    List<Slot> slots(String prefix) throws SQLException {
        PreparedStatement statement = prepared(slotSql() + UNDER_PREFIX);
        bindPrefix(statement, prefix, 1);
        return slots(statement);
    }

    private static List<Slot> slots(PreparedStatement statement) throws SQLException {
        List<Slot> slots = new ArrayList<>();
        try (ResultSet rows = statement.executeQuery()) {
            while (rows.next()) {
                slots.add(slot(rows));
            }
        }
        return slots;
    }

    /// Rows that are over, of any prefix, the longest first.
    List<Slot> expired(long nowMillis, int most) throws SQLException {
        PreparedStatement statement = prepared(slotSql() + " WHERE c.expires_at <= ? ORDER BY c.expires_at LIMIT ?");
        statement.setString(1, ExpiryText.of(nowMillis));
        statement.setInt(2, most);
        return slots(statement);
    }

    /// When the next row is over, or [Long#MAX_VALUE].
    long nextEndMillis() throws SQLException {
        try (ResultSet rows =
                prepared("SELECT min(expires_at) FROM content_cache").executeQuery()) {
            return rows.next() ? ExpiryText.millis(rows.getString(1)) : Long.MAX_VALUE;
        }
    }

    /// The rows of ours under a prefix that were used longest ago and are not pinned.
    List<Slot> coldest(String prefix, long most) throws SQLException {
        if (!hasOurs) {
            return List.of();
        }
        PreparedStatement statement = prepared("SELECT " + SLOT_COLUMNS
                + " FROM partflow_entry e JOIN content_cache c ON c.key = e.key WHERE e.prefix = ? AND e.pinned = 0"
                + " ORDER BY 5, 3 LIMIT ?");
        statement.setString(1, prefix);
        statement.setLong(2, most);
        return slots(statement);
    }

    /// Writes both rows of a value, in place of older ones.
    ///
    /// @param older the [slot][#slot(String)] of the key as it is now
    void write(
            StoredValue value,
            byte[] form,
            long hits,
            long lastHitMillis,
            CacheEntry.Pinning pinning,
            @Nullable Slot older)
            throws SQLException {
        ensureOurs();
        CacheKey key = value.key();
        String text = key.text();
        Tally tally = tally(key.prefix());
        if (older != null) {
            tally.add(older.sizeBytes(), older.standing(), -1);
        }
        PreparedStatement content = prepared("INSERT INTO content_cache(key, value, expires_at) VALUES(?, ?, ?)"
                + " ON CONFLICT(key) DO UPDATE SET value = excluded.value, expires_at = excluded.expires_at");
        content.setString(1, text);
        content.setBytes(2, form);
        content.setString(
                3, ExpiryText.of(pinning == CacheEntry.Pinning.PINNED ? Long.MAX_VALUE : value.expiresMillis()));
        content.executeUpdate();
        FactStatement.write(prepared(FactStatement.SQL), value, text, hits, lastHitMillis, pinning);
        tally.add(value.sizeBytes(), pinning == CacheEntry.Pinning.PINNED ? Standing.PINNED : Standing.LOOSE, 1);
    }

    /// Deletes both rows.
    void delete(Slot slot, String prefix) throws SQLException {
        PreparedStatement content = prepared("DELETE FROM content_cache WHERE key = ?");
        content.setString(1, slot.key());
        content.executeUpdate();
        if (hasOurs) {
            PreparedStatement entry = prepared("DELETE FROM partflow_entry WHERE key = ?");
            entry.setString(1, slot.key());
            entry.executeUpdate();
        }
        Tally known = tallies.get(prefix);
        if (known != null) {
            known.add(slot.sizeBytes(), slot.standing(), -1);
        }
    }

    RemovedRows removedRows() {
        return removed;
    }

    /// Writes a removed row back, where none is.
    void restore(RemovedRows.Kept kept, String prefix) throws SQLException {
        Tally tally = tally(prefix);
        removed.restore(kept);
        Slot back = slot(kept.key());
        if (back != null) {
            tally.add(back.sizeBytes(), back.standing(), 1);
        }
    }

    /// Pins a row or lets it go, with the end that means never; makes the row beside it if there is none.
    void pin(StoreRow row, CacheKey key, CacheEntry.Pinning pinning) throws SQLException {
        ensureOurs();
        StoreRow.Facts facts = row.facts();
        long hits = facts == null ? 0 : facts.hits();
        long lastHit = facts == null ? 0 : facts.lastHitMillis();
        write(row.value(key).withExpiresMillis(Long.MAX_VALUE), row.value(), hits, lastHit, pinning, slot(key.text()));
    }

    void addHits(String key, long hits, long lastMillis) throws SQLException {
        PreparedStatement statement = prepared("UPDATE partflow_entry SET hits = hits + ?,"
                + " last_hit_ms = max(coalesce(last_hit_ms, 0), ?) WHERE key = ?");
        statement.setLong(1, hits);
        statement.setLong(2, lastMillis);
        statement.setString(3, key);
        statement.executeUpdate();
    }

    private void closeStatements() {
        for (PreparedStatement statement : statements.values()) {
            try {
                statement.close();
            } catch (SQLException closedAlready) {
                // It is not used again in any case.
            }
        }
        statements.clear();
    }

    @Override
    public void close() throws SQLException {
        closeStatements();
        connection.close();
    }
}
