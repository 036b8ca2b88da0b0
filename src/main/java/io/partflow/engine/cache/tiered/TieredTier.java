package io.partflow.engine.cache.tiered;

import io.partflow.engine.cache.CacheEntry;
import io.partflow.engine.cache.CacheKey;
import io.partflow.engine.cache.CacheSettings;
import io.partflow.engine.cache.CacheTier;
import io.partflow.engine.cache.EntryFacts;
import io.partflow.engine.cache.StoredValue;
import io.partflow.engine.content.Part;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/// A tier in memory above a store: asked first, filled by every put and by what is found below.
///
/// Thread-safe as the two are. The store holds everything that memory does, so entries, bytes, limits and
/// evictions are those of the store; what leaves memory alone has not left the cache. Hits that memory
/// has served are counted there until the store [takes them][CacheTier#passHits(CacheTier.HitTaker)].
public final class TieredTier implements CacheTier {
    private final CacheTier memory;
    private final CacheTier below;
    private final @Nullable WriteBehind behind;

    /// @param memory must tell nobody of what leaves it; owned by this tier from now on
    /// @param below owned by this tier from now on
    public TieredTier(CacheTier memory, CacheTier below, CacheSettings.Writing writing) {
        this(memory, below, writing == CacheSettings.Writing.BEHIND ? new WriteBehind(below) : null);
    }

    private TieredTier(CacheTier memory, CacheTier below, @Nullable WriteBehind behind) {
        this.memory = memory;
        this.below = below;
        this.behind = behind;
    }

    @Override
    public @Nullable StoredValue lookup(CacheKey key, long fromMillis) {
        StoredValue fast = memory.lookup(key, fromMillis);
        if (fast != null) {
            return fast;
        }
        StoredValue coming = behind == null ? null : behind.find(key);
        if (coming != null) {
            // Memory had no room for it, and it is not below yet.
            return coming.createdMillis() < fromMillis ? null : coming;
        }
        StoredValue slow = below.lookup(key, fromMillis);
        if (slow != null) {
            memory.put(slow);
        }
        return slow;
    }

    @Override
    public @Nullable CacheEntry peek(CacheKey key) {
        CacheEntry fast = memory.peek(key);
        CacheEntry slow = below.peek(key);
        return slow == null ? behind == null ? null : fast : joined(slow, fast);
    }

    /// The entry of the store with the hits that memory has served since.
    private static CacheEntry joined(CacheEntry slow, @Nullable CacheEntry fast) {
        return fast == null || fast.hits() == 0
                ? slow
                : StoredValue.of(slow)
                        .entry(
                                slow.hits() + fast.hits(),
                                Math.max(slow.lastHitMillis(), fast.lastHitMillis()),
                                slow.pinning());
    }

    @Override
    public void put(StoredValue value) {
        memory.put(value);
        if (behind == null) {
            below.put(value);
        } else {
            behind.put(value);
        }
    }

    @Override
    public void restore(CacheEntry entry) {
        below.restore(entry);
    }

    @Override
    public boolean remove(CacheKey key) {
        if (behind != null) {
            behind.flush();
        }
        memory.remove(key);
        return below.remove(key);
    }

    @Override
    public int removeAll() {
        if (behind != null) {
            behind.flush();
        }
        memory.removeAll();
        return below.removeAll();
    }

    @Override
    public List<CacheEntry> entries() {
        List<CacheEntry> entries = new ArrayList<>();
        for (CacheEntry slow : below.entries()) {
            entries.add(joined(slow, memory.peek(slow.key())));
        }
        return entries;
    }

    @Override
    public void visit(Predicate<EntryFacts> taker) {
        if (behind != null) {
            behind.flush();
        }
        below.visit(facts -> taker.test(joined(facts)));
    }

    @Override
    public @Nullable EntryFacts facts(CacheKey key) {
        EntryFacts slow = below.facts(key);
        return slow == null ? CacheTier.super.facts(key) : joined(slow);
    }

    private EntryFacts joined(EntryFacts slow) {
        CacheEntry fast = memory.peek(slow.key());
        return fast == null ? slow : slow.withHits(fast.hits(), fast.lastHitMillis());
    }

    @Override
    public Removed removeAll(Collection<CacheKey> keys) {
        if (behind != null) {
            behind.flush();
        }
        for (CacheKey key : keys) {
            memory.remove(key);
        }
        return below.removeAll(keys);
    }

    @Override
    public void reap() {
        memory.reap();
        below.reap();
    }

    @Override
    public long count() {
        return below.count();
    }

    @Override
    public long bytes() {
        return below.bytes();
    }

    @Override
    public Limits limits() {
        return below.limits();
    }

    @Override
    public void resize(Limits limits) {
        below.resize(limits);
        memory.resize(limits);
    }

    @Override
    public boolean pin(CacheKey key, CacheEntry.Pinning pinning) {
        flush();
        boolean there = below.pin(key, pinning);
        if (there) {
            // Memory may let it go; the store keeps it.
            memory.remove(key);
        }
        return there;
    }

    @Override
    public CacheTier forInput(List<Part> input) {
        CacheTier kind = memory.forInput(input);
        return kind == memory ? this : new TieredTier(kind, below, behind);
    }

    @Override
    public void flush() {
        if (behind != null) {
            behind.flush();
        }
        below.flush();
    }

    @Override
    public void close() {
        flush();
        memory.close();
        below.close();
    }
}
