package io.partflow.engine.insight;

import io.partflow.engine.cache.CacheRoom;
import io.partflow.engine.insight.history.CacheHistory;
import io.partflow.engine.insight.history.PriceTable;
import io.partflow.engine.insight.why.MissExplanation;
import io.partflow.engine.stream.StreamClock;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/// Watches the caches of a room for as long as a window shows them, and holds the last snapshot of what their history
/// says. Thread-safe; to be closed.
///
/// [#latest()] costs a read and may be called on the FX thread at any rate. Snapshots are taken on a thread of this
/// object's own, while somebody asks for them: numbers twice a second, what takes longer every five seconds, and both
/// less often where a look takes long, so that looking takes at most a twentieth of one processor. All other
/// methods may wait for a look that is going on: up to some seconds with a long history.
public final class LiveInsight implements AutoCloseable {
    static final long SNAPSHOT_NANOS = TimeUnit.MILLISECONDS.toNanos(500);
    static final long ANALYSIS_NANOS = TimeUnit.SECONDS.toNanos(5);
    static final long WANTED_NANOS = TimeUnit.SECONDS.toNanos(3);

    private static final long RESTING_FACTOR = 20;
    private static final long IDLE_NANOS = TimeUnit.MILLISECONDS.toNanos(250);

    private final CacheRoom room;
    private final StreamClock clock;
    private final ReentrantLock looking = new ReentrantLock();
    private volatile CacheInsight insight;
    private volatile InsightSnapshot latest = InsightSnapshot.NONE;
    private volatile PriceTable prices = PriceTable.FREE;
    private volatile long askedNanos;
    private volatile boolean closed;
    private @Nullable Thread looker;
    private Map<String, NodeAnalysis> analyses = new HashMap<>();
    private long analysedEvents = -1;
    private long lastEvents = -1;
    private long snapshotDue;
    private long analysisDue;
    private long number;

    private LiveInsight(CacheRoom room, StreamClock clock, CacheInsight insight) {
        this.room = room;
        this.clock = clock;
        this.insight = insight;
        long now = clock.nanos();
        askedNanos = now - WANTED_NANOS - 1;
        snapshotDue = now;
        analysisDue = now;
    }

    /// Watches a room from now on. At most one object may watch a room.
    public static LiveInsight of(CacheRoom room, StreamClock clock) {
        LiveInsight live = watching(room, clock);
        Thread thread = Thread.ofPlatform()
                .daemon()
                .name("partflow-insight-snapshots")
                .priority(Thread.MIN_PRIORITY)
                .unstarted(live::look);
        live.looker = thread;
        thread.start();
        return live;
    }

    /// Watches a room, and takes snapshots only when [#step()] is called.
    static LiveInsight watching(CacheRoom room, StreamClock clock) {
        return new LiveInsight(room, clock, CacheInsight.of(room, clock));
    }

    private void look() {
        while (!closed) {
            LockSupport.parkNanos(this, step());
        }
    }

    /// Does what is due. Returns in how many nanoseconds something may be due again.
    long step() {
        long now = clock.nanos();
        if (now - askedNanos > WANTED_NANOS || now - snapshotDue < 0) {
            return IDLE_NANOS;
        }
        looking.lock();
        try {
            CacheInsight watched = insight;
            long events = watched.events();
            boolean changed = events != analysedEvents;
            // Where nothing more happens, as after a run, all numbers are of the same requests soon.
            boolean settled = events == lastEvents;
            lastEvents = events;
            if (changed && (settled || now - analysisDue >= 0)) {
                analyse(watched, events);
                long end = clock.nanos();
                analysisDue = end + Math.max(ANALYSIS_NANOS, (end - now) * RESTING_FACTOR);
            }
            long start = clock.nanos();
            take(watched);
            long end = clock.nanos();
            snapshotDue = end + Math.max(SNAPSHOT_NANOS, (end - start) * RESTING_FACTOR);
            return snapshotDue - end;
        } finally {
            looking.unlock();
        }
    }

    private void analyse(CacheInsight watched, long events) {
        Map<String, NodeAnalysis> fresh = new HashMap<>();
        for (String node : watched.nodes()) {
            if (closed) {
                return;
            }
            watched.history(node).ifPresent(history -> fresh.put(node, NodeAnalysis.of(history, clock.millis())));
        }
        analyses = fresh;
        analysedEvents = events;
    }

    private void take(CacheInsight watched) {
        List<InsightSnapshot.OfNode> nodes = new ArrayList<>();
        for (NodeInsight each : watched.snapshot()) {
            nodes.add(new InsightSnapshot.OfNode(each, analyses.getOrDefault(each.node(), NodeAnalysis.NONE)));
        }
        latest = new InsightSnapshot(++number, clock.millis(), nodes, watched.explanations());
    }

    /// The last snapshot; [InsightSnapshot#NONE] before the first. Whoever asks at least every three seconds gets new
    /// ones. Never waits.
    public InsightSnapshot latest() {
        askedNanos = clock.nanos();
        return latest;
    }

    /// A snapshot of now, analyses included.
    public InsightSnapshot refresh() {
        looking.lock();
        try {
            CacheInsight watched = insight;
            analyse(watched, watched.events());
            take(watched);
            return latest;
        } finally {
            looking.unlock();
        }
    }

    /// The last requests to a node's cache, for what-if questions; empty if it has none.
    public Optional<CacheHistory> history(String node) {
        return insight.history(node);
    }

    /// What makes a request differ from the nearest earlier one, as long as both are remembered.
    public Optional<MissExplanation.Detail> detail(MissExplanation explanation) {
        return insight.detail(explanation);
    }

    /// What things cost, from now on.
    public void price(PriceTable table) {
        prices = table;
        insight.price(table);
    }

    /// Forgets all that has happened: for another document, or to look at one run alone.
    public void startOver() {
        looking.lock();
        try {
            CacheInsight former = insight;
            CacheInsight fresh = CacheInsight.of(room, clock);
            fresh.price(prices);
            insight = fresh;
            former.close();
            analyses = new HashMap<>();
            analysedEvents = -1;
            snapshotDue = clock.nanos();
            analysisDue = snapshotDue;
            latest = InsightSnapshot.NONE;
        } finally {
            looking.unlock();
        }
    }

    /// Ends watching; the last snapshot stays.
    @Override
    public void close() {
        closed = true;
        Thread thread = looker;
        if (thread != null) {
            LockSupport.unpark(thread);
            CacheInsight.awaitEnd(thread);
        }
        insight.close();
    }
}
