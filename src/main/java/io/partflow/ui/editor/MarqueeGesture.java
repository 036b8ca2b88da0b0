package io.partflow.ui.editor;

import io.partflow.ui.editor.model.CanvasSelection;
import io.partflow.ui.editor.model.CanvasSelection.Mode;
import java.util.Set;
import javafx.geometry.Point2D;
import javafx.geometry.Rectangle2D;
import javafx.scene.input.MouseEvent;

/// Selects by a rectangle; nodes light up while it grows. Shift adds, Ctrl toggles. A click that does not move
/// selects nothing.
final class MarqueeGesture implements Gesture {
    private final CanvasView canvas;
    private final Point2D start;
    private final Set<String> selected;
    private final Mode mode;

    MarqueeGesture(CanvasView canvas, MouseEvent press) {
        this.canvas = canvas;
        this.start = canvas.model().viewport().toWorld(press.getX(), press.getY());
        this.selected = Set.copyOf(canvas.model().selection().nodes());
        this.mode = mode(press);
        if (mode == Mode.REPLACE) {
            canvas.model().selection().clear();
        }
    }

    static Mode mode(MouseEvent event) {
        if (event.isShiftDown()) {
            return Mode.ADD;
        }
        return event.isShortcutDown() ? Mode.TOGGLE : Mode.REPLACE;
    }

    @Override
    public void drag(MouseEvent event) {
        canvas.panAtEdge(event);
        Point2D now = canvas.model().viewport().toWorld(event.getX(), event.getY());
        Rectangle2D area = new Rectangle2D(
                Math.min(start.getX(), now.getX()),
                Math.min(start.getY(), now.getY()),
                Math.abs(now.getX() - start.getX()),
                Math.abs(now.getY() - start.getY()));
        canvas.overlay().showMarquee(area, canvas.model().viewport());
        CanvasSelection selection = canvas.model().selection();
        selection.marquee(selected, canvas.model().nodesIn(area), mode);
    }

    @Override
    public void release(MouseEvent event) {
        canvas.overlay().hideMarquee();
    }

    @Override
    public void cancel() {
        canvas.overlay().hideMarquee();
        canvas.model().selection().selectNodes(selected, Mode.REPLACE);
    }
}
