package io.partflow.engine.cache.sqlite;

import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.stream.LongStream;

/// One reading of many rows of a store, which goes on past what is damaged. Confined to one thread, and used once.
final class StoreWalk {
    /*
     * A sound store is read by one query. Where that meets damage, or where damage is known, the rows are read one by
     * one: each that can be read is. Which rows there may be, four structures of the file tell, and damage to one of
     * them leaves the others: the table itself, the index of its keys, that of its ends, and the table of facts beside
     * it. Each is read from both its ends as far as it goes. Where the table has a hole, the numbers between its edges
     * are tried as well, because rows follow each other in the file.
     */

    /// What is read of each row.
    ///
    /// @param columns the key, `c.key`, first
    /// @param conditions with a question mark for each of `bound`; empty for all rows
    record Selection(String columns, String conditions, List<Object> bound) {}

    /// Says what is read where facts are to be had and where not.
    @FunctionalInterface
    interface Selecting {
        Selection in(FactLayout layout);
    }

    /// Takes one row.
    @FunctionalInterface
    interface Taker {
        /// @param layout where the row's facts are read, which may not be where the store has them
        /// @return whether to go on
        boolean take(ResultSet rows, FactLayout layout) throws SQLException;
    }

    private static final long WIDEST_HOLE = 1L << 16;
    // Of what a structure tells, in place of a number; those of rows that the library has chosen begin with one.
    private static final long WHOLE = -1;
    private static final long NOTHING = -2;
    private static final String TABLE = "SELECT rowid FROM content_cache NOT INDEXED ORDER BY rowid";
    private static final String KEYS = "SELECT rowid FROM content_cache ORDER BY key";
    private static final String ENDS = "SELECT rowid FROM content_cache ORDER BY expires_at";
    private static final String FACTS = "SELECT id FROM partflow_entry ORDER BY id";

    private final SqliteStore store;
    private final StoreReaders.Reader reader;
    private final Selecting selecting;
    private final String order;
    private final FactLayout layout;
    private final LongStream.Builder passed = LongStream.builder();
    private final Map<FactLayout, PreparedStatement> byRow = new EnumMap<>(FactLayout.class);

    /// @param order what to order by; empty for any order. Past damage, the order is that of the file
    StoreWalk(SqliteStore store, StoreReaders.Reader reader, Selecting selecting, String order) {
        this.store = store;
        this.reader = reader;
        this.selecting = selecting;
        this.order = order;
        layout = store.layout();
    }

    /// Passes every row that has a key to `taker`, until that says no.
    void each(Taker taker) throws SQLException {
        if (!store.isBroken()) {
            try {
                inOrder(taker);
                return;
            } catch (SQLException e) {
                if (!StoreFailures.isDamage(e)) {
                    throw e;
                }
                store.lost(e);
            }
        }
        oneByOne(taker);
    }

    private void inOrder(Taker taker) throws SQLException {
        Selection selection = selecting.in(layout);
        String sql = "SELECT " + selection.columns() + ", c.rowid" + layout.tables()
                + (selection.conditions().isEmpty() ? "" : " WHERE " + selection.conditions())
                + (order.isEmpty() ? "" : " ORDER BY " + order);
        try (PreparedStatement statement = reader.connection().prepareStatement(sql)) {
            bind(statement, selection, 0);
            try (ResultSet rows = statement.executeQuery()) {
                int number = rows.getMetaData().getColumnCount();
                boolean more = true;
                while (more && rows.next()) {
                    passed.add(rows.getLong(number));
                    more = rows.getString(1) == null || taker.take(rows, layout);
                }
            }
        }
    }

    private static void bind(PreparedStatement statement, Selection selection, int after) throws SQLException {
        int at = after;
        for (Object each : selection.bound()) {
            at++;
            statement.setObject(at, each);
        }
    }

    private void oneByOne(Taker taker) throws SQLException {
        long[] before = passed.build().sorted().toArray();
        try {
            for (long row : numbers()) {
                if (Arrays.binarySearch(before, row) < 0 && !one(row, taker)) {
                    return;
                }
            }
        } finally {
            for (PreparedStatement each : byRow.values()) {
                each.close();
            }
        }
    }

    /// The numbers of all rows that there may be, in order.
    private long[] numbers() throws SQLException {
        LongStream.Builder found = LongStream.builder();
        LongStream.Builder elsewhere = LongStream.builder();
        long last = read(TABLE, found);
        read(KEYS, elsewhere);
        read(KEYS + " DESC", elsewhere);
        read(ENDS, elsewhere);
        read(ENDS + " DESC", elsewhere);
        if (layout == FactLayout.BY_ROW) {
            read(FACTS, elsewhere);
            read(FACTS + " DESC", elsewhere);
        }
        long[] indexed = elsewhere.build().toArray();
        LongStream hole = LongStream.empty();
        if (last != WHOLE) {
            LongStream.Builder fromTheEnd = LongStream.builder();
            long edge = read(TABLE + " DESC", fromTheEnd);
            long beyond = edge == NOTHING || edge == WHOLE ? greatest(indexed) : edge;
            long from = last == NOTHING ? 0 : last;
            hole = LongStream.range(from + 1, Math.max(from, Math.min(beyond, from + WIDEST_HOLE)));
            indexed = LongStream.concat(Arrays.stream(indexed), fromTheEnd.build())
                    .toArray();
        }
        return LongStream.concat(LongStream.concat(found.build(), Arrays.stream(indexed)), hole)
                .sorted()
                .distinct()
                .toArray();
    }

    private static long greatest(long[] numbers) {
        return Arrays.stream(numbers).max().orElse(0);
    }

    /// Adds what a structure tells until damage ends it.
    ///
    /// @return the last number before the damage, [#NOTHING], or [#WHOLE] without damage
    private long read(String sql, LongStream.Builder found) throws SQLException {
        long last = NOTHING;
        try (PreparedStatement statement = reader.connection().prepareStatement(sql);
                ResultSet rows = statement.executeQuery()) {
            while (rows.next()) {
                last = rows.getLong(1);
                found.add(last);
            }
            return WHOLE;
        } catch (SQLException e) {
            told(e);
            return last;
        }
    }

    private void told(SQLException e) throws SQLException {
        if (!StoreFailures.isDamage(e)) {
            throw e;
        }
        store.lost(e);
    }

    private boolean one(long row, Taker taker) throws SQLException {
        try {
            return one(row, layout, taker);
        } catch (SQLException e) {
            told(e);
        }
        if (!layout.hasFacts()) {
            return true;
        }
        try {
            return one(row, FactLayout.NONE, taker);
        } catch (SQLException e) {
            told(e);
            return true;
        }
    }

    private boolean one(long row, FactLayout where, Taker taker) throws SQLException {
        Selection selection = selecting.in(where);
        PreparedStatement statement = byRow.get(where);
        if (statement == null) {
            statement = reader.connection()
                    .prepareStatement("SELECT " + selection.columns() + where.tables() + " WHERE c.rowid = ?"
                            + (selection.conditions().isEmpty() ? "" : " AND " + selection.conditions()));
            byRow.put(where, statement);
        }
        try {
            statement.setLong(1, row);
            bind(statement, selection, 1);
            try (ResultSet rows = statement.executeQuery()) {
                return !rows.next() || rows.getString(1) == null || taker.take(rows, where);
            }
        } catch (SQLException e) {
            // The driver closes a statement that has failed.
            byRow.remove(where);
            statement.close();
            throw e;
        }
    }
}
