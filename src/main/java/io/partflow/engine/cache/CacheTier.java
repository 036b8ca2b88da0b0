package io.partflow.engine.cache;

import io.partflow.engine.content.Part;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.function.Predicate;
import java.util.function.ToIntFunction;
import org.jspecify.annotations.Nullable;

/// One place where answers are kept: bounded in items and bytes, each entry with an end of its own.
///
/// Thread-safe. After any put, restore or resize has returned and none is under way, both limits hold. A tier
/// counts nothing but its
/// entries' hits; it tells an [EvictionListener], given at construction, of every entry that leaves. Pinned entries
/// count for no limit.
///
/// A tier may be slow and may wait: it is called on threads that can. One that cannot do what it is asked, because a
/// disk is full or a network down, answers as if the entry were not there and tells its problem elsewhere; it does
/// not throw.
public interface CacheTier {
    /// How much a tier may hold.
    ///
    /// @param items the most entries, at least 1, or null for no limit
    /// @param bytes the most bytes of values, at least 1, or null for no limit
    record Limits(@Nullable Long items, @Nullable Long bytes) {
        public static final Limits NONE = new Limits(null, null);

        /// The limits of a cache, with its share of the heap worked out.
        public static Limits of(CacheSettings settings) {
            Long shared = shareOfHeap(settings);
            Long most = settings.maxBytes();
            if (shared != null) {
                most = most == null ? shared : Long.valueOf(Math.min(most, shared));
            }
            return new Limits(settings.maxItems(), most);
        }

        /// The bytes of a cache's share of the heap, or null where it has none.
        static @Nullable Long shareOfHeap(CacheSettings settings) {
            Double share = settings.behaviour().heapShare();
            return share == null
                    ? null
                    : Long.valueOf(
                            Math.max(1, (long) (share * Runtime.getRuntime().maxMemory())));
        }

        /// The item limit; without one, that of entries of one byte, so that empty answers are bounded too.
        public long itemsOrMost() {
            return items == null ? bytesOrMost() : items;
        }

        /// The byte limit, or [Long#MAX_VALUE].
        public long bytesOrMost() {
            return bytes == null ? Long.MAX_VALUE : bytes;
        }
    }

    /// Entries that were removed together, and the way back. Confined to one thread.
    ///
    /// @param count how many there were
    /// @param bytes the size of their values
    /// @param restoring brings back into a tier those that are not over and whose keys are not taken, with hits and
    /// ends, and says how many that were
    /// @param release lets go what is held for that
    record Removed(int count, long bytes, ToIntFunction<CacheTier> restoring, Runnable release) {
        /// Entries that are held in memory.
        public static Removed of(List<CacheEntry> entries) {
            return new Removed(
                    entries.size(),
                    entries.stream().mapToLong(CacheEntry::sizeBytes).sum(),
                    tier -> {
                        int back = 0;
                        for (CacheEntry entry : entries) {
                            boolean taken = tier.peek(entry.key()) != null;
                            tier.restore(entry);
                            back += !taken && tier.peek(entry.key()) != null ? 1 : 0;
                        }
                        return back;
                    },
                    entries::clear);
        }
    }

    /// The live value under a key, or null; serving it counts as a hit of the entry and as a use of it.
    default @Nullable StoredValue lookup(CacheKey key) {
        return lookup(key, Long.MIN_VALUE);
    }

    /// As [#lookup(CacheKey)], but a value created before a moment is passed over: it stays, and counts no hit.
    ///
    /// @param fromMillis milliseconds since 1970
    @Nullable
    StoredValue lookup(CacheKey key, long fromMillis);

    /// The live entry under a key, or null; moves no counter and no recency.
    @Nullable
    CacheEntry peek(CacheKey key);

    /// Keeps a value, in place of an older one under its key. Others, or the value itself, leave when a limit asks
    /// for it; one that is
    /// larger than the byte limit leaves at once.
    void put(StoredValue value);

    /// Brings back an entry as it was, with its hits and its end, unless it has expired meanwhile or its key is
    /// taken again.
    void restore(CacheEntry entry);

    /// Removes an entry. Returns whether a live one was there.
    boolean remove(CacheKey key);

    /// Removes everything. Returns how many entries there were.
    int removeAll();

    /// A weakly consistent copy of the live entries; an LRU tier gives the longest unused first, others no certain
    /// order.
    List<CacheEntry> entries();

    /// Passes what is known of the live entries to `taker`, in no certain order, until that says no. Takes no copy of
    /// them all; entries that come or go meanwhile may be among them or not.
    default void visit(Predicate<EntryFacts> taker) {
        for (CacheEntry entry : entries()) {
            if (!taker.test(EntryFacts.of(entry))) {
                return;
            }
        }
    }

    /// What is known of the live entry under a key, or null; moves no counter and no recency.
    default @Nullable EntryFacts facts(CacheKey key) {
        CacheEntry entry = peek(key);
        return entry == null ? null : EntryFacts.of(entry);
    }

    /// Removes entries one and all as [#remove(CacheKey)] does, and keeps what brings them back.
    default Removed removeAll(Collection<CacheKey> keys) {
        List<CacheEntry> removed = new ArrayList<>();
        for (CacheKey key : keys) {
            CacheEntry entry = peek(key);
            if (remove(key) && entry != null) {
                removed.add(entry);
            }
        }
        return Removed.of(removed);
    }

    /// Lets go what has expired, now instead of when room is needed. It is not served in any case.
    void reap();

    /// How many entries are held.
    long count();

    /// The size of their values, in bytes.
    long bytes();

    Limits limits();

    /// Takes other limits; lower ones evict at once.
    void resize(Limits limits);

    /// Pins an entry, or lets it go again. A pinned one has no end; let go, it keeps having none, but gives way to
    /// the limits.
    ///
    /// @return whether a live entry was there
    boolean pin(CacheKey key, CacheEntry.Pinning pinning);

    /// Takes hits that are counted elsewhere from now on. Thread-safe, quick, and leaves the tier alone.
    @FunctionalInterface
    interface HitTaker {
        void take(CacheKey key, long hits, long lastHitMillis);
    }

    /// Passes on the hits that entries have served since they were passed on last, and from now on those
    /// of an entry that leaves, too. What is passed on is no longer counted here. A store does that with
    /// the tier in memory above it; a tier that is never above another one need not.
    default void passHits(HitTaker taker) {}

    /// The tier that answers for inputs of this kind: this one, unless it keeps kinds apart.
    default CacheTier forInput(List<Part> input) {
        return this;
    }

    /// Waits until everything that was put is where it shall stay.
    default void flush() {}

    /// Lets go what the tier holds open, after a [#flush()]; what it keeps elsewhere stays there.
    default void close() {}
}
