package io.partflow.ui.editor;

import io.partflow.ui.editor.model.NodeMeasures;
import io.partflow.ui.editor.model.Viewport;
import javafx.scene.Cursor;
import javafx.scene.input.MouseButton;
import javafx.scene.input.MouseEvent;

/// Moves the view. A press of the secondary button that does not move opens the menu instead.
final class PanGesture implements Gesture {
    private final CanvasView canvas;
    private final Viewport before;
    private final double startX;
    private final double startY;
    private final MouseButton button;
    private boolean moved;

    PanGesture(CanvasView canvas, MouseEvent press) {
        this.canvas = canvas;
        this.before = canvas.model().viewport();
        this.startX = press.getX();
        this.startY = press.getY();
        this.button = press.getButton();
    }

    @Override
    public void drag(MouseEvent event) {
        double dx = event.getX() - startX;
        double dy = event.getY() - startY;
        boolean waits = button == MouseButton.SECONDARY && !moved;
        if (waits && Math.hypot(dx, dy) < NodeMeasures.DRAG_START) {
            return;
        }
        moved = true;
        canvas.setCursor(Cursor.CLOSED_HAND);
        canvas.model().viewportProperty().set(before.panned(dx, dy));
    }

    @Override
    public void release(MouseEvent event) {
        canvas.setCursor(Cursor.DEFAULT);
        if (!moved && button == MouseButton.SECONDARY) {
            canvas.menu().show(event);
        }
    }

    @Override
    public void cancel() {
        canvas.setCursor(Cursor.DEFAULT);
        canvas.model().viewportProperty().set(before);
    }
}
