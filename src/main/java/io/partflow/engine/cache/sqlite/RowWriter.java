package io.partflow.engine.cache.sqlite;

import io.partflow.engine.cache.CacheEntry.Pinning;
import io.partflow.engine.cache.StoredValue;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Types;
import java.util.ArrayList;
import java.util.List;

/// Writes the two rows of an entry: the one that the other program reads, and what this one notes beside it. Confined
/// to the writer's thread.
final class RowWriter {
    // Each statement has a price of its own; beyond this many rows it is next to nothing beside theirs.
    private static final int TOGETHER = 16;
    // The driver keeps what was bound last: of large values, one.
    private static final int LARGE_BYTES = 64 << 10;

    private static final String CONTENT = "INSERT INTO content_cache(rowid, key, value, expires_at) VALUES";
    private static final String[] CONTENT_COLUMNS = {"rowid", "key", "value", "expires_at"};
    private static final String[] FACT_COLUMNS = {
        "id",
        "key",
        "prefix",
        "hash",
        "node",
        "processor",
        "processor_version",
        "namespace",
        "kinds",
        "part_count",
        "size_bytes",
        "created_ms",
        "last_hit_ms",
        "hits",
        "compute_nanos",
        "tokens_in",
        "tokens_out",
        "cost_micro_usd",
        "cost_measured",
        "negative",
        "pinned",
        "derived_from"
    };
    // A row of ours without the other program's may still have the number.
    private static final String FACTS =
            "INSERT OR REPLACE INTO partflow_entry(" + String.join(", ", FACT_COLUMNS) + ") VALUES";

    private static final String ONE_CONTENT = CONTENT + places(CONTENT_COLUMNS.length, 1);
    private static final String ALL_CONTENT = CONTENT + places(CONTENT_COLUMNS.length, TOGETHER);
    private static final String ONE_FACTS = FACTS + places(FACT_COLUMNS.length, 1);
    private static final String ALL_FACTS = FACTS + places(FACT_COLUMNS.length, TOGETHER);

    private final StoreSession session;

    RowWriter(StoreSession session) {
        this.session = session;
    }

    private static String places(int columns, int rows) {
        String row = "(" + "?, ".repeat(columns - 1) + "?)";
        return (row + ", ").repeat(rows - 1) + row;
    }

    /// Writes rows whose keys are all new.
    void insert(List<NewRow> rows, Pinning pinning) throws SQLException {
        List<NewRow> some = new ArrayList<>(TOGETHER);
        for (NewRow row : rows) {
            if (row.form().length >= LARGE_BYTES) {
                insert(List.of(row), pinning, ONE_CONTENT, ONE_FACTS);
                continue;
            }
            some.add(row);
            if (some.size() == TOGETHER) {
                insert(some, pinning, ALL_CONTENT, ALL_FACTS);
                some.clear();
            }
        }
        for (NewRow row : some) {
            insert(List.of(row), pinning, ONE_CONTENT, ONE_FACTS);
        }
    }

    private void insert(List<NewRow> rows, Pinning pinning, String contentSql, String factSql) throws SQLException {
        PreparedStatement content = session.prepared(contentSql);
        PreparedStatement facts = session.prepared(factSql);
        int contentAt = 1;
        int factsAt = 1;
        for (NewRow row : rows) {
            long id = session.nextRow();
            content.setLong(contentAt, id);
            content.setString(contentAt + 1, row.text());
            content.setBytes(contentAt + 2, row.form());
            content.setString(contentAt + 3, end(row, pinning));
            contentAt += CONTENT_COLUMNS.length;
            bind(facts, factsAt, id, row, pinning);
            factsAt += FACT_COLUMNS.length;
        }
        content.executeUpdate();
        facts.executeUpdate();
    }

    /// Writes a row in place of the one with that number.
    void replace(long id, NewRow row, Pinning pinning) throws SQLException {
        PreparedStatement content =
                session.prepared("UPDATE content_cache SET value = ?, expires_at = ? WHERE rowid = ?");
        content.setBytes(1, row.form());
        content.setString(2, end(row, pinning));
        content.setLong(3, id);
        content.executeUpdate();
        PreparedStatement facts = session.prepared(ONE_FACTS);
        bind(facts, 1, id, row, pinning);
        facts.executeUpdate();
    }

    private static String end(NewRow row, Pinning pinning) {
        return ExpiryText.of(
                pinning == Pinning.PINNED ? Long.MAX_VALUE : row.value().expiresMillis());
    }

    private static void bind(PreparedStatement facts, int at, long id, NewRow row, Pinning pinning)
            throws SQLException {
        StoredValue value = row.value();
        boolean measured = value.computeNanos() != StoredValue.UNKNOWN;
        facts.setLong(at, id);
        facts.setString(at + 1, row.text());
        facts.setString(at + 2, row.prefix());
        facts.setBytes(at + 3, row.hash());
        facts.setString(at + 4, value.node().isEmpty() ? null : value.node());
        facts.setString(at + 5, value.processor().isEmpty() ? null : value.processor());
        NewRow.Namespace namespace = row.namespace();
        if (namespace == null) {
            facts.setNull(at + 6, Types.INTEGER);
            facts.setNull(at + 7, Types.VARCHAR);
        } else {
            facts.setInt(at + 6, namespace.version());
            facts.setString(at + 7, namespace.configuration());
        }
        facts.setString(at + 8, row.kinds());
        facts.setInt(at + 9, value.parts().size());
        facts.setLong(at + 10, value.sizeBytes());
        facts.setLong(at + 11, value.createdMillis());
        bind(facts, at + 12, row.lastHitMillis(), row.lastHitMillis() != 0);
        facts.setLong(at + 13, row.hits());
        bind(facts, at + 14, value.computeNanos(), measured);
        facts.setLong(at + 15, value.usage().tokensIn());
        facts.setLong(at + 16, value.usage().tokensOut());
        facts.setLong(at + 17, value.usage().costMicroUsd());
        facts.setInt(at + 18, measured ? 1 : 0);
        facts.setInt(at + 19, value.isNegative() ? 1 : 0);
        facts.setInt(at + 20, pinning == Pinning.PINNED ? 1 : 0);
        facts.setString(at + 21, row.derivedFrom());
    }

    private static void bind(PreparedStatement statement, int at, long number, boolean known) throws SQLException {
        if (known) {
            statement.setLong(at, number);
        } else {
            statement.setNull(at, Types.INTEGER);
        }
    }
}
