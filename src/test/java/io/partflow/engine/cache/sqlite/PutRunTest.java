package io.partflow.engine.cache.sqlite;

import static org.assertj.core.api.Assertions.assertThat;

import io.partflow.engine.cache.CacheEntry;
import io.partflow.engine.cache.CacheKey;
import io.partflow.engine.cache.CacheTier.Limits;
import io.partflow.engine.cache.EvictionCause;
import io.partflow.engine.cache.EvictionListener;
import io.partflow.engine.cache.StoredValue;
import io.partflow.engine.content.ContentHash;
import io.partflow.engine.content.Part;
import io.partflow.engine.processor.Usage;
import io.partflow.engine.stream.ManualClock;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Puts that reach the writer together, written in one transaction with few statements.
class PutRunTest {
    private static final String PREFIX = "p:";

    @TempDir
    private Path folder;

    private final ManualClock clock = new ManualClock();
    private final List<EvictionListener.Eviction> evictions = Collections.synchronizedList(new ArrayList<>());

    private static CacheKey key(String prefix, int i) {
        return new CacheKey(prefix, ContentHash.ofText("k" + i));
    }

    private static StoredValue value(String prefix, int i, String text) {
        return new StoredValue(
                key(prefix, i), List.of(Part.text(text)), "n", "p", text.length(), 1, Long.MAX_VALUE, 1, Usage.NONE);
    }

    private static StoredValue value(int i, String text) {
        return value(PREFIX, i, text);
    }

    /// Lets everything that `submitting` sends wait, so that it becomes one group.
    private static void together(SqliteStore store, Runnable submitting) {
        CountDownLatch begun = new CountDownLatch(1);
        CountDownLatch go = new CountDownLatch(1);
        CompletableFuture<Durability> held = store.submit(0, session -> {
            begun.countDown();
            awaitQuietly(go);
        });
        awaitQuietly(begun);
        submitting.run();
        go.countDown();
        assertThat(held.join()).isEqualTo(Durability.DURABLE);
        store.flush();
    }

    private static void awaitQuietly(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    private SqliteStore open() {
        return SqliteStore.open(folder.resolve("store.db"), clock);
    }

    private SqliteTier tier(SqliteStore store, Limits limits) {
        return store.tier(PREFIX, limits, evictions::add);
    }

    @Test
    void manyPutsOfFewKeys_leaveTheLastOfEach_andExactCounts() throws Exception {
        Random random = new Random(20_261_122);
        Map<Integer, String> expected = new HashMap<>();
        List<CompletableFuture<Durability>> all = new ArrayList<>();
        try (SqliteStore store = open()) {
            SqliteTier tier = tier(store, Limits.NONE);
            SqliteTier other = store.tier("q:", Limits.NONE, eviction -> {});
            for (int round = 0; round < 4; round++) {
                together(store, () -> {
                    for (int i = 0; i < 400; i++) {
                        int key = random.nextInt(150);
                        // One in twenty is too large to go with others.
                        String text = random.nextInt(20) == 0 ? "y".repeat(70_000) + i : "x" + random.nextInt();
                        expected.put(key, text);
                        all.add(tier.putLater(value(key, text)));
                        all.add(other.putLater(value("q:", key, "other")));
                        if (random.nextInt(50) == 0) {
                            int gone = random.nextInt(150);
                            expected.remove(gone);
                            all.add(store.submit(0, session -> {
                                Slot slot = session.slot(key(PREFIX, gone).text());
                                if (slot != null) {
                                    session.delete(slot, PREFIX);
                                }
                            }));
                        }
                    }
                });
            }
            assertThat(all).allSatisfy(each -> assertThat(each.join()).isEqualTo(Durability.DURABLE));
            check(tier, expected);
        }
        try (SqliteStore store = open()) {
            check(tier(store, Limits.NONE), expected);
        }
        assertThat(rows("PRAGMA integrity_check")).containsExactly("ok");
        assertThat(rows("SELECT count(*) FROM content_cache c JOIN partflow_entry e ON e.id = c.rowid AND"
                        + " e.key = c.key"))
                .isEqualTo(rows("SELECT count(*) FROM content_cache"))
                .isEqualTo(rows("SELECT count(*) FROM partflow_entry"));
    }

    private static void check(SqliteTier tier, Map<Integer, String> expected) {
        assertThat(tier.count()).isEqualTo(expected.size());
        assertThat(tier.bytes())
                .isEqualTo(expected.values().stream().mapToLong(String::length).sum());
        for (int i = 0; i < 150; i++) {
            StoredValue found = tier.lookup(key(PREFIX, i));
            assertThat(found == null ? null : found.parts().getFirst().text()).isEqualTo(expected.get(i));
        }
    }

    @Test
    void groupBeyondTheItemLimit_keepsTheLimit_andTellsOfEachThatWent() {
        try (SqliteStore store = open()) {
            SqliteTier tier = tier(store, new Limits(10L, null));
            for (int i = 0; i < 10; i++) {
                tier.put(value(i, "x"));
            }
            clock.advanceMillis(1);
            together(store, () -> {
                for (int i = 100; i < 137; i++) {
                    var unused = tier.putLater(value(i, "x"));
                }
            });
            assertThat(tier.count()).isEqualTo(10);
            assertThat(evictions)
                    .hasSize(37)
                    .extracting(EvictionListener.Eviction::cause)
                    .containsOnly(EvictionCause.SIZE);
        }
    }

    @Test
    void groupWithValuesThatAreTooLarge_keepsTheOthers_andTheByteLimit() {
        try (SqliteStore store = open()) {
            SqliteTier tier = tier(store, new Limits(null, 1_000L));
            tier.put(value(1, "old"));
            together(store, () -> {
                var one = tier.putLater(value(1, "x".repeat(1_001)));
                var two = tier.putLater(value(2, "y".repeat(1_001)));
                for (int i = 3; i < 13; i++) {
                    var unused = tier.putLater(value(i, "z".repeat(100)));
                }
            });
            assertThat(tier.lookup(key(PREFIX, 1))).isNull();
            assertThat(tier.lookup(key(PREFIX, 2))).isNull();
            assertThat(tier.count()).isEqualTo(10);
            assertThat(tier.bytes()).isEqualTo(1_000);
            assertThat(evictions).extracting(EvictionListener.Eviction::cause).containsOnly(EvictionCause.WEIGHT);
        }
    }

    @Test
    void putOverAPinnedEntry_staysPinned() {
        try (SqliteStore store = open()) {
            SqliteTier tier = tier(store, Limits.NONE);
            tier.put(value(1, "old"));
            tier.pin(key(PREFIX, 1), CacheEntry.Pinning.PINNED);
            together(store, () -> {
                for (int i = 0; i < 40; i++) {
                    var unused = tier.putLater(value(i, "new"));
                }
            });
            CacheEntry entry = tier.peek(key(PREFIX, 1));
            assertThat(entry).isNotNull();
            assertThat(entry.pinning()).isEqualTo(CacheEntry.Pinning.PINNED);
            assertThat(entry.parts()).containsExactly(Part.text("new"));
        }
    }

    @Test
    void rowThatTheOtherProgramPutInPlaceOfOurs_hasNoneOfItsFacts() throws Exception {
        CacheKey theirs = key(PREFIX, 77);
        try (SqliteStore store = open()) {
            SqliteTier tier = tier(store, Limits.NONE);
            tier.put(value(1, "x".repeat(500)));
            tier.put(value(2, "x".repeat(500)));
            // The last row's number is given again.
            execute(
                    "DELETE FROM content_cache WHERE key = '" + key(PREFIX, 2).text() + "'",
                    "INSERT INTO content_cache VALUES('" + theirs.text()
                            + "', CAST('[{\"part\": {\"text\": \"x\"}}]' AS BLOB), '2200-01-01 00:00:00.000000')");
            CacheEntry entry = tier.peek(theirs);
            assertThat(entry).isNotNull();
            assertThat(entry.node()).isEmpty();
            assertThat(entry.sizeBytes()).isLessThan(100);
            tier.addHits(theirs, 3, 5);
            tier.flush();
            tier.put(value(2, "again"));
            assertThat(tier.count()).isEqualTo(3);
            assertThat(tier.peek(key(PREFIX, 2)))
                    .isNotNull()
                    .extracting(CacheEntry::node)
                    .isEqualTo("n");
        }
        open().close();
        assertThat(rows("SELECT key FROM partflow_entry ORDER BY id"))
                .containsExactly(key(PREFIX, 1).text(), key(PREFIX, 2).text());
    }

    @Test
    void compactedStore_keepsWhatIsNotedOfItsEntries() throws Exception {
        try (SqliteStore store = open()) {
            SqliteTier tier = tier(store, Limits.NONE);
            for (int i = 0; i < 30; i++) {
                tier.put(value(i, "x"));
            }
            for (int i = 0; i < 30; i += 3) {
                tier.remove(key(PREFIX, i));
            }
        }
        execute("VACUUM");
        try (SqliteStore store = open()) {
            assertThat(tier(store, Limits.NONE).entries())
                    .hasSize(20)
                    .allSatisfy(entry -> assertThat(entry.node()).isEqualTo("n"));
        }
    }

    private List<String> rows(String sql) throws SQLException {
        try (Connection connection = DriverManager.getConnection("jdbc:sqlite:" + folder.resolve("store.db"));
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
        try (Connection connection = DriverManager.getConnection("jdbc:sqlite:" + folder.resolve("store.db"));
                Statement statement = connection.createStatement()) {
            for (String each : sql) {
                statement.execute(each);
            }
        }
    }
}
