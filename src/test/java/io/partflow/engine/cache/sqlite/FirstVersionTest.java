package io.partflow.engine.cache.sqlite;

import static org.assertj.core.api.Assertions.assertThat;

import io.partflow.engine.cache.CacheEntry;
import io.partflow.engine.cache.CacheKey;
import io.partflow.engine.cache.CacheTier.Limits;
import io.partflow.engine.cache.StoredValue;
import io.partflow.engine.content.ContentHash;
import io.partflow.engine.content.Part;
import io.partflow.engine.processor.Usage;
import io.partflow.engine.stream.ManualClock;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// A store as version 1 of the tables has it, with what is noted of an entry under the entry's key.
class FirstVersionTest {
    private static final String PREFIX = "pf1:p@3:0123456789abcdef:";
    private static final int ENTRIES = 50;

    @TempDir
    private Path folder;

    private final ManualClock clock = new ManualClock();
    private Path file = Path.of("");

    @BeforeEach
    void makeOne() throws Exception {
        file = folder.resolve("first.db");
        try (SqliteStore store = SqliteStore.open(file, clock)) {
            SqliteTier tier = tier(store);
            for (int i = 0; i < ENTRIES; i++) {
                tier.put(value(i));
            }
            tier.addHits(key(7), 5, 12_345);
            tier.flush();
            tier.pin(key(9), CacheEntry.Pinning.PINNED);
        }
        execute(
                "PRAGMA journal_mode = DELETE",
                "CREATE TABLE old(key TEXT PRIMARY KEY, prefix TEXT NOT NULL, hash BLOB NOT NULL, node TEXT,"
                        + " processor TEXT, processor_version INTEGER, namespace TEXT, kinds TEXT NOT NULL,"
                        + " part_count INTEGER NOT NULL, size_bytes INTEGER NOT NULL, created_ms INTEGER NOT NULL,"
                        + " last_hit_ms INTEGER, hits INTEGER NOT NULL DEFAULT 0, compute_nanos INTEGER,"
                        + " tokens_in INTEGER, tokens_out INTEGER, cost_micro_usd INTEGER,"
                        + " cost_measured INTEGER NOT NULL DEFAULT 0, negative INTEGER NOT NULL DEFAULT 0,"
                        + " pinned INTEGER NOT NULL DEFAULT 0, derived_from TEXT) WITHOUT ROWID",
                "INSERT INTO old SELECT " + StoreSchema.FACT_COLUMNS + " FROM partflow_entry",
                "INSERT INTO old(key, prefix, hash, kinds, part_count, size_bytes, created_ms)"
                        + " VALUES('orphan', '', x'00', 'text/plain', 1, 1, 1)",
                "DROP TABLE partflow_entry",
                "ALTER TABLE old RENAME TO partflow_entry",
                "CREATE INDEX ix_partflow_last_hit ON partflow_entry(last_hit_ms)",
                "CREATE INDEX ix_partflow_prefix ON partflow_entry(prefix)",
                "UPDATE partflow_meta SET value = '1' WHERE name = 'schema_version'",
                "DELETE FROM content_cache WHERE key = '" + key(3).text() + "'");
    }

    private static CacheKey key(int i) {
        return new CacheKey(PREFIX, ContentHash.ofText("k" + i));
    }

    private static StoredValue value(int i) {
        return new StoredValue(
                key(i),
                List.of(Part.text("answer " + i)),
                "node",
                "p",
                100 + i,
                1_000 + i,
                Long.MAX_VALUE,
                i,
                new Usage(1, 2, 3),
                List.of(key(i + 1)));
    }

    private static SqliteTier tier(SqliteStore store) {
        return store.tier(PREFIX, Limits.NONE, eviction -> {});
    }

    private static void isAsItWas(SqliteStore store) {
        SqliteTier tier = tier(store);
        assertThat(store.problems()).isEmpty();
        assertThat(tier.count()).isEqualTo(ENTRIES - 1);
        for (int i = 0; i < ENTRIES; i++) {
            CacheEntry entry = tier.peek(key(i));
            if (i == 3) {
                assertThat(entry).isNull();
                continue;
            }
            assertThat(entry).isNotNull();
            assertThat(StoredValue.of(entry)).isEqualTo(value(i));
            assertThat(entry.hits()).isEqualTo(i == 7 ? 5 : 0);
            assertThat(entry.pinning()).isEqualTo(i == 9 ? CacheEntry.Pinning.PINNED : CacheEntry.Pinning.LOOSE);
        }
    }

    @Test
    void onlyRead_isServedWithItsFacts_andNotChangedByAByte() throws Exception {
        byte[] before = Files.readAllBytes(file);
        try (SqliteStore store = SqliteStore.open(file, clock, SqliteStore.Access.READ_ONLY)) {
            isAsItWas(store);
            assertThat(tier(store).entries()).hasSize(ENTRIES - 1);
            assertThat(new StoreContents(store).totals().hits()).isEqualTo(5);
        }
        assertThat(Files.readAllBytes(file)).isEqualTo(before);
    }

    @Test
    void openedForWriting_isBroughtUpToDate_withoutOrphans() throws Exception {
        SqliteStore.open(file, clock).close();

        assertThat(rows("SELECT value FROM partflow_meta")).containsExactly("2");
        assertThat(rows("SELECT count(*) FROM partflow_entry")).containsExactly("49");
        assertThat(rows("SELECT name FROM sqlite_master WHERE name LIKE '%partflow%' ORDER BY name"))
                .containsExactly("partflow_entry", "partflow_meta", "sqlite_autoindex_partflow_meta_1");
        assertThat(rows("PRAGMA journal_mode")).containsExactly("delete");
        assertThat(rows("PRAGMA integrity_check")).containsExactly("ok");
        try (SqliteStore store = SqliteStore.open(file, clock)) {
            isAsItWas(store);
            tier(store).put(value(3));
            assertThat(tier(store).count()).isEqualTo(ENTRIES);
        }
    }

    @Test
    void withoutRoomToBringItUpToDate_isReadAsItIs() throws Exception {
        int pages = Integer.parseInt(rows("PRAGMA page_count").getFirst());
        execute("VACUUM");
        byte[] before = Files.readAllBytes(file);
        try (SqliteStore store = SqliteStore.open(file, clock, SqliteStore.Access.READ_WRITE, 50, Math.min(pages, 5))) {
            assertThat(store.isWritable()).isFalse();
            assertThat(store.problems()).extracting(problem -> problem.code()).containsExactly("STORE_DISK_FULL");
            assertThat(tier(store).count()).isEqualTo(ENTRIES - 1);
        }
        assertThat(Files.readAllBytes(file)).isEqualTo(before);
    }

    private List<String> rows(String sql) throws SQLException {
        try (Connection connection = DriverManager.getConnection("jdbc:sqlite:" + file);
                Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery(sql)) {
            List<String> first = new ArrayList<>();
            while (rows.next()) {
                first.add(rows.getString(1));
            }
            return first;
        }
    }

    private void execute(String... sql) throws SQLException {
        try (Connection connection = DriverManager.getConnection("jdbc:sqlite:" + file);
                Statement statement = connection.createStatement()) {
            for (String each : sql) {
                statement.execute(each);
            }
        }
    }
}
