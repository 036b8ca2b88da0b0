package io.partflow.ui.editor;

import io.partflow.engine.processor.PortType;
import io.partflow.engine.processor.ProcessorDescriptor;
import io.partflow.engine.run.RunSnapshot;
import io.partflow.pipeline.PipelineGraph;
import io.partflow.pipeline.PipelineNode;
import io.partflow.pipeline.Wire;
import io.partflow.ui.editor.model.CanvasModel;
import io.partflow.ui.editor.model.GraphEdits;
import io.partflow.ui.editor.model.NodeMeasures;
import io.partflow.ui.editor.model.Viewport;
import io.partflow.ui.editor.model.WireCurve;
import io.partflow.ui.editor.node.NodeView;
import io.partflow.ui.editor.node.PortView;
import io.partflow.ui.editor.node.PreviewLoader;
import io.partflow.ui.support.Messages;
import io.partflow.ui.support.Theme;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Executor;
import java.util.function.Consumer;
import java.util.function.Function;
import javafx.beans.value.ChangeListener;
import javafx.collections.SetChangeListener;
import javafx.geometry.Point2D;
import javafx.geometry.Rectangle2D;
import javafx.scene.AccessibleRole;
import javafx.scene.control.TextInputControl;
import javafx.scene.input.KeyEvent;
import javafx.scene.input.MouseEvent;
import javafx.scene.layout.Region;
import javafx.scene.shape.Rectangle;
import org.jspecify.annotations.Nullable;

/// The canvas: nodes and wires on a grid of dots, with everything that pointer and keyboard do to them.
///
/// It shows a [CanvasModel] and forwards gestures to it. Numbers come by [#applySnapshot(RunSnapshot, RunSnapshot,
/// long)], at most four times
/// a second. FX thread.
public final class CanvasView extends Region {
    private static final double EDGE = 24;
    private static final double EDGE_STEP = 15;

    private final CanvasModel model;
    private final DotGrid grid = new DotGrid();
    private final CanvasWorld world;
    private final CanvasOverlay overlay = new CanvasOverlay();
    private final QuickAdd quickAdd;
    private final CanvasMenu menu;
    private final CanvasPointer pointer;
    private final CanvasCommands commands;
    private final ZoomTools tools;
    private final Minimap minimap;
    private final EmptyState emptyState;
    private final Rectangle clip = new Rectangle();
    private EmptyGuide emptyGuide = EmptyGuide.SHOWN;
    private boolean fitPending = true;
    // What was seen when everything was made to be, or null; whoever zooms or pans away from it is let be.
    private @Nullable Viewport fitted;
    // What is seen where the canvas does not stand now, if somebody chose it.
    private final Map<Object, Viewport> elsewhere = new HashMap<>();
    private Object place = "";
    private double laidOutWidth;
    private double laidOutHeight;
    private Consumer<PipelineNode> onEdit = node -> {};

    /// @param background decodes pictures and waveforms; must not run on the FX thread, except in tests
    public CanvasView(CanvasModel model, Executor background) {
        this.model = model;
        world = new CanvasWorld(model, new PreviewLoader(background));
        quickAdd = new QuickAdd(model, this);
        menu = new CanvasMenu(this);
        tools = new ZoomTools(this);
        minimap = new Minimap(model);
        emptyState = new EmptyState();
        commands = new CanvasCommands(this);
        getStyleClass().add("canvas-view");
        setId("canvas");
        setFocusTraversable(true);
        setAccessibleRole(AccessibleRole.PARENT);
        setClip(clip);
        getChildren().addAll(grid, world, emptyState, minimap, tools, overlay, quickAdd);
        pointer = new CanvasPointer(this);
        addEventHandler(KeyEvent.KEY_PRESSED, this::key);
        listen();
        showGraph();
    }

    private void listen() {
        model.graphProperty().subscribe((before, now) -> showGraph());
        model.viewportProperty().subscribe((before, now) -> showViewport());
        model.facesRevisionProperty().subscribe((before, now) -> {
            world.showFaces();
            minimap.draw();
        });
        model.draggedProperty().subscribe((before, now) -> {
            world.place();
            minimap.draw();
        });
        model.selection().nodes().addListener((SetChangeListener<String>) change -> world.showSelection());
        model.selection().wires().addListener((SetChangeListener<Wire>) change -> world.showSelection());
        model.selection().focusedProperty().subscribe((before, now) -> world.showSelection());
        Theme.follow(this, this::showViewport);
        ChangeListener<Object> sized = (property, before, now) -> {
            model.resize(getWidth(), getHeight());
            clip.setWidth(getWidth());
            clip.setHeight(getHeight());
        };
        widthProperty().addListener(sized);
        heightProperty().addListener(sized);
    }

    public CanvasModel model() {
        return model;
    }

    /// What happens when a node is to be edited: Enter, or a double click.
    public void setOnEdit(Consumer<PipelineNode> action) {
        onEdit = action;
    }

    /// Whether a canvas without nodes tells what to do: not while a pipeline is being opened, which would make it
    /// flash. [EmptyGuide#SHOWN] at first.
    public void setEmptyGuide(EmptyGuide wish) {
        emptyGuide = wish;
        emptyState.setVisible(model.graph().nodes().isEmpty() && wish == EmptyGuide.SHOWN);
    }

    /// What is shown while the graph has no node.
    public EmptyState emptyState() {
        return emptyState;
    }

    /// Lets files that are dropped from outside go to `handler`.
    public void setFileDropHandler(FileDropHandler handler) {
        SystemFileDrops.attach(this, handler);
    }

    /// Takes the numbers of a run; see [CanvasModel#applySnapshot(RunSnapshot, RunSnapshot, long)].
    public void applySnapshot(@Nullable RunSnapshot previous, RunSnapshot current, long elapsedNanos) {
        model.applySnapshot(previous, current, elapsedNanos);
    }

    /// Shows everything, at most at 100 %, as soon as the canvas has its size, and again whenever it gets another
    /// until somebody zooms, pans or edits: for a document just opened.
    public void fitWhenShown() {
        elsewhere.clear();
        fitPending = true;
        requestLayout();
    }

    /// Stands in another place of another size from now on, such as another workspace. What was seen there when the
    /// canvas left is seen again; everything, the first time.
    public void standIn(Object newPlace) {
        if (place.equals(newPlace)) {
            return;
        }
        if (!fitPending && !model.viewport().equals(fitted)) {
            elsewhere.put(place, model.viewport());
        } else {
            elsewhere.remove(place);
        }
        place = newPlace;
        Viewport seen = elsewhere.get(newPlace);
        fitPending = seen == null;
        fitted = null;
        if (seen != null) {
            model.viewportProperty().set(seen);
        }
        requestLayout();
    }

    /// Does what a key, a menu or a tool asks for.
    public void perform(CanvasAction action) {
        commands.perform(action);
    }

    /// A node of a processor is being dragged over the canvas, from the palette; positions are those of the scene.
    ///
    /// @return whether it would land here
    public boolean dragOver(ProcessorDescriptor descriptor, double sceneX, double sceneY) {
        Point2D here = sceneToLocal(sceneX, sceneY);
        if (!getLayoutBounds().contains(here)) {
            dragEnded();
            return false;
        }
        Point2D corner = ghostCorner(here);
        Point2D shown = model.viewport().toScreen(NodeMeasures.snap(corner.getX()), NodeMeasures.snap(corner.getY()));
        overlay.showGhost(
                descriptor, shown.getX(), shown.getY(), model.viewport().zoom());
        markWire(wireFor(descriptor, here));
        return true;
    }

    /// The node is let go: it is added, into the wire below if there is one that it fits.
    public void drop(ProcessorDescriptor descriptor, double sceneX, double sceneY) {
        Point2D here = sceneToLocal(sceneX, sceneY);
        dragEnded();
        if (!getLayoutBounds().contains(here)) {
            return;
        }
        PipelineNode template = GraphEdits.template(descriptor);
        Optional<GraphEdits.Edit> spliced =
                wireFor(descriptor, here).flatMap(wire -> model.edits().addSpliced(template, ghostCorner(here), wire));
        if (spliced.isPresent()) {
            model.edit(spliced.get());
        } else {
            model.edit(model.edits().add(template, ghostCorner(here)));
        }
        requestFocus();
    }

    /// The node is dragged elsewhere, or let go.
    public void dragEnded() {
        overlay.hideGhost();
        markWire(Optional.empty());
    }

    private Point2D ghostCorner(Point2D here) {
        return model.viewport()
                .toWorld(here.getX(), here.getY())
                .subtract(NodeMeasures.WIDTH / 2, NodeMeasures.HEADER / 2);
    }

    private Optional<Wire> wireFor(ProcessorDescriptor descriptor, Point2D here) {
        Point2D at = model.viewport().toWorld(here.getX(), here.getY());
        return model.wireAt(at, 16)
                .filter(wire -> model.edits()
                        .addSpliced(GraphEdits.template(descriptor), at, wire)
                        .isPresent());
    }

    // What gestures and commands need

    CanvasOverlay overlay() {
        return overlay;
    }

    QuickAdd quickAdd() {
        return quickAdd;
    }

    CanvasMenu menu() {
        return menu;
    }

    CanvasPointer pointer() {
        return pointer;
    }

    Minimap minimap() {
        return minimap;
    }

    void edit(PipelineNode node) {
        onEdit.accept(node);
    }

    List<PortView> allPorts() {
        return world.ports();
    }

    Optional<NodeView> nodeView(String node) {
        return world.nodeView(node);
    }

    void offerPorts(Function<PortView, PortView.Offer> offer) {
        world.ports().forEach(port -> port.offer(offer.apply(port)));
    }

    void markNode(Optional<String> node) {
        world.markNode(node);
    }

    void markWire(Optional<Wire> wire) {
        world.markWire(wire);
    }

    void showDraft(WireCurve curve, PortType type, boolean fits) {
        world.showDraft(curve, type, fits);
    }

    void hideDraft() {
        world.hideDraft();
    }

    void hideWire(Wire wire) {
        world.setWireVisible(wire, false);
    }

    void restoreWire(Wire wire) {
        world.setWireVisible(wire, true);
    }

    /// The pointer is in use, so the ring that shows the keyboard where it is goes.
    void pointerTookOver() {
        world.setKeyboardRing(false);
        requestFocus();
    }

    /// Shows all nodes, none of them below the tools.
    void fitAll() {
        model.fitAll();
        Rectangle2D covered = new Rectangle2D(12, getHeight() - 44, tools.prefWidth(-1), 32);
        boolean hidden = model.boxes().stream().anyMatch(box -> {
            Point2D low = model.viewport().toScreen(box.getMinX(), box.getMinY());
            Point2D high = model.viewport().toScreen(box.getMaxX(), box.getMaxY());
            return covered.intersects(low.getX(), low.getY(), high.getX() - low.getX(), high.getY() - low.getY());
        });
        if (hidden) {
            model.fitAll(40);
        }
        fitted = model.viewport();
    }

    /// Gives a node the keyboard, shows its ring and brings it into view.
    void focusNode(String node) {
        world.setKeyboardRing(true);
        model.selection().selectNode(node, io.partflow.ui.editor.model.CanvasSelection.Mode.REPLACE);
        model.reveal(node);
        nodeView(node).ifPresent(NodeView::requestFocus);
        world.showSelection();
    }

    /// Pans a little while a drag is at the edge.
    void panAtEdge(MouseEvent event) {
        double dx = event.getX() < EDGE ? EDGE_STEP : event.getX() > getWidth() - EDGE ? -EDGE_STEP : 0;
        double dy = event.getY() < EDGE ? EDGE_STEP : event.getY() > getHeight() - EDGE ? -EDGE_STEP : 0;
        if (dx != 0 || dy != 0) {
            model.viewportProperty().set(model.viewport().panned(dx, dy));
        }
    }

    private void key(KeyEvent event) {
        if (event.getTarget() instanceof TextInputControl || event.isConsumed()) {
            return;
        }
        CanvasKeys.action(event).filter(commands::perform).ifPresent(done -> event.consume());
    }

    private void showGraph() {
        boolean hadFocus = world.hasFocusWithin();
        world.showGraph();
        if (hadFocus && !world.hasFocusWithin()) {
            requestFocus();
        }
        // Whoever edits sees what is edited stay where it is.
        fitted = null;
        PipelineGraph graph = model.graph();
        emptyState.setVisible(graph.nodes().isEmpty() && emptyGuide == EmptyGuide.SHOWN);
        minimap.setShown(!graph.nodes().isEmpty());
        tools.setVisible(!graph.nodes().isEmpty());
        minimap.draw();
        setAccessibleText(Messages.text("editor.spoken.canvas", graph.nodes().size()));
    }

    private void showViewport() {
        Viewport viewport = model.viewport();
        grid.draw(viewport);
        world.showViewport();
        minimap.draw();
        tools.show(viewport.zoom());
    }

    @Override
    protected void layoutChildren() {
        double width = getWidth();
        double height = getHeight();
        boolean resized = width != laidOutWidth || height != laidOutHeight;
        laidOutWidth = width;
        laidOutHeight = height;
        model.resize(width, height);
        grid.resizeRelocate(0, 0, width, height);
        overlay.resizeRelocate(0, 0, width, height);
        emptyState.resizeRelocate(0, 0, width, height);
        double toolsWidth = tools.prefWidth(-1);
        double toolsHeight = tools.prefHeight(-1);
        tools.resizeRelocate(12, height - 12 - toolsHeight, toolsWidth, toolsHeight);
        minimap.resizeRelocate(width - 12 - Minimap.WIDTH, height - 12 - Minimap.HEIGHT, Minimap.WIDTH, Minimap.HEIGHT);
        quickAdd.place();
        boolean untouched = model.viewport().equals(fitted);
        if ((fitPending || (resized && untouched))
                && width > 0
                && height > 0
                && !model.graph().nodes().isEmpty()) {
            fitPending = false;
            fitAll();
        }
        showViewport();
    }

    /// Whether an empty canvas shows its guide.
    public enum EmptyGuide {
        SHOWN,
        HIDDEN
    }
}
