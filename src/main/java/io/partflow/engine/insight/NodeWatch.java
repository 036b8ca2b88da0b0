package io.partflow.engine.insight;

import io.partflow.engine.cache.CacheKey;
import io.partflow.engine.cache.CacheSnapshot;
import io.partflow.engine.cache.ContentCache;
import io.partflow.engine.cache.Outcome;
import io.partflow.engine.cache.StoredValue;
import io.partflow.engine.content.CanonicalForm;
import io.partflow.engine.content.ContentHash;
import io.partflow.engine.insight.curve.LiveCurve;
import io.partflow.engine.insight.history.CacheAnalytics;
import io.partflow.engine.insight.history.CacheHistory;
import io.partflow.engine.insight.history.CacheRequest;
import io.partflow.engine.insight.history.DepartureLog;
import io.partflow.engine.insight.history.Ledger;
import io.partflow.engine.insight.history.LogRoom;
import io.partflow.engine.insight.history.PriceTable;
import io.partflow.engine.insight.history.RequestLog;
import io.partflow.engine.insight.why.MissExplainer;
import io.partflow.engine.insight.why.RequestPrint;
import io.partflow.engine.processor.Usage;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.LongAdder;
import org.jspecify.annotations.Nullable;

/// What is known of one node's cache. Threads that use the cache write to the buffers; everything else belongs to
/// whoever holds the lock of [CacheInsight].
final class NodeWatch {
    /*
     * Order. Events are in one queue, hits in the stripes of a buffer. An event notes how far the stripes had come:
     * the hits up to there go before it. So what one thread did is seen in the order in which it was done, and events
     * of all threads in the order in which they happened. The curve, the log and the numbers of hits and misses are
     * made of requests in the order in which they began; a request counts there once all that began before it ended.
     */
    /// An event with the moment and the place it happened at.
    private record Queued(WatchedEvent event, long atMillis, long[] tails) {}

    private static final long MOST_HASHED_BYTES = 1 << 18;
    private static final double NANOS_PER_MILLI = 1e6;

    private final String node;
    private final MissExplainer explainer;
    final HitBuffer hits = new HitBuffer();
    final LongAdder refused = new LongAdder();
    private final ConcurrentLinkedQueue<Queued> events = new ConcurrentLinkedQueue<>();
    private final AtomicInteger waiting = new AtomicInteger();

    private final AskedOrder order = new AskedOrder(this::count);
    private final LiveCurve curve = new LiveCurve();
    private final CacheAnalytics analytics = new CacheAnalytics();
    private final RequestLog log;
    private final Ledger ledger;
    private final DepartureLog departures;
    private volatile ContentCache cache;
    private volatile long formerHits;
    private volatile long formerWriteNanos;
    private PriceTable prices = PriceTable.FREE;
    private long now;
    private long followedHits;
    private long handled;
    private long unseenHits;
    private double rate = 1;

    NodeWatch(ContentCache cache, MissExplainer explainer, LogRoom room) {
        this.log = new RequestLog(room);
        this.departures = new DepartureLog(room);
        this.node = cache.node();
        this.cache = cache;
        this.explainer = explainer;
        this.ledger = new Ledger(cache.processor());
        this.formerHits = -cache.hits();
        this.formerWriteNanos = -cache.writeNanos();
    }

    /// The number of a key at its node.
    static long id(CacheKey key) {
        return key.hash().low() ^ key.prefix().hashCode() * 0x9e3779b97f4a7c15L;
    }

    String node() {
        return node;
    }

    ContentCache cache() {
        return cache;
    }

    /// The node has another cache from now on. Returns the one it had, or null if it is the same.
    synchronized @Nullable ContentCache adopt(ContentCache other) {
        ContentCache former = cache;
        if (former == other) {
            return null;
        }
        formerHits = formerHits + former.hits() - other.hits();
        formerWriteNanos = formerWriteNanos + former.writeNanos() - other.writeNanos();
        cache = other;
        return former;
    }

    /// Takes an event from the thread it happened on. Returns how many wait now.
    int happened(WatchedEvent event, long atMillis) {
        events.add(new Queued(event, atMillis, hits.tails()));
        return waiting.incrementAndGet();
    }

    /// Looks at everything that has happened so far. Returns how many hits that were.
    long drain(long atMillis, PriceTable table) {
        prices = table;
        long before = followedHits;
        for (Queued queued = events.poll(); queued != null; queued = events.poll()) {
            waiting.decrementAndGet();
            now = Math.max(now, queued.atMillis());
            hits.drain(queued.tails(), this::hit);
            handle(queued.event(), queued.atMillis());
            handled++;
        }
        now = Math.max(now, atMillis);
        hits.drain(hits.tails(), this::hit);
        ledger.holding(cache.bytes(), now);
        return followedHits - before;
    }

    private void hit(StoredValue value) {
        followedHits++;
        ledger.served(value.computeNanos(), value.usage(), prices);
        order.at(request(value, Outcome.HIT));
    }

    private AskedOrder.Request request(StoredValue value, Outcome outcome) {
        return new AskedOrder.Request(id(value.key()), now, outcome, value, 0);
    }

    private void served(StoredValue value, Outcome outcome, long asked) {
        ledger.served(value.computeNanos(), value.usage(), prices);
        order.ended(asked, request(value, outcome));
    }

    /// Counts a request, in the order in which requests began.
    private void count(AskedOrder.Request request) {
        StoredValue value = request.value();
        if (request.outcome() == Outcome.MISS) {
            analytics.recordMiss();
        } else {
            analytics.recordHits(request.outcome() == Outcome.HIT ? Math.round(1 / rate) : 1);
        }
        if (value == null) {
            log.add(request.key(), request.atMillis(), Outcome.MISS, 1, -1, Usage.NONE, 0);
            return;
        }
        curve.access(request.key(), Math.max(1, value.sizeBytes()));
        log.add(
                request.key(),
                request.atMillis(),
                request.outcome(),
                value.sizeBytes(),
                value.computeNanos(),
                value.usage(),
                request.answer());
    }

    private void handle(WatchedEvent event, long atMillis) {
        switch (event) {
            case WatchedEvent.Put put -> {
                ledger.written();
                explainer.put(
                        node,
                        put.value().key(),
                        atMillis,
                        put.overEntry() ? MissExplainer.Replacing.ENTRY : MissExplainer.Replacing.NOTHING);
            }
            case WatchedEvent.Asked asked -> order.asked(asked.asked(), now);
            case WatchedEvent.Abandoned abandoned -> order.abandoned(abandoned.asked());
            case WatchedEvent.ServedLate late -> {
                followedHits++;
                served(late.answer(), Outcome.HIT, late.asked());
            }
            case WatchedEvent.Missed missed -> missed(missed, atMillis);
            case WatchedEvent.Coalesced coalesced -> {
                StoredValue value = coalesced.answer();
                served(value, Outcome.COALESCED, coalesced.asked());
                var unused = explainer.coalesced(node, value.key(), atMillis);
            }
            case WatchedEvent.Left left -> {
                explainer.evicted(node, left.eviction(), atMillis);
                departures.add(
                        id(left.eviction().key()),
                        atMillis,
                        left.eviction().cause(),
                        left.eviction().sizeBytes());
            }
            case WatchedEvent.Uncacheable uncacheable -> {
                var unused = explainer.uncacheable(node, uncacheable.why(), atMillis);
            }
            case WatchedEvent.Bypassed bypassed -> {
                var unused = explainer.bypassed(node, atMillis);
            }
        }
    }

    private void missed(WatchedEvent.Missed missed, long atMillis) {
        StoredValue answer = missed.answer();
        var unused = explainer.missed(
                node,
                missed.key(),
                missed.input(),
                answer == null ? MissExplainer.Answer.FAILED : MissExplainer.Answer.COMPUTED,
                atMillis);
        order.ended(
                missed.asked(),
                new AskedOrder.Request(id(missed.key()), now, Outcome.MISS, answer, answer == null ? 0 : hash(answer)));
        if (answer == null) {
            ledger.computed(0, Usage.NONE, prices);
        } else {
            ledger.computed(answer.computeNanos(), answer.usage(), prices);
        }
    }

    /// Large answers are not hashed for this; they count as unknown.
    private static long hash(StoredValue answer) {
        ContentHash hash = answer.sizeBytes() > MOST_HASHED_BYTES ? null : CanonicalForm.hash(answer.parts());
        return hash == null ? 0 : hash.low() == 0 ? 1 : hash.low();
    }

    /// From now on hits of other keys than these are left out where they happen.
    void follow(double share) {
        rate = share;
        curve.sampleOnly(share);
    }

    private void countUnseen(CacheSnapshot counters) {
        long unseen = Math.max(0, formerHits + counters.hits() - followedHits);
        long more = Math.max(0, unseen - unseenHits);
        if (more > 0 && rate < 1) {
            curve.skipped(more);
            ledger.servedUnseen(more);
            unseenHits = unseen;
        }
    }

    /// How many events and hits were looked at.
    long looked() {
        return handled + followedHits;
    }

    double rate() {
        return rate;
    }

    /// @param before the counters when watching began
    NodeInsight insight(CacheSnapshot counters, CacheSnapshot before) {
        countUnseen(counters);
        CacheSnapshot watched = counters.since(before);
        long lookupNanos = Math.round(counters.hitLatency().p50Ms() * NANOS_PER_MILLI * watched.requests());
        return new NodeInsight(
                node,
                cache.processor(),
                cache.settings(),
                watched,
                curve.byItems().thinned(NodeInsight.CURVE_POINTS),
                curve.byBytes().thinned(NodeInsight.CURVE_POINTS),
                explainer.counts(node),
                ledger.balance(prices, lookupNanos, formerWriteNanos + cache.writeNanos()),
                analytics.report(),
                analytics.history(),
                rate);
    }

    CacheHistory history(CacheSnapshot counters) {
        List<CacheRequest> requests = log.requests();
        Map<Long, RequestPrint> prints = new HashMap<>();
        for (RequestPrint print : explainer.prints(node)) {
            prints.put(id(print.key()), print);
        }
        long overhead = counters.hitLatency().samples() == 0
                ? -1
                : Math.round(counters.hitLatency().p50Ms() * NANOS_PER_MILLI);
        return new CacheHistory(
                node, cache.processor(), cache.settings(), requests, departures.departures(), prints, rate, overhead);
    }
}
