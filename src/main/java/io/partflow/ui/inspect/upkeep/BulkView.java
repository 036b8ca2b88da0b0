package io.partflow.ui.inspect.upkeep;

import io.partflow.ui.inspect.SeenClock;
import io.partflow.ui.inspect.form.FieldRow;
import io.partflow.ui.inspect.form.FieldViewModel;
import io.partflow.ui.support.Formats;
import io.partflow.ui.support.Icons;
import io.partflow.ui.support.Messages;
import io.partflow.ui.support.Tips;
import java.util.List;
import java.util.Locale;
import javafx.beans.value.ObservableValue;
import javafx.geometry.Pos;
import javafx.scene.Node;
import javafx.scene.control.Button;
import javafx.scene.control.CheckBox;
import javafx.scene.control.Label;
import javafx.scene.control.RadioButton;
import javafx.scene.control.ScrollPane;
import javafx.scene.control.ToggleGroup;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Priority;
import javafx.scene.layout.Region;
import javafx.scene.layout.VBox;
import javafx.util.Duration;
import org.jspecify.annotations.Nullable;

/// The panel that removes entries in bulk: which, how many that is, and the button. FX thread.
final class BulkView extends VBox {
    private static final double TWO_COLUMNS_FROM = 520;
    private static final double COLUMN_GAP = 24;
    private static final Duration PERIOD = Duration.millis(500);

    private final ScrollPane left = new ScrollPane();
    private final ScrollPane right = new ScrollPane();

    /// @param refresh fetches what the table shows again
    /// @param close hides the panel
    BulkView(BulkViewModel model, Runnable refresh, Runnable close) {
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
        ToggleGroup group = new ToggleGroup();
        VBox scopes = new VBox(
                4,
                scope(model, group, BulkScope.SELECTED, model.selectedWordsProperty()),
                scope(model, group, BulkScope.FILTERED, model.filterWordsProperty()),
                scope(model, group, BulkScope.ALL, null),
                scope(model, group, BulkScope.DESCRIBED, null));
        VBox form = new VBox(4);
        for (FieldViewModel field : model.fields()) {
            FieldRow row = new FieldRow(field, spec -> List.of());
            row.setId("bulk-" + field.spec().name());
            form.getChildren().add(row);
        }
        CheckBox derived = new CheckBox(Messages.text("upkeep.derived"));
        derived.setId("bulk-derived");
        derived.setWrapText(true);
        derived.setMinHeight(Region.USE_PREF_SIZE);
        derived.selectedProperty().bindBidirectional(model.derivedProperty());
        Tips.install(derived, Messages.text("upkeep.derived.help"));
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
        for (ScrollPane each : List.of(left, right)) {
            each.setHbarPolicy(ScrollPane.ScrollBarPolicy.NEVER);
            each.setFitToWidth(true);
            HBox.setHgrow(each, Priority.ALWAYS);
        }
        widthProperty()
                .map(width -> width.doubleValue() >= TWO_COLUMNS_FROM)
                .subscribe(wide -> arrange(wide, head, new VBox(6, scopes, derived), form, summary, remove));
        SeenClock.attach(this, PERIOD, () -> {
            refresh.run();
            model.recount();
        });
    }

    /// Beside each other where the panel is wide, for then it is low. What is meant and what fields describe scroll;
    /// how many that is and the button never do.
    private void arrange(boolean wide, Node head, Node choice, Node form, Label summary, Button remove) {
        left.setContent(wide ? choice : new VBox(6, choice, form));
        right.setContent(wide ? form : null);
        Node middle = wide ? sides(left, right) : left;
        VBox.setVgrow(middle, Priority.ALWAYS);
        summary.setMaxWidth(Double.MAX_VALUE);
        remove.setMinWidth(wide ? Region.USE_PREF_SIZE : 0);
        if (wide) {
            HBox end = new HBox(COLUMN_GAP, summary, remove);
            end.setAlignment(Pos.CENTER_LEFT);
            HBox.setHgrow(summary, Priority.ALWAYS);
            getChildren().setAll(head, middle, end);
        } else {
            getChildren().setAll(head, middle, summary, remove);
        }
    }

    private static HBox sides(ScrollPane left, ScrollPane right) {
        left.setPrefWidth(100);
        right.setPrefWidth(100);
        HBox both = new HBox(COLUMN_GAP, left, right);
        both.setMinHeight(0);
        return both;
    }

    /// @param words what is meant just now; null where the name says it
    private static Node scope(
            BulkViewModel model, ToggleGroup group, BulkScope scope, @Nullable ObservableValue<String> words) {
        String name = "upkeep.scope." + scope.name().toLowerCase(Locale.ROOT);
        RadioButton choice = new RadioButton(Messages.text(name));
        choice.setId("bulk-scope-" + scope.name().toLowerCase(Locale.ROOT));
        choice.setToggleGroup(group);
        choice.setWrapText(true);
        choice.setMinHeight(Region.USE_PREF_SIZE);
        choice.setOnAction(event -> model.scopeProperty().set(scope));
        model.scopeProperty().subscribe(now -> choice.setSelected(now == scope));
        if (words != null) {
            words.subscribe(now -> {
                choice.setText(now.isEmpty() ? Messages.text(name) : Messages.text(name + ".some", now));
                choice.setDisable(now.isEmpty());
            });
        }
        return choice;
    }
}
