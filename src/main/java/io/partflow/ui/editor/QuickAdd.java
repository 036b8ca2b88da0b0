package io.partflow.ui.editor;

import io.partflow.engine.processor.PortSpec;
import io.partflow.engine.processor.ProcessorDescriptor;
import io.partflow.pipeline.PipelineNode;
import io.partflow.pipeline.PortRef;
import io.partflow.ui.editor.model.CanvasModel;
import io.partflow.ui.editor.model.GraphEdits;
import io.partflow.ui.editor.model.NodeMeasures;
import io.partflow.ui.editor.model.NodeSearch;
import io.partflow.ui.editor.model.PortSide;
import io.partflow.ui.support.Messages;
import java.util.List;
import java.util.Optional;
import javafx.geometry.Point2D;
import javafx.scene.control.Label;
import javafx.scene.control.ListCell;
import javafx.scene.control.ListView;
import javafx.scene.control.TextField;
import javafx.scene.input.KeyCode;
import javafx.scene.input.KeyEvent;
import javafx.scene.input.MouseEvent;
import javafx.scene.layout.Priority;
import javafx.scene.layout.VBox;

/// The little search that adds a node without leaving the canvas: type, choose with the arrows, press Enter.
///
/// Opened from a wire or beside a selected node it lists only what fits there, and joins what is chosen.
final class QuickAdd extends VBox {
    private static final double WIDTH = 264;
    private static final double HEIGHT = 272;
    private static final double ROW = 28;

    /// Padding, head and field around the list.
    private static final double CHROME = 76;

    private final CanvasModel model;
    private final CanvasView canvas;
    private final Label head = new Label();
    private final TextField search = new TextField();
    private final ListView<ProcessorDescriptor> found = new ListView<>();
    private Point2D at = Point2D.ZERO;
    private Point2D corner = Point2D.ZERO;
    private Optional<Joint> joint = Optional.empty();

    /// The port that the new node is joined to, and on which side of the new node.
    private record Joint(PortRef port, PortSide newSide, PortSpec spec) {}

    QuickAdd(CanvasModel model, CanvasView canvas) {
        this.model = model;
        this.canvas = canvas;
        getStyleClass().add("quick-add");
        setId("quick-add");
        setVisible(false);
        setManaged(false);
        head.getStyleClass().add("caption");
        search.setPromptText(Messages.text("editor.quick.search"));
        search.setId("quick-search");
        search.textProperty().subscribe((before, now) -> fill());
        found.setCellFactory(list -> new DescriptorCell());
        found.setFocusTraversable(false);
        found.setOnMouseClicked(click -> choose());
        found.setMinHeight(0);
        VBox.setVgrow(found, Priority.ALWAYS);
        addEventFilter(KeyEvent.KEY_PRESSED, this::key);
        for (var kind : List.of(MouseEvent.MOUSE_PRESSED, MouseEvent.MOUSE_DRAGGED, MouseEvent.MOUSE_CLICKED)) {
            addEventHandler(kind, MouseEvent::consume);
        }
    }

    /// Opens at a place on the canvas; what is chosen stands there, joined to nothing.
    void openFree(double x, double y) {
        joint = Optional.empty();
        open(x, y, model.viewport().toWorld(x, y).subtract(0, NodeMeasures.HEADER / 2));
    }

    /// Opens where a wire was let go; what is chosen is joined to the end that stays.
    void openForWire(double x, double y, PortRef fixed, PortSide fixedSide) {
        PortSide newSide = fixedSide == PortSide.OUTPUT ? PortSide.INPUT : PortSide.OUTPUT;
        joint = model.wiring().port(fixed, fixedSide).map(spec -> new Joint(fixed, newSide, spec));
        Point2D world = model.viewport().toWorld(x, y);
        double left = newSide == PortSide.INPUT ? 0 : NodeMeasures.WIDTH;
        open(x, y, world.subtract(left, NodeMeasures.HEADER / 2));
    }

    /// Opens behind the selected node if it has an output, else in the middle; asked again, it lets go of the node.
    void openAtSelection() {
        boolean again = isVisible() && joint.isPresent();
        Optional<PipelineNode> node = model.selection().nodes().size() == 1
                ? model.graph().node(model.selection().nodes().iterator().next())
                : Optional.empty();
        Optional<PortSpec> output = again
                ? Optional.empty()
                : node.flatMap(each ->
                        model.wiring().ports(each, PortSide.OUTPUT).stream().findFirst());
        if (node.isPresent() && output.isPresent()) {
            joint = Optional.of(new Joint(node.get().port(output.get().name()), PortSide.INPUT, output.get()));
            Point2D spot = model.freeSpot(model.besideOf(node.get()));
            Point2D shown = model.viewport().toScreen(spot.getX(), spot.getY());
            open(shown.getX(), shown.getY(), spot);
            return;
        }
        joint = Optional.empty();
        double x = model.width() / 2;
        double y = model.height() / 2;
        Point2D middle = model.viewport().toWorld(x, y).subtract(NodeMeasures.WIDTH / 2, NodeMeasures.HEADER);
        open(x - WIDTH / 2, y - HEIGHT / 2, model.freeSpot(middle));
    }

    private void open(double x, double y, Point2D topLeft) {
        if (getChildren().isEmpty()) {
            // not before: a field and a list that nobody sees would make every start later
            getChildren().addAll(head, search, found);
        }
        at = new Point2D(x, y);
        corner = topLeft;
        head.setText(joint.flatMap(each -> model.graph()
                        .node(each.port().node())
                        .map(node -> Messages.text(
                                each.newSide() == PortSide.INPUT ? "editor.quick.to" : "editor.quick.from",
                                model.title(node))))
                .orElseGet(() -> Messages.text("editor.quick.free")));
        search.clear();
        fill();
        setVisible(true);
        toFront();
        place();
        search.requestFocus();
    }

    /// Closes the list.
    ///
    /// @return whether it was open
    boolean close() {
        if (!isVisible()) {
            return false;
        }
        setVisible(false);
        canvas.requestFocus();
        return true;
    }

    /// Keeps the card inside the canvas.
    void place() {
        double wanted = CHROME + Math.max(1, found.getItems().size()) * ROW;
        double height = Math.min(Math.min(HEIGHT, wanted), Math.max(120, canvas.getHeight() - 16));
        double x = Math.clamp(at.getX(), 8, Math.max(8, canvas.getWidth() - WIDTH - 8));
        double y = Math.clamp(at.getY(), 8, Math.max(8, canvas.getHeight() - height - 8));
        resizeRelocate(Math.rint(x), Math.rint(y), WIDTH, height);
    }

    private void fill() {
        List<ProcessorDescriptor> all = model.catalog().descriptors();
        List<ProcessorDescriptor> fitting = joint.map(each ->
                        NodeSearch.fitting(all, each.newSide(), each.spec().types()))
                .orElse(all);
        found.getItems().setAll(NodeSearch.find(fitting, search.getText()));
        place();
        found.setPlaceholder(
                new Label(Messages.text(joint.isPresent() ? "editor.quick.none-fits" : "editor.quick.none")));
        found.getSelectionModel().selectFirst();
    }

    private void key(KeyEvent event) {
        KeyCode code = event.getCode();
        if (code == KeyCode.ENTER) {
            choose();
        } else if (code == KeyCode.ESCAPE) {
            close();
        } else if (code == KeyCode.DOWN || code == KeyCode.UP) {
            int step = code == KeyCode.DOWN ? 1 : -1;
            int next = found.getSelectionModel().getSelectedIndex() + step;
            if (next >= 0 && next < found.getItems().size()) {
                found.getSelectionModel().select(next);
                found.scrollTo(Math.max(0, next - 3));
            }
        } else if (CanvasKeys.action(event)
                .filter(action -> action == CanvasAction.ADD)
                .isPresent()) {
            openAtSelection();
        } else {
            return;
        }
        event.consume();
    }

    private void choose() {
        ProcessorDescriptor chosen = found.getSelectionModel().getSelectedItem();
        if (chosen == null) {
            return;
        }
        close();
        PipelineNode template = GraphEdits.template(chosen);
        model.edit(joint.map(each -> model.edits().addWired(template, corner, each.port(), each.newSide()))
                .orElseGet(() -> model.edits().add(template, corner)));
        model.selection().nodes().stream().findFirst().ifPresent(model::reveal);
    }

    /// A processor with its icon, title and port types.
    private static final class DescriptorCell extends ListCell<ProcessorDescriptor> {
        @Override
        protected void updateItem(ProcessorDescriptor item, boolean empty) {
            super.updateItem(item, empty);
            setText(null);
            setGraphic(empty || item == null ? null : new DescriptorRow(item));
        }
    }
}
