package io.partflow.ui.inspect.trace;

import io.partflow.engine.content.Part;
import io.partflow.ui.inspect.part.PartViewer;
import io.partflow.ui.support.Formats;
import io.partflow.ui.support.Icons;
import io.partflow.ui.support.Messages;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Executor;
import java.util.function.Consumer;
import java.util.function.Function;
import javafx.beans.property.ReadOnlyObjectWrapper;
import javafx.scene.Node;
import javafx.scene.control.Button;
import javafx.scene.control.Label;
import javafx.scene.control.ScrollPane;
import javafx.scene.control.SplitPane;
import javafx.scene.control.TreeItem;
import javafx.scene.control.TreeTableCell;
import javafx.scene.control.TreeTableColumn;
import javafx.scene.control.TreeTableView;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Priority;
import javafx.scene.layout.Region;
import javafx.scene.layout.StackPane;
import javafx.scene.layout.VBox;
import org.jspecify.annotations.Nullable;

/// The dock's tab "Trace": the tree of calls or nodes in a trace file or recording with the parts that went
/// in and came out, and the part selected beside it. FX thread.
public final class TraceBrowser extends VBox {
    private static final int OPEN_LEVELS = 3;

    private final TraceBrowserViewModel model;
    private final TreeTableView<TraceItem> tree = new TreeTableView<>();
    private final PartViewer parts;
    private final Label words = new Label();

    /// @param choose asks for a file and opens it
    /// @param replay makes the file the stream of the pipeline
    /// @param background where parts are read and decoded
    /// @param fx leads back to the thread of the views
    public TraceBrowser(
            TraceBrowserViewModel model, Runnable choose, Consumer<Path> replay, Executor background, Executor fx) {
        this.model = model;
        this.parts = new PartViewer(background, fx);
        Label name = new Label();
        name.getStyleClass().add("strong");
        name.textProperty()
                .bind(model.fileProperty()
                        .map(file -> String.valueOf(file.getFileName()))
                        .orElse(""));
        Region space = new Region();
        HBox.setHgrow(space, Priority.ALWAYS);
        Button open = new Button(Messages.text("inspect.trace.open"), Icons.icon("folder", 14));
        open.getStyleClass().add("small");
        open.setOnAction(event -> choose.run());
        Button again = new Button(Messages.text("inspect.trace.replay"), Icons.icon("repeat", 14));
        again.getStyleClass().add("small");
        again.disableProperty().bind(model.rootProperty().isNull());
        again.setOnAction(event -> {
            Path file = model.fileProperty().get();
            if (file != null) {
                replay.accept(file);
            }
        });
        HBox bar = new HBox(name, space, again, open);
        bar.getStyleClass().add("entry-bar");
        fillTree();
        SplitPane split = new SplitPane(body(), side());
        split.setDividerPositions(0.68);
        VBox.setVgrow(split, Priority.ALWAYS);
        getChildren().setAll(bar, split);
    }

    private Node body() {
        Label message = new Label();
        message.getStyleClass().add("muted");
        message.setWrapText(true);
        message.textProperty().bind(model.messageProperty());
        message.visibleProperty().bind(model.rootProperty().isNull());
        tree.visibleProperty().bind(message.visibleProperty().not());
        StackPane body = new StackPane(message, tree);
        body.getStyleClass().add("trace-body");
        return body;
    }

    private Node side() {
        words.setWrapText(true);
        words.managedProperty().bind(words.visibleProperty());
        parts.managedProperty().bind(parts.visibleProperty());
        parts.visibleProperty().bind(words.visibleProperty().not());
        VBox inside = new VBox(words, parts);
        inside.getStyleClass().add("part-viewer-body");
        ScrollPane scroll = new ScrollPane(inside);
        scroll.setFitToWidth(true);
        scroll.setHbarPolicy(ScrollPane.ScrollBarPolicy.NEVER);
        model.selectedProperty().subscribe(this::showSelected);
        return scroll;
    }

    private void showSelected(@Nullable TraceItem item) {
        List<Part> seen = model.selectedParts();
        String error = item != null && item.kind() == TraceItem.Kind.ERROR ? item.state() : null;
        words.setVisible(seen.isEmpty());
        words.setText(error == null ? Messages.text("inspect.trace.select") : error);
        words.getStyleClass().setAll("label", error == null ? "muted" : "mono");
        parts.show(seen);
    }

    private void fillTree() {
        tree.setColumnResizePolicy(TreeTableView.CONSTRAINED_RESIZE_POLICY_SUBSEQUENT_COLUMNS);
        tree.setAccessibleText(Messages.text("inspect.trace.title"));
        TreeTableColumn<TraceItem, TraceItem> name = column("name", 320, "plain", TraceItem::title);
        name.setCellFactory(ignored -> new NameCell());
        tree.getColumns().add(name);
        tree.getColumns().add(column("relation", 64, "plain", TraceItem::relation));
        tree.getColumns().add(column("at", 84, "number", item -> millis(item.atMillis())));
        tree.getColumns().add(column("took", 92, "number", item -> millis(item.tookMillis())));
        tree.getColumns().add(column("in", 52, "number", item -> count(item.inputs())));
        tree.getColumns().add(column("out", 52, "number", item -> count(item.outputs())));
        tree.getColumns()
                .add(column("state", 160, "plain", item -> item.kind() == TraceItem.Kind.ERROR ? "" : item.state()));
        model.rootProperty().subscribe(root -> tree.setRoot(root == null ? null : item(root, 0)));
        tree.getSelectionModel()
                .selectedItemProperty()
                .subscribe(item -> model.selectedProperty().set(item == null ? null : item.getValue()));
    }

    private static TreeItem<TraceItem> item(TraceItem value, int level) {
        TreeItem<TraceItem> item = new TreeItem<>(value);
        value.children().forEach(child -> item.getChildren().add(item(child, level + 1)));
        boolean call = value.kind() == TraceItem.Kind.CALL || value.kind() == TraceItem.Kind.FAILED_CALL;
        item.setExpanded(call && level < OPEN_LEVELS);
        return item;
    }

    private static String millis(@Nullable Double millis) {
        return millis == null ? "" : Formats.millis(millis);
    }

    private static String count(@Nullable Long count) {
        return count == null ? "" : Formats.count(count);
    }

    private static TreeTableColumn<TraceItem, TraceItem> column(
            String key, double width, String style, Function<TraceItem, String> text) {
        TreeTableColumn<TraceItem, TraceItem> column =
                new TreeTableColumn<>(Messages.text("inspect.trace.column." + key));
        column.setCellValueFactory(
                cell -> new ReadOnlyObjectWrapper<>(cell.getValue().getValue()));
        column.setPrefWidth(width);
        column.setMinWidth(Math.min(width, 48));
        column.getStyleClass().add(style);
        column.setSortable(false);
        column.setReorderable(false);
        column.setCellFactory(ignored -> new TreeTableCell<>() {
            {
                getStyleClass().add(style);
            }

            @Override
            protected void updateItem(@Nullable TraceItem item, boolean empty) {
                super.updateItem(item, empty);
                setText(item == null || empty ? null : text.apply(item));
            }
        });
        return column;
    }

    /// The first column: an icon for the kind of row, and its title.
    private static final class NameCell extends TreeTableCell<TraceItem, TraceItem> {
        @Override
        protected void updateItem(@Nullable TraceItem item, boolean empty) {
            super.updateItem(item, empty);
            if (item == null || empty) {
                setText(null);
                setGraphic(null);
                return;
            }
            setText(item.title());
            setGraphic(
                    switch (item.kind()) {
                        case CALL, NODE -> Icons.icon("cpu", 14);
                        case FAILED_CALL, ERROR -> Icons.icon("x-circle", 14, "danger-icon");
                        case INPUT -> Icons.icon("log-in", 14, "subtle-icon");
                        case OUTPUT -> Icons.icon("log-out", 14, "subtle-icon");
                        case NOTE -> Icons.icon("info", 14);
                    });
            setGraphicTextGap(6);
            setAccessibleText(
                    Messages.text("inspect.trace.kind." + item.kind().name().toLowerCase(java.util.Locale.ROOT)) + " "
                            + item.title());
        }
    }
}
