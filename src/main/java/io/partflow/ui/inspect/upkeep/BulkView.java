package io.partflow.ui.inspect.upkeep;

import io.partflow.ui.inspect.form.FieldRow;
import io.partflow.ui.inspect.form.FieldViewModel;
import io.partflow.ui.support.Formats;
import io.partflow.ui.support.Icons;
import io.partflow.ui.support.Messages;
import io.partflow.ui.support.Tips;
import java.util.List;
import javafx.geometry.Pos;
import javafx.scene.control.Button;
import javafx.scene.control.CheckBox;
import javafx.scene.control.Label;
import javafx.scene.control.ScrollPane;
import javafx.scene.layout.FlowPane;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Priority;
import javafx.scene.layout.Region;
import javafx.scene.layout.VBox;

/// The panel that removes entries in bulk: what by, how many that is, and the button. FX thread.
final class BulkView extends VBox {
    private static final double TWO_COLUMNS_FROM = 520;
    private static final double COLUMN_GAP = 24;
    private static final double MARGIN = 40;

    /// @param close hides the panel
    BulkView(BulkViewModel model, Runnable close) {
        getStyleClass().addAll("pane", "bulk");
        setId("bulk");
        Label title = new Label(Messages.text("upkeep.title"));
        title.getStyleClass().add("section-title");
        Region gap = new Region();
        HBox.setHgrow(gap, Priority.ALWAYS);
        Button hide = new Button("", Icons.icon("x", 14));
        hide.getStyleClass().addAll("icon-button", "small");
        hide.setAccessibleText(Messages.text("upkeep.close"));
        Tips.install(hide, Messages.text("upkeep.close"));
        hide.setOnAction(event -> close.run());
        HBox head = new HBox(title, gap, hide);
        head.setAlignment(Pos.CENTER_LEFT);
        FlowPane form = new FlowPane(COLUMN_GAP, 4);
        for (FieldViewModel field : model.fields()) {
            FieldRow row = new FieldRow(field, spec -> List.of());
            row.setId("bulk-" + field.spec().name());
            row.prefWidthProperty().bind(widthProperty().map(width -> rowWidth(width.doubleValue())));
            form.getChildren().add(row);
        }
        CheckBox derived = new CheckBox(Messages.text("upkeep.derived"));
        derived.setId("bulk-derived");
        derived.selectedProperty().bindBidirectional(model.derivedProperty());
        Tips.install(derived, Messages.text("upkeep.derived.help"));
        form.getChildren().add(derived);
        ScrollPane scroll = new ScrollPane(form);
        scroll.setFitToWidth(true);
        scroll.setHbarPolicy(ScrollPane.ScrollBarPolicy.NEVER);
        VBox.setVgrow(scroll, Priority.ALWAYS);
        Label summary = new Label();
        summary.getStyleClass().add("caption");
        summary.setWrapText(true);
        summary.setMinHeight(Region.USE_PREF_SIZE);
        summary.textProperty().bind(model.summaryProperty());
        summary.setId("bulk-summary");
        Button remove = new Button("", Icons.icon("trash-2", 14));
        remove.getStyleClass().add("destructive");
        remove.setId("bulk-remove");
        remove.setMaxWidth(Double.MAX_VALUE);
        remove.setOnAction(event -> model.remove());
        model.countProperty().subscribe(count -> {
            boolean some = count.intValue() > 0;
            remove.setDisable(!some);
            remove.setText(
                    some
                            ? Messages.text("upkeep.remove", Formats.count(count.intValue(), "entry", "entries"))
                            : Messages.text("upkeep.remove.none"));
        });
        getChildren().setAll(head, scroll, summary, remove);
    }

    /// Half of the panel where it is wide, so that all fields can be seen where it is low.
    private static double rowWidth(double width) {
        double inside = width - MARGIN;
        return width >= TWO_COLUMNS_FROM ? Math.floor((inside - COLUMN_GAP) / 2) : inside;
    }
}
