package io.partflow.ui.tune.sample;

import io.partflow.engine.cache.CacheRoom;
import io.partflow.engine.insight.InsightSnapshot;
import io.partflow.engine.insight.LiveInsight;
import io.partflow.engine.insight.history.PriceTable;
import io.partflow.engine.insight.why.MissExplanation;
import io.partflow.engine.stream.StreamClock;
import java.util.Optional;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/// The caches of a workbench with somebody who watches them from the first run of a pipeline on. Thread-safe.
///
/// What is known outlives runs and edits of one pipeline and is forgotten with the first run of another, or with one
/// that finds none of the entries of those before it. Before any
/// run nothing watches, and a start of the window pays nothing for it.
public final class WatchedCaches implements TuneSource, AutoCloseable {
    /// What a run finds in the caches.
    public enum Start {
        /// All that is there.
        WARM,
        /// Nothing that was there before.
        COLD
    }

    private final CacheRoom room;
    private final StreamClock clock;
    private final ReentrantLock changing = new ReentrantLock();
    private volatile @Nullable LiveInsight insight;
    private volatile PriceTable prices = PriceTable.FREE;
    private @Nullable Object watched;
    private volatile boolean forgotten;
    private volatile int runs;
    private boolean closed;

    public WatchedCaches(CacheRoom room, StreamClock clock) {
        this.room = room;
        this.clock = clock;
    }

    /// Sees to it that the caches are watched, before a run. May wait: not for the FX thread.
    ///
    /// @param pipeline stands for the pipeline that is run; the same object as long as it is the same one
    /// @param start whether the run finds what runs before it have stored
    public void begin(Object pipeline, Start start) {
        changing.lock();
        try {
            boolean continues = pipeline == watched && !forgotten && start == Start.WARM && room.count() > 0;
            if (closed || continues) {
                runs++;
                return;
            }
            LiveInsight known = insight;
            if (known == null) {
                LiveInsight fresh = LiveInsight.of(room, clock);
                fresh.price(prices);
                insight = fresh;
            } else {
                known.startOver();
            }
            watched = pipeline;
            forgotten = false;
            runs = 1;
        } finally {
            changing.unlock();
        }
    }

    @Override
    public InsightSnapshot latest() {
        LiveInsight now = insight;
        return now == null || forgotten ? InsightSnapshot.NONE : now.latest();
    }

    @Override
    public int runs() {
        return runs;
    }

    @Override
    public void forget() {
        forgotten = true;
    }

    @Override
    public Optional<MissExplanation.Detail> detail(MissExplanation miss) {
        LiveInsight now = insight;
        return now == null ? Optional.empty() : now.detail(miss);
    }

    @Override
    public void price(PriceTable table) {
        prices = table;
        LiveInsight now = insight;
        if (now != null) {
            now.price(table);
        }
    }

    /// Ends watching, for good; waits for the threads that watch.
    @Override
    public void close() {
        changing.lock();
        try {
            closed = true;
            LiveInsight now = insight;
            insight = null;
            if (now != null) {
                now.close();
            }
        } finally {
            changing.unlock();
        }
    }
}
