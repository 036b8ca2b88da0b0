package io.partflow.ui.inspect.upkeep;

import io.partflow.ui.inspect.FxmlView;
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
import javafx.fxml.FXML;
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

    private final BulkViewModel model;
    private final Runnable close;
    private final ToggleGroup group = new ToggleGroup();

    @FXML
    private HBox head;

    @FXML
    private Button hide;

    @FXML
    private ScrollPane left;

    @FXML
    private ScrollPane right;

    @FXML
    private VBox choice;

    @FXML
    private RadioButton selected;

    @FXML
    private RadioButton filtered;

    @FXML
    private RadioButton all;

    @FXML
    private RadioButton fitting;

    @FXML
    private CheckBox derived;

    @FXML
    private VBox form;

    @FXML
    private Label summary;

    @FXML
    private Button remove;

    /// @param refresh fetches what the table shows again
    /// @param close hides the panel
    BulkView(BulkViewModel model, Runnable refresh, Runnable close) {
        this.model = model;
        this.close = close;
        FxmlView.load(this);
        SeenClock.attach(this, PERIOD, () -> {
            refresh.run();
            model.recount();
        });
    }

    @FXML
    private void initialize() {
        hide.setGraphic(Icons.icon("x", 14));
        Tips.install(hide, Messages.text("upkeep.close"));
        scope(selected, BulkScope.SELECTED, model.selectedWordsProperty());
        scope(filtered, BulkScope.FILTERED, model.filterWordsProperty());
        scope(all, BulkScope.ALL, null);
        scope(fitting, BulkScope.DESCRIBED, null);
        for (FieldViewModel field : model.fields()) {
            FieldRow row = new FieldRow(field, spec -> List.of());
            row.setId("bulk-" + field.spec().name());
            form.getChildren().add(row);
        }
        derived.selectedProperty().bindBidirectional(model.derivedProperty());
        Tips.install(derived, Messages.text("upkeep.derived.help"));
        summary.textProperty().bind(model.summaryProperty());
        remove.setGraphic(Icons.icon("trash-2", 14));
        model.countProperty().subscribe(count -> {
            boolean some = count.intValue() > 0;
            remove.setDisable(!some);
            remove.setText(
                    some
                            ? Messages.text("upkeep.remove", Formats.count(count.intValue(), "entry", "entries"))
                            : Messages.text("upkeep.remove.none"));
        });
        widthProperty().map(width -> width.doubleValue() >= TWO_COLUMNS_FROM).subscribe(this::arrange);
    }

    @FXML
    private void hidePanel() {
        close.run();
    }

    @FXML
    private void removeChosen() {
        model.remove();
    }

    /// Beside each other where the panel is wide, for then it is low. What is meant and what fields describe scroll;
    /// how many that is and the button never do.
    private void arrange(boolean wide) {
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
    private void scope(RadioButton radio, BulkScope scope, @Nullable ObservableValue<String> words) {
        String name = "upkeep.scope." + scope.name().toLowerCase(Locale.ROOT);
        radio.setText(Messages.text(name));
        radio.setToggleGroup(group);
        radio.setOnAction(event -> model.scopeProperty().set(scope));
        model.scopeProperty().subscribe(now -> radio.setSelected(now == scope));
        if (words != null) {
            words.subscribe(now -> {
                radio.setText(now.isEmpty() ? Messages.text(name) : Messages.text(name + ".some", now));
                radio.setDisable(now.isEmpty());
            });
        }
    }
}
