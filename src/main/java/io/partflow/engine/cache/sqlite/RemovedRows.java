package io.partflow.engine.cache.sqlite;

import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;

/// Rows that were removed and may come back, both halves of each, in temporary tables of the writing connection: in a
/// file of SQLite's own that ends with the connection, however large they are. Confined to the writer's thread.
final class RemovedRows {
    /// A removed row as far as bringing it back needs.
    ///
    /// @param expiresMillis as stored
    record Kept(long row, String key, long expiresMillis) {}

    private static final List<String> TABLES = List.of(
            "CREATE TEMP TABLE IF NOT EXISTS removed_content(id INTEGER PRIMARY KEY, token INTEGER NOT NULL,"
                    + " key TEXT NOT NULL, value BLOB, expires_at TEXT)",
            "CREATE INDEX IF NOT EXISTS temp.ix_removed_token ON removed_content(token)",
            "CREATE TEMP TABLE IF NOT EXISTS removed_entry AS SELECT 0 AS kept, * FROM partflow_entry WHERE 0",
            "CREATE UNIQUE INDEX IF NOT EXISTS temp.ix_removed_entry ON removed_entry(kept)");

    private final StoreSession session;

    RemovedRows(StoreSession session) {
        this.session = session;
    }

    /// Keeps a row that is about to be deleted.
    void keep(long token, Slot slot) throws SQLException {
        session.ensureOurs();
        for (String table : TABLES) {
            session.prepared(table).execute();
        }
        PreparedStatement content = session.prepared("INSERT INTO temp.removed_content(token, key, value, expires_at)"
                + " SELECT ?, key, value, expires_at FROM content_cache WHERE rowid = ?");
        content.setLong(1, token);
        content.setLong(2, slot.row());
        content.executeUpdate();
        PreparedStatement entry = session.prepared(
                "INSERT INTO temp.removed_entry SELECT last_insert_rowid(), * FROM partflow_entry WHERE id = ? AND key"
                        + " = ?");
        entry.setLong(1, slot.row());
        entry.setString(2, slot.key());
        entry.executeUpdate();
    }

    /// The next rows that are kept under a token, after one of them.
    List<Kept> next(long token, long after, int most) throws SQLException {
        PreparedStatement statement = session.prepared("SELECT id, key, expires_at FROM temp.removed_content"
                + " WHERE token = ? AND id > ? ORDER BY id LIMIT ?");
        statement.setLong(1, token);
        statement.setLong(2, after);
        statement.setInt(3, most);
        List<Kept> kept = new ArrayList<>();
        try (ResultSet rows = statement.executeQuery()) {
            while (rows.next()) {
                kept.add(new Kept(rows.getLong(1), rows.getString(2), ExpiryText.millis(rows.getString(3))));
            }
        }
        return kept;
    }

    /// Writes a kept row back, where none is.
    void restore(Kept kept) throws SQLException {
        long row = session.nextRow();
        PreparedStatement content = session.prepared("INSERT INTO content_cache(rowid, key, value, expires_at)"
                + " SELECT ?, key, value, expires_at FROM temp.removed_content WHERE id = ?");
        content.setLong(1, row);
        content.setLong(2, kept.row());
        content.executeUpdate();
        PreparedStatement entry =
                session.prepared("INSERT OR REPLACE INTO partflow_entry(id, " + StoreSchema.FACT_COLUMNS
                        + ") SELECT ?, " + StoreSchema.FACT_COLUMNS + " FROM temp.removed_entry WHERE kept = ?");
        entry.setLong(1, row);
        entry.setLong(2, kept.row());
        entry.executeUpdate();
    }

    /// Lets go what is kept under a token.
    void release(long token) throws SQLException {
        PreparedStatement entries = session.prepared("DELETE FROM temp.removed_entry WHERE kept IN"
                + " (SELECT id FROM temp.removed_content WHERE token = ?)");
        entries.setLong(1, token);
        entries.executeUpdate();
        PreparedStatement contents = session.prepared("DELETE FROM temp.removed_content WHERE token = ?");
        contents.setLong(1, token);
        contents.executeUpdate();
    }
}
