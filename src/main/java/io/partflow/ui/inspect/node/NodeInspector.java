package io.partflow.ui.inspect.node;

import io.partflow.ui.inspect.form.FileChoice;
import java.util.ArrayList;
import java.util.List;
import javafx.scene.Node;
import javafx.scene.control.ScrollPane;
import javafx.scene.layout.StackPane;
import org.jspecify.annotations.Nullable;

/// The inspector's tab "Node": the selected node, or a guide while there is none. FX thread.
///
/// What shows a node is made when the first one is selected: the window opens sooner without it.
public final class NodeInspector extends StackPane {
    private final NodeInspectorViewModel model;
    private final FileChoice files;
    private final ScrollPane guideScroll;
    private final List<Node> added = new ArrayList<>();
    private @Nullable NodeDetails details;

    /// @param files asked when the user presses the chooser of a path
    public NodeInspector(NodeInspectorViewModel model, FileChoice files) {
        this.model = model;
        this.files = files;
        NodeGuide guide = new NodeGuide(model.settingsFields(), files);
        getStyleClass().add("node-inspector");
        // Where the window is low the guide scrolls, for nothing in it may be cut.
        guide.setMinHeight(USE_PREF_SIZE);
        guideScroll = new ScrollPane(guide);
        guideScroll.setFitToWidth(true);
        guideScroll.setFitToHeight(true);
        guideScroll.setHbarPolicy(ScrollPane.ScrollBarPolicy.NEVER);
        getChildren().add(guideScroll);
        model.nodeProperty().subscribe(node -> show(node != null));
    }

    /// Adds a section that another room makes, below the node's cache.
    public void addSection(Node section) {
        added.add(section);
        if (details != null) {
            details.addSection(section);
        }
    }

    private void show(boolean selected) {
        if (selected && details == null) {
            details = new NodeDetails(model, files);
            added.forEach(details::addSection);
            getChildren().add(details);
        }
        guideScroll.setVisible(!selected);
        if (details != null) {
            details.setVisible(selected);
        }
    }
}
