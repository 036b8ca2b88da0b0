package io.partflow.bench;

import io.partflow.engine.cache.CacheKey;
import io.partflow.engine.cache.CacheTier.Limits;
import io.partflow.engine.cache.StoredValue;
import io.partflow.engine.cache.sqlite.SqliteStore;
import io.partflow.engine.cache.sqlite.SqliteTier;
import io.partflow.engine.content.ContentHash;
import io.partflow.engine.content.Part;
import io.partflow.engine.content.WireForm;
import io.partflow.engine.processor.Usage;
import io.partflow.engine.stream.StreamClock;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Semaphore;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.annotations.Threads;

/// A store of 1 KB values: ours, and plain sqlite-jdbc as the reference uses it, with a commit for each put.
/// Gets of stored bytes are comparable; lookups decode as well.
@BenchmarkMode(Mode.Throughput)
@OutputTimeUnit(TimeUnit.SECONDS)
@State(Scope.Benchmark)
@Threads(2)
public class StoreBench {
    private static final int STORED = 10_000;
    private static final int ON_THE_WAY = 4_000;
    private static final int WAITING = 64;
    private static final int EACH = 50;

    private final List<Part> parts = List.of(Part.text("x".repeat(900)));
    private final byte[] form = WireForm.toBytes(parts);
    private final AtomicInteger next = new AtomicInteger(STORED);
    private final Semaphore room = new Semaphore(ON_THE_WAY);
    private Path folder;
    private SqliteStore store;
    private SqliteTier tier;

    /// A connection for each thread, as the driver wants it.
    @State(Scope.Thread)
    public static class Plain {
        private Connection connection;
        private PreparedStatement put;
        private PreparedStatement get;

        @Setup
        public void open(StoreBench bench) throws SQLException {
            connection = DriverManager.getConnection("jdbc:sqlite:" + bench.folder.resolve("plain.db"));
            try (Statement statement = connection.createStatement()) {
                statement.execute("PRAGMA busy_timeout = 10000");
            }
            put = connection.prepareStatement("INSERT OR REPLACE INTO content_cache VALUES(?, ?, ?)");
            get = connection.prepareStatement("SELECT value, expires_at FROM content_cache WHERE key = ?");
        }

        @TearDown
        public void close() throws SQLException {
            connection.close();
        }
    }

    private static CacheKey key(int i) {
        return new CacheKey("pf1:model.simulated@1:0123456789abcdef:", ContentHash.ofText("k" + i));
    }

    private StoredValue value(int i) {
        return new StoredValue(key(i), parts, "node", "model.simulated", 904, 1, Long.MAX_VALUE, 1, Usage.NONE);
    }

    private static CacheKey stored() {
        return key(ThreadLocalRandom.current().nextInt(STORED));
    }

    @Setup
    public void fill() throws IOException, SQLException {
        folder = Files.createTempDirectory("partflow-bench");
        store = SqliteStore.open(folder.resolve("ours.db"), StreamClock.system());
        tier = store.tier(key(0).prefix(), Limits.NONE, eviction -> {});
        for (int i = 0; i < STORED; i++) {
            var unused = tier.putLater(value(i));
        }
        tier.flush();
        try (Connection connection = DriverManager.getConnection("jdbc:sqlite:" + folder.resolve("plain.db"));
                Statement statement = connection.createStatement()) {
            statement.execute("CREATE TABLE content_cache (\"key\" VARCHAR NOT NULL, value BLOB, expires_at DATETIME,"
                    + " PRIMARY KEY (\"key\"))");
            statement.execute("CREATE INDEX ix_content_cache_expires_at ON content_cache (expires_at)");
            connection.setAutoCommit(false);
            try (PreparedStatement put = connection.prepareStatement("INSERT INTO content_cache VALUES(?, ?, ?)")) {
                for (int i = 0; i < STORED; i++) {
                    bind(put, i);
                    put.executeUpdate();
                }
            }
            connection.commit();
        }
    }

    private void bind(PreparedStatement put, int i) throws SQLException {
        put.setString(1, key(i).text());
        put.setBytes(2, form);
        put.setString(3, "2200-01-01 00:00:00.000000");
    }

    @TearDown
    public void close() throws IOException {
        store.close();
        try (var files = Files.list(folder)) {
            for (Path file : files.toList()) {
                Files.delete(file);
            }
        }
        Files.delete(folder);
    }

    /// Each waits until it is durable: of two threads, at most two go into a group.
    @Benchmark
    public void put() {
        tier.put(value(next.getAndIncrement()));
    }

    /// At most four thousand are on their way.
    @Benchmark
    public void putLater() throws InterruptedException {
        room.acquire();
        var unused = tier.putLater(value(next.getAndIncrement())).whenComplete((durability, broken) -> room.release());
    }

    /// Sixty-four virtual threads, each of which waits until its own is durable.
    @Benchmark
    @Threads(1)
    @OperationsPerInvocation(WAITING * EACH)
    public void putManyWaiting() throws InterruptedException {
        List<Thread> threads = new ArrayList<>();
        for (int i = 0; i < WAITING; i++) {
            threads.add(Thread.startVirtualThread(() -> {
                for (int j = 0; j < EACH; j++) {
                    put();
                }
            }));
        }
        for (Thread thread : threads) {
            thread.join();
        }
    }

    /// On one thread, as the reference does it, one after the other: of two, each mostly waits for the lock that the
    /// other one holds, until it gives up.
    @Benchmark
    @Threads(1)
    public int plainPut(Plain plain) throws SQLException {
        bind(plain.put, next.getAndIncrement());
        return plain.put.executeUpdate();
    }

    @Benchmark
    public byte[] getBytes() {
        return store.storedBytes(stored());
    }

    @Benchmark
    public StoredValue lookup() {
        return tier.lookup(stored());
    }

    @Benchmark
    public byte[] plainGet(Plain plain) throws SQLException {
        plain.get.setString(1, stored().text());
        try (ResultSet rows = plain.get.executeQuery()) {
            rows.next();
            var unused = rows.getString(2);
            return rows.getBytes(1);
        }
    }
}
