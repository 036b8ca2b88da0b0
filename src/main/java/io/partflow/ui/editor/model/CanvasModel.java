package io.partflow.ui.editor.model;

import io.partflow.engine.processor.PortSpec;
import io.partflow.engine.processor.ProcessorCatalog;
import io.partflow.engine.processor.ProcessorDescriptor;
import io.partflow.engine.run.RunSnapshot;
import io.partflow.pipeline.GraphChecker;
import io.partflow.pipeline.NodeState;
import io.partflow.pipeline.PipelineGraph;
import io.partflow.pipeline.PipelineNode;
import io.partflow.pipeline.PortRef;
import io.partflow.pipeline.Problem;
import io.partflow.pipeline.Wire;
import io.partflow.pipeline.edit.AddWire;
import io.partflow.pipeline.edit.EditCommand;
import io.partflow.pipeline.edit.MoveNodes;
import io.partflow.pipeline.edit.SetTitle;
import io.partflow.ui.support.Messages;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import javafx.beans.property.ObjectProperty;
import javafx.beans.property.ReadOnlyLongProperty;
import javafx.beans.property.ReadOnlyObjectProperty;
import javafx.beans.property.ReadOnlyObjectWrapper;
import javafx.beans.property.SimpleObjectProperty;
import javafx.geometry.Point2D;
import javafx.geometry.Rectangle2D;
import org.jspecify.annotations.Nullable;

/// The canvas without its looks: the graph that is shown, the selection, the view on it, the face of every node,
/// and all commands.
///
/// Every change of the graph leaves here as an [EditCommand]; whoever keeps the history executes it and shows the
/// graph that results by
/// [#show(PipelineGraph)]. Selecting, panning and zooming are no edits. FX thread, or the one thread of a test.
public final class CanvasModel {
    private static final double FIT_MARGIN = 16;

    private final ProcessorCatalog catalog;
    private final Consumer<EditCommand> edits;
    private final ReadOnlyObjectWrapper<PipelineGraph> graph = new ReadOnlyObjectWrapper<>(PipelineGraph.empty(""));
    private final CanvasSelection selection = new CanvasSelection();
    private final ObjectProperty<Viewport> viewport = new SimpleObjectProperty<>(Viewport.HOME);
    private final ReadOnlyObjectWrapper<Point2D> dragged = new ReadOnlyObjectWrapper<>(Point2D.ZERO);
    private final CanvasFaces faces;
    private final Map<String, PipelineNode> nodesById = new HashMap<>();
    private Wiring wiring;
    private Consumer<Problem> refusals = problem -> {};
    private double width = 800;
    private double height = 600;

    public CanvasModel(ProcessorCatalog catalog, Consumer<EditCommand> edits) {
        this.catalog = catalog;
        this.edits = edits;
        this.faces = new CanvasFaces(catalog);
        this.wiring = new Wiring(graph.get(), catalog);
    }

    // What is shown

    public ProcessorCatalog catalog() {
        return catalog;
    }

    public ReadOnlyObjectProperty<PipelineGraph> graphProperty() {
        return graph.getReadOnlyProperty();
    }

    public PipelineGraph graph() {
        return graph.get();
    }

    /// Shows a graph: the one after an edit, an undo, or a document just opened.
    public void show(PipelineGraph shown) {
        dragged.set(Point2D.ZERO);
        faces.show(graph(), shown);
        nodesById.clear();
        shown.nodes().forEach(node -> nodesById.put(node.id(), node));
        wiring = new Wiring(shown, catalog);
        selection.retain(shown);
        graph.set(shown);
    }

    public CanvasSelection selection() {
        return selection;
    }

    public ObjectProperty<Viewport> viewportProperty() {
        return viewport;
    }

    public Viewport viewport() {
        return viewport.get();
    }

    /// Tells the model how large the canvas is on the screen.
    public void resize(double newWidth, double newHeight) {
        width = newWidth;
        height = newHeight;
    }

    public double width() {
        return width;
    }

    public double height() {
        return height;
    }

    public Wiring wiring() {
        return wiring;
    }

    public GraphEdits edits() {
        return new GraphEdits(graph(), catalog);
    }

    public String title(PipelineNode node) {
        return node.title() != null
                ? node.title()
                : catalog.descriptor(node.processor())
                        .map(ProcessorDescriptor::title)
                        .orElse(node.processor());
    }

    // Faces

    /// Moves on whenever faces have changed without the graph.
    public ReadOnlyLongProperty facesRevisionProperty() {
        return faces.revisionProperty();
    }

    public NodeFace face(String node) {
        return faces.of(node);
    }

    /// What a wire shows; empty before a run.
    public Optional<WireFace> face(Wire wire) {
        return faces.of(wire);
    }

    /// Takes the numbers of a run.
    ///
    /// @param previous the snapshot taken over before, or null for the first of a run
    /// @param elapsedNanos measured time between the two
    public void applySnapshot(@Nullable RunSnapshot previous, RunSnapshot current, long elapsedNanos) {
        faces.apply(graph(), previous, current, elapsedNanos);
    }

    /// Forgets the run: all nodes are at rest again.
    public void clearRun() {
        faces.clearRun(graph());
    }

    // Where things lie, in world pixels

    public LevelOfDetail detail() {
        return LevelOfDetail.at(viewport().zoom());
    }

    /// Where a node lies now, a drag in progress included.
    public Rectangle2D box(PipelineNode node) {
        Point2D moved = selection.nodes().contains(node.id()) ? dragged.get() : Point2D.ZERO;
        int ports = Math.max(
                wiring().ports(node, PortSide.INPUT).size(),
                wiring().ports(node, PortSide.OUTPUT).size());
        LevelOfDetail shown = node.layout().collapsed() ? LevelOfDetail.TITLE : detail();
        return new Rectangle2D(
                node.layout().x() + moved.getX(),
                node.layout().y() + moved.getY(),
                NodeMeasures.WIDTH,
                NodeMeasures.height(face(node.id()), shown, ports));
    }

    public List<Rectangle2D> boxes() {
        return graph().nodes().stream().map(this::box).toList();
    }

    /// The centre of a port; empty when there is no such port.
    public Optional<Point2D> portSpot(PortRef ref, PortSide side) {
        return Optional.ofNullable(nodesById.get(ref.node())).flatMap(node -> {
            List<PortSpec> ports = wiring().ports(node, side);
            for (int i = 0; i < ports.size(); i++) {
                if (ports.get(i).name().equals(ref.port())) {
                    return Optional.of(NodeMeasures.port(box(node), side, i));
                }
            }
            return Optional.empty();
        });
    }

    public Optional<WireCurve> curve(Wire wire) {
        return portSpot(wire.from(), PortSide.OUTPUT)
                .flatMap(from -> portSpot(wire.to(), PortSide.INPUT).map(to -> new WireCurve(from, to)));
    }

    /// The rectangle around all nodes; empty when there is none.
    public Optional<Rectangle2D> content() {
        return around(boxes());
    }

    static Optional<Rectangle2D> around(List<Rectangle2D> boxes) {
        return boxes.stream().reduce((a, b) -> {
            double left = Math.min(a.getMinX(), b.getMinX());
            double top = Math.min(a.getMinY(), b.getMinY());
            return new Rectangle2D(
                    left, top, Math.max(a.getMaxX(), b.getMaxX()) - left, Math.max(a.getMaxY(), b.getMaxY()) - top);
        });
    }

    /// The node whose box holds the point, the last drawn first.
    public Optional<PipelineNode> nodeAt(Point2D world) {
        List<PipelineNode> nodes = graph().nodes();
        for (int i = nodes.size() - 1; i >= 0; i--) {
            if (box(nodes.get(i)).contains(world)) {
                return Optional.of(nodes.get(i));
            }
        }
        return Optional.empty();
    }

    /// The wire that passes within `reach` of the point, the nearest first.
    public Optional<Wire> wireAt(Point2D world, double reach) {
        Wire best = null;
        double least = reach;
        for (Wire wire : graph().wires()) {
            double distance = curve(wire)
                    .map(curve -> curve.distance(world.getX(), world.getY()))
                    .orElse(Double.MAX_VALUE);
            if (distance <= least) {
                least = distance;
                best = wire;
            }
        }
        return Optional.ofNullable(best);
    }

    public List<String> nodesIn(Rectangle2D area) {
        return graph().nodes().stream()
                .filter(node -> box(node).intersects(area))
                .map(PipelineNode::id)
                .toList();
    }

    // Views of the canvas

    /// Shows all nodes, at most at 100 %.
    public void fitAll() {
        fitAll(0);
    }

    /// Shows all nodes, at most at 100 %, and keeps so many screen pixels free below them.
    public void fitAll(double below) {
        content().ifPresent(all -> viewport.set(Viewport.fitting(all, width, height - below, FIT_MARGIN, 1)));
    }

    public void fitSelection() {
        around(graph().nodes().stream()
                        .filter(node -> selection.nodes().contains(node.id()))
                        .map(this::box)
                        .toList())
                .ifPresentOrElse(
                        some -> viewport.set(Viewport.fitting(some, width, height, 2 * FIT_MARGIN, 1)), this::fitAll);
    }

    /// Zooms about the middle of the canvas.
    public void zoomTo(double zoom) {
        viewport.set(viewport().zoomedTo(zoom, width / 2, height / 2));
    }

    /// Pans as little as needed to show a node.
    public void reveal(String node) {
        graph().node(node)
                .ifPresent(found -> viewport.set(viewport().revealing(box(found), width, height, FIT_MARGIN)));
    }

    // Moving

    /// How far the selected nodes have been dragged, not yet an edit.
    public ReadOnlyObjectProperty<Point2D> draggedProperty() {
        return dragged.getReadOnlyProperty();
    }

    /// How a drag treats the grid.
    public enum Grid {
        SNAP,
        FREE
    }

    /// Shows the selected nodes displaced; `lead` is the node under the pointer, which lands on the grid.
    public void dragSelection(String lead, double dx, double dy, Grid grid) {
        graph().node(lead).ifPresent(node -> {
            double x = node.layout().x();
            double y = node.layout().y();
            dragged.set(
                    switch (grid) {
                        case SNAP -> new Point2D(NodeMeasures.snap(x + dx) - x, NodeMeasures.snap(y + dy) - y);
                        case FREE -> new Point2D(Math.rint(dx), Math.rint(dy));
                    });
        });
    }

    /// Makes the drag an edit.
    ///
    /// @param inserted a wire into which the single dragged node goes
    public void dropSelection(Optional<Wire> inserted) {
        Point2D moved = dragged.get();
        Set<String> nodes = Set.copyOf(selection.nodes());
        EditCommand move = new MoveNodes(nodes, moved.getX(), moved.getY());
        dragged.set(Point2D.ZERO);
        if (nodes.isEmpty() || moved.equals(Point2D.ZERO)) {
            return;
        }
        if (inserted.isPresent() && nodes.size() == 1) {
            String node = nodes.iterator().next();
            GraphEdits after = new GraphEdits(move.apply(graph()), catalog);
            Optional<EditCommand> splice = after.splice(node, inserted.get());
            if (splice.isPresent()) {
                edit(new io.partflow.pipeline.edit.Compound(splice.get().title(), List.of(move, splice.get())));
                return;
            }
        }
        edit(move);
    }

    public void cancelDrag() {
        dragged.set(Point2D.ZERO);
    }

    public void nudgeSelection(double dx, double dy) {
        if (!selection.nodes().isEmpty()) {
            edit(new MoveNodes(Set.copyOf(selection.nodes()), dx, dy));
        }
    }

    // Edits

    public void edit(EditCommand command) {
        edits.accept(command);
    }

    public void edit(GraphEdits.Edit done) {
        edits.accept(done.command());
        selection.clear();
        selection.selectNodes(done.selects().stream().filter(graph()::hasNode).toList(), CanvasSelection.Mode.REPLACE);
    }

    public void connect(PortRef from, PortRef to) {
        edit(new AddWire(new Wire(from, to)));
    }

    /// Is told why a wire that the user wanted cannot be.
    public void onRefused(Consumer<Problem> listener) {
        refusals = listener;
    }

    /// Tells why a wire cannot be; says nothing when it can.
    public void refuse(Wire wire) {
        GraphChecker.checkWire(graph(), catalog, wire).ifPresent(refusals);
    }

    /// Adds a node of a processor at the free place nearest to `wanted`, its top left corner.
    public void add(PipelineNode template, Point2D wanted) {
        edit(edits().add(template, freeSpot(wanted)));
    }

    /// Adds a node where the eye expects it: right of the selected node, else in the middle of what is seen.
    public void addNearby(ProcessorDescriptor descriptor) {
        Optional<PipelineNode> beside = selection.nodes().size() == 1
                ? graph().node(selection.nodes().iterator().next())
                : Optional.empty();
        Point2D wanted = beside.map(this::besideOf)
                .orElseGet(() -> viewport()
                        .toWorld(width / 2, height / 2)
                        .subtract(NodeMeasures.WIDTH / 2, NodeMeasures.TEXT_WELL));
        add(GraphEdits.template(descriptor), wanted);
        selection.nodes().stream().findFirst().ifPresent(this::reveal);
    }

    /// Where a node stands that follows another: to the right, with room for a queue chip.
    public Point2D besideOf(PipelineNode node) {
        Rectangle2D box = box(node);
        return new Point2D(box.getMaxX() + 64, box.getMinY());
    }

    public Point2D freeSpot(Point2D wanted) {
        return GraphEdits.freeSpot(wanted, 152, boxes());
    }

    public void deleteSelection() {
        edits().delete(Set.copyOf(selection.nodes()), Set.copyOf(selection.wires()))
                .ifPresent(this::edit);
    }

    public void deleteAndReconnect() {
        edits().deleteAndReconnect(Set.copyOf(selection.nodes())).ifPresent(this::edit);
    }

    public void duplicateSelection() {
        edits().duplicate(Set.copyOf(selection.nodes())).ifPresent(this::edit);
    }

    /// The selected nodes with their wires; empty when none is selected.
    public Optional<NodeClip> copySelection() {
        NodeClip clip = NodeClip.of(graph(), Set.copyOf(selection.nodes()));
        return clip.nodes().isEmpty() ? Optional.empty() : Optional.of(clip);
    }

    /// Puts copies in, and selects them.
    public void paste(NodeClip clip, NodeClip.Inputs inputs) {
        edit(clip.into(graph(), inputs, Messages.text("editor.edit.paste", clip.named())));
    }

    public void toggleState(NodeState state) {
        edits().toggleState(Set.copyOf(selection.nodes()), state).ifPresent(this::edit);
    }

    public void toggleCache() {
        edits().toggleCache(Set.copyOf(selection.nodes())).ifPresent(this::edit);
    }

    /// Gives a node another title; a blank one, or the processor's own, takes the title away.
    public void rename(String node, String title) {
        graph().node(node).ifPresent(found -> {
            boolean own = title.isBlank()
                    || catalog.descriptor(found.processor())
                            .filter(each -> each.title().equals(title.strip()))
                            .isPresent();
            edit(new SetTitle(node, own ? null : title.strip()));
        });
    }

    public void selectAll() {
        selection.selectNodes(
                new ArrayList<>(graph().nodes().stream().map(PipelineNode::id).toList()), CanvasSelection.Mode.REPLACE);
    }
}
