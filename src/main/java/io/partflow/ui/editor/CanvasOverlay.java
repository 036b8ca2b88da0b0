package io.partflow.ui.editor;

import io.partflow.engine.processor.ProcessorDescriptor;
import io.partflow.ui.editor.model.NodeMeasures;
import io.partflow.ui.editor.model.Viewport;
import io.partflow.ui.support.Icons;
import java.util.Optional;
import javafx.geometry.Point2D;
import javafx.geometry.Rectangle2D;
import javafx.scene.control.Label;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Pane;
import javafx.scene.shape.Rectangle;

/// What floats above the nodes during a gesture: the marquee, the hint beside the pointer, the ghost of a node that
/// is dragged in.
final class CanvasOverlay extends Pane {
    private final Rectangle marquee = new Rectangle();
    private final Label hint = new Label();
    private final HBox ghost = new HBox();
    private String ghostOf = "";

    CanvasOverlay() {
        setMouseTransparent(true);
        marquee.getStyleClass().add("marquee");
        marquee.setVisible(false);
        hint.getStyleClass().add("canvas-hint");
        hint.setVisible(false);
        hint.setId("canvas-hint");
        ghost.getStyleClass().add("ghost-node");
        ghost.setVisible(false);
        for (var each : new javafx.scene.Node[] {marquee, hint, ghost}) {
            each.setManaged(false);
        }
        getChildren().addAll(marquee, ghost, hint);
    }

    void showMarquee(Rectangle2D world, Viewport viewport) {
        Point2D corner = viewport.toScreen(world.getMinX(), world.getMinY());
        marquee.setX(Math.rint(corner.getX()) + 0.5);
        marquee.setY(Math.rint(corner.getY()) + 0.5);
        marquee.setWidth(Math.rint(world.getWidth() * viewport.zoom()));
        marquee.setHeight(Math.rint(world.getHeight() * viewport.zoom()));
        marquee.setVisible(true);
    }

    void hideMarquee() {
        marquee.setVisible(false);
    }

    /// Shows words beside the pointer, or takes them away.
    void hint(Optional<String> words, double x, double y) {
        hint.setVisible(words.isPresent());
        words.ifPresent(text -> {
            hint.setText(text);
            hint.applyCss();
            double width = Math.min(320, Math.ceil(hint.prefWidth(-1)));
            double left = Math.clamp(x + 16, 4, Math.max(4, getWidth() - width - 4));
            double top = Math.clamp(y + 16, 4, Math.max(4, getHeight() - 30));
            hint.resizeRelocate(left, top, width, 26);
        });
    }

    /// Shows the outline of a node that would land with its top left corner at a place on the screen.
    void showGhost(ProcessorDescriptor descriptor, double x, double y, double zoom) {
        if (!ghostOf.equals(descriptor.id())) {
            ghostOf = descriptor.id();
            Label title = new Label(descriptor.title());
            title.getStyleClass().add("node-title");
            String icon = Icons.exists(descriptor.icon()) ? descriptor.icon() : "box";
            ghost.getChildren().setAll(Icons.icon(icon, 14), title);
        }
        ghost.resizeRelocate(x, y, NodeMeasures.WIDTH * zoom, Math.max(24, 56 * zoom));
        ghost.setVisible(true);
    }

    void hideGhost() {
        ghost.setVisible(false);
    }
}
