package io.partflow.ui.editor;

import io.partflow.pipeline.PortRef;
import io.partflow.pipeline.Wire;
import io.partflow.pipeline.edit.RemoveWires;
import io.partflow.ui.editor.model.CanvasModel;
import io.partflow.ui.editor.model.PortSide;
import io.partflow.ui.editor.model.Viewport;
import io.partflow.ui.editor.node.NodeView;
import io.partflow.ui.editor.node.PortView;
import io.partflow.ui.editor.node.WireView;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import javafx.event.EventTarget;
import javafx.scene.Cursor;
import javafx.scene.Node;
import javafx.scene.control.TextInputControl;
import javafx.scene.input.KeyCode;
import javafx.scene.input.KeyEvent;
import javafx.scene.input.MouseButton;
import javafx.scene.input.MouseEvent;
import javafx.scene.input.ScrollEvent;
import javafx.scene.input.ZoomEvent;
import org.jspecify.annotations.Nullable;

/// Decides which gesture a press begins, by the button, the modifiers and what lies under the pointer.
final class CanvasPointer {
    /// What a notch of an ordinary wheel scrolls.
    private static final double NOTCH_DELTA = 40;

    private final CanvasView canvas;
    private final CanvasModel model;
    private @Nullable Gesture gesture;
    private boolean spaceHeld;

    CanvasPointer(CanvasView canvas) {
        this.canvas = canvas;
        this.model = canvas.model();
        canvas.addEventHandler(MouseEvent.MOUSE_PRESSED, this::press);
        canvas.addEventHandler(MouseEvent.MOUSE_DRAGGED, this::drag);
        canvas.addEventHandler(MouseEvent.MOUSE_RELEASED, this::release);
        canvas.addEventHandler(MouseEvent.MOUSE_CLICKED, this::click);
        canvas.addEventHandler(ScrollEvent.SCROLL, this::scroll);
        canvas.addEventHandler(ZoomEvent.ZOOM, event -> {
            zoom(event.getZoomFactor(), event.getX(), event.getY());
            event.consume();
        });
        canvas.addEventHandler(KeyEvent.KEY_PRESSED, event -> space(event, true));
        canvas.addEventHandler(KeyEvent.KEY_RELEASED, event -> space(event, false));
    }

    /// Ends a gesture in progress without a trace; tells whether there was one.
    boolean cancel() {
        Gesture running = gesture;
        if (running == null) {
            return false;
        }
        gesture = null;
        running.cancel();
        return true;
    }

    private void press(MouseEvent event) {
        cancel();
        canvas.quickAdd().close();
        canvas.menu().hide();
        canvas.pointerTookOver();
        gesture = begin(event);
        event.consume();
    }

    private @Nullable Gesture begin(MouseEvent event) {
        boolean pan = event.getButton() == MouseButton.MIDDLE
                || event.getButton() == MouseButton.SECONDARY
                || (event.getButton() == MouseButton.PRIMARY && spaceHeld);
        if (pan) {
            return new PanGesture(canvas, event);
        }
        if (event.getButton() != MouseButton.PRIMARY) {
            return null;
        }
        Optional<PortView> port = find(event.getTarget(), PortView.class);
        if (port.isPresent()) {
            return onPort(port.get(), event);
        }
        Optional<NodeView> node = find(event.getTarget(), NodeView.class);
        if (node.isPresent()) {
            return new MoveGesture(canvas, node.get().nodeId(), event);
        }
        Optional<WireView> wire = find(event.getTarget(), WireView.class);
        if (wire.isPresent()) {
            if (event.isAltDown()) {
                model.edit(new RemoveWires(Set.of(wire.get().wire())));
            } else {
                model.selection().selectWire(wire.get().wire(), MarqueeGesture.mode(event));
            }
            return null;
        }
        return new MarqueeGesture(canvas, event);
    }

    private @Nullable Gesture onPort(PortView port, MouseEvent event) {
        List<Wire> wires = model.graph().wires().stream()
                .filter(wire -> (port.side() == PortSide.INPUT ? wire.to() : wire.from()).equals(port.ref()))
                .toList();
        if (event.isAltDown()) {
            if (!wires.isEmpty()) {
                model.edit(new RemoveWires(new HashSet<>(wires)));
            }
            return null;
        }
        if (port.side() == PortSide.INPUT && !wires.isEmpty()) {
            Wire taken = wires.stream()
                    .filter(model.selection().wires()::contains)
                    .findFirst()
                    .orElse(wires.getLast());
            PortRef start = taken.from();
            if (model.wiring().port(start, PortSide.OUTPUT).isPresent()) {
                return new WireGesture(canvas, start, PortSide.OUTPUT, Optional.of(taken), event);
            }
        }
        return new WireGesture(canvas, port.ref(), port.side(), Optional.empty(), event);
    }

    private void drag(MouseEvent event) {
        if (gesture != null) {
            gesture.drag(event);
        }
        event.consume();
    }

    private void release(MouseEvent event) {
        Gesture running = gesture;
        gesture = null;
        if (running != null) {
            running.release(event);
        }
        event.consume();
    }

    private void click(MouseEvent event) {
        if (event.getButton() != MouseButton.PRIMARY || event.getClickCount() != 2 || !event.isStillSincePress()) {
            return;
        }
        Optional<NodeView> node = find(event.getTarget(), NodeView.class);
        if (node.isPresent() && find(event.getTarget(), PortView.class).isEmpty()) {
            if (node.get().isTitle(event.getTarget())) {
                canvas.perform(CanvasAction.RENAME);
            } else {
                canvas.perform(CanvasAction.EDIT);
            }
        } else if (node.isEmpty() && find(event.getTarget(), WireView.class).isEmpty()) {
            canvas.quickAdd().openFree(event.getX(), event.getY());
        }
        event.consume();
    }

    private void scroll(ScrollEvent event) {
        if (event.getDeltaY() != 0) {
            zoom(Math.pow(Viewport.NOTCH, event.getDeltaY() / NOTCH_DELTA), event.getX(), event.getY());
        }
        event.consume();
    }

    private void zoom(double factor, double x, double y) {
        model.viewportProperty().set(model.viewport().zoomedTo(model.viewport().zoom() * factor, x, y));
    }

    private void space(KeyEvent event, boolean held) {
        boolean typing = event.getTarget() instanceof TextInputControl;
        if (event.getCode() == KeyCode.SPACE && !event.isShortcutDown() && !typing) {
            spaceHeld = held;
            canvas.setCursor(held ? Cursor.OPEN_HAND : Cursor.DEFAULT);
            event.consume();
        }
    }

    /// The view of a type in which an event's target lies.
    static <T> Optional<T> find(EventTarget target, Class<T> type) {
        Node at = target instanceof Node node ? node : null;
        while (at != null && !type.isInstance(at) && !(at instanceof CanvasView)) {
            at = at.getParent();
        }
        return type.isInstance(at) ? Optional.of(type.cast(at)) : Optional.empty();
    }
}
