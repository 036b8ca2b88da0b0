package io.partflow.engine.insight.why;

import io.partflow.engine.cache.CacheKey;
import io.partflow.engine.cache.CacheWatcher.Uncacheable;
import io.partflow.engine.cache.EvictionListener.Eviction;
import io.partflow.engine.content.Part;
import io.partflow.engine.insight.curve.KeyTable;
import io.partflow.engine.insight.why.KeyRecords.Found;
import io.partflow.engine.insight.why.KeyRecords.Last;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// Tells of every request that was not served why, from what it has seen happen to the caches. Confined to one
/// thread.
///
/// It is told of everything in the order in which it happened; an answer that is kept is told by [#put] before the
/// miss it came from.
public final class MissExplainer {
    /*
     * What happened last to each key of a node decides: it was kept, left for some cause, failed, or was never seen.
     * A key never seen is looked for under other prefixes of the same node, which the record keeps beside the event,
     * then among the last requests: the same parts in another order, the same but for the metadata, the most alike.
     *
     * An answer is put before its miss is told, and may have been refused in between; what was known of its key
     * before the put is kept aside for that moment.
     */
    /// Requests less alike than this have nothing to do with one another.
    public static final double LEAST_SIMILARITY = 0.3;

    private static final int MOST_EXPLANATIONS = 1_024;
    private static final int MOST_PREFIXES = (1 << 16) - 1;
    private static final int MOST_PENDING = 4_096;

    /// What was known of a key before its answer was put.
    private record Before(@Nullable Found found, boolean replaced) {}

    private final KeyRecords records;
    private final RecentRequests recent = new RecentRequests();
    private final Map<String, Integer> prefixNumbers = new HashMap<>();
    private final List<String> prefixes = new ArrayList<>();
    private final Map<Long, Before> pending = new HashMap<>();
    private final ArrayDeque<MissExplanation> explanations = new ArrayDeque<>();
    private final Map<String, Map<MissCause.Kind, Long>> counts = new HashMap<>();

    public MissExplainer() {
        this(KeyRecords.MOST);
    }

    MissExplainer(int mostKeys) {
        records = new KeyRecords(mostKeys);
    }

    private static long node(String node) {
        return KeyTable.mix(node.hashCode());
    }

    /// The number of a content at a node, whatever its prefix.
    private static long id(long node, CacheKey key) {
        return key.hash().low() ^ node;
    }

    private int prefix(String prefix) {
        return prefixNumbers.computeIfAbsent(prefix, text -> {
            if (prefixes.size() < MOST_PREFIXES) {
                prefixes.add(text);
            }
            return prefixes.size() - 1;
        });
    }

    /// An answer is kept.
    ///
    /// @param replaced whether an entry was there that had not been allowed to answer
    public void put(String node, CacheKey key, long atMillis, Replacing replaced) {
        long id = id(node(node), key);
        if (pending.size() >= MOST_PENDING) {
            pending.clear();
        }
        pending.put(id, new Before(records.find(id), replaced == Replacing.ENTRY));
        records.put(id, Last.KEPT, prefix(key.prefix()), atMillis, 0);
    }

    /// Whether an answer takes the place of one.
    public enum Replacing {
        NOTHING,
        ENTRY
    }

    /// An entry left.
    public void evicted(String node, Eviction eviction, long atMillis) {
        long salt = node(node);
        long id = id(salt, eviction.key());
        CacheKey by = eviction.forKey();
        boolean refused = eviction.key().equals(by);
        if (!refused) {
            pending.remove(id);
        }
        Last last = switch (eviction.cause()) {
            case SIZE -> Last.EVICTED_BY_ITEMS;
            case WEIGHT -> Last.EVICTED_BY_BYTES;
            case EXPIRY -> Last.EXPIRED;
            case EXPLICIT -> Last.REMOVED;
        };
        long when = last == Last.EXPIRED ? Math.min(atMillis, eviction.expiresMillis()) : atMillis;
        records.put(id, last, prefix(eviction.key().prefix()), when, by == null ? 0 : id(salt, by));
    }

    /// A request was computed.
    ///
    /// @param input what was asked; empty where nobody said
    /// @param answer what became of the answer
    public MissExplanation missed(String node, CacheKey key, List<Part> input, Answer answer, long atMillis) {
        long salt = node(node);
        long id = id(salt, key);
        Before before = pending.remove(id);
        Found found = before == null ? records.find(id) : before.found();
        RequestPrint print = RequestPrint.of(key, input, atMillis);
        RequestPrint nearest = null;
        MissCause cause;
        if (found == null) {
            nearest = input.isEmpty() ? null : nearest(salt, print, input);
            cause = nearest == null ? new MissCause.FirstTime() : byContent(nearest, print);
        } else if (!prefixes.get(found.prefix()).equals(key.prefix())) {
            cause = new MissCause.NamespaceChanged(prefixes.get(found.prefix()));
            nearest = recent.print(id);
        } else {
            cause = byRecord(found, id, before, atMillis);
        }
        if (before == null && (found == null || found.last() != Last.KEPT)) {
            Last last = answer == Answer.FAILED ? Last.FAILED : Last.NOT_STORED;
            records.put(id, last, prefix(key.prefix()), atMillis, 0);
        }
        if (!input.isEmpty()) {
            recent.add(id, salt, print, input);
        }
        return told(new MissExplanation(node, key, atMillis, cause, nearest == null ? null : nearest.key()));
    }

    /// What became of an answer.
    public enum Answer {
        COMPUTED,
        FAILED
    }

    private MissCause byRecord(Found found, long id, @Nullable Before before, long atMillis) {
        long ago = Math.max(0, atMillis - found.atMillis());
        return switch (found.last()) {
            case EXPIRED -> new MissCause.Expired(ago);
            case EVICTED_BY_ITEMS -> new MissCause.Evicted(ago, MissCause.Limit.ITEMS, keyText(found.by(), id));
            case EVICTED_BY_BYTES -> new MissCause.Evicted(ago, MissCause.Limit.BYTES, keyText(found.by(), id));
            case REMOVED -> new MissCause.Invalidated(ago);
            case FAILED -> new MissCause.NotCacheable(MissCause.Why.FAILED_BEFORE);
            case NOT_STORED -> new MissCause.NotCacheable(MissCause.Why.NOT_STORED);
            // It was there and did not answer, or whoever removed all entries has not told.
            case KEPT ->
                before == null || before.replaced() ? new MissCause.CacheOff() : new MissCause.Invalidated(ago);
        };
    }

    private @Nullable String keyText(long by, long own) {
        RequestPrint print = by == 0 ? null : recent.print(by);
        if (print == null && by == own) {
            print = recent.print(own);
        }
        return print == null ? null : print.key().text();
    }

    private @Nullable RequestPrint nearest(long salt, RequestPrint print, List<Part> input) {
        RequestPrint same = recent.otherMetadata(salt, print);
        if (same != null) {
            return same;
        }
        RequestPrint reordered = recent.reordered(salt, print);
        if (reordered != null) {
            return reordered;
        }
        RequestPrint alike = recent.nearest(salt, print, input);
        return alike == null || alike.similarity(print) < LEAST_SIMILARITY ? null : alike;
    }

    private static MissCause byContent(RequestPrint nearest, RequestPrint print) {
        if (nearest.withoutMetadata() == print.withoutMetadata()) {
            return new MissCause.MetadataChanged();
        }
        return nearest.unordered() == print.unordered()
                ? new MissCause.Reordered()
                : new MissCause.ChangedContent(nearest.similarity(print));
    }

    /// A request shared the answer of another.
    public MissExplanation coalesced(String node, CacheKey key, long atMillis) {
        return told(new MissExplanation(node, key, atMillis, new MissCause.Coalesced(), null));
    }

    /// An input could not be cached.
    public MissExplanation uncacheable(String node, Uncacheable why, long atMillis) {
        return told(new MissExplanation(node, null, atMillis, new MissCause.NotCacheable(MissCause.Why.of(why)), null));
    }

    /// A request was told to go past the cache.
    public MissExplanation bypassed(String node, long atMillis) {
        return told(new MissExplanation(node, null, atMillis, new MissCause.CacheOff(), null));
    }

    private MissExplanation told(MissExplanation explanation) {
        if (explanations.size() == MOST_EXPLANATIONS) {
            explanations.remove();
        }
        explanations.add(explanation);
        counts.computeIfAbsent(explanation.node(), node -> new EnumMap<>(MissCause.Kind.class))
                .merge(explanation.cause().kind(), 1L, Long::sum);
        return explanation;
    }

    /// How often each cause was told for a node; causes that never were are left out.
    public Map<MissCause.Kind, Long> counts(String node) {
        Map<MissCause.Kind, Long> of = counts.get(node);
        return of == null ? Map.of() : new EnumMap<>(of);
    }

    /// The last 1,024 explanations, oldest first.
    public List<MissExplanation> explanations() {
        return List.copyOf(explanations);
    }

    /// What makes a request differ from the nearest earlier one; empty where there is none, or it is forgotten.
    public Optional<MissExplanation.Detail> detail(MissExplanation explanation) {
        long salt = node(explanation.node());
        CacheKey key = explanation.key();
        CacheKey nearest = explanation.nearest();
        if (key == null || nearest == null) {
            return Optional.empty();
        }
        RequestPrint now = recent.print(id(salt, key));
        RequestPrint earlier = recent.print(id(salt, nearest));
        if (now == null || earlier == null) {
            return Optional.empty();
        }
        List<Part> nowParts = recent.input(id(salt, key));
        List<Part> earlierParts = recent.input(id(salt, nearest));
        return Optional.of(new MissExplanation.Detail(
                ContentDiff.of(earlier, earlierParts, now, nowParts),
                earlierParts == null ? MissExplanation.Content.NO_LONGER_HELD : MissExplanation.Content.HELD));
    }

    /// What is remembered of a request, while it is among the last 16,384 distinct ones.
    public Optional<RequestPrint> print(String node, CacheKey key) {
        return Optional.ofNullable(recent.print(id(node(node), key)));
    }

    /// What is remembered of the last distinct requests of a node, in no order.
    public List<RequestPrint> prints(String node) {
        return recent.prints(node(node));
    }

    /// How many keys have a record.
    public int keys() {
        return records.size();
    }
}
