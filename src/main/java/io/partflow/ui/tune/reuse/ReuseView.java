package io.partflow.ui.tune.reuse;

import io.partflow.engine.insight.history.ReuseGaps;
import io.partflow.ui.support.Formats;
import io.partflow.ui.support.Messages;
import io.partflow.ui.support.Tips;
import java.util.function.Function;
import javafx.beans.property.ReadOnlyStringWrapper;
import javafx.geometry.Pos;
import javafx.scene.control.Button;
import javafx.scene.control.Label;
import javafx.scene.control.TableColumn;
import javafx.scene.control.TableView;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Priority;
import javafx.scene.layout.Region;
import javafx.scene.layout.VBox;

/// The time-to-live tuner: the gaps, a table of times to live, and the button that takes one over. FX thread.
public final class ReuseView extends VBox {
    private static final double TABLE = 132;
    private static final double SUMMARY = 30;

    private final ReuseViewModel model;
    private final TableView<ReuseGaps.Outlook> table = new TableView<>();
    private boolean replacing;

    public ReuseView(ReuseViewModel model) {
        this.model = model;
        getStyleClass().add("tune-pane");
        Label title = new Label(Messages.text("tune.reuse.title"));
        title.getStyleClass().add("section-title");
        title.setMinWidth(Region.USE_PREF_SIZE);
        Label note = new Label(Messages.text("tune.reuse.note"));
        note.getStyleClass().add("caption");
        note.setMinWidth(0);
        Region gap = new Region();
        HBox.setHgrow(gap, Priority.ALWAYS);
        Button apply = new Button();
        apply.setId("reuse-apply");
        apply.getStyleClass().add("small");
        apply.setMinWidth(Region.USE_PREF_SIZE);
        apply.textProperty().bind(model.applyTextProperty());
        apply.visibleProperty().bind(model.applyTextProperty().isNotEmpty());
        apply.managedProperty().bind(apply.visibleProperty());
        apply.setOnAction(event -> model.apply());
        HBox head = new HBox(title, note, gap, apply);
        head.getStyleClass().add("tune-head");
        head.setAlignment(Pos.CENTER_LEFT);
        ReuseChart chart = new ReuseChart(model);
        VBox.setVgrow(chart, Priority.ALWAYS);
        Label summary = new Label();
        summary.getStyleClass().add("caption");
        summary.setMinWidth(0);
        summary.setWrapText(true);
        summary.setMinHeight(SUMMARY);
        summary.textProperty().bind(model.summaryProperty());
        fillTable();
        getChildren().setAll(head, chart, summary, table);
    }

    private void fillTable() {
        table.setId("reuse-table");
        table.getStyleClass().add("dense");
        table.setAccessibleText(Messages.text("tune.reuse.title"));
        table.setPlaceholder(new Label(""));
        table.setMinHeight(80);
        table.setPrefHeight(TABLE);
        table.setMaxHeight(TABLE);
        table.setColumnResizePolicy(TableView.CONSTRAINED_RESIZE_POLICY_ALL_COLUMNS);
        table.getColumns().add(column("ttl", each -> ReuseViewModel.time(each.ttlMillis())));
        table.getColumns().add(column("hits", each -> Formats.count(each.hits())));
        table.getColumns().add(column("lost", each -> Formats.count(each.hitsLost())));
        table.getColumns().add(column("age", each -> ReuseViewModel.millis(Math.round(each.meanAgeMillis()))));
        table.getColumns().add(column("oldest", each -> ReuseViewModel.millis(each.maxAgeMillis())));
        table.getColumns().add(column("herd", each -> each.herd() == 0 ? Formats.UNKNOWN : Formats.count(each.herd())));
        table.getSelectionModel().selectedItemProperty().subscribe(each -> {
            if (!replacing && each != null) {
                model.chosenProperty().set(each);
            }
        });
        model.pictureProperty().subscribe(picture -> show());
        model.chosenProperty().subscribe(chosen -> select());
    }

    private void show() {
        replacing = true;
        try {
            if (!table.getItems().equals(model.pictureProperty().get().outlooks())) {
                table.getItems().setAll(model.pictureProperty().get().outlooks());
            }
        } finally {
            replacing = false;
        }
        select();
    }

    private void select() {
        ReuseGaps.Outlook chosen = model.chosenProperty().get();
        replacing = true;
        try {
            int at = chosen == null ? -1 : table.getItems().indexOf(chosen);
            if (at < 0) {
                table.getSelectionModel().clearSelection();
            } else {
                table.getSelectionModel().select(at);
            }
        } finally {
            replacing = false;
        }
    }

    private static TableColumn<ReuseGaps.Outlook, String> column(String key, Function<ReuseGaps.Outlook, String> text) {
        TableColumn<ReuseGaps.Outlook, String> column = new TableColumn<>(Messages.text("tune.reuse.column." + key));
        String tip = Messages.textOr("tune.reuse.column." + key + ".tip", "");
        if (!tip.isEmpty()) {
            Label title = new Label(column.getText());
            Tips.install(title, tip);
            column.setText("");
            column.setGraphic(title);
        }
        column.setSortable(false);
        column.setReorderable(false);
        column.getStyleClass().add("number");
        column.setCellValueFactory(cell -> new ReadOnlyStringWrapper(text.apply(cell.getValue())));
        return column;
    }
}
