package io.partflow.ui.editor;

import io.partflow.engine.processor.PortSpec;
import io.partflow.pipeline.PipelineNode;
import io.partflow.pipeline.PortRef;
import io.partflow.pipeline.Wire;
import io.partflow.pipeline.edit.RemoveWires;
import io.partflow.ui.editor.model.CanvasModel;
import io.partflow.ui.editor.model.NodeMeasures;
import io.partflow.ui.editor.model.PortSide;
import io.partflow.ui.editor.model.WireCurve;
import io.partflow.ui.editor.model.Wiring;
import io.partflow.ui.editor.node.PortView;
import io.partflow.ui.support.Messages;
import java.util.Optional;
import java.util.Set;
import javafx.geometry.Point2D;
import javafx.scene.input.MouseEvent;

/// Draws a wire from a port, or takes the end of one to another port.
///
/// Ports that fit grow, others fade; the wire snaps to a fitting port within 24 px or to the whole body of a node
/// that has one.
final class WireGesture implements Gesture {
    private static final double START = 4;

    private final CanvasView canvas;
    private final CanvasModel model;
    private final Wiring wiring;
    private final PortRef fixed;
    private final PortSide fixedSide;
    private final Optional<Wire> replaced;
    private final PortSpec spec;
    private final Point2D pressed;
    private boolean drawing;
    private Optional<PortRef> target = Optional.empty();

    /// @param fixed the end that stays
    /// @param replaced the wire that is taken off its other end, if any
    WireGesture(CanvasView canvas, PortRef fixed, PortSide fixedSide, Optional<Wire> replaced, MouseEvent press) {
        this.canvas = canvas;
        this.model = canvas.model();
        this.wiring = model.wiring();
        this.fixed = fixed;
        this.fixedSide = fixedSide;
        this.replaced = replaced;
        this.spec = wiring.port(fixed, fixedSide).orElseThrow();
        this.pressed = new Point2D(press.getX(), press.getY());
    }

    @Override
    public void drag(MouseEvent event) {
        if (!drawing) {
            if (pressed.distance(event.getX(), event.getY()) < START) {
                return;
            }
            drawing = true;
            replaced.ifPresent(wire -> canvas.hideWire(wire));
        }
        canvas.panAtEdge(event);
        Point2D pointer = model.viewport().toWorld(event.getX(), event.getY());
        Optional<PipelineNode> below = model.nodeAt(pointer);
        Optional<PortView> near = nearestPort(pointer);
        target = near.map(PortView::ref).or(() -> below.flatMap(this::portOf));
        canvas.offerPorts(port -> offer(port));
        canvas.markNode(target.map(PortRef::node));
        Point2D end = target.flatMap(port -> model.portSpot(port, other())).orElse(pointer);
        model.portSpot(fixed, fixedSide).ifPresent(start -> {
            WireCurve curve = fixedSide == PortSide.OUTPUT ? new WireCurve(start, end) : new WireCurve(end, start);
            canvas.showDraft(curve, spec.mainType(), target.isPresent());
        });
        Optional<String> reason = target.isPresent() ? Optional.empty() : reason(pointer, below);
        canvas.overlay().hint(reason, event.getX(), event.getY());
    }

    private PortSide other() {
        return fixedSide == PortSide.OUTPUT ? PortSide.INPUT : PortSide.OUTPUT;
    }

    private PortView.Offer offer(PortView port) {
        if (target.filter(port.ref()::equals).isPresent() && port.side() == other()) {
            return PortView.Offer.TARGET;
        }
        if (port.ref().equals(fixed) && port.side() == fixedSide) {
            return PortView.Offer.NONE;
        }
        boolean fits = port.side() == other() && refusal(port.ref()).isEmpty();
        return fits ? PortView.Offer.FITS : PortView.Offer.REFUSED;
    }

    private Optional<String> refusal(PortRef port) {
        return fixedSide == PortSide.OUTPUT
                ? wiring.refusal(fixed, port, replaced)
                : wiring.refusal(port, fixed, replaced);
    }

    private Optional<PortView> nearestPort(Point2D pointer) {
        double least = NodeMeasures.PORT_REACH / Math.min(1, model.viewport().zoom());
        PortView best = null;
        for (PortView port : canvas.allPorts()) {
            if (port.side() == other() && refusal(port.ref()).isEmpty()) {
                double distance = model.portSpot(port.ref(), port.side())
                        .map(pointer::distance)
                        .orElse(Double.MAX_VALUE);
                if (distance <= least) {
                    least = distance;
                    best = port;
                }
            }
        }
        return Optional.ofNullable(best);
    }

    private Optional<PortRef> portOf(PipelineNode node) {
        return fixedSide == PortSide.OUTPUT
                ? wiring.inputFor(fixed, node, replaced)
                : wiring.outputFor(fixed, node, replaced);
    }

    /// The wire that would come about here if it could.
    private Optional<Wire> wanted(Point2D pointer) {
        Optional<PortRef> over = canvas.allPorts().stream()
                .filter(port -> port.side() == other())
                .filter(port -> model.portSpot(port.ref(), port.side())
                        .filter(spot -> spot.distance(pointer) <= NodeMeasures.PORT_REACH / 2)
                        .isPresent())
                .map(PortView::ref)
                .findFirst();
        return over.or(() -> model.nodeAt(pointer)
                        .filter(node -> !node.id().equals(fixed.node()))
                        .flatMap(node ->
                                wiring.ports(node, other()).stream().findFirst().map(port -> node.port(port.name()))))
                .map(port -> fixedSide == PortSide.OUTPUT ? new Wire(fixed, port) : new Wire(port, fixed))
                .filter(wire -> replaced.filter(wire::equals).isEmpty());
    }

    private Optional<String> reason(Point2D pointer, Optional<PipelineNode> below) {
        Optional<PortView> over = canvas.allPorts().stream()
                .filter(port -> !port.ref().equals(fixed))
                .filter(port -> model.portSpot(port.ref(), port.side())
                        .filter(spot -> spot.distance(pointer) <= NodeMeasures.PORT_REACH / 2)
                        .isPresent())
                .findFirst();
        if (over.isPresent() && over.get().side() == other()) {
            return refusal(over.get().ref());
        }
        return below.filter(node -> !node.id().equals(fixed.node()) || over.isEmpty())
                .flatMap(node -> wiring.ports(node, other()).stream()
                        .findFirst()
                        .flatMap(port -> refusal(node.port(port.name())))
                        .or(() -> Optional.of(Messages.text("editor.wire.no-room", model.title(node)))))
                .filter(words ->
                        below.filter(node -> node.id().equals(fixed.node())).isEmpty());
    }

    @Override
    public void release(MouseEvent event) {
        Point2D pointer = model.viewport().toWorld(event.getX(), event.getY());
        boolean drawn = drawing;
        clear();
        if (!drawn) {
            return;
        }
        if (target.isPresent()) {
            Wire wire = fixedSide == PortSide.OUTPUT ? new Wire(fixed, target.get()) : new Wire(target.get(), fixed);
            if (replaced.isEmpty()) {
                model.connect(wire.from(), wire.to());
            } else if (!replaced.get().equals(wire)) {
                model.edit(model.edits().replug(replaced.get(), wire));
            }
        } else if (wanted(pointer).isPresent()) {
            wanted(pointer).ifPresent(model::refuse);
        } else if (model.nodeAt(pointer).isEmpty()) {
            if (replaced.isPresent()) {
                model.edit(new RemoveWires(Set.of(replaced.get())));
            } else {
                canvas.quickAdd().openForWire(event.getX(), event.getY(), fixed, fixedSide);
            }
        }
    }

    @Override
    public void cancel() {
        clear();
    }

    private void clear() {
        drawing = false;
        canvas.hideDraft();
        canvas.offerPorts(port -> PortView.Offer.NONE);
        canvas.markNode(Optional.empty());
        canvas.overlay().hint(Optional.empty(), 0, 0);
        replaced.ifPresent(canvas::restoreWire);
    }
}
