package io.partflow.ui.tune;

import io.partflow.engine.cache.CacheKey;
import io.partflow.ui.tune.advice.AdviceView;
import io.partflow.ui.tune.advice.AdviceViewModel;
import io.partflow.ui.tune.curve.CurveView;
import io.partflow.ui.tune.curve.CurveViewModel;
import io.partflow.ui.tune.ledger.LedgerView;
import io.partflow.ui.tune.ledger.LedgerViewModel;
import io.partflow.ui.tune.ledger.PriceFile;
import io.partflow.ui.tune.reuse.ReuseView;
import io.partflow.ui.tune.reuse.ReuseViewModel;
import io.partflow.ui.tune.sample.TuneFeed;
import io.partflow.ui.tune.sample.TuneGround;
import io.partflow.ui.tune.sample.TuneSource;
import io.partflow.ui.tune.why.LastMisses;
import io.partflow.ui.tune.why.MissesView;
import io.partflow.ui.tune.why.MissesViewModel;
import io.partflow.ui.tune.why.WhyView;
import io.partflow.ui.tune.why.WhyViewModel;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Executor;
import javafx.scene.Node;
import javafx.scene.layout.VBox;
import org.jspecify.annotations.Nullable;

/// All views of this room and the models they share. FX thread.
public final class TuneDesk {
    private final TuneFeed feed;
    private final CurveViewModel curve;
    private final MissesViewModel misses;
    private final WhyViewModel why;
    private final ReuseViewModel reuse;
    private final LedgerViewModel ledger;
    private final AdviceViewModel advice;
    private final PriceFile prices;
    private final List<Node> views = new ArrayList<>();
    private @Nullable LastMisses lastMisses;
    private Runnable showWhy = () -> {};

    /// @param source knows what the history of the caches says
    /// @param ground the pipeline that is tuned
    /// @param prices keeps what the user says things cost
    /// @param background runs what may take a while
    /// @param fx leads back to the thread of the views
    public TuneDesk(TuneSource source, TuneGround ground, PriceFile prices, Executor background, Executor fx) {
        this.prices = prices;
        feed = new TuneFeed(source, ground, background, fx);
        curve = new CurveViewModel(feed);
        misses = new MissesViewModel(feed);
        why = new WhyViewModel(feed, misses);
        reuse = new ReuseViewModel(feed);
        ledger = new LedgerViewModel(feed, prices::write);
        advice = new AdviceViewModel(feed);
    }

    /// Says what brings the explanation of a miss in front.
    public void onShowWhy(Runnable action) {
        showWhy = action;
    }

    /// The workspace "Tune".
    public Node tune() {
        return shown(new TuneView(
                feed, new CurveView(curve), new ReuseView(reuse), new LedgerView(ledger), new AdviceView(advice)));
    }

    /// Takes over the prices that were kept.
    public void loadPrices() {
        prices.read(ledger::load);
    }

    /// The list of requests that were not served.
    public Node misses() {
        return shown(new MissesView(misses, () -> showWhy.run()));
    }

    /// The explanation of the selected miss.
    public Node why() {
        return shown(new WhyView(why, misses));
    }

    /// The last misses of the node that is selected elsewhere; see [#follow].
    public Node lastMisses() {
        LastMisses view = new LastMisses(misses, () -> showWhy.run());
        lastMisses = view;
        // It hides itself while it is empty, and what is hidden gets no samples.
        return shown(new VBox(view));
    }

    private Node shown(Node view) {
        views.add(view);
        feed.tick();
        return view;
    }

    /// Looks at another node; null when none is selected.
    public void follow(@Nullable String node) {
        if (node != null && feed.ground().settings().apply(node).isPresent()) {
            feed.chosenProperty().set(node);
        }
        LastMisses view = lastMisses;
        if (view != null) {
            view.follow(node);
        }
    }

    /// Explains the last miss of a key.
    ///
    /// @return whether one is remembered
    public boolean explain(CacheKey key) {
        feed.tick();
        boolean found = misses.select(key);
        if (found) {
            showWhy.run();
        }
        return found;
    }

    /// Explains the newest miss of all, where none is selected, and brings the explanation in front.
    public void explainNewest() {
        feed.tick();
        if (misses.selectedProperty().get() == null) {
            misses.step(MissesViewModel.Way.OLDER);
        }
        showWhy.run();
    }

    /// Takes a sample if one of the views is on the screen; called at every tick of the window's clock.
    public void sample() {
        if (views.stream().anyMatch(TuneDesk::isSeen)) {
            feed.tick();
        }
    }

    /// Shows what an edit has changed.
    public void edited() {
        curve.show();
        reuse.show();
        advice.show();
    }

    /// Forgets everything, as another pipeline is shown.
    public void clear() {
        misses.selectedProperty().set(null);
        misses.nodeProperty().set(null);
        misses.kindProperty().set(null);
        advice.recall();
        feed.clear();
    }

    private static boolean isSeen(Node view) {
        for (Node node = view; node != null; node = node.getParent()) {
            if (!node.isVisible()) {
                return false;
            }
        }
        return view.getScene() != null;
    }

    public MissesViewModel missList() {
        return misses;
    }

    public CurveViewModel sizeCurve() {
        return curve;
    }

    public AdviceViewModel advice() {
        return advice;
    }
}
