package io.partflow.ui.tune;

import io.partflow.engine.cache.CacheKey;
import io.partflow.ui.tune.curve.CurveViewModel;
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
import org.jspecify.annotations.Nullable;

/// All views of this room and the models they share. FX thread.
public final class TuneDesk {
    private final TuneFeed feed;
    private final CurveViewModel curve;
    private final MissesViewModel misses;
    private final WhyViewModel why;
    private final List<Node> views = new ArrayList<>();
    private @Nullable LastMisses lastMisses;
    private Runnable showWhy = () -> {};

    /// @param source knows what the history of the caches says
    /// @param ground the pipeline that is tuned
    /// @param background runs what may take a while
    /// @param fx leads back to the thread of the views
    public TuneDesk(TuneSource source, TuneGround ground, Executor background, Executor fx) {
        feed = new TuneFeed(source, ground, background, fx);
        curve = new CurveViewModel(feed);
        misses = new MissesViewModel(feed);
        why = new WhyViewModel(feed, misses);
    }

    /// Says what brings the explanation of a miss in front.
    public void onShowWhy(Runnable action) {
        showWhy = action;
    }

    /// The workspace "Tune".
    public Node tune() {
        return shown(new TuneView(feed, curve));
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
        return shown(view);
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
    }

    /// Forgets everything, as another pipeline is shown.
    public void clear() {
        misses.selectedProperty().set(null);
        misses.nodeProperty().set(null);
        misses.kindProperty().set(null);
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
}
