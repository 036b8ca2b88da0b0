package io.partflow.engine.cache;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import com.github.benmanes.caffeine.cache.Policy;
import com.github.benmanes.caffeine.cache.RemovalCause;
import io.partflow.engine.stream.StreamClock;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.PriorityQueue;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.LongAdder;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/// The tier in memory with a frequency-aware policy (W-TinyLFU): what is asked for often stays.
///
/// Thread-safe; a lookup takes no lock.
public final class MemoryTier implements CacheTier {
    /*
     * Idea. Caffeine bounds either items or weight, not both. Here it bounds the items; the bytes are bounded
     * beside it: after a put,
     * while the values are too large together, the coldest entry in Caffeine's own order leaves. Puts are made one
     * at a time, and
     * maintenance runs on the thread that caused it, so both limits hold when a put returns.
     *
     * Caffeine divides itself into window, probation and protected as shares of its maximum. While the bytes bind,
     * far fewer entries
     * are held than the item limit allows, and those shares would be far too large: everything hit once would be
     * protected for ever.
     * So while the bytes bind, the maximum is the number of entries held (the "shape"); it is lifted during a put,
     * because then only the
     * bytes may decide.
     *
     * A pinned entry weighs nothing in Caffeine, which never evicts such entries, and its bytes are not counted
     * against the limit.
     *
     * Expiry is fixed when an entry is put, and is not Caffeine's: its timers would be moved on every hit and look
     * at the clock in steps
     * of a second. An entry knows its end and a lookup compares; a heap of the ends tells in O(1) whether any is
     * due. What left earlier
     * for another reason stays in the heap until it outnumbers the rest.
     *
     * Cost. lookup O(1), one reading of the clock; put O(log n), amortised per evicted entry.
     * Source: G. Einziger, R. Friedman, B. Manes, "TinyLFU: A Highly Efficient Cache Admission Policy", ACM ToS
     * 13(4), 2017.
     */

    private static final int EVICT_AT_ONCE = 8;

    /// An entry in Caffeine.
    private static final class Held {
        final StoredValue value;
        final CacheEntry.Pinning pinning;
        final LongAdder hits = new LongAdder();
        volatile long lastHitMillis;
        volatile EvictionCause leaving = EvictionCause.EXPLICIT;
        volatile boolean gone;

        Held(StoredValue value, long hits, long lastHitMillis, CacheEntry.Pinning pinning) {
            this.value = value;
            this.pinning = pinning;
            this.hits.add(hits);
            this.lastHitMillis = lastHitMillis;
        }

        CacheEntry entry() {
            return value.entry(hits.sum(), lastHitMillis, pinning);
        }

        boolean isPinned() {
            return pinning == CacheEntry.Pinning.PINNED;
        }
    }

    private final StreamClock clock;
    private final EvictionListener listener;
    private final Cache<CacheKey, Held> cache;
    private final Policy.Eviction<CacheKey, Held> eviction;
    private final ReentrantLock writing = new ReentrantLock();
    // Of entries that are not pinned, and of those that are.
    private final AtomicLong bytes = new AtomicLong();
    private final AtomicLong pinnedBytes = new AtomicLong();
    private final AtomicLong pinnedCount = new AtomicLong();
    private volatile @Nullable CacheKey newest;
    private final PriorityQueue<Held> ends =
            new PriorityQueue<>(Comparator.comparingLong((Held held) -> held.value.expiresMillis()));
    private volatile long nextEndMillis = Long.MAX_VALUE;
    private volatile Limits limits;
    private boolean bytesBind;

    public MemoryTier(StreamClock clock, Limits limits, EvictionListener listener) {
        this.clock = clock;
        this.limits = limits;
        this.listener = listener;
        cache = Caffeine.newBuilder()
                .executor(Runnable::run)
                .maximumWeight(limits.itemsOrMost())
                .weigher((CacheKey key, Held held) -> held.isPinned() ? 0 : 1)
                .removalListener(this::removed)
                .build();
        eviction = cache.policy().eviction().orElseThrow();
    }

    private void removed(@Nullable CacheKey key, @Nullable Held held, RemovalCause cause) {
        if (held == null) {
            return;
        }
        held.gone = true;
        count(held, -1);
        switch (cause) {
            case REPLACED, COLLECTED, EXPIRED -> {}
            case SIZE -> tell(held.value, EvictionCause.SIZE);
            case EXPLICIT -> {
                // An entry that is over, or makes room for the bytes, or is too large, is removed like any other.
                tell(held.value, held.leaving);
            }
        }
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
        Held held = cache.getIfPresent(key);
        if (held == null) {
            return null;
        }
        long now = clock.millis();
        if (held.value.isExpiredAt(now)) {
            leave(held, EvictionCause.EXPIRY);
            return null;
        }
        if (held.value.createdMillis() < fromMillis) {
            return null;
        }
        held.hits.increment();
        if (held.lastHitMillis != now) {
            held.lastHitMillis = now;
        }
        return held.value;
    }

    @Override
    public @Nullable CacheEntry peek(CacheKey key) {
        Held held = quietly(key);
        return held == null ? null : held.entry();
    }

    private @Nullable Held quietly(CacheKey key) {
        Held held = cache.policy().getIfPresentQuietly(key);
        return held == null || held.value.isExpiredAt(clock.millis()) ? null : held;
    }

    private void leave(Held held, EvictionCause cause) {
        held.leaving = cause;
        cache.asMap().remove(held.value.key(), held);
    }

    @Override
    public void put(StoredValue value) {
        writing.lock();
        try {
            reap();
            newest = value.key();
            Held older = quietly(value.key());
            if (older != null && older.isPinned()) {
                keep(new Held(value.withExpiresMillis(Long.MAX_VALUE), 0, 0, CacheEntry.Pinning.PINNED));
            } else if (value.sizeBytes() > limits.bytesOrMost()) {
                replaceByNothing(value, older);
            } else {
                keep(new Held(value, 0, 0, CacheEntry.Pinning.LOOSE));
            }
        } finally {
            writing.unlock();
        }
    }

    /// The put of a value that no emptying would make room for: the older value is out of date all the same.
    private void replaceByNothing(StoredValue value, @Nullable Held older) {
        if (older != null) {
            Held none = new Held(value, 0, 0, CacheEntry.Pinning.LOOSE);
            count(none, 1);
            // As a replacement first, so that the older one is replaced, not evicted.
            cache.put(value.key(), none);
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
                keep(new Held(value, entry.hits(), entry.lastHitMillis(), entry.pinning()));
            }
        } finally {
            writing.unlock();
        }
    }

    private void keep(Held held) {
        if (bytesBind) {
            eviction.setMaximum(limits.itemsOrMost());
        }
        count(held, 1);
        cache.put(held.value.key(), held);
        cache.cleanUp();
        awaitEnd(held);
        makeRoom();
    }

    private void awaitEnd(Held held) {
        long end = held.value.expiresMillis();
        if (end == Long.MAX_VALUE || held.gone) {
            return;
        }
        if (ends.size() > 2 * cache.estimatedSize() + EVICT_AT_ONCE) {
            ends.removeIf(each -> each.gone);
        }
        ends.add(held);
        nextEndMillis = Math.min(nextEndMillis, end);
    }

    /// Evicts the coldest entries until the bytes fit, then gives the policy the shape of what is left.
    private void makeRoom() {
        long most = limits.bytesOrMost();
        while (bytes.get() > most) {
            bytesBind = true;
            List<Held> coldest = eviction.coldest(order -> order.map(Map.Entry::getValue)
                    .filter(held -> !held.isPinned())
                    .limit(EVICT_AT_ONCE)
                    .toList());
            if (coldest.isEmpty()) {
                break;
            }
            for (Held each : coldest) {
                if (bytes.get() <= most) {
                    break;
                }
                leave(each, EvictionCause.WEIGHT);
            }
        }
        if (bytesBind && bytes.get() < most / 2) {
            bytesBind = false;
            eviction.setMaximum(limits.itemsOrMost());
        }
        if (bytesBind) {
            eviction.setMaximum(Math.clamp(cache.estimatedSize() - pinnedCount.get(), 1, limits.itemsOrMost()));
        }
    }

    @Override
    public boolean remove(CacheKey key) {
        reap();
        return cache.asMap().remove(key) != null;
    }

    @Override
    public int removeAll() {
        reap();
        int removed = 0;
        for (CacheKey key : List.copyOf(cache.asMap().keySet())) {
            if (cache.asMap().remove(key) != null) {
                removed++;
            }
        }
        return removed;
    }

    @Override
    public List<CacheEntry> entries() {
        reap();
        List<CacheEntry> entries = new ArrayList<>();
        for (Held held : cache.asMap().values()) {
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
        return cache.estimatedSize();
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
            eviction.setMaximum(other.itemsOrMost());
            cache.cleanUp();
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
            keep(new Held(endless, held.hits.sum(), held.lastHitMillis, pinning));
            return true;
        } finally {
            writing.unlock();
        }
    }
}
