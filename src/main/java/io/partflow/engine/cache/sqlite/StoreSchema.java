package io.partflow.engine.cache.sqlite;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// The tables of a store: the reference's own, byte for byte as it creates it, and ours beside it. Pure, but for the
/// connections it is given.
final class StoreSchema {
    static final int VERSION = 2;
    private static final String FIRST_VERSION = "1";

    /// The columns of what is noted of an entry, without the number of its row.
    static final String FACT_COLUMNS = "key, prefix, hash, node, processor, processor_version, namespace, kinds,"
            + " part_count, size_bytes, created_ms, last_hit_ms, hits, compute_nanos, tokens_in, tokens_out,"
            + " cost_micro_usd, cost_measured, negative, pinned, derived_from";

    private static final List<String> REFERENCE = List.of(
            "CREATE TABLE content_cache (\n\t\"key\" VARCHAR NOT NULL, \n\tvalue BLOB, \n\texpires_at DATETIME, \n\t"
                    + "PRIMARY KEY (\"key\")\n)",
            "CREATE INDEX ix_content_cache_expires_at ON content_cache (expires_at)");

    // The number is that of the row of content_cache, whose key it repeats: see FactLayout. Nothing else is looked up
    // here, and each further index would cost a put a page of its own.
    private static final String ENTRY = """
        CREATE TABLE partflow_entry(
         id INTEGER PRIMARY KEY, key TEXT NOT NULL, prefix TEXT NOT NULL, hash BLOB NOT NULL, node TEXT, processor TEXT,
         processor_version INTEGER, namespace TEXT,
         kinds TEXT NOT NULL, part_count INTEGER NOT NULL, size_bytes INTEGER NOT NULL, created_ms INTEGER NOT NULL,
         last_hit_ms INTEGER,
         hits INTEGER NOT NULL DEFAULT 0, compute_nanos INTEGER, tokens_in INTEGER, tokens_out INTEGER,
         cost_micro_usd INTEGER,
         cost_measured INTEGER NOT NULL DEFAULT 0, negative INTEGER NOT NULL DEFAULT 0,
         pinned INTEGER NOT NULL DEFAULT 0, derived_from TEXT)\
        """;

    private static final List<String> OURS = List.of(
            "CREATE TABLE partflow_meta(name TEXT PRIMARY KEY, value TEXT NOT NULL)",
            ENTRY,
            "INSERT INTO partflow_meta(name, value) VALUES('schema_version', '" + VERSION + "')");

    private static final List<String> FROM_FIRST = List.of(
            "ALTER TABLE partflow_entry RENAME TO partflow_entry_first",
            ENTRY,
            "INSERT INTO partflow_entry(id, " + FACT_COLUMNS + ") SELECT c.rowid, e.* FROM (SELECT " + FACT_COLUMNS
                    + " FROM partflow_entry_first) e CROSS JOIN content_cache c ON c.key = e.key ORDER BY c.rowid",
            "DROP TABLE partflow_entry_first",
            "UPDATE partflow_meta SET value = '" + VERSION + "' WHERE name = 'schema_version'");

    /// What a file holds.
    enum Shape {
        /// Nothing at all.
        EMPTY,
        /// The reference's table alone.
        REFERENCE,
        /// The reference's table and ours as they first were.
        FIRST,
        /// The reference's table and ours.
        OURS,
        /// Our tables in a version that came later than this program.
        NEWER,
        /// Something else.
        FOREIGN;

        FactLayout layout() {
            return switch (this) {
                case EMPTY, REFERENCE, FOREIGN -> FactLayout.NONE;
                case FIRST -> FactLayout.BY_KEY;
                case OURS, NEWER -> FactLayout.BY_ROW;
            };
        }
    }

    private StoreSchema() {}

    /// @param broken whether the file is known to be damaged, so that its version may be lost and it is only read
    static Shape shape(Connection connection, boolean broken) throws SQLException {
        Set<String> tables = new HashSet<>();
        try (Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery("SELECT name FROM sqlite_master WHERE type = 'table'")) {
            while (rows.next()) {
                tables.add(rows.getString(1));
            }
        }
        if (tables.isEmpty()) {
            return Shape.EMPTY;
        }
        if (!tables.contains("content_cache")
                || !columns(connection, "content_cache").containsAll(Set.of("key", "value", "expires_at"))
                || !hasRowNumbers(connection)) {
            return Shape.FOREIGN;
        }
        if (!tables.contains("partflow_meta") || !tables.contains("partflow_entry")) {
            return Shape.REFERENCE;
        }
        String version;
        try {
            version = version(connection);
        } catch (SQLException e) {
            if (broken && StoreFailures.isDamage(e)) {
                return Shape.OURS;
            }
            throw e;
        }
        if (FIRST_VERSION.equals(version)) {
            return Shape.FIRST;
        }
        return version != null && version.matches("\\d{1,9}") && Integer.parseInt(version) <= VERSION
                ? Shape.OURS
                : Shape.NEWER;
    }

    /// The other program's table has them; one that was made with all its columns in the key's index has not.
    private static boolean hasRowNumbers(Connection connection) throws SQLException {
        try (Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery(
                        "SELECT wr FROM pragma_table_list('content_cache') WHERE schema = 'main'")) {
            return rows.next() && rows.getInt(1) == 0;
        }
    }

    private static Set<String> columns(Connection connection, String table) throws SQLException {
        Set<String> names = new HashSet<>();
        try (Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery("SELECT name FROM pragma_table_info('" + table + "')")) {
            while (rows.next()) {
                names.add(rows.getString(1));
            }
        }
        return names;
    }

    private static @Nullable String version(Connection connection) throws SQLException {
        try (Statement statement = connection.createStatement();
                ResultSet rows =
                        statement.executeQuery("SELECT value FROM partflow_meta WHERE name = 'schema_version'")) {
            return rows.next() ? rows.getString(1) : null;
        }
    }

    /// Creates what is missing, and brings what an earlier version of this program has made up to date.
    static void complete(Connection connection, Shape shape) throws SQLException {
        List<String> statements = new ArrayList<>();
        switch (shape) {
            case EMPTY -> {
                statements.addAll(REFERENCE);
                statements.addAll(OURS);
            }
            case REFERENCE -> statements.addAll(OURS);
            case FIRST -> statements.addAll(FROM_FIRST);
            case OURS -> {}
            case NEWER, FOREIGN -> throw new IllegalArgumentException("a store of shape " + shape + " is not written");
        }
        try (Statement statement = connection.createStatement()) {
            for (String sql : statements) {
                statement.execute(sql);
            }
        }
    }
}
