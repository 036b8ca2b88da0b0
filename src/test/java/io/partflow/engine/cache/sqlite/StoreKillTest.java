package io.partflow.engine.cache.sqlite;

import static org.assertj.core.api.Assertions.assertThat;

import io.partflow.engine.cache.CacheKey;
import io.partflow.engine.cache.CacheTier.Limits;
import io.partflow.engine.cache.StoredValue;
import io.partflow.engine.content.ContentHash;
import io.partflow.engine.content.Part;
import io.partflow.engine.processor.Usage;
import io.partflow.engine.stream.StreamClock;
import java.io.BufferedInputStream;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/// A process that writes a store is killed at any moment, again and again. `-Dpartflow.kills` says how often.
class StoreKillTest {
    private static final int KILLS = Integer.getInteger("partflow.kills", 4);
    private static final long MOST_MILLIS = 60_000;
    private static final int LINE_END = '\n';

    @TempDir
    private Path folder;

    /// Puts values of mixed sizes from four threads and says on standard output which are durable.
    static final class Writer {
        private Writer() {}

        public static void main(String[] args) throws InterruptedException {
            long round = Long.parseLong(args[1]);
            try (SqliteStore store = SqliteStore.open(Path.of(args[0]), StreamClock.system())) {
                SqliteTier tier = store.tier("kill:", Limits.NONE, eviction -> {});
                List<Thread> threads = new ArrayList<>();
                for (int t = 0; t < 4; t++) {
                    int thread = t;
                    threads.add(Thread.ofPlatform().start(() -> write(tier, round * 10 + thread)));
                }
                for (Thread thread : threads) {
                    thread.join();
                }
            }
        }

        /// In one write to the pipe, so that a line is there whole or not at all.
        private static void tell(String name) {
            byte[] line = (name + "\n").getBytes(StandardCharsets.US_ASCII);
            System.out.write(line, 0, line.length);
            System.out.flush();
        }

        private static void write(SqliteTier tier, long seed) {
            Random random = new Random(seed);
            for (int i = 0; i < 1_000_000; i++) {
                String name = seed + "-" + i;
                Durability end = tier.putLater(value(name, random)).join();
                if (end == Durability.DURABLE) {
                    tell(name);
                }
            }
        }
    }

    private static CacheKey key(String name) {
        return new CacheKey("kill:", ContentHash.ofText(name));
    }

    private static StoredValue value(String name, Random random) {
        int size = random.nextInt(20) == 0 ? 100_000 + random.nextInt(200_000) : 50 + random.nextInt(3_000);
        String text = name + ":" + "x".repeat(size);
        return new StoredValue(key(name), List.of(Part.text(text)), "n", "p", size, 1, Long.MAX_VALUE, 1, Usage.NONE);
    }

    @Test
    @Timeout(value = 30, unit = TimeUnit.MINUTES)
    void store_ofAKilledProcess_opensAndHasEveryDurablePut() throws Exception {
        Path file = folder.resolve("killed.db");
        List<String> durable = new ArrayList<>();
        Random random = new Random(20_261_122);
        long slowestOpeningMillis = 0;
        for (int kill = 0; kill < KILLS; kill++) {
            // One in five is killed at some moment while it starts, opens the store or puts first values.
            List<String> told = random.nextInt(5) == 0
                    ? writeUntilKilled(file, kill, Integer.MAX_VALUE, 100 + random.nextInt(1_200))
                    : writeUntilKilled(file, kill, 1 + random.nextInt(1_500), MOST_MILLIS);
            durable.addAll(told);
            if (Files.exists(file)) {
                assertThat(integrity(file)).as("kill %d", kill).isEqualTo("ok");
            }
            long begin = System.nanoTime();
            try (SqliteStore store = SqliteStore.open(file, StreamClock.system())) {
                slowestOpeningMillis = Math.max(slowestOpeningMillis, (System.nanoTime() - begin) / 1_000_000);
                SqliteTier tier = store.tier("kill:", Limits.NONE, eviction -> {});
                // What this process and, now and then, all before it said.
                for (String name : kill % 10 == 9 || kill == KILLS - 1 ? durable : told) {
                    StoredValue value = tier.lookup(key(name));
                    assertThat(value).as("kill %d, put %s", kill, name).isNotNull();
                    assertThat(value.parts().getFirst().text()).startsWith(name + ":");
                }
                assertThat(store.problems()).isEmpty();
                assertThat(tier.count()).isGreaterThanOrEqualTo(durable.size());
            }
        }
        assertThat(durable).hasSizeGreaterThan(KILLS);
        System.out.printf(
                "%d kills, %d durable puts found again, store of %d MB, slowest opening %d ms%n",
                KILLS, durable.size(), Files.size(file) >> 20, slowestOpeningMillis);
    }

    /// Has a process write until it has told so many puts, or so long, and kills it.
    ///
    /// @return the names of the puts that it said were durable
    private static List<String> writeUntilKilled(Path file, int round, int after, long mostMillis) throws Exception {
        Process process = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-Xshare:auto",
                        "-XX:+UseSerialGC",
                        "-XX:TieredStopAtLevel=1",
                        "--enable-native-access=ALL-UNNAMED",
                        "--sun-misc-unsafe-memory-access=allow",
                        "-cp",
                        System.getProperty("java.class.path"),
                        Writer.class.getName(),
                        file.toString(),
                        Integer.toString(round))
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
        List<String> told = new ArrayList<>();
        var late = CompletableFuture.delayedExecutor(mostMillis, TimeUnit.MILLISECONDS);
        // By its handle, because the process itself would close our end of the pipe, too.
        CompletableFuture<Boolean> killed = CompletableFuture.supplyAsync(process.toHandle()::destroyForcibly, late);
        try (InputStream out = process.getInputStream()) {
            StringBuilder line = new StringBuilder();
            InputStream buffered = new BufferedInputStream(out);
            for (int next = buffered.read(); next >= 0; next = buffered.read()) {
                // What was cut off by the kill was not told: a name counts when its line has ended.
                if (next != LINE_END) {
                    line.append((char) next);
                    continue;
                }
                told.add(line.toString().strip());
                line.setLength(0);
                if (told.size() == after) {
                    process.toHandle().destroyForcibly();
                }
            }
        }
        process.waitFor();
        killed.cancel(false);
        return told;
    }

    private static String integrity(Path file) throws Exception {
        try (Connection connection = DriverManager.getConnection("jdbc:sqlite:" + file);
                Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery("PRAGMA integrity_check")) {
            return rows.next() ? rows.getString(1) : "";
        }
    }
}
