package io.partflow.engine.cache;

import io.partflow.engine.stream.StreamClock;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/// The tier in memory that evicts whatever was used longest ago, exactly and repeatably; a use is a hit or a put.
///
/// Thread-safe by one lock. Expired entries make room before live ones do. The order of eviction depends on the
/// requests alone, so that
/// equal runs evict equally.
public final class LruTier implements CacheTier {
    /// An entry in the map.
    private static final class Held {
        final StoredValue value;
        long hits;
        long lastHitMillis;

        Held(StoredValue value, long hits, long lastHitMillis) {
            this.value = value;
            this.hits = hits;
            this.lastHitMillis = lastHitMillis;
        }

        CacheEntry entry() {
            return value.entry(hits, lastHitMillis);
        }

        CacheEntry entry(CacheEntry.Pinning pinning) {
            return value.entry(hits, lastHitMillis, pinning);
        }
    }

    private final StreamClock clock;
    private final EvictionListener listener;
    private final ReentrantLock lock = new ReentrantLock();
    // The order of iteration is the order of use, the longest unused first.
    private final LinkedHashMap<CacheKey, Held> entries = new LinkedHashMap<>(16, 0.75f, true);
    // Apart from the others, so that neither limits nor time find them.
    private final Map<CacheKey, Held> pinned = new LinkedHashMap<>();
    private long bytes;
    // The entry that the present evictions make room for.
    private @Nullable CacheKey newest;
    private long earliestEndMillis = Long.MAX_VALUE;
    private Limits limits;
    private @Nullable HitTaker hitTaker;

    public LruTier(StreamClock clock, Limits limits, EvictionListener listener) {
        this.clock = clock;
        this.limits = limits;
        this.listener = listener;
    }

    @Override
    public @Nullable StoredValue lookup(CacheKey key, long fromMillis) {
        lock.lock();
        try {
            Held held = entries.get(key);
            if (held == null) {
                held = pinned.get(key);
            }
            if (held == null) {
                return null;
            }
            long now = clock.millis();
            if (held.value.isExpiredAt(now)) {
                leave(key, EvictionCause.EXPIRY);
                return null;
            }
            if (held.value.createdMillis() < fromMillis) {
                return null;
            }
            held.hits++;
            held.lastHitMillis = now;
            return held.value;
        } finally {
            lock.unlock();
        }
    }

    @Override
    public @Nullable CacheEntry peek(CacheKey key) {
        lock.lock();
        try {
            reap();
            Held fast = pinned.get(key);
            if (fast != null) {
                return fast.entry(CacheEntry.Pinning.PINNED);
            }
            // An access-ordered map counts get as a use, but not the reading of its entries.
            for (Held held : entries.containsKey(key) ? entries.values() : List.<Held>of()) {
                if (held.value.key().equals(key)) {
                    return held.entry();
                }
            }
            return null;
        } finally {
            lock.unlock();
        }
    }

    @Override
    public void put(StoredValue value) {
        lock.lock();
        try {
            if (pinned.containsKey(value.key())) {
                pinned.put(value.key(), new Held(value.withExpiresMillis(Long.MAX_VALUE), 0, 0));
                return;
            }
            Held older = entries.remove(value.key());
            if (older != null) {
                bytes -= older.value.sizeBytes();
            }
            if (value.sizeBytes() > limits.bytesOrMost()) {
                listener.evicted(EvictionListener.Eviction.of(value, EvictionCause.WEIGHT, value.key()));
            } else {
                keep(new Held(value, 0, 0));
            }
        } finally {
            lock.unlock();
        }
    }

    @Override
    public void restore(CacheEntry entry) {
        StoredValue value = StoredValue.of(entry);
        lock.lock();
        try {
            reap();
            boolean fits = value.sizeBytes() <= limits.bytesOrMost();
            if (entries.containsKey(entry.key()) || pinned.containsKey(entry.key())) {
                return;
            }
            Held held = new Held(value, entry.hits(), entry.lastHitMillis());
            if (entry.pinning() == CacheEntry.Pinning.PINNED) {
                pinned.put(entry.key(), held);
            } else if (fits && !value.isExpiredAt(clock.millis())) {
                keep(held);
            }
        } finally {
            lock.unlock();
        }
    }

    private void keep(Held held) {
        newest = held.value.key();
        entries.put(held.value.key(), held);
        bytes += held.value.sizeBytes();
        earliestEndMillis = Math.min(earliestEndMillis, held.value.expiresMillis());
        makeRoom();
    }

    private void makeRoom() {
        if (entries.size() > limits.itemsOrMost() || bytes > limits.bytesOrMost()) {
            reap();
        }
        while (entries.size() > limits.itemsOrMost()) {
            leave(entries.firstEntry().getKey(), EvictionCause.SIZE);
        }
        while (bytes > limits.bytesOrMost()) {
            leave(entries.firstEntry().getKey(), EvictionCause.WEIGHT);
        }
    }

    private @Nullable CacheKey forKey(EvictionCause cause) {
        return switch (cause) {
            case SIZE, WEIGHT -> newest;
            case EXPIRY, EXPLICIT -> null;
        };
    }

    private void leave(CacheKey key, EvictionCause cause) {
        Held held = entries.remove(key);
        if (held == null) {
            held = pinned.remove(key);
        } else {
            bytes -= held.value.sizeBytes();
        }
        if (held != null) {
            passHits(held);
            listener.evicted(EvictionListener.Eviction.of(held.value, cause, forKey(cause)));
        }
    }

    private void passHits(Held held) {
        if (hitTaker != null && held.hits > 0) {
            hitTaker.take(held.value.key(), held.hits, held.lastHitMillis);
            held.hits = 0;
        }
    }

    @Override
    public void passHits(HitTaker taker) {
        lock.lock();
        try {
            hitTaker = taker;
            entries.values().forEach(this::passHits);
            pinned.values().forEach(this::passHits);
        } finally {
            lock.unlock();
        }
    }

    @Override
    public boolean remove(CacheKey key) {
        lock.lock();
        try {
            reap();
            boolean there = entries.containsKey(key) || pinned.containsKey(key);
            leave(key, EvictionCause.EXPLICIT);
            return there;
        } finally {
            lock.unlock();
        }
    }

    @Override
    public int removeAll() {
        lock.lock();
        try {
            reap();
            List<CacheKey> keys = new ArrayList<>(entries.keySet());
            keys.addAll(pinned.keySet());
            keys.forEach(key -> leave(key, EvictionCause.EXPLICIT));
            return keys.size();
        } finally {
            lock.unlock();
        }
    }

    @Override
    public List<CacheEntry> entries() {
        lock.lock();
        try {
            reap();
            List<CacheEntry> copy = new ArrayList<>(entries.size());
            pinned.values().forEach(held -> copy.add(held.entry(CacheEntry.Pinning.PINNED)));
            entries.values().forEach(held -> copy.add(held.entry()));
            return copy;
        } finally {
            lock.unlock();
        }
    }

    @Override
    public void reap() {
        lock.lock();
        try {
            long now = clock.millis();
            if (now < earliestEndMillis) {
                return;
            }
            earliestEndMillis = Long.MAX_VALUE;
            Iterator<Held> each = entries.values().iterator();
            while (each.hasNext()) {
                StoredValue value = each.next().value;
                if (value.isExpiredAt(now)) {
                    each.remove();
                    bytes -= value.sizeBytes();
                    listener.evicted(EvictionListener.Eviction.of(value, EvictionCause.EXPIRY, null));
                } else {
                    earliestEndMillis = Math.min(earliestEndMillis, value.expiresMillis());
                }
            }
        } finally {
            lock.unlock();
        }
    }

    @Override
    public long count() {
        lock.lock();
        try {
            return entries.size() + (long) pinned.size();
        } finally {
            lock.unlock();
        }
    }

    @Override
    public long bytes() {
        lock.lock();
        try {
            long sum = bytes;
            for (Held held : pinned.values()) {
                sum += held.value.sizeBytes();
            }
            return sum;
        } finally {
            lock.unlock();
        }
    }

    @Override
    public Limits limits() {
        lock.lock();
        try {
            return limits;
        } finally {
            lock.unlock();
        }
    }

    @Override
    public void resize(Limits other) {
        lock.lock();
        try {
            limits = other;
            newest = null;
            makeRoom();
        } finally {
            lock.unlock();
        }
    }

    @Override
    public boolean pin(CacheKey key, CacheEntry.Pinning pinning) {
        lock.lock();
        try {
            reap();
            Held held = entries.remove(key);
            if (held != null) {
                bytes -= held.value.sizeBytes();
            } else {
                held = pinned.remove(key);
            }
            if (held == null) {
                return false;
            }
            Held endless = new Held(held.value.withExpiresMillis(Long.MAX_VALUE), held.hits, held.lastHitMillis);
            if (pinning == CacheEntry.Pinning.PINNED) {
                pinned.put(key, endless);
            } else {
                keep(endless);
            }
            return true;
        } finally {
            lock.unlock();
        }
    }
}
