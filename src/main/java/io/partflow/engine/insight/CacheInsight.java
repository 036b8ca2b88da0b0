package io.partflow.engine.insight;

import io.partflow.engine.cache.CacheKey;
import io.partflow.engine.cache.CacheRoom;
import io.partflow.engine.cache.CacheSnapshot;
import io.partflow.engine.cache.CacheWatcher;
import io.partflow.engine.cache.ContentCache;
import io.partflow.engine.cache.EvictionListener.Eviction;
import io.partflow.engine.cache.StoredValue;
import io.partflow.engine.content.Part;
import io.partflow.engine.insight.curve.KeyTable;
import io.partflow.engine.insight.curve.ShardsCurve;
import io.partflow.engine.insight.history.CacheHistory;
import io.partflow.engine.insight.history.LogRoom;
import io.partflow.engine.insight.history.PriceTable;
import io.partflow.engine.insight.why.MissExplainer;
import io.partflow.engine.insight.why.MissExplanation;
import io.partflow.engine.stream.StreamClock;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/// Watches the caches of a room and knows what their history says. Thread-safe; to be closed.
///
/// A hit costs the thread that is served a few nanoseconds and no lock: it leaves the value in a buffer,
/// which a thread of this object's own looks at, or whoever asks for a snapshot. Numbers are of everything
/// that has happened before the question was asked.
public final class CacheInsight implements AutoCloseable {
    /*
     * Load. Up to about a million hits a second everything is looked at, and curves are exact. Beyond that, keys are
     * sampled where hits happen: those whose hash lies above a threshold leave nothing behind. The threshold is
     * lowered whenever more came than that, or a buffer was full, to a rate at which leaving hits behind and
     * looking at
     * them takes a few per cent of one processor; so few that, once keys are sampled, the rate may grow by half
     * before
     * it is lowered again. It stays lowered: a curve whose sample grows again would count known keys as new.
     */
    static final long MOST_PER_SECOND = 1_250_000;

    private static final double SAMPLED_PER_SECOND = 300_000;
    private static final double MOST_SAMPLED_PER_SECOND = 450_000;
    private static final int ALL = ShardsCurve.PLACES;
    private static final int LEAST = ALL >>> 14;
    private static final long IDLE_NANOS = TimeUnit.MILLISECONDS.toNanos(50);
    private static final long WINDOW_NANOS = TimeUnit.MILLISECONDS.toNanos(100);
    private static final long WAKE_EVERY = HitBuffer.SLOTS / 4;
    private static final int MOST_EVENTS = 1 << 16;
    private static final long MOST_LINES = 3L << 16;

    private final CacheRoom room;
    private final StreamClock clock;
    private final ReentrantLock lock = new ReentrantLock();
    private final MissExplainer explainer = new MissExplainer();
    private final LogRoom logs = new LogRoom(MOST_LINES);
    private final Map<String, NodeWatch> nodes = new ConcurrentHashMap<>();
    private final Map<ContentCache, NodeWatch> watches = new ConcurrentHashMap<>();
    // Of caches that were there when watching began.
    private final Map<ContentCache, CacheSnapshot> before = new ConcurrentHashMap<>();
    private final AtomicLong requests = new AtomicLong();
    private volatile int followed = ALL;
    private volatile PriceTable prices = PriceTable.FREE;
    private volatile boolean closed;
    private volatile @Nullable Thread looker;
    private final CacheWatcher watcher = new Watcher();
    private long windowStart;
    private long inWindow;

    private CacheInsight(CacheRoom room, StreamClock clock) {
        this.room = room;
        this.clock = clock;
        this.windowStart = clock.nanos();
    }

    /// Watches a room from now on, with a thread of its own that looks at what happens.
    public static CacheInsight of(CacheRoom room, StreamClock clock) {
        CacheInsight insight = watching(room, clock);
        Thread thread = Thread.ofPlatform().daemon().name("partflow-insight").unstarted(insight::look);
        insight.looker = thread;
        thread.start();
        return insight;
    }

    /// Watches a room, and looks at what has happened only when asked.
    static CacheInsight watching(CacheRoom room, StreamClock clock) {
        CacheInsight insight = new CacheInsight(room, clock);
        room.distinctCaches().forEach(cache -> insight.before.put(cache, cache.snapshot()));
        room.watch(insight.watcher);
        return insight;
    }

    private void look() {
        while (!closed) {
            drain();
            LockSupport.parkNanos(this, IDLE_NANOS);
        }
    }

    /// Receives what happens, on the threads it happens on.
    private final class Watcher implements CacheWatcher {
        @Override
        public boolean follows(CacheKey key) {
            int limit = followed;
            return limit == ALL || (KeyTable.mix(NodeWatch.id(key)) >>> 40) < limit;
        }

        @Override
        public void hit(ContentCache cache, StoredValue value) {
            NodeWatch node = watch(cache);
            long place = node.hits.offer(value);
            if (place < 0) {
                node.refused.increment();
            } else if (place % WAKE_EVERY == WAKE_EVERY - 1) {
                LockSupport.unpark(looker);
            }
        }

        @Override
        public void cleared() {
            forget();
        }

        @Override
        public void put(ContentCache cache, StoredValue value) {
            boolean overEntry = cache.peek(value.key()).isPresent();
            tell(cache, new WatchedEvent.Put(value, overEntry));
        }

        @Override
        public long asked(ContentCache cache, CacheKey key) {
            long asked = requests.incrementAndGet();
            tell(cache, new WatchedEvent.Asked(asked));
            return asked;
        }

        @Override
        public void abandoned(ContentCache cache, long asked) {
            tell(cache, new WatchedEvent.Abandoned(asked));
        }

        @Override
        public void hit(ContentCache cache, StoredValue value, long asked) {
            tell(cache, new WatchedEvent.ServedLate(value, asked));
        }

        @Override
        public void missed(
                ContentCache cache, CacheKey key, List<Part> input, @Nullable StoredValue computed, long asked) {
            tell(cache, new WatchedEvent.Missed(key, input, computed, asked));
        }

        @Override
        public void coalesced(ContentCache cache, StoredValue value, long asked) {
            tell(cache, new WatchedEvent.Coalesced(value, asked));
        }

        @Override
        public void uncacheable(ContentCache cache, List<Part> input, Uncacheable why) {
            tell(cache, new WatchedEvent.Uncacheable(why));
        }

        @Override
        public void bypassed(ContentCache cache) {
            tell(cache, new WatchedEvent.Bypassed());
        }

        @Override
        public void evicted(ContentCache cache, Eviction eviction) {
            tell(cache, new WatchedEvent.Left(eviction));
        }

        private void tell(ContentCache cache, WatchedEvent event) {
            int waiting = watch(cache).happened(event, clock.millis());
            // Whoever computes faster than misses can be explained helps to explain. A miss alone may wait for that:
            // other events come from inside a tier, which whoever holds the lock may be asking.
            if (waiting > MOST_EVENTS && event instanceof WatchedEvent.Missed) {
                drain();
            }
        }
    }

    private NodeWatch watch(ContentCache cache) {
        NodeWatch known = watches.get(cache);
        return known == null ? adopt(cache) : known;
    }

    /// Takes no lock: this may run inside a tier that is making room, while the tier's counters are being asked for.
    private NodeWatch adopt(ContentCache cache) {
        NodeWatch node = nodes.computeIfAbsent(cache.node(), id -> new NodeWatch(cache, explainer, logs));
        ContentCache former = node.adopt(cache);
        if (former != null) {
            watches.remove(former);
        }
        watches.put(cache, node);
        return node;
    }

    /// Forgets the nodes and what happened to them: their caches are gone, and others under their names are new.
    private void forget() {
        lock.lock();
        try {
            nodes.clear();
            before.clear();
            watches.clear();
            followed = ALL;
            inWindow = 0;
        } finally {
            lock.unlock();
        }
    }

    /// Looks at everything that has happened so far.
    public void drain() {
        lock.lock();
        try {
            long refused = 0;
            for (NodeWatch node : nodes.values()) {
                if (node.rate() * ALL > followed) {
                    node.follow(followed / (double) ALL);
                }
                inWindow += node.drain(clock.millis(), prices);
                refused += node.refused.sumThenReset();
            }
            long now = clock.nanos();
            long elapsed = now - windowStart;
            double perSecond = inWindow / Math.max(1e-9, elapsed / 1e9);
            if (elapsed >= WINDOW_NANOS && perSecond > (followed == ALL ? MOST_PER_SECOND : MOST_SAMPLED_PER_SECOND)) {
                follow(Math.min(0.5, SAMPLED_PER_SECOND / perSecond));
            } else if (refused > 0) {
                follow(0.5);
            }
            if (elapsed >= WINDOW_NANOS || refused > 0) {
                windowStart = now;
                inWindow = 0;
            }
        } finally {
            lock.unlock();
        }
    }

    /// Follows a share of the keys that are followed now.
    private void follow(double share) {
        int fewer = Math.max(LEAST, (int) (followed * share));
        nodes.values().forEach(node -> node.follow(fewer / (double) ALL));
        followed = fewer;
    }

    /// What things cost, from now on.
    public void price(PriceTable table) {
        prices = table;
    }

    /// How much has happened that was looked at: if it is the same again, so is everything else.
    long events() {
        lock.lock();
        try {
            drain();
            return nodes.values().stream().mapToLong(NodeWatch::looked).sum();
        } finally {
            lock.unlock();
        }
    }

    /// The nodes whose caches were asked, in no order.
    List<String> nodes() {
        return List.copyOf(nodes.keySet());
    }

    /// What the history of each node's cache says now, by node.
    public List<NodeInsight> snapshot() {
        // The counters first and without the lock: asking for them lets go what has expired, which is an event.
        Map<NodeWatch, CacheSnapshot> counters = new HashMap<>();
        nodes.values().forEach(node -> counters.put(node, node.cache().snapshot()));
        lock.lock();
        try {
            drain();
            List<NodeInsight> all = new ArrayList<>();
            counters.forEach((node, counts) ->
                    all.add(node.insight(counts, before.getOrDefault(node.cache(), CacheSnapshot.EMPTY))));
            all.sort(Comparator.comparing(NodeInsight::node));
            return List.copyOf(all);
        } finally {
            lock.unlock();
        }
    }

    /// The last requests to a node's cache, for advice and what-if questions; empty if it has none.
    public Optional<CacheHistory> history(String node) {
        NodeWatch watch = nodes.get(node);
        if (watch == null) {
            return Optional.empty();
        }
        CacheSnapshot counters = watch.cache().snapshot();
        lock.lock();
        try {
            drain();
            return Optional.of(watch.history(counters));
        } finally {
            lock.unlock();
        }
    }

    /// Why the last 1,024 requests that were not served were not, oldest first.
    public List<MissExplanation> explanations() {
        lock.lock();
        try {
            drain();
            return explainer.explanations();
        } finally {
            lock.unlock();
        }
    }

    /// What makes a request differ from the nearest earlier one, as long as both are remembered.
    public Optional<MissExplanation.Detail> detail(MissExplanation explanation) {
        lock.lock();
        try {
            return explainer.detail(explanation);
        } finally {
            lock.unlock();
        }
    }

    /// Ends watching; what is known stays.
    @Override
    public void close() {
        closed = true;
        room.unwatch(watcher);
        Thread thread = looker;
        if (thread != null) {
            LockSupport.unpark(thread);
            awaitEnd(thread);
        }
        drain();
    }

    /// Waits for a thread that has been told to end, also when interrupted meanwhile.
    static void awaitEnd(Thread thread) {
        boolean interrupted = false;
        while (thread.isAlive()) {
            try {
                thread.join();
            } catch (InterruptedException e) {
                interrupted = true;
            }
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }
}
