package io.partflow.engine.cache;

import io.partflow.engine.stream.StreamClock;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
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
    }

    private final StreamClock clock;
    private final EvictionListener listener;
    private final ReentrantLock lock = new ReentrantLock();
    // The order of iteration is the order of use, the longest unused first.
    private final LinkedHashMap<CacheKey, Held> entries = new LinkedHashMap<>(16, 0.75f, true);
    private long bytes;
    private long earliestEndMillis = Long.MAX_VALUE;
    private Limits limits;

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
            Held older = entries.remove(value.key());
            if (older != null) {
                bytes -= older.value.sizeBytes();
            }
            if (value.sizeBytes() > limits.bytesOrMost()) {
                listener.evicted(value, EvictionCause.WEIGHT);
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
            if (!entries.containsKey(entry.key()) && fits && !value.isExpiredAt(clock.millis())) {
                keep(new Held(value, entry.hits(), entry.lastHitMillis()));
            }
        } finally {
            lock.unlock();
        }
    }

    private void keep(Held held) {
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

    private void leave(CacheKey key, EvictionCause cause) {
        Held held = entries.remove(key);
        if (held != null) {
            bytes -= held.value.sizeBytes();
            listener.evicted(held.value, cause);
        }
    }

    @Override
    public boolean remove(CacheKey key) {
        lock.lock();
        try {
            reap();
            boolean there = entries.containsKey(key);
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
            List<CacheKey> keys = List.copyOf(entries.keySet());
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
                    listener.evicted(value, EvictionCause.EXPIRY);
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
            return entries.size();
        } finally {
            lock.unlock();
        }
    }

    @Override
    public long bytes() {
        lock.lock();
        try {
            return bytes;
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
            makeRoom();
        } finally {
            lock.unlock();
        }
    }
}
