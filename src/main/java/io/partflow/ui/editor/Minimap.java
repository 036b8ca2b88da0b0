package io.partflow.ui.editor;

import io.partflow.pipeline.PipelineNode;
import io.partflow.ui.editor.model.CanvasModel;
import io.partflow.ui.editor.model.NodeFace;
import io.partflow.ui.editor.model.Viewport;
import io.partflow.ui.support.Messages;
import io.partflow.ui.support.Theme;
import io.partflow.ui.support.ThemeColors;
import javafx.geometry.Point2D;
import javafx.geometry.Rectangle2D;
import javafx.scene.AccessibleRole;
import javafx.scene.canvas.Canvas;
import javafx.scene.canvas.GraphicsContext;
import javafx.scene.input.MouseEvent;
import javafx.scene.layout.Region;

/// The overview at the bottom right: all nodes, tinted by their hit ratio, and a frame around what is seen.
/// Dragging the frame pans.
final class Minimap extends Region {
    static final double WIDTH = 180;
    static final double HEIGHT = 120;
    private static final double INSET = 6;

    private final CanvasModel model;
    private final Canvas drawing = new Canvas(WIDTH, HEIGHT);
    private boolean wanted = true;
    private boolean asked;
    private boolean possible = true;
    private double scale = 1;
    private double offsetX;
    private double offsetY;

    Minimap(CanvasModel model) {
        this.model = model;
        getStyleClass().add("minimap");
        setId("minimap");
        setAccessibleRole(AccessibleRole.IMAGE_VIEW);
        setAccessibleText(Messages.text("editor.minimap.spoken"));
        getChildren().add(drawing);
        addEventHandler(MouseEvent.MOUSE_PRESSED, this::goTo);
        addEventHandler(MouseEvent.MOUSE_DRAGGED, this::goTo);
    }

    void toggle() {
        wanted = !isVisible();
        asked = wanted;
        draw();
    }

    void setShown(boolean nodesExist) {
        possible = nodesExist;
        draw();
    }

    private void goTo(MouseEvent event) {
        double worldX = (event.getX() - offsetX) / scale;
        double worldY = (event.getY() - offsetY) / scale;
        Viewport now = model.viewport();
        Point2D shown = now.toScreen(worldX, worldY);
        model.viewportProperty().set(now.panned(model.width() / 2 - shown.getX(), model.height() / 2 - shown.getY()));
        event.consume();
    }

    void draw() {
        setVisible(wanted && possible && (asked || !isInTheWay()));
        GraphicsContext pen = drawing.getGraphicsContext2D();
        pen.clearRect(0, 0, WIDTH, HEIGHT);
        if (!isVisible()) {
            return;
        }
        Rectangle2D seen = model.viewport().seen(model.width(), model.height());
        Rectangle2D all = model.content().map(nodes -> union(nodes, seen)).orElse(seen);
        scale = Math.min(
                (WIDTH - 2 * INSET) / Math.max(1, all.getWidth()), (HEIGHT - 2 * INSET) / Math.max(1, all.getHeight()));
        offsetX = WIDTH / 2 - (all.getMinX() + all.getWidth() / 2) * scale;
        offsetY = HEIGHT / 2 - (all.getMinY() + all.getHeight() / 2) * scale;
        ThemeColors colors = Theme.current().colors();
        for (PipelineNode node : model.graph().nodes()) {
            Rectangle2D box = model.box(node);
            NodeFace.CacheFace cache = model.face(node.id()).cache();
            pen.setFill(colors.color("-color-border-default"));
            fill(pen, box);
            if (cache != null && !Double.isNaN(cache.hitRatio())) {
                pen.setFill(colors.color("-pf-hit", cache.hitRatio()));
                fill(pen, box);
            }
        }
        pen.setStroke(colors.color("-color-accent-fg"));
        pen.setLineWidth(1.5);
        pen.strokeRoundRect(
                Math.rint(seen.getMinX() * scale + offsetX) + 0.5,
                Math.rint(seen.getMinY() * scale + offsetY) + 0.5,
                Math.rint(seen.getWidth() * scale) - 1,
                Math.rint(seen.getHeight() * scale) - 1,
                4,
                4);
    }

    /// Whether it is of no use, as everything can be seen, or the canvas is too small for it.
    private boolean isInTheWay() {
        if (model.width() < 3 * WIDTH || model.height() < 2.5 * HEIGHT) {
            return true;
        }
        Rectangle2D seen = model.viewport().seen(model.width(), model.height());
        return model.content().map(seen::contains).orElse(true);
    }

    private void fill(GraphicsContext pen, Rectangle2D box) {
        pen.fillRoundRect(
                box.getMinX() * scale + offsetX,
                box.getMinY() * scale + offsetY,
                box.getWidth() * scale,
                box.getHeight() * scale,
                3,
                3);
    }

    private static Rectangle2D union(Rectangle2D a, Rectangle2D b) {
        double left = Math.min(a.getMinX(), b.getMinX());
        double top = Math.min(a.getMinY(), b.getMinY());
        return new Rectangle2D(
                left, top, Math.max(a.getMaxX(), b.getMaxX()) - left, Math.max(a.getMaxY(), b.getMaxY()) - top);
    }
}
