package io.partflow.ui.inspect.node;

import io.partflow.engine.processor.PromptSnapshot;
import io.partflow.ui.support.Formats;
import io.partflow.ui.support.Messages;
import io.partflow.ui.support.Tips;
import java.util.List;
import java.util.function.Function;
import javafx.beans.property.ReadOnlyObjectWrapper;
import javafx.scene.control.Label;
import javafx.scene.control.TableColumn;
import javafx.scene.control.TableView;
import javafx.scene.layout.VBox;

/// The last changes that a history policy made, newest first, with what each kept, dropped and summed up. FX thread.
final class PromptSteps extends VBox {
    private static final double ROW = 24;
    private static final int MOST_ROWS = 8;

    private final Label summary = new Label();
    private final TableView<PromptSnapshot.Step> table = new TableView<>();

    PromptSteps() {
        super(4);
        summary.getStyleClass().add("caption");
        table.setColumnResizePolicy(TableView.CONSTRAINED_RESIZE_POLICY_SUBSEQUENT_COLUMNS);
        table.setPlaceholder(new Label(""));
        table.setFixedCellSize(ROW);
        table.setAccessibleText(Messages.text("inspect.prompt.steps.title"));
        add("part", step -> Formats.count(step.afterPart()));
        add("kept", step -> Formats.count(step.partsKept()));
        add("dropped", step -> Formats.count(step.partsDropped()));
        add("summarised", step -> Formats.count(step.partsSummarised()));
        add("before", step -> Formats.count(step.tokensBefore()));
        add("after", step -> Formats.count(step.tokensAfter()));
        add("shared", step -> Formats.count(step.sharedPrefixTokens()));
        getChildren().setAll(summary, table);
        setVisible(false);
        setManaged(false);
    }

    private void add(String name, Function<PromptSnapshot.Step, String> text) {
        Label head = new Label(Messages.text("inspect.prompt.steps." + name));
        Tips.install(head, Messages.text("inspect.prompt.steps." + name + ".help"));
        TableColumn<PromptSnapshot.Step, String> column = new TableColumn<>();
        column.setGraphic(head);
        column.setSortable(false);
        column.setReorderable(false);
        column.getStyleClass().add("number");
        column.setCellValueFactory(cell -> new ReadOnlyObjectWrapper<>(text.apply(cell.getValue())));
        table.getColumns().add(column);
    }

    /// Shows other steps; nothing moves where they are the same.
    void show(List<PromptSnapshot.Step> steps, String words) {
        summary.setText(words);
        if (!table.getItems().equals(steps)) {
            table.getItems().setAll(steps);
            table.setPrefHeight(ROW * (Math.min(MOST_ROWS, steps.size()) + 1.5));
        }
        setVisible(!steps.isEmpty());
        setManaged(!steps.isEmpty());
    }
}
