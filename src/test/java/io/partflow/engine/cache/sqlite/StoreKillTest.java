package io.partflow.engine.cache.sqlite;

import static org.assertj.core.api.Assertions.assertThat;

import io.partflow.engine.cache.CacheKey;
import io.partflow.engine.cache.CacheTier.Limits;
import io.partflow.engine.cache.StoredValue;
import io.partflow.engine.content.ContentHash;
import io.partflow.engine.content.Part;
import io.partflow.engine.processor.Usage;
import io.partflow.engine.stream.StreamClock;
import java.io.BufferedReader;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// A process that writes a store is killed at any moment, again and again. `-Dpartflow.kills` says how often.
class StoreKillTest {
    private static final int KILLS = Integer.getInteger("partflow.kills", 4);

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

        private static void write(SqliteTier tier, long seed) {
            Random random = new Random(seed);
            for (int i = 0; i < 1_000_000; i++) {
                String name = seed + "-" + i;
                Durability end = tier.putLater(value(name, random)).join();
                if (end == Durability.DURABLE) {
                    System.out.println(name);
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
    void store_ofAKilledProcess_opensAndHasEveryDurablePut() throws Exception {
        Path file = folder.resolve("killed.db");
        Set<String> durable = new HashSet<>();
        Random random = new Random(20_261_122);
        for (int kill = 0; kill < KILLS; kill++) {
            Set<String> told = writeUntilKilled(file, kill, 1 + random.nextInt(1_500));
            durable.addAll(told);
            assertThat(integrity(file)).as("kill %d", kill).isEqualTo("ok");
            try (SqliteStore store = SqliteStore.open(file, StreamClock.system())) {
                SqliteTier tier = store.tier("kill:", Limits.NONE, eviction -> {});
                for (String name : told) {
                    StoredValue value = tier.lookup(key(name));
                    assertThat(value).as("kill %d, put %s", kill, name).isNotNull();
                    assertThat(value.parts().getFirst().text()).startsWith(name + ":");
                }
                assertThat(store.problems()).isEmpty();
                assertThat(tier.count()).isGreaterThanOrEqualTo(durable.size());
            }
        }
        assertThat(durable).hasSizeGreaterThan(KILLS);
    }

    private static Set<String> writeUntilKilled(Path file, int round, int after) throws Exception {
        Process process = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-XX:+UseSerialGC",
                        "--enable-native-access=ALL-UNNAMED",
                        "--sun-misc-unsafe-memory-access=allow",
                        "-cp",
                        System.getProperty("java.class.path"),
                        Writer.class.getName(),
                        file.toString(),
                        Integer.toString(round))
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
        Set<String> told = new HashSet<>();
        try (BufferedReader out =
                new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.US_ASCII))) {
            for (String line = out.readLine(); line != null; line = out.readLine()) {
                // What was cut off by the kill was not told.
                if (line.matches("\\d+-\\d+")) {
                    told.add(line);
                }
                if (told.size() == after) {
                    // By its handle, because the process itself would close our end of the pipe, too.
                    process.toHandle().destroyForcibly();
                }
            }
        }
        process.waitFor();
        assertThat(told).as("acknowledged before kill %d", round).isNotEmpty();
        // The last line may have been cut inside its number.
        return complete(told, round);
    }

    /// Names whose predecessor in the same thread was told too, so that a number that was cut off is left out.
    private static Set<String> complete(Set<String> told, int round) {
        Set<String> complete = new HashSet<>();
        for (String name : told) {
            String[] parts = name.split("-");
            boolean ofThisRound = Long.parseLong(parts[0]) / 10 == round;
            int i = Integer.parseInt(parts[1]);
            if (ofThisRound && (i == 0 || told.contains(parts[0] + "-" + (i - 1)))) {
                complete.add(name);
            }
        }
        return complete;
    }

    private static String integrity(Path file) throws Exception {
        try (Connection connection = DriverManager.getConnection("jdbc:sqlite:" + file);
                Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery("PRAGMA integrity_check")) {
            return rows.next() ? rows.getString(1) : "";
        }
    }
}
