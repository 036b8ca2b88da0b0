package io.partflow.ui.tune;

import io.partflow.engine.cache.CacheSettings;
import io.partflow.engine.insight.InsightSnapshot;
import io.partflow.engine.insight.NodeAnalysis;
import io.partflow.engine.insight.WatchedCache;
import io.partflow.engine.insight.history.PriceTable;
import io.partflow.engine.insight.why.MissExplanation;
import io.partflow.pipeline.edit.EditCommand;
import io.partflow.pipeline.edit.SetCache;
import io.partflow.ui.tune.sample.TuneFeed;
import io.partflow.ui.tune.sample.TuneGround;
import io.partflow.ui.tune.sample.TuneSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// A real cache that is watched, and a feed over it that does everything at once.
public final class TuneBench implements TuneSource, AutoCloseable {
    public final WatchedCache cache;
    public final List<EditCommand> edits = new ArrayList<>();
    public final TuneFeed feed;
    public PriceTable prices = PriceTable.FREE;
    public @Nullable CacheSettings settings;
    /// Whether the earlier inputs are still there.
    public boolean remembers = true;

    /// Is called whenever the latest snapshot is asked for.
    public Runnable onAsked = () -> {};

    private InsightSnapshot latest = InsightSnapshot.NONE;

    public TuneBench(CacheSettings settings) {
        this.settings = settings;
        cache = new WatchedCache(settings);
        feed = new TuneFeed(
                this,
                new TuneGround(
                        id -> "The " + id,
                        id -> Optional.ofNullable(this.settings).filter(any -> id.equals(WatchedCache.NODE)),
                        this::execute),
                Runnable::run,
                Runnable::run);
    }

    private void execute(EditCommand command) {
        edits.add(command);
        if (command instanceof SetCache(String node, CacheSettings changed)) {
            settings = changed;
        }
    }

    /// Takes a snapshot of now and a sample of it.
    public void sample() {
        latest = new InsightSnapshot(
                latest.number() + 1,
                cache.clock.millis(),
                List.of(new InsightSnapshot.OfNode(
                        cache.now(), NodeAnalysis.of(cache.history(), cache.clock.millis()))),
                cache.insight.explanations());
        feed.tick();
    }

    @Override
    public InsightSnapshot latest() {
        onAsked.run();
        return latest;
    }

    @Override
    public int runs() {
        return 1;
    }

    @Override
    public void forget() {
        latest = InsightSnapshot.NONE;
    }

    @Override
    public Optional<MissExplanation.Detail> detail(MissExplanation miss) {
        return remembers ? cache.insight.detail(miss) : Optional.empty();
    }

    @Override
    public void price(PriceTable table) {
        prices = table;
        cache.insight.price(table);
    }

    @Override
    public void close() {
        cache.close();
    }
}
