package io.partflow.ui.editor;

import io.partflow.engine.processor.PortType;
import io.partflow.engine.processor.ProcessorDescriptor;
import io.partflow.pipeline.NodeState;
import io.partflow.pipeline.PipelineNode;
import io.partflow.pipeline.Wire;
import io.partflow.ui.editor.model.CanvasModel;
import io.partflow.ui.editor.model.CanvasSelection;
import io.partflow.ui.editor.model.LevelOfDetail;
import io.partflow.ui.editor.model.NodeMeasures;
import io.partflow.ui.editor.model.PortSide;
import io.partflow.ui.editor.model.Viewport;
import io.partflow.ui.editor.model.WireCurve;
import io.partflow.ui.editor.model.WireFace;
import io.partflow.ui.editor.model.Wiring;
import io.partflow.ui.editor.node.NodeView;
import io.partflow.ui.editor.node.PortView;
import io.partflow.ui.editor.node.PreviewLoader;
import io.partflow.ui.editor.node.QueueChip;
import io.partflow.ui.editor.node.WireView;
import io.partflow.ui.support.Formats;
import io.partflow.ui.support.Messages;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import javafx.geometry.Point2D;
import javafx.geometry.Rectangle2D;
import javafx.scene.Node;
import javafx.scene.layout.Pane;
import javafx.scene.shape.CubicCurve;
import javafx.scene.transform.Scale;
import javafx.scene.transform.Translate;

/// Nodes, wires and queue chips in world pixels, under one transform. Views are kept as long as what they show is
/// in the graph.
final class CanvasWorld extends Pane {
    private static final double[] CHIP_PLACES = {0.5, 0.42, 0.58, 0.34, 0.66, 0.26, 0.74};

    private static final double[] NO_OTHER_PLACE = {};

    private final CanvasModel model;
    private final PreviewLoader loader;
    private final Translate pan = new Translate();
    private final Scale zoom = new Scale(1, 1, 0, 0);
    private final Pane wireLayer = layer();
    private final Pane nodeLayer = layer();
    private final Pane chipLayer = layer();
    private final CubicCurve draft = new CubicCurve();
    private final Map<String, NodeView> nodes = new LinkedHashMap<>();
    private final Map<Wire, WireView> wires = new LinkedHashMap<>();
    private final Map<Wire, QueueChip> chips = new LinkedHashMap<>();
    private double shownZoom = Double.NaN;
    private boolean keyboardRing;

    CanvasWorld(CanvasModel model, PreviewLoader loader) {
        this.model = model;
        this.loader = loader;
        setManaged(false);
        setPickOnBounds(false);
        getTransforms().addAll(pan, zoom);
        draft.setFill(null);
        draft.setVisible(false);
        draft.setMouseTransparent(true);
        draft.setManaged(false);
        draft.setId("draft-wire");
        chipLayer.setMouseTransparent(true);
        getChildren().addAll(wireLayer, nodeLayer, chipLayer, draft);
    }

    private static Pane layer() {
        Pane layer = new Pane();
        layer.setManaged(false);
        layer.setPickOnBounds(false);
        return layer;
    }

    Optional<NodeView> nodeView(String node) {
        return Optional.ofNullable(nodes.get(node));
    }

    List<PortView> ports() {
        List<PortView> all = new ArrayList<>();
        nodes.values().forEach(node -> all.addAll(node.ports()));
        return all;
    }

    boolean hasFocusWithin() {
        return nodes.values().stream().anyMatch(Node::isFocusWithin);
    }

    void showGraph() {
        Wiring wiring = model.wiring();
        nodes.entrySet().removeIf(entry -> {
            boolean gone = !model.graph().hasNode(entry.getKey());
            if (gone) {
                nodeLayer.getChildren().remove(entry.getValue());
            }
            return gone;
        });
        for (PipelineNode node : model.graph().nodes()) {
            NodeView view = nodes.computeIfAbsent(node.id(), id -> {
                NodeView made = new NodeView(id, loader);
                made.setManaged(false);
                nodeLayer.getChildren().add(made);
                return made;
            });
            String icon = model.catalog()
                    .descriptor(node.processor())
                    .map(ProcessorDescriptor::icon)
                    .orElse("alert-triangle");
            view.show(
                    node,
                    model.title(node),
                    icon,
                    wiring.ports(node, PortSide.INPUT),
                    wiring.ports(node, PortSide.OUTPUT));
        }
        wires.entrySet().removeIf(entry -> {
            boolean gone = !model.graph().hasWire(entry.getKey());
            if (gone) {
                wireLayer.getChildren().remove(entry.getValue());
                Optional.ofNullable(chips.remove(entry.getKey())).ifPresent(chipLayer.getChildren()::remove);
            }
            return gone;
        });
        for (Wire wire : model.graph().wires()) {
            wires.computeIfAbsent(wire, key -> {
                WireView made = new WireView(key, () -> words(key));
                wireLayer.getChildren().add(made);
                return made;
            });
        }
        showFaces();
        showSelection();
    }

    void showViewport() {
        Viewport viewport = model.viewport();
        pan.setX(viewport.panX());
        pan.setY(viewport.panY());
        zoom.setX(viewport.zoom());
        zoom.setY(viewport.zoom());
        if (viewport.zoom() != shownZoom) {
            shownZoom = viewport.zoom();
            showFaces();
        }
    }

    /// Shows all numbers and puts everything in its place, since what is shown decides how tall a node is.
    void showFaces() {
        for (PipelineNode node : model.graph().nodes()) {
            LevelOfDetail detail = node.layout().collapsed() ? LevelOfDetail.TITLE : model.detail();
            nodeView(node.id())
                    .ifPresent(view -> view.show(
                            model.face(node.id()), detail, model.viewport().zoom()));
        }
        place();
    }

    /// Puts everything in its place.
    void place() {
        for (PipelineNode node : model.graph().nodes()) {
            Rectangle2D box = model.box(node);
            nodeView(node.id())
                    .ifPresent(
                            view -> view.resizeRelocate(box.getMinX(), box.getMinY(), box.getWidth(), box.getHeight()));
        }
        Wiring wiring = model.wiring();
        List<Rectangle2D> taken = new ArrayList<>(model.boxes());
        for (Wire wire : model.graph().wires()) {
            WireView view = wires.get(wire);
            Optional<WireCurve> curve = model.curve(wire);
            if (view == null) {
                continue;
            }
            view.setVisible(curve.isPresent());
            curve.ifPresent(shape -> {
                view.show(shape, wiring.type(wire));
                view.setDraft(!wiring.carries(wire));
                view.setFaded(isMuted(wire.from().node()));
                placeChip(wire, shape, taken);
            });
        }
    }

    private boolean isMuted(String node) {
        return model.graph()
                .node(node)
                .filter(each -> each.state() == NodeState.MUTE)
                .isPresent();
    }

    /// Below 80 % only queues under pressure keep their chip, at the size it has at 100 %.
    private void placeChip(Wire wire, WireCurve curve, List<Rectangle2D> taken) {
        Optional<WireFace> face = model.face(wire);
        boolean shown = face.isPresent()
                && (model.detail() == LevelOfDetail.FULL
                        || (model.detail() == LevelOfDetail.NUMBERS
                                && face.get().pressure() != WireFace.Pressure.LOW));
        if (!shown) {
            Optional.ofNullable(chips.remove(wire)).ifPresent(chipLayer.getChildren()::remove);
            return;
        }
        QueueChip chip = chips.computeIfAbsent(wire, key -> {
            QueueChip made = new QueueChip();
            made.setManaged(false);
            chipLayer.getChildren().add(made);
            // Without its style a chip does not know yet how wide its figures are.
            made.applyCss();
            return made;
        });
        double scale =
                model.detail() == LevelOfDetail.FULL ? 1 : 1 / model.viewport().zoom();
        double height = QueueChip.HEIGHT * scale;
        double room = curve.room(height, NodeMeasures.PORT_DRAWN / 2) / scale;
        chip.show(face.get(), room);
        double width = chip.wanted() * scale;
        boolean tight = chip.wanted() > room;
        // Where even the depth has no room between the ports it stands above them.
        Point2D middle = curve.at(0.5).subtract(0, tight ? height : 0);
        Rectangle2D best = around(middle, width, height);
        for (double place : tight ? NO_OTHER_PLACE : CHIP_PLACES) {
            Rectangle2D spot = around(curve.at(place), width, height);
            if (taken.stream().noneMatch(spot::intersects)) {
                best = spot;
                break;
            }
        }
        taken.add(best);
        chip.setScaleX(scale);
        chip.setScaleY(scale);
        chip.resizeRelocate(
                Math.rint(best.getMinX() + (width - chip.wanted()) / 2),
                Math.rint(best.getMinY() + (height - QueueChip.HEIGHT) / 2),
                chip.wanted(),
                QueueChip.HEIGHT);
    }

    private static Rectangle2D around(Point2D centre, double width, double height) {
        return new Rectangle2D(centre.getX() - width / 2, centre.getY() - height / 2, width, height);
    }

    private String words(Wire wire) {
        String from = name(wire.from().node());
        String to = name(wire.to().node());
        if (!model.wiring().carries(wire)) {
            return Messages.text("editor.wire.draft", from, to);
        }
        return model.face(wire)
                .map(face -> Double.isNaN(face.perSecond())
                        ? Messages.text(
                                "editor.wire.hover",
                                from,
                                to,
                                Formats.count(face.depth()),
                                Formats.count(face.capacity()),
                                Formats.count(face.parts()))
                        : Messages.text(
                                "editor.wire.hover-rate",
                                from,
                                to,
                                Formats.count(face.depth()),
                                Formats.count(face.capacity()),
                                Formats.perSecond(face.perSecond()),
                                Formats.count(face.parts())))
                .orElseGet(() -> Messages.text(
                        "editor.wire.hover-rest",
                        from,
                        to,
                        model.wiring().type(wire).id()));
    }

    private String name(String node) {
        return model.graph().node(node).map(model::title).orElse(node);
    }

    /// Whether the node that the keyboard acts on has a ring.
    void setKeyboardRing(boolean on) {
        keyboardRing = on;
        showSelection();
    }

    void showSelection() {
        CanvasSelection selection = model.selection();
        nodes.forEach((id, view) -> {
            view.setSelected(selection.nodes().contains(id));
            view.setFocusRing(keyboardRing && selection.focused().equals(id));
        });
        wires.forEach((wire, view) -> view.setHot(
                selection.wires().contains(wire),
                selection.nodes().contains(wire.from().node())
                        || selection.nodes().contains(wire.to().node())));
    }

    void markNode(Optional<String> node) {
        nodes.forEach((id, view) -> view.setDropTarget(node.filter(id::equals).isPresent()));
    }

    void markWire(Optional<Wire> wire) {
        wires.forEach(
                (each, view) -> view.setDropTarget(wire.filter(each::equals).isPresent()));
    }

    void setWireVisible(Wire wire, boolean visible) {
        Optional.ofNullable(wires.get(wire)).ifPresent(view -> view.setVisible(visible));
        Optional.ofNullable(chips.get(wire)).ifPresent(chip -> chip.setVisible(visible));
    }

    void showDraft(WireCurve curve, PortType type, boolean fits) {
        draft.setStartX(curve.fromX());
        draft.setStartY(curve.fromY());
        draft.setControlX1(curve.fromX() + curve.reach());
        draft.setControlY1(curve.fromY());
        draft.setControlX2(curve.toX() - curve.reach());
        draft.setControlY2(curve.toY());
        draft.setEndX(curve.toX());
        draft.setEndY(curve.toY());
        draft.getStyleClass().setAll("wire-line", WireView.typeClass(type));
        draft.setStrokeWidth(2);
        if (fits) {
            draft.getStrokeDashArray().clear();
        } else {
            draft.getStrokeDashArray().setAll(5.0, 4.0);
        }
        draft.setVisible(true);
    }

    void hideDraft() {
        draft.setVisible(false);
    }
}
