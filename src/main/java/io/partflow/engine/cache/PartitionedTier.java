package io.partflow.engine.cache;

import io.partflow.engine.content.Part;
import io.partflow.engine.stream.StreamClock;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/// Keeps answers for different kinds of inputs apart, each kind within limits of its own: images cannot crowd out
/// texts. Thread-safe as the tiers it is made of.
///
/// A key is in one of them. What comes without its input, such as from a store, goes where there is room,
/// and moves to the partition of its kind when somebody asks for it.
final class PartitionedTier implements CacheTier {
    /*
     * The whole and the views of single kinds are of the same class and share the tiers; a view knows which of them
     * is its own. Whatever puts an entry somewhere holds one lock, so that no two threads put a key into two tiers.
     * A hit in the tier of its kind takes no lock.
     *
     * An entry that moves is first put where it goes and then taken away where it was, so that it is always found.
     * It has not left the cache: nobody is told of the second step.
     */

    private static final int ANY = -1;

    /// The tiers, and what places entries in them.
    ///
    /// @param kinds the MIME types of each partition, and none for the last, which is for all other inputs
    private record Places(List<List<String>> kinds, List<CacheTier> tiers, Moving moving) {}

    /// Keeps quiet about an entry that is on its way from one tier to another.
    private static final class Moving implements EvictionListener {
        private final EvictionListener listener;
        private final ReentrantLock placing = new ReentrantLock();
        // Only read and written with the lock held.
        private @Nullable CacheKey key;

        Moving(EvictionListener listener) {
            this.listener = listener;
        }

        @Override
        public void evicted(Eviction eviction) {
            boolean moves = eviction.cause() == EvictionCause.EXPLICIT
                    && placing.isHeldByCurrentThread()
                    && eviction.key().equals(key);
            if (!moves) {
                listener.evicted(eviction);
            }
        }

        void takeAway(CacheTier tier, CacheKey entry) {
            key = entry;
            tier.remove(entry);
            key = null;
        }
    }

    /// An entry that was removed, and the kinds of its partition.
    private record Gone(List<String> kinds, CacheEntry entry) {}

    private final CacheSettings settings;
    private final Places places;
    private final int own;
    private final List<PartitionedTier> views = new ArrayList<>();

    private PartitionedTier(CacheSettings settings, Places places, int own) {
        this.settings = settings;
        this.places = places;
        this.own = own;
    }

    /// The memory of a cache: one tier, or one for each kind of inputs that has limits of its own.
    static CacheTier memory(StreamClock clock, CacheSettings settings, EvictionListener listener) {
        List<Limits> limits = limits(settings);
        if (limits.size() == 1) {
            return single(clock, settings.policy(), limits.getFirst(), listener);
        }
        Moving moving = new Moving(listener);
        List<List<String>> kinds = new ArrayList<>();
        settings.behaviour().partitions().forEach(each -> kinds.add(each.mimeTypes()));
        kinds.add(List.of());
        Places places = new Places(
                List.copyOf(kinds),
                limits.stream()
                        .map(each -> single(clock, settings.policy(), each, moving))
                        .toList(),
                moving);
        PartitionedTier whole = new PartitionedTier(settings, places, ANY);
        for (int i = 0; i < kinds.size(); i++) {
            whole.views.add(new PartitionedTier(settings, places, i));
        }
        return whole;
    }

    private static CacheTier single(
            StreamClock clock, CacheSettings.Policy policy, Limits limits, EvictionListener listener) {
        return switch (policy) {
            case TINYLFU -> new MemoryTier(clock, limits, listener);
            case LRU -> new LruTier(clock, limits, listener);
        };
    }

    /// The limits of each partition, in their order, and last those for all other inputs. Where the cache
    /// may take a share of the heap, all together keep to it; where neither it nor one of them has any
    /// limit, that one keeps to a quarter of the heap.
    static List<Limits> limits(CacheSettings settings) {
        List<Limits> limits = new ArrayList<>();
        for (CacheSettings.Partition each : settings.behaviour().partitions()) {
            limits.add(new Limits(each.maxItems(), each.maxBytes()));
        }
        limits.add(Limits.of(settings));
        Long shared = Limits.shareOfHeap(settings);
        if (shared == null) {
            long quarter = Math.max(1, Runtime.getRuntime().maxMemory() / 4);
            limits.replaceAll(each -> each.equals(Limits.NONE) ? new Limits(null, quarter) : each);
            return limits;
        }
        double sum = 0;
        for (Limits each : limits) {
            sum += Math.min(each.bytesOrMost(), shared);
        }
        double scale = Math.min(1, shared / sum);
        limits.replaceAll(each ->
                new Limits(each.items(), Math.max(1, (long) Math.floor(scale * Math.min(each.bytesOrMost(), shared)))));
        return limits;
    }

    /// Fills a tier with what another one holds, each entry in its partition where both have that.
    static void refill(CacheTier made, CacheTier former) {
        if (made instanceof PartitionedTier to && former instanceof PartitionedTier from) {
            for (int i = 0; i < from.tiers().size(); i++) {
                List<String> kinds = from.places.kinds().get(i);
                from.tiers().get(i).entries().forEach(entry -> to.restore(kinds, entry));
            }
        } else {
            former.entries().forEach(made::restore);
        }
    }

    private List<CacheTier> tiers() {
        return places.tiers();
    }

    @Override
    public CacheTier forInput(List<Part> input) {
        return views.isEmpty() ? this : views.get(settings.partitionOf(input));
    }

    @Override
    public @Nullable StoredValue lookup(CacheKey key, long fromMillis) {
        if (own == ANY) {
            for (CacheTier tier : tiers()) {
                StoredValue value = tier.lookup(key, fromMillis);
                if (value != null) {
                    return value;
                }
            }
            return null;
        }
        StoredValue value = tiers().get(own).lookup(key, fromMillis);
        return value == null ? fromElsewhere(key, fromMillis) : value;
    }

    /// What came without its kind, which is known now.
    private @Nullable StoredValue fromElsewhere(CacheKey key, long fromMillis) {
        for (CacheTier tier : tiers()) {
            CacheEntry entry = tier == tiers().get(own) ? null : tier.peek(key);
            if (entry != null && entry.createdMillis() >= fromMillis) {
                return moved(key, fromMillis, tier);
            }
        }
        return null;
    }

    private @Nullable StoredValue moved(CacheKey key, long fromMillis, CacheTier from) {
        CacheTier to = tiers().get(own);
        places.moving().placing.lock();
        try {
            CacheEntry entry = from.peek(key);
            if (entry == null) {
                // Another thread has been quicker.
                return to.lookup(key, fromMillis);
            }
            if (entry.pinning() == CacheEntry.Pinning.LOOSE
                    && entry.sizeBytes() > to.limits().bytesOrMost()) {
                return from.lookup(key, fromMillis);
            }
            to.restore(entry);
            places.moving().takeAway(from, key);
            StoredValue there = to.lookup(key, fromMillis);
            // The policy may have let it go at once.
            return there == null ? StoredValue.of(entry) : there;
        } finally {
            places.moving().placing.unlock();
        }
    }

    @Override
    public @Nullable CacheEntry peek(CacheKey key) {
        for (CacheTier tier : tiers()) {
            CacheEntry entry = tier.peek(key);
            if (entry != null) {
                return entry;
            }
        }
        return null;
    }

    /// The tier that has the key already, else one that has room: the last, for other inputs, before all
    /// others.
    private CacheTier place(CacheKey key, long sizeBytes) {
        CacheTier holder = holder(key);
        CacheTier last = tiers().getLast();
        if (holder != null || hasRoom(last, sizeBytes)) {
            return holder == null ? last : holder;
        }
        return tiers().stream()
                .filter(tier -> hasRoom(tier, sizeBytes))
                .findFirst()
                .orElse(last);
    }

    private static boolean hasRoom(CacheTier tier, long sizeBytes) {
        tier.reap();
        Limits limits = tier.limits();
        return tier.count() < limits.itemsOrMost() && tier.bytes() <= limits.bytesOrMost() - sizeBytes;
    }

    @Override
    public void put(StoredValue value) {
        places.moving().placing.lock();
        try {
            CacheTier to = own == ANY ? place(value.key(), value.sizeBytes()) : tiers().get(own);
            List<CacheTier> others = tiers().stream()
                    .filter(tier -> tier != to && tier.peek(value.key()) != null)
                    .toList();
            for (CacheTier other : others) {
                CacheEntry older = other.peek(value.key());
                if (older != null && older.pinning() == CacheEntry.Pinning.PINNED) {
                    to.restore(older);
                }
            }
            to.put(value);
            others.forEach(other -> places.moving().takeAway(other, value.key()));
        } finally {
            places.moving().placing.unlock();
        }
    }

    @Override
    public void restore(CacheEntry entry) {
        places.moving().placing.lock();
        try {
            if (peek(entry.key()) == null) {
                CacheTier to = own == ANY ? place(entry.key(), entry.sizeBytes()) : tiers().get(own);
                to.restore(entry);
            }
        } finally {
            places.moving().placing.unlock();
        }
    }

    private void restore(List<String> kinds, CacheEntry entry) {
        int place = places.kinds().indexOf(kinds);
        (place < 0 ? this : views.get(place)).restore(entry);
    }

    @Override
    public Removed removeAll(Collection<CacheKey> keys) {
        List<Gone> gone = new ArrayList<>();
        for (CacheKey key : keys) {
            for (int i = 0; i < tiers().size(); i++) {
                CacheEntry entry = tiers().get(i).peek(key);
                if (tiers().get(i).remove(key) && entry != null) {
                    gone.add(new Gone(places.kinds().get(i), entry));
                }
            }
        }
        return new Removed(
                gone.size(),
                gone.stream().mapToLong(each -> each.entry().sizeBytes()).sum(),
                into -> bringBack(gone, into),
                gone::clear);
    }

    private static int bringBack(List<Gone> gone, CacheTier into) {
        int back = 0;
        for (Gone each : gone) {
            CacheKey key = each.entry().key();
            boolean taken = into.peek(key) != null;
            if (into instanceof PartitionedTier kinds) {
                kinds.restore(each.kinds(), each.entry());
            } else {
                into.restore(each.entry());
            }
            back += !taken && into.peek(key) != null ? 1 : 0;
        }
        return back;
    }

    @Override
    public boolean remove(CacheKey key) {
        boolean removed = false;
        for (CacheTier tier : tiers()) {
            removed |= tier.remove(key);
        }
        return removed;
    }

    @Override
    public int removeAll() {
        return tiers().stream().mapToInt(CacheTier::removeAll).sum();
    }

    @Override
    public List<CacheEntry> entries() {
        return tiers().stream().flatMap(tier -> tier.entries().stream()).toList();
    }

    @Override
    public void reap() {
        tiers().forEach(CacheTier::reap);
    }

    @Override
    public long count() {
        return tiers().stream().mapToLong(CacheTier::count).sum();
    }

    @Override
    public long bytes() {
        return tiers().stream().mapToLong(CacheTier::bytes).sum();
    }

    /// The sum of the limits; a limit that one of the tiers does not have, the sum has not.
    @Override
    public Limits limits() {
        return new Limits(
                tiers().stream().map(tier -> tier.limits().items()).reduce(0L, PartitionedTier::sum),
                tiers().stream().map(tier -> tier.limits().bytes()).reduce(0L, PartitionedTier::sum));
    }

    private static @Nullable Long sum(@Nullable Long one, @Nullable Long other) {
        return one == null || other == null ? null : Long.valueOf(one + other);
    }

    /// Takes other limits for inputs of no kind of its own.
    @Override
    public void resize(Limits limits) {
        tiers().getLast().resize(limits);
    }

    /// Takes the limits of settings with the same partitions, for the whole of them or for a tier of one.
    static void resize(CacheTier tier, CacheSettings other) {
        List<Limits> limits = limits(other);
        if (tier instanceof PartitionedTier kinds) {
            for (int i = 0; i < limits.size(); i++) {
                kinds.tiers().get(i).resize(limits.get(i));
            }
        } else {
            tier.resize(limits.getLast());
        }
    }

    @Override
    public boolean pin(CacheKey key, CacheEntry.Pinning pinning) {
        CacheTier holder = holder(key);
        return holder != null && holder.pin(key, pinning);
    }

    @Override
    public void passHits(HitTaker taker) {
        tiers().forEach(tier -> tier.passHits(taker));
    }

    private @Nullable CacheTier holder(CacheKey key) {
        for (CacheTier tier : tiers()) {
            if (tier.peek(key) != null) {
                return tier;
            }
        }
        return null;
    }
}
