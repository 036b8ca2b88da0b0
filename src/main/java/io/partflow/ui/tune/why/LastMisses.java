package io.partflow.ui.tune.why;

import io.partflow.engine.insight.why.MissExplanation;
import io.partflow.ui.support.Messages;
import java.util.List;
import javafx.collections.ListChangeListener;
import javafx.scene.control.Hyperlink;
import javafx.scene.control.Label;
import javafx.scene.layout.VBox;
import org.jspecify.annotations.Nullable;

/// The last misses of one node, each a link to its explanation: a section of the node's inspector. FX thread.
public final class LastMisses extends VBox {
    private static final int MOST = 5;

    private final MissesViewModel model;
    private final Runnable why;
    private final VBox links = new VBox();
    private @Nullable String node;
    private List<MissExplanation> shown = List.of();

    /// @param why brings the explanation of the selected miss in front
    public LastMisses(MissesViewModel model, Runnable why) {
        this.model = model;
        this.why = why;
        getStyleClass().add("inspector-section");
        Label title = new Label(Messages.text("tune.misses.last"));
        title.getStyleClass().add("section-title");
        getChildren().setAll(title, links);
        model.rows().addListener((ListChangeListener<MissExplanation>) change -> show());
        show();
    }

    /// Shows the misses of another node; null when none is selected.
    public void follow(@Nullable String id) {
        node = id;
        show();
    }

    private void show() {
        List<MissExplanation> last = node == null ? List.of() : model.last(node, MOST);
        setVisible(!last.isEmpty());
        setManaged(!last.isEmpty());
        if (last.equals(shown)) {
            return;
        }
        shown = last;
        links.getChildren().setAll(last.stream().map(this::link).toList());
    }

    private Hyperlink link(MissExplanation miss) {
        Hyperlink link = new Hyperlink(MissesViewModel.moment(miss) + "  " + MissWords.sentence(miss.cause()));
        link.getStyleClass().add("miss-link");
        link.setMinWidth(0);
        link.setMaxWidth(Double.MAX_VALUE);
        link.setOnAction(event -> {
            link.setVisited(false);
            model.selectedProperty().set(miss);
            why.run();
        });
        return link;
    }
}
