package io.partflow.ui.tune.sample;

import io.partflow.engine.insight.InsightSnapshot;
import io.partflow.engine.insight.InsightSnapshot.OfNode;
import io.partflow.engine.insight.why.MissExplanation;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.Executor;
import java.util.function.Consumer;
import java.util.function.Supplier;
import javafx.beans.property.ObjectProperty;
import javafx.beans.property.ReadOnlyObjectProperty;
import javafx.beans.property.ReadOnlyObjectWrapper;
import javafx.beans.property.SimpleObjectProperty;
import org.jspecify.annotations.Nullable;

/// Samples what the caches' history says, and holds the latest for the views. FX thread; knows no scene.
public final class TuneFeed {
    private final TuneSource source;
    private final TuneGround ground;
    private final Executor background;
    private final Executor fx;
    private final ReadOnlyObjectWrapper<List<OfNode>> nodes = new ReadOnlyObjectWrapper<>(this, "nodes", List.of());
    private final ObjectProperty<@Nullable String> chosen = new SimpleObjectProperty<>(this, "chosen");
    private final ReadOnlyObjectWrapper<@Nullable OfNode> node = new ReadOnlyObjectWrapper<>(this, "node");
    private final ReadOnlyObjectWrapper<List<MissExplanation>> misses =
            new ReadOnlyObjectWrapper<>(this, "misses", List.of());
    private long seen = -1;

    /// @param background where the source is asked what may take a while
    /// @param fx leads back to the thread of the views
    public TuneFeed(TuneSource source, TuneGround ground, Executor background, Executor fx) {
        this.source = source;
        this.ground = ground;
        this.background = background;
        this.fx = fx;
        chosen.subscribe((old, now) -> choose());
    }

    /// The nodes with a cache that was asked at least once, the one asked most first.
    public ReadOnlyObjectProperty<List<OfNode>> nodesProperty() {
        return nodes.getReadOnlyProperty();
    }

    /// The id of the node that is looked at; null for the one asked most.
    public ObjectProperty<@Nullable String> chosenProperty() {
        return chosen;
    }

    /// What is known of the node that is looked at; null while there is none.
    public ReadOnlyObjectProperty<@Nullable OfNode> nodeProperty() {
        return node.getReadOnlyProperty();
    }

    /// Why the last requests were not served, oldest first.
    public ReadOnlyObjectProperty<List<MissExplanation>> missesProperty() {
        return misses.getReadOnlyProperty();
    }

    public TuneSource source() {
        return source;
    }

    public TuneGround ground() {
        return ground;
    }

    /// Runs a question that may take a while in the background and hands its answer to `then` on the FX thread.
    public <T> void ask(Supplier<T> question, Consumer<T> then) {
        background.execute(() -> {
            T answer = question.get();
            fx.execute(() -> then.accept(answer));
        });
    }

    /// Takes the latest snapshot, if there is a new one; called while a view is on the screen, four times a second at
    /// most.
    public void tick() {
        InsightSnapshot now = source.latest();
        if (now.number() == seen || now.number() == 0) {
            return;
        }
        seen = now.number();
        nodes.set(now.nodes().stream()
                .filter(each -> ground.settings().apply(each.id()).isPresent())
                .sorted(Comparator.comparingLong(
                                (OfNode each) -> each.insight().counters().requests())
                        .reversed()
                        .thenComparing(OfNode::id))
                .toList());
        choose();
        if (!now.explanations().equals(misses.get())) {
            misses.set(now.explanations());
        }
    }

    private void choose() {
        String wanted = chosen.get();
        List<OfNode> known = nodes.get();
        node.set(known.stream()
                .filter(each -> each.id().equals(wanted))
                .findFirst()
                .or(() -> known.stream().findFirst())
                .orElse(null));
    }

    /// Forgets everything, as another pipeline is shown.
    public void clear() {
        source.forget();
        seen = -1;
        chosen.set(null);
        nodes.set(List.of());
        node.set(null);
        misses.set(List.of());
    }
}
