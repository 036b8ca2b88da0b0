package io.partflow.engine.cache.sqlite;

import static org.assertj.core.api.Assertions.assertThat;

import io.partflow.engine.cache.CacheEntry;
import io.partflow.engine.cache.CacheKey;
import io.partflow.engine.cache.CacheTier.Limits;
import io.partflow.engine.cache.StoredValue;
import io.partflow.engine.content.ContentHash;
import io.partflow.engine.content.JsonObject;
import io.partflow.engine.content.JsonString;
import io.partflow.engine.content.Part;
import io.partflow.engine.content.PeerVectors;
import io.partflow.engine.content.WireForm;
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
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// A store that genai-processors has made, and what it would find in one of ours.
class SharedStoreTest {
    private static final String SCHEMA =
            "CREATE TABLE content_cache (\n\t\"key\" VARCHAR NOT NULL, \n\tvalue BLOB, \n\t"
                    + "expires_at DATETIME, \n\tPRIMARY KEY (\"key\")\n)";

    @TempDir
    private Path folder;

    private final ManualClock clock = new ManualClock();
    private Path theirs = Path.of("");

    @BeforeEach
    void copy() throws Exception {
        theirs = Files.write(folder.resolve("theirs.db"), PeerVectors.bytes("interop/cache.db"));
    }

    private static List<JsonObject> truth() {
        return PeerVectors.objects(PeerVectors.read("interop/cache.json"), "entries");
    }

    /// The prefix of the most entries, of those none of which a lookup or a put removes.
    private static String prefix() {
        Map<String, List<String>> expected = truth().stream()
                .filter(entry -> !text(entry, "prefix").isEmpty())
                .collect(Collectors.groupingBy(
                        entry -> text(entry, "prefix"),
                        Collectors.mapping(entry -> text(entry, "expect"), Collectors.toList())));
        expected.values().removeIf(all -> all.stream().anyMatch(each -> !each.equals("hit")));
        return Collections.max(
                        expected.entrySet(),
                        Comparator.comparing(each -> each.getValue().size()))
                .getKey();
    }

    private static String text(JsonObject entry, String name) {
        return entry.get(name) instanceof JsonString text ? text.value() : "";
    }

    private static CacheKey key(String text) {
        CacheKey key = CacheKey.parse(text);
        assertThat(key).as(text).isNotNull();
        return key;
    }

    private SqliteTier tier(SqliteStore store, String prefix) {
        return store.tier(prefix, Limits.NONE, eviction -> {});
    }

    @Test
    void theirFile_everyEntry_hitsExpiresOrIsRemovedAsTheirsDoes() throws Exception {
        int hits = 0;
        try (SqliteStore store = SqliteStore.open(theirs, clock)) {
            for (JsonObject entry : truth()) {
                CacheKey key = key(text(entry, "key"));
                StoredValue value = tier(store, key.prefix()).lookup(key);
                String expected = text(entry, "expect");
                if (expected.equals("hit")) {
                    hits++;
                    assertThat(value).as(expected).isNotNull();
                    assertThat(WireForm.toJson(value.parts())).isEqualTo(text(entry, "value_json"));
                    assertThat(value.createdMillis()).isZero();
                    assertThat(value.computeNanos()).isEqualTo(StoredValue.UNKNOWN);
                } else {
                    assertThat(value).as(expected).isNull();
                }
            }
        }
        assertThat(hits).isGreaterThan(PeerVectors.areOthers() ? 0 : 40);
        assertThat(rows(theirs, "SELECT key FROM content_cache")).hasSize(hits);
    }

    @Test
    void theirFile_onlyRead_isNotChangedByAByte() throws Exception {
        byte[] before = Files.readAllBytes(theirs);
        try (SqliteStore store = SqliteStore.open(theirs, clock, SqliteStore.Access.READ_ONLY)) {
            for (JsonObject entry : truth()) {
                var unused = tier(store, "").lookup(key(text(entry, "key")));
            }
            assertThat(store.isWritable()).isFalse();
            assertThat(store.problems()).isEmpty();
        }
        assertThat(Files.readAllBytes(theirs)).isEqualTo(before);
        assertThat(folder).isDirectoryContaining(file -> file.equals(theirs));
    }

    @Test
    void theirFile_writtenByUs_keepsItsJournalModeAndItsTable() throws Exception {
        CacheKey ours = new CacheKey(prefix(), ContentHash.ofText("ours"));
        try (SqliteStore store = SqliteStore.open(theirs, clock)) {
            SqliteTier tier = tier(store, ours.prefix());
            long before = tier.count();
            tier.put(value(ours, Long.MAX_VALUE));

            assertThat(tier.count()).isEqualTo(before + 1);
            assertThat(tier.lookup(ours)).isNotNull();
        }
        assertThat(rows(theirs, "PRAGMA journal_mode")).containsExactly("delete");
        assertThat(rows(theirs, "SELECT sql FROM sqlite_master WHERE name = 'content_cache'"))
                .containsExactly(SCHEMA);
        assertThat(rows(theirs, "SELECT expires_at FROM content_cache WHERE key = '" + ours.text() + "'"))
                .containsExactly("9999-12-31 23:59:59.999999");
        assertThat(rows(theirs, "SELECT value FROM partflow_meta WHERE name = 'schema_version'"))
                .containsExactly("2");
        assertThat(rows(theirs, "PRAGMA integrity_check")).containsExactly("ok");
    }

    @Test
    void limits_inASharedPrefix_areAboutOurEntriesAlone() {
        String prefix = prefix();
        CacheKey first = new CacheKey(prefix, ContentHash.ofText("1"));
        try (SqliteStore store = SqliteStore.open(theirs, clock)) {
            SqliteTier tier = store.tier(prefix, new Limits(1L, null), eviction -> {});
            long before = tier.count();
            tier.put(value(first, Long.MAX_VALUE));
            clock.advanceMillis(1);
            tier.put(value(new CacheKey(prefix, ContentHash.ofText("2")), Long.MAX_VALUE));

            assertThat(before).isGreaterThan(1);
            assertThat(tier.count()).isEqualTo(before + 1);
            assertThat(tier.peek(first)).isNull();
        }
    }

    @Test
    void ourFile_asTheirsReadsIt_hasTheSameTableFormAndEnds() throws Exception {
        Path ours = folder.resolve("ours.db");
        CacheKey limited = new CacheKey("ocr/", ContentHash.ofText("a"));
        CacheKey endless = new CacheKey("ocr/", ContentHash.ofText("b"));
        List<Part> parts = List.of(Part.text("grün \ud83d\ude00\n"), Part.blob(new byte[] {1, 2, -1}, "image/png"));
        try (SqliteStore store = SqliteStore.open(ours, clock)) {
            SqliteTier tier = tier(store, "ocr/");
            tier.put(new StoredValue(
                    limited, parts, "n", "p", 9, clock.millis(), clock.millis() + 1_500, 7, Usage.NONE));
            tier.put(value(endless, Long.MAX_VALUE));
        }
        assertThat(rows(ours, "SELECT sql FROM sqlite_master WHERE tbl_name = 'content_cache' AND sql IS NOT NULL"))
                .containsExactly(SCHEMA, "CREATE INDEX ix_content_cache_expires_at ON content_cache (expires_at)");
        assertThat(rows(ours, "SELECT CAST(value AS TEXT) FROM content_cache WHERE key = '" + limited.text() + "'"))
                .containsExactly(WireForm.toJson(parts));
        assertThat(rows(ours, "SELECT typeof(value) || typeof(expires_at) FROM content_cache"))
                .containsOnly("blobtext");
        assertThat(rows(ours, "SELECT expires_at FROM content_cache ORDER BY expires_at"))
                .containsExactly("2026-01-01 00:00:01.500000", "9999-12-31 23:59:59.999999");
        assertThat(rows(ours, "PRAGMA journal_mode")).containsExactly("wal");
    }

    @Test
    void rowsOfOursWhoseValueTheyHaveDeleted_goWhenTheStoreIsOpened() throws Exception {
        Path ours = folder.resolve("ours.db");
        CacheKey key = new CacheKey("ocr/", ContentHash.ofText("a"));
        CacheKey stays = new CacheKey("ocr/", ContentHash.ofText("b"));
        try (SqliteStore store = SqliteStore.open(ours, clock)) {
            tier(store, "ocr/").put(value(key, Long.MAX_VALUE));
            tier(store, "ocr/").put(value(stays, Long.MAX_VALUE));
            execute(ours, "DELETE FROM content_cache WHERE key = '" + key.text() + "'");
            assertThat(tier(store, "ocr/").lookup(key)).isNull();
        }
        SqliteStore.open(ours, clock).close();

        assertThat(rows(ours, "SELECT key FROM partflow_entry")).containsExactly(stays.text());
    }

    @Test
    void entriesTheyAddWhileWeHaveItOpen_areServedAndCounted() throws Exception {
        Path ours = folder.resolve("ours.db");
        CacheKey key = new CacheKey("ocr/", ContentHash.ofText("a"));
        try (SqliteStore store = SqliteStore.open(ours, clock)) {
            SqliteTier tier = tier(store, "ocr/");
            execute(
                    ours,
                    "INSERT INTO content_cache VALUES('" + key.text()
                            + "', CAST('[{\"part\": {\"text\": \"x\"}}]' AS BLOB), '2200-01-01 00:00:00.000000')");
            StoredValue value = tier.lookup(key);
            tier.flush();

            assertThat(value).isNotNull();
            assertThat(value.parts()).containsExactly(Part.text("x"));
            assertThat(tier.count()).isEqualTo(1);
            assertThat(tier.entries()).extracting(CacheEntry::node).containsExactly("");
        }
    }

    private StoredValue value(CacheKey key, long endMillis) {
        return new StoredValue(
                key, List.of(Part.text("x")), "node", "p", 5, clock.millis(), endMillis, 7, new Usage(1, 2, 3));
    }

    private static List<String> rows(Path file, String sql) throws SQLException {
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

    private static void execute(Path file, String sql) throws SQLException {
        try (Connection connection = DriverManager.getConnection("jdbc:sqlite:" + file);
                Statement statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }
}
