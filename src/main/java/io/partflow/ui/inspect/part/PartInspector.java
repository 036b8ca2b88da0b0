package io.partflow.ui.inspect.part;

import io.partflow.engine.content.Part;
import io.partflow.engine.run.RunSnapshot;
import java.util.List;
import java.util.concurrent.Executor;
import javafx.scene.control.ScrollPane;
import javafx.scene.layout.VBox;
import org.jspecify.annotations.Nullable;

/// The inspector's tab "Part": the last part that the selected node passed on, kept after the run. FX thread.
public final class PartInspector extends ScrollPane {
    private final PartViewer viewer;
    private @Nullable String node;

    /// @param background where parts are read and decoded
    /// @param fx leads back to the thread of the views
    public PartInspector(Executor background, Executor fx) {
        viewer = new PartViewer(background, fx);
        VBox body = new VBox(viewer);
        body.getStyleClass().add("part-viewer-body");
        setContent(body);
        setFitToWidth(true);
        setHbarPolicy(ScrollBarPolicy.NEVER);
        viewer.show(List.of());
    }

    /// Follows another node; null when none is selected.
    public void follow(@Nullable String nodeId) {
        if (nodeId == null || !nodeId.equals(node)) {
            node = nodeId;
            viewer.show(List.of());
        }
    }

    /// Takes a sample; a listener of the snapshot pump.
    public void sample(@Nullable RunSnapshot previous, RunSnapshot current, long elapsedNanos) {
        String followed = node;
        if (followed != null) {
            Part last = current.node(followed).map(each -> each.lastPart()).orElse(null);
            viewer.show(last == null ? List.of() : List.of(last));
        }
    }
}
