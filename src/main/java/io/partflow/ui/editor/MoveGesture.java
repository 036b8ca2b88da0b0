package io.partflow.ui.editor;

import io.partflow.pipeline.PipelineNode;
import io.partflow.pipeline.Wire;
import io.partflow.ui.editor.model.CanvasModel;
import io.partflow.ui.editor.model.CanvasSelection.Mode;
import io.partflow.ui.editor.model.NodeMeasures;
import java.util.Optional;
import javafx.geometry.Point2D;
import javafx.geometry.Rectangle2D;
import javafx.scene.input.MouseEvent;

/// Selects a node by a click, or moves the selected nodes: one edit for the whole drag. A single unwired node may
/// be dropped into a wire.
final class MoveGesture implements Gesture {
    private static final double SPLICE_REACH = 20;

    private final CanvasView canvas;
    private final CanvasModel model;
    private final String node;
    private final Mode mode;
    private final boolean wasSelected;
    private final Point2D start;
    private final Point2D pressed;
    private boolean moving;
    private Optional<Wire> splice = Optional.empty();

    MoveGesture(CanvasView canvas, String node, MouseEvent press) {
        this.canvas = canvas;
        this.model = canvas.model();
        this.node = node;
        this.mode = MarqueeGesture.mode(press);
        this.wasSelected = model.selection().nodes().contains(node);
        this.start = model.viewport().toWorld(press.getX(), press.getY());
        this.pressed = new Point2D(press.getX(), press.getY());
        if (!wasSelected || mode != Mode.REPLACE) {
            model.selection().selectNode(node, mode);
        } else {
            model.selection().focus(node);
        }
    }

    @Override
    public void drag(MouseEvent event) {
        if (!moving && pressed.distance(event.getX(), event.getY()) < NodeMeasures.DRAG_START) {
            return;
        }
        if (!model.selection().nodes().contains(node)) {
            return;
        }
        moving = true;
        canvas.panAtEdge(event);
        Point2D now = model.viewport().toWorld(event.getX(), event.getY());
        CanvasModel.Grid grid = event.isShiftDown() ? CanvasModel.Grid.FREE : CanvasModel.Grid.SNAP;
        model.dragSelection(node, now.getX() - start.getX(), now.getY() - start.getY(), grid);
        splice = event.isAltDown() ? Optional.empty() : wireBelow();
        canvas.markWire(splice);
    }

    private Optional<Wire> wireBelow() {
        if (model.selection().nodes().size() != 1) {
            return Optional.empty();
        }
        return model.graph().node(node).flatMap(this::wireBelow);
    }

    private Optional<Wire> wireBelow(PipelineNode moved) {
        Rectangle2D box = model.box(moved);
        Point2D middle = new Point2D(box.getMinX() + box.getWidth() / 2, box.getMinY() + NodeMeasures.HEADER / 2);
        return model.wireAt(middle, SPLICE_REACH)
                .filter(wire -> model.edits().splice(node, wire).isPresent());
    }

    @Override
    public void release(MouseEvent event) {
        canvas.markWire(Optional.empty());
        if (moving) {
            model.dropSelection(splice);
        } else if (wasSelected && mode == Mode.REPLACE) {
            model.selection().selectNode(node, Mode.REPLACE);
        }
    }

    @Override
    public void cancel() {
        canvas.markWire(Optional.empty());
        model.cancelDrag();
    }
}
