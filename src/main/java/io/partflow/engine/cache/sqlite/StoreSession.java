package io.partflow.engine.cache.sqlite;

import io.partflow.engine.cache.CacheEntry;
import io.partflow.engine.cache.CacheKey;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.Collection;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/// The writing connection of a store, with the counts that its limits need. Confined to the writer's thread.
final class StoreSession implements AutoCloseable {
    private static final String STANDING_SQL = "CASE WHEN e.key IS NULL THEN 2 ELSE e.pinned END";
    private static final String SIZE_SQL = "coalesce(e.size_bytes, length(c.value), 0)";
    static final int HASH_DIGITS = 32;
    private static final long CHECKPOINT_PAGES = 16_000;
    // What a group changes stays in memory until its commit.
    private static final long CACHE_KIB = 16 << 10;

    // By the key's index, which has the number as well: the rows themselves would all have to be read.
    private static final String DROP_ORPHANS = "DELETE FROM partflow_entry WHERE NOT EXISTS (SELECT 1"
            + " FROM content_cache c WHERE c.key = partflow_entry.key AND +c.rowid = partflow_entry.id)";

    // While another program holds the store, each group waits as long as this, not as long as a lock may take.
    private static final int IMPATIENT_MILLIS = 20;

    private final Connection connection;
    private final int busyMillis;
    private final Map<String, PreparedStatement> statements = new HashMap<>();
    private final Map<String, Tally> tallies = new HashMap<>();
    private final List<Runnable> afterCommit = new ArrayList<>();
    private final RemovedRows removed = new RemovedRows(this);
    private final RowWriter rows = new RowWriter(this);
    private FactLayout layout;
    private boolean madeOurs;
    private boolean heldByAnother;
    private int waitsMillis;
    // Of the transaction under way; 0 when it is not known yet.
    private long nextRow;
    private long version = -1;

    /// Opens the connection; a new store gets its tables and its journal mode.
    StoreSession(StoreFile file, long mostPages) throws SQLException {
        connection = file.connect();
        busyMillis = file.busyMillis();
        waitsMillis = busyMillis;
        try {
            layout = file.shape().layout();
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
            switch (file.shape()) {
                case EMPTY, FIRST -> {
                    begin();
                    StoreSchema.complete(connection, file.shape());
                    layout = FactLayout.BY_ROW;
                    commit();
                }
                case OURS -> dropOrphans();
                case REFERENCE, NEWER, FOREIGN -> {}
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

    /// Facts without their rows, which no query finds: they can wait for the next time.
    private void dropOrphans() throws SQLException {
        try {
            begin();
            execute(DROP_ORPHANS);
            commit();
        } catch (SQLException e) {
            if (!StoreFailures.isLocked(e)) {
                throw e;
            }
            rollback();
            heldByAnother = true;
        }
    }

    /// Whether another program held the file when it was opened.
    boolean wasHeldByAnother() {
        return heldByAnother;
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
        try {
            prepared("BEGIN IMMEDIATE").execute();
        } catch (SQLException e) {
            if (StoreFailures.isLocked(e)) {
                waitAtMost(Math.min(busyMillis, IMPATIENT_MILLIS));
            }
            throw e;
        }
        waitAtMost(busyMillis);
        forgetWhatOthersChanged();
        nextRow = 0;
    }

    private void waitAtMost(int millis) throws SQLException {
        if (millis != waitsMillis) {
            execute("PRAGMA busy_timeout = " + millis);
            waitsMillis = millis;
        }
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
            layout = FactLayout.NONE;
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

    FactLayout layout() {
        return layout;
    }

    void ensureOurs() throws SQLException {
        if (!layout.hasFacts()) {
            StoreSchema.complete(connection, StoreSchema.Shape.REFERENCE);
            layout = FactLayout.BY_ROW;
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
        String columns = layout.hasFacts() ? SIZE_SQL + ", " + STANDING_SQL : "coalesce(length(c.value), 0), 2";
        PreparedStatement statement = prepared("SELECT " + columns + layout.tables() + UNDER_PREFIX);
        bindPrefix(statement, prefix, 1);
        try (ResultSet found = statement.executeQuery()) {
            while (found.next()) {
                tally.add(found.getLong(1), Slot.Standing.of(found.getInt(2)), 1);
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

    private static final String SLOT_COLUMNS = "SELECT c.key, c.rowid, " + SIZE_SQL
            + ", coalesce(e.created_ms, 0), c.expires_at, max(coalesce(e.last_hit_ms, 0), coalesce(e.created_ms, 0)), "
            + STANDING_SQL;
    private static final String BARE_SLOT_COLUMNS =
            "SELECT c.key, c.rowid, coalesce(length(c.value), 0), 0, c.expires_at, 0, 2";
    private static final int ASKED_TOGETHER = 16;
    private static final String SOME_KEYS = " WHERE c.key IN (" + "?, ".repeat(ASKED_TOGETHER - 1) + "?)";

    // Made once: asked for with each entry that gives way.
    private static final Map<FactLayout, String> SLOTS = new EnumMap<>(FactLayout.class);
    private static final Map<FactLayout, String> ONE_SLOT = new EnumMap<>(FactLayout.class);

    static {
        for (FactLayout each : FactLayout.values()) {
            String slots = (each.hasFacts() ? SLOT_COLUMNS : BARE_SLOT_COLUMNS) + each.tables();
            SLOTS.put(each, slots);
            ONE_SLOT.put(each, slots + " WHERE c.key = ?");
        }
    }

    private String slotSql() {
        return Objects.requireNonNull(SLOTS.get(layout));
    }

    private static Slot slot(ResultSet rows) throws SQLException {
        return new Slot(
                Objects.requireNonNullElse(rows.getString(1), ""),
                rows.getLong(2),
                rows.getLong(3),
                rows.getLong(4),
                ExpiryText.millis(rows.getString(5)),
                rows.getLong(6),
                Slot.Standing.of(rows.getInt(7)));
    }

    @Nullable
    Slot slot(String key) throws SQLException {
        PreparedStatement statement = prepared(Objects.requireNonNull(ONE_SLOT.get(layout)));
        statement.setString(1, key);
        try (ResultSet found = statement.executeQuery()) {
            return found.next() ? slot(found) : null;
        }
    }

    /// The rows of those of the keys that have one.
    Map<String, Slot> slotsOf(Collection<String> keys) throws SQLException {
        Map<String, Slot> found = new HashMap<>();
        PreparedStatement statement = prepared(slotSql() + SOME_KEYS);
        int bound = 0;
        for (String key : keys) {
            bound++;
            statement.setString(bound, key);
            if (bound == ASKED_TOGETHER) {
                slots(statement).forEach(slot -> found.put(slot.key(), slot));
                bound = 0;
            }
        }
        if (bound > 0) {
            while (bound < ASKED_TOGETHER) {
                bound++;
                statement.setString(bound, null);
            }
            slots(statement).forEach(slot -> found.put(slot.key(), slot));
        }
        return found;
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
        if (!layout.hasFacts()) {
            return List.of();
        }
        PreparedStatement statement =
                prepared(SLOT_COLUMNS + layout.tables() + UNDER_PREFIX + " AND e.pinned = 0 ORDER BY 6, 4 LIMIT ?");
        bindPrefix(statement, prefix, 1);
        statement.setLong(4, most);
        return slots(statement);
    }

    /// The number of the next new row: greater than all others, so that rows follow each other in the file.
    long nextRow() throws SQLException {
        if (nextRow == 0) {
            try (ResultSet found =
                    prepared("SELECT max(rowid) FROM content_cache").executeQuery()) {
                nextRow = 1 + (found.next() ? Math.max(0, found.getLong(1)) : 0);
            }
        }
        return nextRow++;
    }

    /// Writes both rows of values whose keys have none.
    void insert(List<NewRow> fresh) throws SQLException {
        ensureOurs();
        for (NewRow row : fresh) {
            // Counted before it is written: a count may be taken from the file.
            tally(row.prefix()).add(row.value().sizeBytes(), Slot.Standing.LOOSE, 1);
        }
        rows.insert(fresh, CacheEntry.Pinning.LOOSE);
    }

    /// Writes both rows of a value.
    ///
    /// @param older the [slot][#slot(String)] of the key as it is now, in whose place it is written
    void write(NewRow row, CacheEntry.Pinning pinning, @Nullable Slot older) throws SQLException {
        ensureOurs();
        Tally tally = tally(row.prefix());
        if (older == null) {
            rows.insert(List.of(row), pinning);
        } else {
            rows.replace(older.row(), row, pinning);
            tally.add(older.sizeBytes(), older.standing(), -1);
        }
        tally.add(
                row.value().sizeBytes(),
                pinning == CacheEntry.Pinning.PINNED ? Slot.Standing.PINNED : Slot.Standing.LOOSE,
                1);
    }

    /// Deletes both rows.
    void delete(Slot slot, String prefix) throws SQLException {
        PreparedStatement content = prepared("DELETE FROM content_cache WHERE rowid = ?");
        content.setLong(1, slot.row());
        content.executeUpdate();
        if (layout.hasFacts()) {
            PreparedStatement entry = prepared("DELETE FROM partflow_entry WHERE id = ?");
            entry.setLong(1, slot.row());
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
        NewRow pinned = NewRow.of(row.value(key).withExpiresMillis(Long.MAX_VALUE), row.value())
                .served(hits, lastHit);
        write(pinned, pinning, slot(key.text()));
    }

    void addHits(String key, long hits, long lastMillis) throws SQLException {
        PreparedStatement statement = prepared("UPDATE partflow_entry SET hits = hits + ?,"
                + " last_hit_ms = max(coalesce(last_hit_ms, 0), ?)"
                + " WHERE id = (SELECT rowid FROM content_cache WHERE key = ?) AND key = ?");
        statement.setLong(1, hits);
        statement.setLong(2, lastMillis);
        statement.setString(3, key);
        statement.setString(4, key);
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
