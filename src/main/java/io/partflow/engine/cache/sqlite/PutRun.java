package io.partflow.engine.cache.sqlite;

import java.sql.SQLException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// Puts that wait one after the other, each of another key: they are looked up and written together. Confined to the
/// writer's thread.
final class PutRun {
    /// A value on its way into a tier. Immutable.
    record Put(SqliteTier tier, NewRow row) implements StoreWriter.Write {
        /// Writes this one alone.
        @Override
        public void apply(StoreSession session) throws SQLException {
            PutRun run = new PutRun();
            run.add(session, this);
            run.write(session);
        }
    }

    private final Map<String, Put> puts = new LinkedHashMap<>();

    /// Adds a put; what was added before is written first if it is of the same key.
    void add(StoreSession session, Put put) throws SQLException {
        if (puts.containsKey(put.row().text())) {
            write(session);
        }
        puts.put(put.row().text(), put);
    }

    /// Writes what was added since the last time.
    void write(StoreSession session) throws SQLException {
        if (puts.isEmpty()) {
            return;
        }
        Map<String, Slot> older = session.slotsOf(puts.keySet());
        List<NewRow> fresh = new ArrayList<>(puts.size());
        for (Put put : puts.values()) {
            put.tier().place(session, put.row(), older.get(put.row().text()), fresh);
        }
        if (!fresh.isEmpty()) {
            session.insert(fresh);
        }
        puts.clear();
    }

    /// Forgets what was not written.
    void clear() {
        puts.clear();
    }
}
