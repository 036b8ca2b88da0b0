package io.partflow.engine.cache.sqlite;

import io.partflow.engine.cache.CacheKey;
import io.partflow.engine.cache.CacheSettings;
import io.partflow.engine.cache.CacheStore;
import io.partflow.engine.cache.CacheTier;
import io.partflow.engine.cache.EvictionListener;
import io.partflow.engine.cache.StoredValue;
import io.partflow.engine.cache.tiered.TieredTier;
import io.partflow.engine.content.WireFormException;
import io.partflow.engine.processor.Failure;
import io.partflow.engine.stream.StreamClock;
import java.nio.file.Path;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/// A store of cache entries in one SQLite file.
///
/// Thread-safe; close it to end its thread. Made by this program, a store keeps a write-ahead log and commits
/// without waiting for the disk: what is durable survives the end of the process, not a power loss. One that another
/// program has made keeps its journal mode.
public final class SqliteStore implements CacheStore {
    /// What is done with the file.
    public enum Access {
        /// It is made if it is not there; where it may not be written, it is only read.
        READ_WRITE,
        /// Nothing of it is changed.
        READ_ONLY
    }

    /// A value that is on its way to the file.
    ///
    /// @param value null for a removal
    record Pending(@Nullable StoredValue value) {}

    /// What is under a prefix.
    record Count(long items, long bytes) {}

    static final int BUSY_MILLIS = 5_000;

    private final StoreFile file;
    private final StreamClock clock;
    private final StoreFailures failures = new StoreFailures();
    private final HitNotes notes = new HitNotes();
    private final StoreReaders readers;
    private final @Nullable StoreWriter writer;
    private final List<SqliteTier> tiers = new CopyOnWriteArrayList<>();
    private final Map<CacheKey, Pending> pendings = new ConcurrentHashMap<>();
    private final StoreReaper reaper;
    private final AtomicLong removals = new AtomicLong();
    private volatile FactLayout layout;
    private volatile boolean damaged;
    private volatile boolean closed;

    private SqliteStore(StoreFile file, StreamClock clock, long mostPages) throws SQLException {
        this.file = file;
        this.clock = clock;
        reaper = new StoreReaper(clock, this::owner);
        Failure obstacle = file.obstacle();
        if (obstacle != null) {
            failures.tell(obstacle);
        }
        layout = file.shape().layout();
        notes.gatherWith(() -> tiers.forEach(SqliteTier::gatherHits));
        readers = new StoreReaders(file);
        StoreSession session = file.access() == StoreFile.Access.WRITE ? session(mostPages) : null;
        if (session == null) {
            writer = null;
        } else {
            layout = session.layout();
            String name = String.valueOf(file.path().getFileName());
            if (session.wasHeldByAnother()) {
                failures.tell(StoreFailures.lockedForWriting(file.path().toString()));
            }
            writer = new StoreWriter(name, session, notes, clock, this::lostWrite, this::beforeCommit);
        }
    }

    /// The connection to write with, or null when the file turns out to be damaged: then it is only read.
    private @Nullable StoreSession session(long mostPages) throws SQLException {
        try {
            return new StoreSession(file, mostPages);
        } catch (SQLException e) {
            if (!StoreFailures.isDamage(e)) {
                throw e;
            }
            failures.tell(StoreFailures.of(file.path(), e));
            damaged = true;
            return null;
        }
    }

    /// Opens a store for reading and writing, and makes it if it is not there.
    ///
    /// @throws Unavailable when the file is no store or cannot be opened; then nothing of it has been changed
    public static SqliteStore open(Path file, StreamClock clock) {
        return open(file, clock, Access.READ_WRITE);
    }

    /// @throws Unavailable when the file is no store or cannot be opened; then nothing of it has been changed
    public static SqliteStore open(Path file, StreamClock clock, Access access) {
        return open(file, clock, access, BUSY_MILLIS, 0);
    }

    /// @param busyMillis how long to wait for a lock of another program
    /// @param mostPages the most pages the file may have, or 0 for no limit
    static SqliteStore open(Path file, StreamClock clock, Access access, int busyMillis, long mostPages) {
        StoreFile found = StoreFile.inspect(file, access, busyMillis, clock);
        try {
            return new SqliteStore(found, clock, mostPages);
        } catch (SQLException e) {
            boolean isFull = StoreFailures.isFull(e);
            if (found.shape() != StoreSchema.Shape.EMPTY && (isFull || StoreFailures.isReadOnly(e))) {
                return onlyRead(found.onlyRead(e, StoreFailures.of(file, e)), clock);
            }
            if (found.shape() == StoreSchema.Shape.FIRST && StoreFailures.isLocked(e)) {
                return onlyRead(found.heldByAnother(), clock);
            }
            throw new Unavailable(isFull ? StoreFailures.noRoomToMake(file.toString()) : StoreFailures.of(file, e), e);
        }
    }

    private static SqliteStore onlyRead(StoreFile file, StreamClock clock) {
        try {
            return new SqliteStore(file, clock, 0);
        } catch (SQLException e) {
            throw new Unavailable(StoreFailures.of(file.path(), e), e);
        }
    }

    /// Whether new entries are kept; otherwise [#problems()] says why not, unless only reading was asked for.
    public boolean isWritable() {
        return writer != null && !damaged;
    }

    public Path file() {
        return file.path();
    }

    @Override
    public SqliteTier tier(String prefix, CacheTier.Limits limits, EvictionListener listener) {
        SqliteTier tier = new SqliteTier(this, prefix, limits, listener);
        tiers.add(tier);
        flush();
        return tier;
    }

    @Override
    public CacheTier below(
            CacheTier memory,
            String prefix,
            CacheTier.Limits limits,
            CacheSettings.Writing writing,
            EvictionListener listener) {
        EvictionListener both = eviction -> {
            // What has left the store has left the cache.
            memory.remove(eviction.key());
            listener.evicted(eviction);
        };
        SqliteTier below = tier(prefix, limits, both);
        below.under(memory);
        return new TieredTier(memory, below, writing);
    }

    void forget(SqliteTier tier) {
        flush();
        tiers.remove(tier);
    }

    @Override
    public List<Failure> problems() {
        return failures.list();
    }

    StreamClock clock() {
        return clock;
    }

    FactLayout layout() {
        return layout;
    }

    /// A number for a removal that no other one has.
    long nextRemoval() {
        return removals.incrementAndGet();
    }

    HitNotes notes() {
        return notes;
    }

    @Nullable
    Pending pending(CacheKey key) {
        return pendings.get(key);
    }

    /// Notes what a key will be; lookups see it until it has [arrived][#arrived(CacheKey, Pending)].
    Pending await(CacheKey key, @Nullable StoredValue value) {
        Pending pending = new Pending(value);
        if (isWritable()) {
            pendings.put(key, pending);
        }
        return pending;
    }

    void arrived(CacheKey key, Pending pending) {
        // By identity: a later value that is equal has not arrived yet.
        pendings.computeIfPresent(key, (same, now) -> now == pending ? null : now);
    }

    CompletableFuture<Durability> submit(long sizeBytes, StoreWriter.Write write) {
        StoreWriter now = writer;
        return now == null || damaged
                ? CompletableFuture.completedFuture(Durability.LOST)
                : now.submit(sizeBytes, write);
    }

    Durability write(long sizeBytes, StoreWriter.Write write) {
        return StoreWriter.await(submit(sizeBytes, write));
    }

    /// Writes the noted hits with the group under way. On the writer's thread only.
    void writeHits() throws SQLException {
        StoreWriter now = writer;
        if (now != null) {
            now.writeHits();
        }
    }

    private void beforeCommit(StoreSession session) throws SQLException {
        for (SqliteTier tier : tiers) {
            if (isOverLimits(session, tier)) {
                reaper.reap(session);
                tier.enforce(session);
            }
        }
        FactLayout now = session.layout();
        for (SqliteTier tier : tiers) {
            Tally tally = session.tally(tier.prefix());
            Count count = new Count(tally.items, tally.bytes);
            session.afterCommit(() -> tier.counted(count));
        }
        session.afterCommit(() -> layout = now);
    }

    private static boolean isOverLimits(StoreSession session, SqliteTier tier) throws SQLException {
        CacheTier.Limits limits = tier.limits();
        if (limits.items() == null && limits.bytes() == null) {
            return false;
        }
        Tally tally = session.tally(tier.prefix());
        return tally.looseItems() > limits.itemsOrMost() || tally.looseBytes() > limits.bytesOrMost();
    }

    private void lostWrite(SQLException cause) {
        if (StoreFailures.isLocked(cause)) {
            // Told first, and each kind is told once.
            failures.tell(StoreFailures.lockedForWriting(file.path().toString()));
        }
        lost(cause);
    }

    /// Notes what a question or a write came to; damage ends all writing.
    void lost(SQLException cause) {
        if (!file.isBroken() || !StoreFailures.isDamage(cause)) {
            failures.tell(StoreFailures.of(file.path(), cause));
        }
        reaper.lookAgain();
        damaged |= StoreFailures.isDamage(cause);
    }

    /// Holds an end against the next one that has to be looked for.
    void endsAt(long millis) {
        reaper.endsAt(millis);
    }

    /// Lets go what is over, if anything can be.
    void reap() {
        if (isWritable() && reaper.isDue()) {
            var unused = write(0, reaper::reap);
        }
    }

    private @Nullable SqliteTier owner(String key) {
        CacheKey parsed = CacheKey.parse(key);
        for (SqliteTier tier : tiers) {
            if (parsed != null && tier.prefix().equals(parsed.prefix())) {
                return tier;
            }
        }
        return null;
    }

    @Nullable
    StoreRow row(String key) {
        return find(reader -> reader.find(key, layout));
    }

    /// The value under a key as stored, without looking at what is on its way or counting a hit; null when there is
    /// none or it is over.
    public byte @Nullable [] storedBytes(CacheKey key) {
        return find(reader -> reader.bytes(key.text(), clock.millis()));
    }

    /// The rows under a prefix, the last used first.
    List<StoreRow> rows(String prefix, int most) {
        FactLayout where = layout;
        return read(List.of(), reader -> {
            String lastUsed = " ORDER BY max(coalesce(e.last_hit_ms, 0), coalesce(e.created_ms, 0)) DESC";
            String sql = "SELECT " + StoreRow.columns(where) + where.tables() + StoreSession.UNDER_PREFIX
                    + (where.hasFacts() ? lastUsed : "") + " LIMIT ?";
            List<StoreRow> rows = new ArrayList<>();
            try (PreparedStatement statement = reader.connection().prepareStatement(sql)) {
                StoreSession.bindPrefix(statement, prefix, 1);
                statement.setInt(4, most);
                try (ResultSet found = statement.executeQuery()) {
                    while (found.next()) {
                        rows.add(StoreRow.of(found, where.hasFacts()));
                    }
                }
            }
            long now = clock.millis();
            rows.removeIf(row -> row.expiresMillis() <= now);
            return rows;
        });
    }

    Count tally(String prefix) {
        FactLayout where = layout;
        return read(new Count(0, 0), reader -> {
            String sql = "SELECT count(*), coalesce(sum("
                    + (where.hasFacts() ? "coalesce(e.size_bytes, length(c.value), 0)" : "length(c.value)") + "), 0)"
                    + where.tables();
            try (PreparedStatement statement = reader.connection().prepareStatement(sql + StoreSession.UNDER_PREFIX)) {
                StoreSession.bindPrefix(statement, prefix, 1);
                try (ResultSet found = statement.executeQuery()) {
                    return found.next() ? new Count(found.getLong(1), found.getLong(2)) : new Count(0, 0);
                }
            }
        });
    }

    /// Whether something in the file is known to be broken, so that not all can be read in the usual ways.
    boolean isBroken() {
        return damaged || file.isBroken();
    }

    /// Asks the file, and answers with something else where it cannot be read.
    <T> T read(T otherwise, StoreReaders.Question<T> question) {
        T answer = find(question::ask);
        return answer == null ? otherwise : answer;
    }

    private <T> @Nullable T find(StoreReaders.Finding<T> finding) {
        try {
            return readers.find(finding);
        } catch (SQLException e) {
            if (!closed) {
                lost(e);
            }
            return null;
        }
    }

    /// Reads hits so that none is missing or counted twice that is just moving into the file.
    <T> Optional<T> counting(Supplier<Optional<T>> reading) {
        StoreWriter now = writer;
        if (now == null) {
            return reading.get();
        }
        now.hitLock().lock();
        try {
            return reading.get();
        } finally {
            now.hitLock().unlock();
        }
    }

    /// The row as a value; one that cannot be read is removed, as the reference does, and told as not there.
    @Nullable
    StoredValue decoded(StoreRow row, CacheKey key) {
        try {
            return row.value(key);
        } catch (WireFormException notAContent) {
            var unused = submit(0, session -> {
                Slot slot = session.slot(row.key());
                if (slot != null) {
                    session.delete(slot, key.prefix());
                }
            });
            return null;
        }
    }

    @Override
    public void flush() {
        var unused = write(0, session -> {});
    }

    @Override
    public void close() {
        try {
            tiers.clear();
            if (writer != null) {
                writer.end();
            }
            closed = true;
            readers.close();
            // The last connection puts the log away, and only one that may write can.
            if (writer != null) {
                writer.close();
            }
        } catch (SQLException e) {
            lost(e);
        }
    }
}
