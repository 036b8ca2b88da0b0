package io.partflow.engine.cache;

import io.partflow.engine.content.Part;
import io.partflow.engine.stream.StreamClock;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Keeps answers for different kinds of inputs apart, each kind within limits of its own: images cannot crowd out
/// texts. Thread-safe as the tiers it is made of.
///
/// A key is in at most one of them, except that an input whose kind is not told is looked for in all.
final class PartitionedTier implements CacheTier {
    private final CacheSettings settings;
    // One for each partition of the settings, and last the one for all other inputs.
    private final List<CacheTier> tiers;

    private PartitionedTier(CacheSettings settings, List<CacheTier> tiers) {
        this.settings = settings;
        this.tiers = List.copyOf(tiers);
    }

    /// The memory of a cache: one tier, or one for each kind of inputs that has limits of its own.
    static CacheTier memory(StreamClock clock, CacheSettings settings, EvictionListener listener) {
        CacheTier rest = single(clock, settings.policy(), Limits.of(settings), listener);
        if (settings.behaviour().partitions().isEmpty()) {
            return rest;
        }
        List<CacheTier> tiers = new ArrayList<>();
        for (CacheSettings.Partition each : settings.behaviour().partitions()) {
            tiers.add(single(clock, settings.policy(), new Limits(each.maxItems(), each.maxBytes()), listener));
        }
        tiers.add(rest);
        return new PartitionedTier(settings, tiers);
    }

    private static CacheTier single(
            StreamClock clock, CacheSettings.Policy policy, Limits limits, EvictionListener listener) {
        return switch (policy) {
            case TINYLFU -> new MemoryTier(clock, limits, listener);
            case LRU -> new LruTier(clock, limits, listener);
        };
    }

    @Override
    public CacheTier forInput(List<Part> input) {
        CacheSettings.Partition partition = settings.partition(input);
        return partition == null
                ? tiers.getLast()
                : tiers.get(settings.behaviour().partitions().indexOf(partition));
    }

    @Override
    public @Nullable StoredValue lookup(CacheKey key, long fromMillis) {
        for (CacheTier tier : tiers) {
            StoredValue value = tier.lookup(key, fromMillis);
            if (value != null) {
                return value;
            }
        }
        return null;
    }

    @Override
    public @Nullable CacheEntry peek(CacheKey key) {
        for (CacheTier tier : tiers) {
            CacheEntry entry = tier.peek(key);
            if (entry != null) {
                return entry;
            }
        }
        return null;
    }

    /// The tier that has the key already, or the one for inputs of no certain kind.
    private CacheTier holder(CacheKey key) {
        for (CacheTier tier : tiers) {
            if (tier.peek(key) != null) {
                return tier;
            }
        }
        return tiers.getLast();
    }

    @Override
    public void put(StoredValue value) {
        holder(value.key()).put(value);
    }

    @Override
    public void restore(CacheEntry entry) {
        // What the answer is of is the best guess at what the question was of.
        if (peek(entry.key()) == null) {
            forInput(entry.parts()).restore(entry);
        }
    }

    @Override
    public boolean remove(CacheKey key) {
        boolean removed = false;
        for (CacheTier tier : tiers) {
            removed |= tier.remove(key);
        }
        return removed;
    }

    @Override
    public int removeAll() {
        return tiers.stream().mapToInt(CacheTier::removeAll).sum();
    }

    @Override
    public List<CacheEntry> entries() {
        return tiers.stream().flatMap(tier -> tier.entries().stream()).toList();
    }

    @Override
    public void reap() {
        tiers.forEach(CacheTier::reap);
    }

    @Override
    public long count() {
        return tiers.stream().mapToLong(CacheTier::count).sum();
    }

    @Override
    public long bytes() {
        return tiers.stream().mapToLong(CacheTier::bytes).sum();
    }

    /// The sum of the limits; a limit that one of the tiers does not have, the sum has not.
    @Override
    public Limits limits() {
        return new Limits(
                tiers.stream().map(tier -> tier.limits().items()).reduce(0L, PartitionedTier::sum),
                tiers.stream().map(tier -> tier.limits().bytes()).reduce(0L, PartitionedTier::sum));
    }

    private static @Nullable Long sum(@Nullable Long one, @Nullable Long other) {
        return one == null || other == null ? null : Long.valueOf(one + other);
    }

    /// Takes other limits for inputs of no kind of its own.
    @Override
    public void resize(Limits limits) {
        tiers.getLast().resize(limits);
    }

    @Override
    public boolean pin(CacheKey key, CacheEntry.Pinning pinning) {
        return holder(key).pin(key, pinning);
    }

    @Override
    public void addHits(CacheKey key, long hits, long lastHitMillis) {
        holder(key).addHits(key, hits, lastHitMillis);
    }
}
