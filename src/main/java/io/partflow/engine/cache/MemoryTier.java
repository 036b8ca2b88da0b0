package io.partflow.engine.cache;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import com.github.benmanes.caffeine.cache.Policy;
import com.github.benmanes.caffeine.cache.RemovalCause;
import io.partflow.engine.cache.memory.Keyed;
import io.partflow.engine.cache.memory.KeyedTable;
import io.partflow.engine.cache.recency.HitCounts;
import io.partflow.engine.cache.recency.Lanes;
import io.partflow.engine.cache.recency.UseNotes;
import io.partflow.engine.stream.StreamClock;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.PriorityQueue;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/// The tier in memory with a frequency-aware policy (W-TinyLFU): what is asked for often stays.
///
/// Thread-safe; a lookup takes no lock.
public final class MemoryTier implements CacheTier {
    /*
     * Idea. Caffeine bounds either items or weight, not both. The limit that binds is given to Caffeine, so that its
     * policy decides; the other one is held beside it: after a put, while that is exceeded, the coldest entry in
     * Caffeine's own order leaves. Caffeine divides itself into window, probation and protected as shares of its
     * maximum, and a maximum far from being reached makes these shares far too large and the order a bad one. So when
     * the limit beside it has evicted twice as often as there are entries while Caffeine has not, the two change
     * places: the entries move into another Caffeine, the coldest first, with their hits, as far as its sketch
     * counts.
     *
     * Puts and removals are made one at a time, and maintenance runs on the thread that caused it, so both limits
     * hold when a put returns. A pinned entry weighs nothing in Caffeine, which never evicts such entries, and its
     * bytes are not counted against the limit.
     *
     * Expiry is fixed when an entry is put, and is not Caffeine's: its timers would be moved on every hit and look
     * at the clock in steps of a second. An entry knows its end and a lookup compares; a heap of the ends tells in
     * O(1) whether any is due. What left earlier for another reason stays in the heap until it outnumbers the rest.
     *
     * A hit asks a table of our own and not Caffeine, whose policy would do part of its upkeep on the thread of the
     * hit: the use is noted, and the policy is told before the next put, in time for what that evicts. So Caffeine is
     * asked what shall leave, and the table what is there. The table changes where an entry comes, goes or is
     * replaced, by the thread that writes: what Caffeine holds and what the table holds is the same whenever nobody
     * writes.
     *
     * Cost. lookup O(1), one reading of the clock, none for an entry without an end; put O(log n), amortised per
     * evicted entry.
     * Source: G. Einziger, R. Friedman, B. Manes, "TinyLFU: A Highly Efficient Cache Admission Policy", ACM ToS
     * 13(4), 2017.
     */

    private static final int EVICT_AT_ONCE = 8;
    private static final int LEAST_TO_SWITCH = 64;
    private static final int SKETCH_COUNTS = 15;

    /// The limit that Caffeine holds.
    private enum Bound {
        ITEMS,
        BYTES;

        Bound other() {
            return this == ITEMS ? BYTES : ITEMS;
        }
    }

    /// One Caffeine and the limit it holds.
    private record Kept(Bound bound, Cache<CacheKey, Held> cache, Policy.Eviction<CacheKey, Held> eviction) {}

    /// An entry in Caffeine.
    private static final class Held extends Keyed {
        final StoredValue value;
        final CacheEntry.Pinning pinning;
        final int number;
        final HitCounts.Counts counts;
        // What the entry brought along, less what others have counted under its number.
        private final long hitsBefore;
        private final long lastBefore;
        private final long countedBefore;
        private volatile long passed;
        volatile EvictionCause leaving = EvictionCause.EXPLICIT;
        volatile boolean gone;

        /// @param number tells it from all others that are there
        /// @param counts of this number
        Held(
                int number,
                HitCounts.Counts counts,
                StoredValue value,
                long hits,
                long lastHitMillis,
                CacheEntry.Pinning pinning) {
            super(value.key().prefix(), value.key().hash(), value.createdMillis(), value.expiresMillis());
            hitsBefore = hits;
            lastBefore = lastHitMillis;
            countedBefore = counts.hits(number);
            this.number = number;
            this.counts = counts;
            this.value = value;
            this.pinning = pinning;
        }

        CacheEntry entry() {
            return value.entry(hits(), lastHitMillis(), pinning);
        }

        /// The hits that were not passed on.
        long hits() {
            return served() - passed;
        }

        long served() {
            return hitsBefore + counts.hits(number) - countedBefore;
        }

        synchronized long passHits() {
            long served = served();
            long more = served - passed;
            passed = served;
            return more;
        }

        long lastHitMillis() {
            // Without a hit of its own, what is noted there is another entry's.
            return counts.hits(number) == countedBefore ? lastBefore : counts.lastMillis(number);
        }

        boolean isPinned() {
            return pinning == CacheEntry.Pinning.PINNED;
        }
    }

    /// The entries by their numbers; a number is given again when its entry has left. Changed by the thread that
    /// writes.
    private static final class Numbered {
        private @Nullable Held[] entries = new @Nullable Held[64];
        private final ArrayDeque<Integer> free = new ArrayDeque<>();
        private final HitCounts counts = new HitCounts();
        private int next;

        Held hold(StoredValue value, long hits, long lastHitMillis, CacheEntry.Pinning pinning) {
            Integer given = free.poll();
            int number = given == null ? next++ : given;
            if (number >= entries.length) {
                entries = Arrays.copyOf(entries, 2 * entries.length);
            }
            Held held = new Held(number, counts.of(number), value, hits, lastHitMillis, pinning);
            entries[number] = held;
            return held;
        }

        @Nullable
        Held get(int number) {
            return number < entries.length ? entries[number] : null;
        }

        void release(int number) {
            entries[number] = null;
            free.push(number);
        }
    }

    private final StreamClock clock;
    private final EvictionListener listener;
    private volatile Kept kept;
    // Evictions by the limit beside Caffeine since Caffeine has evicted last.
    private long evictedBeside;
    private final ReentrantLock writing = new ReentrantLock();
    private final UseNotes uses = new UseNotes();
    private final Numbered numbered = new Numbered();
    private final KeyedTable<Held> table = new KeyedTable<>();
    // Of entries that are not pinned, and of those that are.
    private final AtomicLong bytes = new AtomicLong();
    private final AtomicLong pinnedBytes = new AtomicLong();
    private final AtomicLong pinnedCount = new AtomicLong();
    private volatile @Nullable CacheKey newest;
    private final PriorityQueue<Held> ends =
            new PriorityQueue<>(Comparator.comparingLong((Held held) -> held.value.expiresMillis()));
    private volatile long nextEndMillis = Long.MAX_VALUE;
    private volatile Limits limits;
    private volatile @Nullable HitTaker hitTaker;

    public MemoryTier(StreamClock clock, Limits limits, EvictionListener listener) {
        this.clock = clock;
        this.limits = limits;
        this.listener = listener;
        kept = make(limits.items() == null ? Bound.BYTES : Bound.ITEMS);
    }

    private Kept make(Bound bound) {
        Cache<CacheKey, Held> cache = Caffeine.newBuilder()
                .executor(Runnable::run)
                .maximumWeight(most(bound))
                .weigher((CacheKey key, Held held) -> weight(bound, held))
                .removalListener((@Nullable CacheKey key, @Nullable Held held, RemovalCause cause) ->
                        removed(held, cause, bound))
                .build();
        return new Kept(bound, cache, cache.policy().eviction().orElseThrow());
    }

    private long most(Bound bound) {
        return switch (bound) {
            case ITEMS -> limits.itemsOrMost();
            case BYTES -> limits.bytesOrMost();
        };
    }

    private static int weight(Bound bound, Held held) {
        if (held.isPinned()) {
            return 0;
        }
        return switch (bound) {
            case ITEMS -> 1;
            // An entry without bytes is one, too.
            case BYTES -> (int) Math.clamp(held.value.sizeBytes(), 1, Integer.MAX_VALUE);
        };
    }

    private void removed(@Nullable Held held, RemovalCause cause, Bound bound) {
        if (held == null) {
            return;
        }
        held.gone = true;
        table.remove(held);
        numbered.release(held.number);
        count(held, -1);
        switch (cause) {
            case REPLACED, COLLECTED, EXPIRED -> {}
            case SIZE -> {
                evictedBeside = 0;
                passHits(held);
                tell(held.value, cause(bound));
            }
            case EXPLICIT -> {
                // An entry that is over, or makes room for the bytes, or is too large, is removed like any other.
                passHits(held);
                tell(held.value, held.leaving);
            }
        }
    }

    private void passHits(Held held) {
        HitTaker taker = hitTaker;
        long hits = taker == null ? 0 : held.passHits();
        if (taker != null && hits > 0) {
            taker.take(held.value.key(), hits, held.lastHitMillis());
        }
    }

    @Override
    public void passHits(HitTaker taker) {
        hitTaker = taker;
        kept.cache().asMap().values().forEach(this::passHits);
    }

    private static EvictionCause cause(Bound bound) {
        return switch (bound) {
            case ITEMS -> EvictionCause.SIZE;
            case BYTES -> EvictionCause.WEIGHT;
        };
    }

    private void tell(StoredValue value, EvictionCause cause) {
        CacheKey forKey = switch (cause) {
            case SIZE, WEIGHT -> newest;
            case EXPIRY, EXPLICIT -> null;
        };
        listener.evicted(EvictionListener.Eviction.of(value, cause, forKey));
    }

    private void count(Held held, int sign) {
        long size = sign * held.value.sizeBytes();
        if (held.isPinned()) {
            pinnedBytes.addAndGet(size);
            pinnedCount.addAndGet(sign);
        } else {
            bytes.addAndGet(size);
        }
    }

    @Override
    public @Nullable StoredValue lookup(CacheKey key, long fromMillis) {
        return lookup(key, fromMillis, Lanes.current());
    }

    /// As [#lookup(CacheKey, long)], for a thread that knows its lane.
    @Nullable
    StoredValue lookup(CacheKey key, long fromMillis, int lane) {
        Held held = table.get(key.prefix(), key.hash());
        if (held == null) {
            return null;
        }
        long now = clock.millis();
        if (now >= held.expiresMillis) {
            writing.lock();
            try {
                leave(held, EvictionCause.EXPIRY);
            } finally {
                writing.unlock();
            }
            return null;
        }
        if (held.createdMillis < fromMillis) {
            return null;
        }
        held.counts.hit(lane, held.number, now);
        uses.note(lane, held.number);
        return held.value;
    }

    @Override
    public @Nullable CacheEntry peek(CacheKey key) {
        Held held = quietly(key);
        return held == null ? null : held.entry();
    }

    private @Nullable Held quietly(CacheKey key) {
        Held held = table.get(key.prefix(), key.hash());
        return held == null || clock.millis() >= held.expiresMillis ? null : held;
    }

    private void leave(Held held, EvictionCause cause) {
        held.leaving = cause;
        kept.cache().asMap().remove(held.value.key(), held);
    }

    @Override
    public void put(StoredValue value) {
        writing.lock();
        try {
            reap();
            newest = value.key();
            Held older = quietly(value.key());
            if (older != null && older.isPinned()) {
                keep(numbered.hold(value.withExpiresMillis(Long.MAX_VALUE), 0, 0, CacheEntry.Pinning.PINNED));
            } else if (value.sizeBytes() > limits.bytesOrMost()) {
                replaceByNothing(value, older);
            } else {
                keep(numbered.hold(value, 0, 0, CacheEntry.Pinning.LOOSE));
            }
        } finally {
            writing.unlock();
        }
    }

    /// The put of a value that no emptying would make room for: the older value is out of date all the same.
    private void replaceByNothing(StoredValue value, @Nullable Held older) {
        if (older != null) {
            Held none = numbered.hold(value, 0, 0, CacheEntry.Pinning.LOOSE);
            count(none, 1);
            // As a replacement first, so that the older one is replaced, not evicted.
            kept.cache().put(value.key(), none);
            leave(none, EvictionCause.WEIGHT);
        } else {
            tell(value, EvictionCause.WEIGHT);
        }
    }

    @Override
    public void restore(CacheEntry entry) {
        StoredValue value = StoredValue.of(entry);
        writing.lock();
        try {
            reap();
            boolean taken = quietly(entry.key()) != null;
            boolean fits = value.sizeBytes() <= limits.bytesOrMost() && !value.isExpiredAt(clock.millis());
            if (!taken && (fits || entry.pinning() == CacheEntry.Pinning.PINNED)) {
                newest = value.key();
                keep(numbered.hold(value, entry.hits(), entry.lastHitMillis(), entry.pinning()));
            }
        } finally {
            writing.unlock();
        }
    }

    private void keep(Held held) {
        tellUses();
        count(held, 1);
        // In the place of an older one, so that the key is never without an answer.
        table.put(held);
        kept.cache().put(held.value.key(), held);
        kept.cache().cleanUp();
        awaitEnd(held);
        makeRoom();
    }

    /// Tells the policy what was used since the last put.
    private void tellUses() {
        Cache<CacheKey, Held> cache = kept.cache();
        uses.read(number -> {
            Held held = numbered.get(number);
            if (held != null) {
                var unused = cache.getIfPresent(held.value.key());
            }
        });
    }

    private void awaitEnd(Held held) {
        long end = held.value.expiresMillis();
        if (end == Long.MAX_VALUE || held.gone) {
            return;
        }
        if (ends.size() > 2 * kept.cache().estimatedSize() + EVICT_AT_ONCE) {
            ends.removeIf(each -> each.gone);
        }
        ends.add(held);
        nextEndMillis = Math.min(nextEndMillis, end);
    }

    /// Evicts the coldest entries until the limits hold, and lets Caffeine hold the other one if that binds.
    private void makeRoom() {
        Kept now = kept;
        while (isOver(Bound.ITEMS) || isOver(Bound.BYTES)) {
            List<Held> coldest = now.eviction()
                    .coldest(order -> order.map(Map.Entry::getValue)
                            .filter(held -> !held.isPinned())
                            .limit(EVICT_AT_ONCE)
                            .toList());
            if (coldest.isEmpty()) {
                break;
            }
            for (Held each : coldest) {
                boolean items = isOver(Bound.ITEMS);
                if (items || isOver(Bound.BYTES)) {
                    leave(each, cause(items ? Bound.ITEMS : Bound.BYTES));
                    evictedBeside++;
                }
            }
        }
        if (evictedBeside > LEAST_TO_SWITCH + 2 * now.cache().estimatedSize()) {
            moveTo(now.bound().other());
        }
    }

    private boolean isOver(Bound bound) {
        return switch (bound) {
            case ITEMS -> kept.cache().estimatedSize() - pinnedCount.get() > limits.itemsOrMost();
            case BYTES -> bytes.get() > limits.bytesOrMost();
        };
    }

    /// Moves all entries to a Caffeine that holds another limit. What is not told by the one that is left is told by
    /// the one that is made: an entry is in either, and at most for a moment in both.
    private void moveTo(Bound bound) {
        Kept old = kept;
        Kept made = make(bound);
        for (Map.Entry<CacheKey, Held> each :
                old.eviction().coldest(Integer.MAX_VALUE).entrySet()) {
            made.cache().put(each.getKey(), each.getValue());
            long hits = Math.min(each.getValue().served(), SKETCH_COUNTS);
            for (long i = 0; i < hits; i++) {
                var unused = made.cache().getIfPresent(each.getKey());
            }
        }
        made.cache().cleanUp();
        kept = made;
        evictedBeside = 0;
    }

    @Override
    public boolean remove(CacheKey key) {
        writing.lock();
        try {
            reap();
            return kept.cache().asMap().remove(key) != null;
        } finally {
            writing.unlock();
        }
    }

    @Override
    public int removeAll() {
        writing.lock();
        try {
            reap();
            int removed = 0;
            for (CacheKey key : List.copyOf(kept.cache().asMap().keySet())) {
                if (kept.cache().asMap().remove(key) != null) {
                    removed++;
                }
            }
            return removed;
        } finally {
            writing.unlock();
        }
    }

    @Override
    public List<CacheEntry> entries() {
        reap();
        List<CacheEntry> entries = new ArrayList<>();
        for (Held held : kept.cache().asMap().values()) {
            entries.add(held.entry());
        }
        return entries;
    }

    @Override
    public void reap() {
        long now = clock.millis();
        if (now < nextEndMillis) {
            return;
        }
        writing.lock();
        try {
            Held first = ends.peek();
            while (first != null && first.value.isExpiredAt(now)) {
                ends.remove();
                leave(first, EvictionCause.EXPIRY);
                first = ends.peek();
            }
            nextEndMillis = first == null ? Long.MAX_VALUE : first.value.expiresMillis();
        } finally {
            writing.unlock();
        }
    }

    @Override
    public long count() {
        return kept.cache().estimatedSize();
    }

    @Override
    public long bytes() {
        return bytes.get() + pinnedBytes.get();
    }

    @Override
    public Limits limits() {
        return limits;
    }

    @Override
    public void resize(Limits other) {
        writing.lock();
        try {
            reap();
            newest = null;
            limits = other;
            kept.eviction().setMaximum(most(kept.bound()));
            kept.cache().cleanUp();
            makeRoom();
        } finally {
            writing.unlock();
        }
    }

    @Override
    public boolean pin(CacheKey key, CacheEntry.Pinning pinning) {
        writing.lock();
        try {
            reap();
            Held held = quietly(key);
            if (held == null) {
                return false;
            }
            newest = key;
            StoredValue endless = held.value.withExpiresMillis(Long.MAX_VALUE);
            keep(numbered.hold(endless, held.hits(), held.lastHitMillis(), pinning));
            return true;
        } finally {
            writing.unlock();
        }
    }
}
