package io.partflow.engine.cache.sqlite;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.partflow.engine.cache.CacheKey;
import io.partflow.engine.cache.CacheStore.Unavailable;
import io.partflow.engine.cache.CacheTier.Limits;
import io.partflow.engine.cache.StoredValue;
import io.partflow.engine.content.ContentHash;
import io.partflow.engine.content.Part;
import io.partflow.engine.content.PeerVectors;
import io.partflow.engine.processor.Failure;
import io.partflow.engine.processor.Usage;
import io.partflow.engine.stream.ManualClock;
import java.io.RandomAccessFile;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DamagedStoreTest {
    @TempDir
    private Path folder;

    private final ManualClock clock = new ManualClock();

    private static CacheKey key(int i) {
        return new CacheKey("p:", ContentHash.ofText("k" + i));
    }

    private static StoredValue value(int i) {
        List<Part> parts = List.of(Part.text("x".repeat(2_000) + i));
        return new StoredValue(key(i), parts, "n", "p", 2_000, 1, Long.MAX_VALUE, 1, Usage.NONE);
    }

    private Path filled(int entries) throws Exception {
        Path file = folder.resolve("store.db");
        try (SqliteStore store = SqliteStore.open(file, clock)) {
            SqliteTier tier = tier(store);
            for (int i = 0; i < entries; i++) {
                tier.put(value(i));
            }
        }
        try (Connection connection = DriverManager.getConnection("jdbc:sqlite:" + file);
                Statement statement = connection.createStatement()) {
            statement.execute("PRAGMA journal_mode = DELETE");
        }
        return file;
    }

    private static SqliteTier tier(SqliteStore store) {
        return store.tier("p:", Limits.NONE, eviction -> {});
    }

    private void refused(Path file, String code) throws Exception {
        byte[] before = Files.readAllBytes(file);
        for (SqliteStore.Access access : SqliteStore.Access.values()) {
            assertThatThrownBy(() -> SqliteStore.open(file, clock, access, 50, 0))
                    .isInstanceOfSatisfying(Unavailable.class, thrown -> {
                        assertThat(thrown.failure().code()).isEqualTo(code);
                        assertThat(thrown.failure().message()).contains(file.toString());
                        assertThat(thrown.failure().remedy()).isNotBlank();
                    });
        }
        assertThat(Files.readAllBytes(file)).isEqualTo(before);
    }

    @Test
    void fileOfSomethingElse_isRefusedAndLeftAsItIs() throws Exception {
        Path file = folder.resolve("notes.db");
        Files.writeString(file, "these are my notes, and they are longer than a header of a hundred bytes. ".repeat(3));
        refused(file, "STORE_NOT_A_DATABASE");
        refused(Files.writeString(folder.resolve("short.db"), "short"), "STORE_NOT_A_DATABASE");
    }

    @Test
    void databaseOfSomethingElse_isRefusedAndLeftAsItIs() throws Exception {
        Path file = folder.resolve("other.db");
        try (Connection connection = DriverManager.getConnection("jdbc:sqlite:" + file);
                Statement statement = connection.createStatement()) {
            statement.execute("CREATE TABLE customers(name TEXT)");
        }
        refused(file, "STORE_WRONG_SCHEMA");
        Path odd = folder.resolve("odd.db");
        try (Connection connection = DriverManager.getConnection("jdbc:sqlite:" + odd);
                Statement statement = connection.createStatement()) {
            statement.execute("CREATE TABLE content_cache(id INTEGER, body TEXT)");
        }
        refused(odd, "STORE_WRONG_SCHEMA");
    }

    @Test
    void closedStore_leavesOneFile() throws Exception {
        Path file = filled(3);
        try (SqliteStore store = SqliteStore.open(file, clock)) {
            assertThat(tier(store).lookup(key(1))).isNotNull();
            tier(store).put(value(9));
        }
        try (var files = Files.list(folder)) {
            assertThat(files).containsExactly(file);
        }
    }

    @Test
    void storeThatIsNotThere_isMadeForWriting_andRefusedForReading() {
        Path file = folder.resolve("new.db");
        assertThatThrownBy(() -> SqliteStore.open(file, clock, SqliteStore.Access.READ_ONLY))
                .isInstanceOfSatisfying(
                        Unavailable.class,
                        thrown -> assertThat(thrown.failure().code()).isEqualTo("STORE_NOT_THERE"));
        assertThat(file).doesNotExist();
        SqliteStore.open(file, clock).close();
        assertThat(file).exists();
        assertThatThrownBy(() -> SqliteStore.open(folder.resolve("no/such.db"), clock))
                .isInstanceOf(Unavailable.class);
    }

    @Test
    void truncatedStore_isReadAsFarAsItGoes_andNeverWritten() throws Exception {
        Path file = filled(400);
        try (RandomAccessFile raw = new RandomAccessFile(file.toFile(), "rw")) {
            raw.setLength(raw.length() / 2 / 4096 * 4096);
        }
        byte[] before = Files.readAllBytes(file);
        int read = 0;
        try (SqliteStore store = SqliteStore.open(file, clock)) {
            SqliteTier tier = tier(store);
            for (int i = 0; i < 400; i++) {
                StoredValue found = tier.lookup(key(i));
                if (found != null) {
                    assertThat(found.parts()).isEqualTo(value(i).parts());
                    read++;
                }
            }
            tier.put(value(1_000));
            assertThat(store.isWritable()).isFalse();
            assertThat(store.problems()).extracting(Failure::code).contains("STORE_TRUNCATED");
        }
        assertThat(read).isPositive();
        assertThat(Files.readAllBytes(file)).isEqualTo(before);
    }

    @Test
    void damagedPages_areToldOnce_andStopAllWriting() throws Exception {
        Path file = filled(400);
        try (RandomAccessFile raw = new RandomAccessFile(file.toFile(), "rw")) {
            for (long at = 40 * 4096; at < raw.length(); at += 3 * 4096) {
                raw.seek(at);
                raw.write("damaged".repeat(500).getBytes(StandardCharsets.US_ASCII));
            }
        }
        int read = 0;
        try (SqliteStore store = SqliteStore.open(file, clock)) {
            SqliteTier tier = tier(store);
            for (int i = 0; i < 400; i++) {
                read += tier.lookup(key(i)) == null ? 0 : 1;
            }
            assertThat(store.isWritable()).isFalse();
            assertThat(store.problems()).extracting(Failure::code).containsOnlyOnce("STORE_DAMAGED");
            assertThat(tier(store).putLater(value(1_000)).get()).isEqualTo(Durability.LOST);
        }
        assertThat(read).isPositive();
    }

    private static void damage(Path file, int page) throws Exception {
        try (RandomAccessFile raw = new RandomAccessFile(file.toFile(), "rw")) {
            raw.seek((page - 1) * 4096L);
            raw.write("damaged".repeat(500).getBytes(StandardCharsets.US_ASCII));
        }
    }

    /// The keys of the rows that the library can read when it is asked for each by its number.
    private static Set<String> readable(Path file, int most) throws Exception {
        Set<String> keys = new TreeSet<>();
        try (Connection connection = DriverManager.getConnection("jdbc:sqlite:" + file)) {
            try (Statement statement = connection.createStatement()) {
                statement.execute("PRAGMA writable_schema = ON");
            }
            for (int row = 1; row <= most; row++) {
                try (Statement statement = connection.createStatement();
                        ResultSet rows =
                                statement.executeQuery("SELECT key, value FROM content_cache WHERE rowid = " + row)) {
                    if (rows.next() && rows.getString(1) != null) {
                        keys.add(rows.getString(1));
                    }
                } catch (SQLException damage) {
                    assertThat(StoreFailures.isDamage(damage)).isTrue();
                }
            }
        }
        return keys;
    }

    /// Some rows are longer than a page, some shorter.
    private Path mixed(int entries) throws Exception {
        Path file = folder.resolve("mixed.db");
        try (SqliteStore store = SqliteStore.open(file, clock)) {
            SqliteTier tier = tier(store);
            for (int i = 0; i < entries; i++) {
                List<Part> parts = List.of(Part.text("y".repeat(i % 4 == 0 ? 9_000 : 400) + i));
                tier.put(new StoredValue(
                        key(i), parts, "n", "p", parts.getFirst().sizeBytes(), 1, Long.MAX_VALUE, 1, Usage.NONE));
            }
        }
        try (Connection connection = DriverManager.getConnection("jdbc:sqlite:" + file);
                Statement statement = connection.createStatement()) {
            statement.execute("PRAGMA journal_mode = DELETE");
        }
        return file;
    }

    private void assertThatAllIsReadAndNothingWritten(Path file, int rows, String code) throws Exception {
        byte[] before = Files.readAllBytes(file);
        Set<String> expected = readable(file, rows);
        for (SqliteStore.Access access : SqliteStore.Access.values()) {
            Set<String> keys = new TreeSet<>();
            try (SqliteStore store = SqliteStore.open(file, clock, access)) {
                assertThat(store.isWritable()).isFalse();
                StoreContents contents = new StoreContents(store);
                contents.each(StoreQuery.ALL, StoreContents.Values.WITH, row -> {
                    assertThat(keys.add(row.key())).isTrue();
                    return true;
                });
                assertThat(keys).isEqualTo(expected);
                StoreContents.Totals totals = contents.totals();
                assertThat(totals.entries()).isGreaterThanOrEqualTo(expected.size());
                // An end that was cut off is no time, which the two take differently.
                assertThat(contents.live())
                        .isBetween(totals.entries() - totals.expired() - 1, totals.entries() - totals.expired());
                SqliteTier tier = tier(store);
                Set<String> seen = new TreeSet<>();
                tier.visit(entry -> seen.add(entry.key().text()));
                assertThat(seen)
                        .containsAll(expected.stream()
                                .filter(key -> CacheKey.parse(key) != null && key.startsWith("p:"))
                                .toList());
                assertThat(tier.putLater(value(1_000)).get()).isEqualTo(Durability.LOST);
                assertThat(store.problems()).extracting(Failure::code).containsExactly(code);
            }
        }
        assertThat(Files.readAllBytes(file)).isEqualTo(before);
    }

    @Test
    void oneDamagedPage_ofOurs_isNoticedBeforeAnythingIsWritten_andAllElseIsRead() throws Exception {
        Path file = mixed(150);
        byte[] sound = Files.readAllBytes(file);
        int whole = 0;
        for (int page = 2; page <= sound.length / 4096; page++) {
            Files.write(file, sound);
            damage(file, page);
            assertThatAllIsReadAndNothingWritten(file, 150, "STORE_DAMAGED");
            whole += readable(file, 150).size() == 150 ? 1 : 0;
        }
        // Indexes and the table beside.
        assertThat(whole).isGreaterThan(3);
    }

    @Test
    void oneDamagedPage_ofAnotherPrograms_isNoticedBeforeAnythingIsWritten_andAllElseIsRead() throws Exception {
        Path file = folder.resolve("theirs.db");
        byte[] sound = PeerVectors.bytes("interop/cache.db");
        for (int page = 2; page <= sound.length / 4096; page++) {
            Files.write(file, sound);
            damage(file, page);
            assertThatAllIsReadAndNothingWritten(file, 200, "STORE_DAMAGED");
        }
    }

    @Test
    void storeThatIsCutAnywhere_isReadAsFarAsItGoes() throws Exception {
        Path file = folder.resolve("theirs.db");
        byte[] sound = PeerVectors.bytes("interop/cache.db");
        for (int length : new int[] {sound.length - 1, 47_000, 44_000, sound.length - 3 * 4096, 30_000, 5 * 4096}) {
            Files.write(file, Arrays.copyOf(sound, length));
            assertThatAllIsReadAndNothingWritten(file, 200, "STORE_TRUNCATED");
        }
    }

    @Test
    void severalDamagedPages_leaveWhatLiesBetween() throws Exception {
        Path file = mixed(150);
        long pages = Files.size(file) / 4096;
        for (int page = 12; page <= pages; page += 11) {
            damage(file, page);
        }
        assertThat(readable(file, 150)).hasSizeBetween(10, 149);
        assertThatAllIsReadAndNothingWritten(file, 150, "STORE_DAMAGED");
    }

    @Test
    void damageThatIsMetWhileReading_isReadPast_andNothingIsPassedTwice() throws Exception {
        Path file = mixed(150);
        Set<String> keys = new TreeSet<>();
        try (SqliteStore store = SqliteStore.open(file, clock, SqliteStore.Access.READ_ONLY)) {
            int pages = (int) (Files.size(file) / 4096);
            for (int page = pages / 2; page < pages / 2 + 6; page++) {
                damage(file, page);
            }
            new StoreContents(store).each(StoreQuery.ALL, StoreContents.Values.WITH, row -> {
                assertThat(keys.add(row.key())).isTrue();
                return true;
            });
            assertThat(store.problems()).extracting(Failure::code).containsExactly("STORE_DAMAGED");
        }
        assertThat(keys).isEqualTo(readable(file, 150)).hasSizeBetween(50, 149);
    }

    @Test
    void largeStoreOfOurs_thatWasClosed_isOpenedWithoutALookAtAllOfIt() throws Exception {
        Path file = folder.resolve("large.db");
        List<Part> parts = List.of(Part.text("z".repeat(1 << 20)));
        try (SqliteStore store = SqliteStore.open(file, clock)) {
            SqliteTier tier = tier(store);
            for (int i = 0; i < 34; i++) {
                tier.put(new StoredValue(key(i), parts, "n", "p", 1 << 20, 1, Long.MAX_VALUE, 1, Usage.NONE));
            }
        }
        damage(file, (int) (Files.size(file) / 4096) - 1);
        try (SqliteStore store = SqliteStore.open(file, clock)) {
            assertThat(store.isWritable()).isTrue();
        }
        // Not closed, it is looked at.
        try (SqliteStore open = SqliteStore.open(file, clock)) {
            tier(open).put(value(100));
            try (SqliteStore store = SqliteStore.open(file, clock)) {
                assertThat(store.isWritable()).isFalse();
                assertThat(store.problems()).extracting(Failure::code).containsExactly("STORE_DAMAGED");
            }
        }
    }

    @Test
    void rowsWithoutReadableKeys_areNoEntries() throws Exception {
        Path file = folder.resolve("odd.db");
        try (Connection connection = DriverManager.getConnection("jdbc:sqlite:" + file);
                Statement statement = connection.createStatement()) {
            statement.execute("CREATE TABLE content_cache(key TEXT PRIMARY KEY, value BLOB, expires_at DATETIME)");
            statement.execute("INSERT INTO content_cache VALUES(NULL, '[]', '2000-01-01 00:00:00.000000')");
            statement.execute("INSERT INTO content_cache VALUES('p:" + "G".repeat(32) + "', '[]', NULL)");
            statement.execute("INSERT INTO content_cache VALUES('" + key(1).text() + "', '[]', NULL)");
        }
        try (SqliteStore store = SqliteStore.open(file, clock)) {
            List<String> keys = new ArrayList<>();
            new StoreContents(store).each(StoreQuery.ALL, StoreContents.Values.WITHOUT, row -> keys.add(row.key()));
            assertThat(keys).containsExactlyInAnyOrder("p:" + "G".repeat(32), key(1).text());
            assertThat(new StoreContents(store).totals().entries()).isEqualTo(2);
            List<CacheKey> seen = new ArrayList<>();
            SqliteTier tier = tier(store);
            tier.visit(entry -> seen.add(entry.key()));
            assertThat(seen).containsExactly(key(1));
            assertThat(tier.putLater(value(2)).get()).isEqualTo(Durability.DURABLE);
            store.reap();
            assertThat(store.problems()).isEmpty();
        }
    }

    @Test
    void storeThatAnotherProgramHoldsToWrite_isRead_andWrittenAgainWhenThatHasEnded() throws Exception {
        Path file = filled(10);
        try (Connection other = DriverManager.getConnection("jdbc:sqlite:" + file);
                Statement statement = other.createStatement()) {
            statement.execute("BEGIN IMMEDIATE");
            try (SqliteStore store = SqliteStore.open(file, clock, SqliteStore.Access.READ_WRITE, 50, 0)) {
                SqliteTier tier = tier(store);
                for (int i = 0; i < 10; i++) {
                    assertThat(tier.lookup(key(i))).isNotNull();
                }
                assertThat(tier.count()).isEqualTo(10);
                assertThat(tier.putLater(value(50)).get()).isEqualTo(Durability.LOST);
                assertThat(store.problems()).singleElement().satisfies(problem -> {
                    assertThat(problem.code()).isEqualTo("STORE_LOCKED");
                    assertThat(problem.message()).contains("what is in it is read");
                });
                statement.execute("ROLLBACK");
                assertThat(tier.putLater(value(50)).get()).isEqualTo(Durability.DURABLE);
                assertThat(tier.lookup(key(50))).isNotNull();
            }
        }
    }

    @Test
    void lockedStore_isRefusedOrServedWithoutTheLostPuts() throws Exception {
        Path file = filled(10);
        try (SqliteStore store = SqliteStore.open(file, clock, SqliteStore.Access.READ_WRITE, 50, 0);
                Connection other = DriverManager.getConnection("jdbc:sqlite:" + file);
                Statement statement = other.createStatement()) {
            SqliteTier tier = tier(store);
            statement.execute("BEGIN IMMEDIATE");
            assertThat(tier.putLater(value(50)).get()).isEqualTo(Durability.LOST);
            assertThat(tier.lookup(key(50))).isNull();
            assertThat(tier.lookup(key(5))).isNotNull();
            assertThat(store.problems()).extracting(Failure::code).containsExactly("STORE_LOCKED");
            statement.execute("ROLLBACK");
            assertThat(tier.putLater(value(50)).get()).isEqualTo(Durability.DURABLE);

            statement.execute("BEGIN EXCLUSIVE");
            assertThatThrownBy(() -> SqliteStore.open(file, clock, SqliteStore.Access.READ_WRITE, 50, 0))
                    .isInstanceOfSatisfying(
                            Unavailable.class,
                            thrown -> assertThat(thrown.failure().code()).isEqualTo("STORE_LOCKED"));
        }
    }

    @Test
    void fullDisk_losesPutsAndSaysSo_andServesWhatIsThere() throws Exception {
        Path file = folder.resolve("full.db");
        try (SqliteStore store = SqliteStore.open(file, clock, SqliteStore.Access.READ_WRITE, 50, 30)) {
            SqliteTier tier = tier(store);
            int durable = 0;
            while (tier.putLater(value(durable)).get() == Durability.DURABLE) {
                durable++;
            }
            assertThat(durable).isGreaterThan(10);
            assertThat(store.problems()).extracting(Failure::code).containsExactly("STORE_DISK_FULL");
            for (int i = 0; i < durable; i++) {
                assertThat(tier.lookup(key(i))).isNotNull();
            }
            assertThat(tier.lookup(key(durable))).isNull();
            assertThat(tier.count()).isEqualTo(durable);

            // With room again, it is written again.
            for (int i = 0; i < durable; i++) {
                assertThat(tier.remove(key(i))).isTrue();
            }
            assertThat(tier.putLater(value(durable)).get()).isEqualTo(Durability.DURABLE);
            assertThat(tier.lookup(key(durable))).isNotNull();
            assertThat(store.problems()).extracting(Failure::code).containsExactly("STORE_DISK_FULL");
        }
    }

    @Test
    void newStoreOnAFullDisk_isRefused() {
        assertThatThrownBy(
                        () -> SqliteStore.open(folder.resolve("new.db"), clock, SqliteStore.Access.READ_WRITE, 50, 1))
                .isInstanceOfSatisfying(Unavailable.class, thrown -> {
                    assertThat(thrown.failure().code()).isEqualTo("STORE_DISK_FULL");
                    assertThat(thrown.failure().message()).contains("no room", "new.db");
                });
    }

    @Test
    void emptyFileThatIsOnlyRead_isAStoreWithoutEntries() throws Exception {
        Path file = Files.createFile(folder.resolve("empty.db"));
        try (SqliteStore store = SqliteStore.open(file, clock, SqliteStore.Access.READ_ONLY)) {
            SqliteTier tier = tier(store);
            assertThat(tier.lookup(key(1))).isNull();
            assertThat(tier.count()).isZero();
            assertThat(store.isWritable()).isFalse();
            assertThat(store.problems()).isEmpty();
        }
        assertThat(file).isEmptyFile();
    }

    @Test
    void readOnlyStore_isServedAndNotWritten() throws Exception {
        Path file = filled(10);
        assertThat(file.toFile().setReadOnly()).isTrue();
        boolean mayWriteAll = Files.isWritable(file);
        byte[] before = Files.readAllBytes(file);
        try (SqliteStore store = mayWriteAll
                ? SqliteStore.open(file, clock, SqliteStore.Access.READ_ONLY)
                : SqliteStore.open(file, clock)) {
            SqliteTier tier = tier(store);
            tier.put(value(77));
            assertThat(tier.lookup(key(3))).isNotNull();
            assertThat(tier.lookup(key(77))).isNull();
            assertThat(tier.count()).isEqualTo(10);
        } finally {
            assertThat(file.toFile().setWritable(true)).isTrue();
        }
        assertThat(Files.readAllBytes(file)).isEqualTo(before);
    }
}
