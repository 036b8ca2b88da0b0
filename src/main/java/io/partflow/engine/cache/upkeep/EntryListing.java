package io.partflow.engine.cache.upkeep;

import io.partflow.engine.cache.CacheKey;
import io.partflow.engine.cache.CacheRoom;
import io.partflow.engine.cache.ContentCache;
import io.partflow.engine.cache.EntryFacts;
import io.partflow.engine.content.ContentHash;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import java.util.function.ToLongFunction;

/// The entries of all caches and their stores at one moment, chosen and sorted, to be looked at a page at a time.
/// Immutable, but for the entries behind it, which come and go.
///
/// It holds some twenty bytes for each entry that fits and while it is made about a hundred; making it reads all
/// there are, some hundred thousand a second from a store. Not for the thread of the views.
public final class EntryListing {
    /// By what entries are sorted; what is equal in it, by key.
    public enum Order {
        KEY(entry -> 0),
        NODE(entry -> 0),
        PROCESSOR(entry -> 0),
        KIND(entry -> 0),
        SIZE(EntryFacts::sizeBytes),
        /// The oldest first, after those of which that is not known.
        CREATED(EntryFacts::createdMillis),
        /// The first to be over first.
        EXPIRES(EntryFacts::expiresMillis),
        HITS(EntryFacts::hits),
        /// The longest ago first, after those that never were.
        LAST_HIT(EntryFacts::lastHitMillis),
        COMPUTE_TIME(EntryFacts::computeNanos);

        private final ToLongFunction<EntryFacts> number;

        Order(ToLongFunction<EntryFacts> number) {
            this.number = number;
        }

        private String text(EntryFacts entry) {
            return switch (this) {
                case NODE -> entry.node();
                case PROCESSOR -> entry.processor();
                case KIND -> entry.kinds();
                case KEY, SIZE, CREATED, EXPIRES, HITS, LAST_HIT, COMPUTE_TIME -> "";
            };
        }
    }

    /// Which way they are sorted.
    public enum Direction {
        ASCENDING,
        DESCENDING
    }

    private record Found(CacheKey key, int cache, long number, String text) {}

    private static final Comparator<Found> BY_KEY = Comparator.comparing(
                    (Found found) -> found.key().prefix())
            .thenComparing(found -> found.key().hash());

    private final List<ContentCache> caches;
    private final List<String> prefixes;
    private final int[] cacheAndPrefix;
    private final long[] high;
    private final long[] low;
    private final long bytes;
    private final long all;
    private final long allBytes;

    private EntryListing(Collected collected, List<Found> found) {
        caches = collected.caches;
        bytes = collected.bytes;
        all = collected.all;
        allBytes = collected.allBytes;
        prefixes = new ArrayList<>();
        cacheAndPrefix = new int[2 * found.size()];
        high = new long[found.size()];
        low = new long[found.size()];
        Map<String, Integer> known = new HashMap<>();
        for (int i = 0; i < high.length; i++) {
            CacheKey key = found.get(i).key();
            high[i] = key.hash().high();
            low[i] = key.hash().low();
            cacheAndPrefix[2 * i] = found.get(i).cache();
            cacheAndPrefix[2 * i + 1] = known.computeIfAbsent(key.prefix(), prefix -> {
                prefixes.add(prefix);
                return prefixes.size() - 1;
            });
        }
    }

    /// What is gathered while the caches are visited.
    private static final class Collected {
        private final List<ContentCache> caches;
        private final List<Found> found = new ArrayList<>();
        private final Map<String, String> texts = new HashMap<>();
        private long bytes;
        private long all;
        private long allBytes;

        Collected(List<ContentCache> caches) {
            this.caches = caches;
        }

        void visit(Predicate<EntryFacts> filter, Order order) {
            for (int i = 0; i < caches.size(); i++) {
                int cache = i;
                caches.get(i).visit(entry -> {
                    all++;
                    allBytes += entry.sizeBytes();
                    if (filter.test(entry)) {
                        bytes += entry.sizeBytes();
                        String text = texts.computeIfAbsent(order.text(entry), same -> same);
                        found.add(new Found(entry.key(), cache, order.number.applyAsLong(entry), text));
                    }
                    return true;
                });
            }
        }
    }

    /// Makes the listing.
    ///
    /// @param filter says which entries fit
    public static EntryListing of(CacheRoom room, Predicate<EntryFacts> filter, Order order, Direction direction) {
        Collected collected = new Collected(room.distinctCaches());
        collected.visit(filter, order);
        Comparator<Found> by = Comparator.comparingLong(Found::number)
                .thenComparing(Found::text)
                .thenComparing(BY_KEY);
        collected.found.sort(direction == Direction.ASCENDING ? by : Collections.reverseOrder(by));
        return new EntryListing(collected, collected.found);
    }

    /// As [#of(CacheRoom, Predicate, Order, Direction)], by what an invalidation would choose, the text apart.
    public static EntryListing of(CacheRoom room, Invalidation.Criteria criteria, Order order, Direction direction) {
        return of(room, criteria::fits, order, direction);
    }

    /// How many entries fit.
    public int count() {
        return high.length;
    }

    /// The size of their values, in bytes.
    public long bytes() {
        return bytes;
    }

    /// How many entries there were, fitting or not.
    public long countOfAll() {
        return all;
    }

    /// The size of the values of all, fitting or not, in bytes.
    public long bytesOfAll() {
        return allBytes;
    }

    /// The key at a place.
    ///
    /// @param index from 0, below [#count()]
    public CacheKey key(int index) {
        return new CacheKey(prefixes.get(cacheAndPrefix[2 * index + 1]), new ContentHash(high[index], low[index]));
    }

    /// The entries at some places as they are now, in order; those that have left meanwhile are missing.
    ///
    /// @param from the first place, from 0
    /// @param most how many places
    public List<EntryFacts> page(int from, int most) {
        List<EntryFacts> page = new ArrayList<>();
        for (int i = from; i < Math.min(count(), (long) from + most); i++) {
            caches.get(cacheAndPrefix[2 * i]).facts(key(i)).ifPresent(page::add);
        }
        return page;
    }
}
