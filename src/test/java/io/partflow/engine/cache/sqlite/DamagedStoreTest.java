package io.partflow.engine.cache.sqlite;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.partflow.engine.cache.CacheKey;
import io.partflow.engine.cache.CacheStore.Unavailable;
import io.partflow.engine.cache.CacheTier.Limits;
import io.partflow.engine.cache.StoredValue;
import io.partflow.engine.content.ContentHash;
import io.partflow.engine.content.Part;
import io.partflow.engine.processor.Failure;
import io.partflow.engine.processor.Usage;
import io.partflow.engine.stream.ManualClock;
import java.io.RandomAccessFile;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.Statement;
import java.util.List;
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
