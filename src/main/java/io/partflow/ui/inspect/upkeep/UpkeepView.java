package io.partflow.ui.inspect.upkeep;

import io.partflow.engine.cache.CacheEntry;
import io.partflow.ui.inspect.FxmlView;
import io.partflow.ui.support.Icons;
import io.partflow.ui.support.Messages;
import io.partflow.ui.support.Tips;
import javafx.beans.value.ObservableValue;
import javafx.fxml.FXML;
import javafx.scene.Node;
import javafx.scene.control.Button;
import javafx.scene.control.Label;
import javafx.scene.control.MenuButton;
import javafx.scene.control.ProgressBar;
import javafx.scene.control.ToggleButton;
import javafx.scene.layout.BorderPane;
import javafx.scene.layout.HBox;
import org.jspecify.annotations.Nullable;

/// The table of entries with what can be done to them below it, and the panel for bulk removal beside it. FX thread.
public final class UpkeepView extends BorderPane {
    /// What the buttons do.
    public interface Actions {
        /// Fetches the entries of the table again, also while the panel stands in its place.
        void refresh();

        /// Explains why the selected entry was computed.
        void explain();

        /// Pins the selected entry, or lets it go.
        void togglePin();

        /// Asks for a folder and runs the pipeline on it, to fill the caches.
        void warmFromFolder();

        /// Asks for a recording and runs the pipeline on it, to fill the caches.
        void warmFromRecording();

        /// Asks for a store and copies from it.
        void warmFromStore();
    }

    private static final double BESIDE_FROM = 420;
    private static final double BESIDE_WIDTH = 300;

    private final Node table;
    private final BulkView panel;
    private final BulkViewModel bulk;
    private final WarmViewModel warm;
    private final Actions actions;
    private final ObservableValue<CacheEntry.@Nullable Pinning> pinning;

    @FXML
    private Button why;

    @FXML
    private Button pin;

    @FXML
    private ToggleButton bulkButton;

    @FXML
    private MenuButton fill;

    @FXML
    private HBox progress;

    @FXML
    private ProgressBar bar;

    @FXML
    private Label progressText;

    /// @param table the list of entries
    /// @param pinning of the selected entry; null while none is selected
    public UpkeepView(
            Node table,
            BulkViewModel bulk,
            WarmViewModel warm,
            Actions actions,
            ObservableValue<CacheEntry.@Nullable Pinning> pinning) {
        this.table = table;
        this.bulk = bulk;
        this.warm = warm;
        this.actions = actions;
        this.pinning = pinning;
        panel = new BulkView(bulk, actions::refresh, () -> bulkButton.setSelected(false));
        FxmlView.load(this);
        setCenter(table);
    }

    @FXML
    private void initialize() {
        why.setGraphic(Icons.icon("help-circle", 14));
        Tips.install(why, Messages.text("upkeep.why.tip"));
        pin.setGraphic(Icons.icon("pin", 14));
        Tips.install(pin, Messages.text("upkeep.pin.tip"));
        pinning.subscribe(now -> {
            why.setDisable(now == null);
            pin.setDisable(now == null);
            pin.setText(Messages.text(now == CacheEntry.Pinning.PINNED ? "upkeep.unpin" : "upkeep.pin"));
        });
        bulkButton.setGraphic(Icons.icon("trash-2", 14));
        bulkButton.selectedProperty().subscribe((was, is) -> showPanel(is));
        fill.setGraphic(Icons.icon("download", 14));
        progressText.textProperty().bind(warm.progressProperty());
        progress.visibleProperty().bind(warm.runningProperty());
        progress.managedProperty().bind(warm.runningProperty());
        // An animation behind a hidden bar would draw all the same.
        warm.runningProperty().subscribe(on -> bar.setProgress(on ? ProgressBar.INDETERMINATE_PROGRESS : 0));
    }

    @FXML
    private void explain() {
        actions.explain();
    }

    @FXML
    private void togglePin() {
        actions.togglePin();
    }

    @FXML
    private void warmFromFolder() {
        actions.warmFromFolder();
    }

    @FXML
    private void warmFromRecording() {
        actions.warmFromRecording();
    }

    @FXML
    private void warmFromStore() {
        actions.warmFromStore();
    }

    @FXML
    private void cancelWarming() {
        warm.cancel();
    }

    private void showPanel(boolean shown) {
        setRight(null);
        setCenter(table);
        if (shown) {
            bulk.open();
        }
        if (shown && getHeight() < BESIDE_FROM) {
            // Beside the table there would be no room for all fields.
            panel.setMaxWidth(Double.MAX_VALUE);
            setCenter(panel);
        } else if (shown) {
            panel.setMaxWidth(BESIDE_WIDTH);
            setRight(panel);
        }
    }

    /// Opens the panel for bulk removal.
    public void openBulk() {
        bulkButton.setSelected(true);
    }
}
