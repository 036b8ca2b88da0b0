package io.partflow.engine.cache.sqlite;

import io.partflow.engine.cache.CacheEntry;
import io.partflow.engine.cache.CacheKey;
import io.partflow.engine.cache.CacheTier;
import io.partflow.engine.cache.EntryFacts;
import io.partflow.engine.cache.EvictionCause;
import io.partflow.engine.cache.EvictionListener;
import io.partflow.engine.cache.StoredValue;
import java.sql.SQLException;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Deque;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/// The entries of a store under one prefix, within limits of their own.
///
/// Thread-safe. A lookup reads the file on the calling thread; a put returns when it is committed. Which
/// entry gives way to a limit: the one that was used longest ago, where a use is a put or a hit, also one
/// that memory above has served. Entries of another program under the prefix are served and counted, and
/// never give way.
public final class SqliteTier implements CacheTier {
    private static final int LEAST_VICTIMS = 64;
    private static final int SHARE_OF_VICTIMS = 16;
    /// The most entries that one asking gives, the last used: a store can hold more than memory.
    public static final int MOST_ENTRIES = 2_000;

    private final SqliteStore store;
    private final String prefix;
    private final EvictionListener listener;
    private final FactRows facts;
    private volatile Limits limits;
    private volatile @Nullable CacheKey newest;
    private volatile @Nullable CacheTier above;
    private volatile SqliteStore.@Nullable Count counted;
    // Confined to the writer's thread, both.
    private final Deque<Slot> victims = new ArrayDeque<>();
    private final Set<String> putInGroup = new HashSet<>();

    SqliteTier(SqliteStore store, String prefix, Limits limits, EvictionListener listener) {
        this.store = store;
        this.prefix = prefix;
        this.limits = limits;
        this.listener = listener;
        facts = new FactRows(store, prefix);
    }

    /// Says what serves entries of this tier in its place, so that their uses count here.
    void under(CacheTier memory) {
        above = memory;
        gatherHits();
    }

    /// Notes the hits that were served above.
    void gatherHits() {
        CacheTier memory = above;
        if (memory != null && store.isWritable()) {
            memory.passHits(this::addHits);
        }
    }

    /// When an entry was served last, as far as the file does not say it yet.
    private long servedMillis(CacheKey key) {
        CacheTier memory = above;
        CacheEntry fast = memory == null ? null : memory.peek(key);
        return Math.max(store.notes().lastMillis(key), fast == null ? 0 : fast.lastHitMillis());
    }

    String prefix() {
        return prefix;
    }

    @Override
    public @Nullable StoredValue lookup(CacheKey key, long fromMillis) {
        long now = store.clock().millis();
        SqliteStore.Pending pending = store.pending(key);
        StoredValue value = pending == null ? read(key, now) : pending.value();
        if (value == null || value.isExpiredAt(now) || value.createdMillis() < fromMillis) {
            return null;
        }
        if (store.isWritable()) {
            store.notes().note(key, 1, now);
        }
        return value;
    }

    private @Nullable StoredValue read(CacheKey key, long now) {
        StoreRow row = store.row(key.text());
        if (row == null) {
            return null;
        }
        if (row.expiresMillis() <= now) {
            store.submit(0, session -> removeIf(session, key, EvictionCause.EXPIRY, now));
            return null;
        }
        return store.decoded(row, key);
    }

    @Override
    public @Nullable CacheEntry peek(CacheKey key) {
        SqliteStore.Pending pending = store.pending(key);
        if (pending != null) {
            StoredValue value = pending.value();
            return value == null || value.isExpiredAt(store.clock().millis())
                    ? null
                    : value.entry(store.notes().hits(key), store.notes().lastMillis(key));
        }
        return store.counting(() -> {
                    StoreRow row = store.row(key.text());
                    return row == null || row.expiresMillis() <= store.clock().millis()
                            ? Optional.<CacheEntry>empty()
                            : Optional.ofNullable(entry(row, key));
                })
                .orElse(null);
    }

    private @Nullable CacheEntry entry(StoreRow row, CacheKey key) {
        StoredValue value = store.decoded(row, key);
        if (value == null) {
            return null;
        }
        StoreRow.Facts facts = row.facts();
        long hits = facts == null ? 0 : facts.hits();
        long last = facts == null ? 0 : facts.lastHitMillis();
        return value.entry(
                hits + store.notes().hits(key),
                Math.max(last, store.notes().lastMillis(key)),
                facts == null ? CacheEntry.Pinning.LOOSE : facts.pinning());
    }

    @Override
    public void put(StoredValue value) {
        var unused = StoreWriter.await(putLater(value));
    }

    /// As [#put(StoredValue)], but does not wait for the commit; lookups see the value at once.
    ///
    /// @return what became of it, completed on the writer's thread
    public CompletableFuture<Durability> putLater(StoredValue value) {
        NewRow row = NewRow.of(value);
        SqliteStore.Pending pending = store.await(value.key(), value);
        return store.submit(row.form().length, new PutRun.Put(this, row))
                .whenComplete((durability, broken) -> store.arrived(value.key(), pending));
    }

    /// Puts a row in the place of an older one of its key, or, where none is, among those that are still to be
    /// written. On the writer's thread only.
    void place(StoreSession session, NewRow row, @Nullable Slot older, List<NewRow> fresh) throws SQLException {
        StoredValue value = row.value();
        store.notes().forget(value.key());
        enforceSoon(value.key(), row.text());
        CacheEntry.Pinning pinning = older != null && older.standing() == Slot.Standing.PINNED
                ? CacheEntry.Pinning.PINNED
                : CacheEntry.Pinning.LOOSE;
        boolean fits = pinning == CacheEntry.Pinning.PINNED || value.sizeBytes() <= limits.bytesOrMost();
        if (fits) {
            store.endsAt(value.expiresMillis());
            if (older == null) {
                fresh.add(row);
            } else {
                session.write(row, pinning, older);
            }
            return;
        }
        if (older != null) {
            session.delete(older, value.key().prefix());
        }
        session.afterCommit(
                () -> listener.evicted(EvictionListener.Eviction.of(value, EvictionCause.WEIGHT, value.key())));
    }

    private void enforceSoon(CacheKey key, String text) {
        newest = key;
        putInGroup.add(text);
    }

    @Override
    public void restore(CacheEntry entry) {
        StoredValue value = StoredValue.of(entry);
        NewRow row = NewRow.of(value).served(entry.hits(), entry.lastHitMillis());
        store.write(row.form().length, session -> {
            long now = store.clock().millis();
            Slot older = session.slot(row.text());
            boolean pinned = entry.pinning() == CacheEntry.Pinning.PINNED;
            boolean fits = value.sizeBytes() <= limits.bytesOrMost() && !value.isExpiredAt(now);
            if (older != null && older.expiresMillis() > now) {
                return;
            }
            if (pinned || fits) {
                store.endsAt(value.expiresMillis());
                session.write(row, entry.pinning(), older);
                enforceSoon(entry.key(), row.text());
            }
        });
    }

    /// Makes room under the limits; called by the writer before it commits.
    void enforce(StoreSession session) throws SQLException {
        Tally tally = session.tally(prefix);
        long most = limits.itemsOrMost();
        long mostBytes = limits.bytesOrMost();
        boolean refilled = false;
        while (tally.looseItems() > most || tally.looseBytes() > mostBytes) {
            Slot victim = victims.poll();
            if (victim == null) {
                if (refilled && putInGroup.isEmpty()) {
                    break;
                }
                if (refilled) {
                    // Nothing else is left to go.
                    putInGroup.clear();
                }
                refill(session, tally);
                refilled = true;
                continue;
            }
            Slot now = session.slot(victim.key());
            if (now != null && isStillColdest(victim, now)) {
                EvictionCause cause = tally.looseItems() > most ? EvictionCause.SIZE : EvictionCause.WEIGHT;
                leave(session, now, cause, newest);
            }
        }
        putInGroup.clear();
    }

    private void refill(StoreSession session, Tally tally) throws SQLException {
        gatherHits();
        store.writeHits();
        victims.addAll(session.coldest(prefix, Math.max(LEAST_VICTIMS, tally.items / SHARE_OF_VICTIMS)));
    }

    private boolean isStillColdest(Slot chosen, Slot now) {
        CacheKey key = CacheKey.parse(now.key());
        return now.usedMillis() <= chosen.usedMillis()
                && now.standing() == Slot.Standing.LOOSE
                && !putInGroup.contains(now.key())
                && (key == null || servedMillis(key) <= chosen.usedMillis());
    }

    void leave(StoreSession session, Slot slot, EvictionCause cause, @Nullable CacheKey forKey) throws SQLException {
        session.delete(slot, prefix);
        session.afterCommit(() -> listener.evicted(slot.evicted(cause, forKey)));
    }

    private void removeIf(StoreSession session, CacheKey key, EvictionCause cause, long overAt) throws SQLException {
        Slot slot = session.slot(key.text());
        if (slot != null && slot.expiresMillis() <= overAt) {
            leave(session, slot, cause, null);
        }
    }

    /// Tells of an entry that is over and has been removed by the store.
    void expired(StoreSession session, Slot slot) throws SQLException {
        leave(session, slot, EvictionCause.EXPIRY, null);
    }

    @Override
    public boolean remove(CacheKey key) {
        reap();
        boolean[] there = {false};
        SqliteStore.Pending pending = store.await(key, null);
        store.write(0, session -> {
            there[0] = false;
            store.notes().forget(key);
            Slot slot = session.slot(key.text());
            if (slot != null) {
                there[0] = true;
                leave(session, slot, EvictionCause.EXPLICIT, null);
            }
        });
        store.arrived(key, pending);
        return there[0];
    }

    @Override
    public int removeAll() {
        reap();
        int[] removed = {0};
        store.write(0, session -> {
            removed[0] = 0;
            for (Slot slot : session.slots(prefix)) {
                CacheKey key = CacheKey.parse(slot.key());
                if (key != null) {
                    store.notes().forget(key);
                }
                leave(session, slot, EvictionCause.EXPLICIT, null);
                removed[0]++;
            }
        });
        return removed[0];
    }

    /// At most [#MOST_ENTRIES], those last put or served.
    @Override
    public List<CacheEntry> entries() {
        reap();
        return store.counting(() -> Optional.of(entries(store.rows(prefix, MOST_ENTRIES))))
                .orElse(List.of());
    }

    private List<CacheEntry> entries(List<StoreRow> rows) {
        List<CacheEntry> entries = new ArrayList<>();
        for (StoreRow row : rows) {
            CacheKey key = CacheKey.parse(row.key());
            CacheEntry entry = key == null ? null : entry(row, key);
            if (entry != null) {
                entries.add(entry);
            }
        }
        return entries;
    }

    @Override
    public void visit(Predicate<EntryFacts> taker) {
        facts.visit(taker);
    }

    @Override
    public @Nullable EntryFacts facts(CacheKey key) {
        return facts.find(key);
    }

    @Override
    public Removed removeAll(Collection<CacheKey> keys) {
        reap();
        return BulkRemoval.remove(store, this, keys);
    }

    @Override
    public void reap() {
        store.reap();
    }

    private SqliteStore.Count counted() {
        SqliteStore.Count known = counted;
        return known != null && store.isWritable() ? known : store.tally(prefix);
    }

    /// Takes over what the writer has counted.
    void counted(SqliteStore.Count now) {
        counted = now;
    }

    @Override
    public long count() {
        return counted().items();
    }

    @Override
    public long bytes() {
        return counted().bytes();
    }

    @Override
    public Limits limits() {
        return limits;
    }

    @Override
    public void resize(Limits other) {
        limits = other;
        newest = null;
        store.write(0, session -> victims.clear());
    }

    @Override
    public boolean pin(CacheKey key, CacheEntry.Pinning pinning) {
        AtomicInteger found = new AtomicInteger();
        store.write(0, session -> {
            found.set(0);
            StoreRow row = store.row(key.text());
            if (row != null && row.expiresMillis() > store.clock().millis()) {
                session.pin(row, key, pinning);
                found.set(1);
            }
        });
        return found.get() == 1;
    }

    /// Adds hits that were served in place of this tier; nothing where they cannot be written.
    void addHits(CacheKey key, long hits, long lastHitMillis) {
        if (store.isWritable()) {
            store.notes().note(key, hits, lastHitMillis);
        }
    }

    @Override
    public void flush() {
        gatherHits();
        store.flush();
    }

    @Override
    public void close() {
        gatherHits();
        store.forget(this);
    }
}
