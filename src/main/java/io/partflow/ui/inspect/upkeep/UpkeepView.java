package io.partflow.ui.inspect.upkeep;

import io.partflow.engine.cache.CacheEntry;
import io.partflow.ui.support.Icons;
import io.partflow.ui.support.Messages;
import io.partflow.ui.support.Tips;
import javafx.beans.value.ObservableValue;
import javafx.geometry.Pos;
import javafx.scene.Node;
import javafx.scene.control.Button;
import javafx.scene.control.Label;
import javafx.scene.control.MenuButton;
import javafx.scene.control.MenuItem;
import javafx.scene.control.ProgressBar;
import javafx.scene.control.ToggleButton;
import javafx.scene.layout.BorderPane;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Priority;
import javafx.scene.layout.Region;
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
    private final ToggleButton bulkButton;
    private final BulkViewModel bulk;

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
        bulkButton = new ToggleButton(Messages.text("upkeep.open"), Icons.icon("trash-2", 14));
        bulkButton.setId("bulk-open");
        bulkButton.getStyleClass().add("small");
        panel = new BulkView(bulk, actions::refresh, () -> bulkButton.setSelected(false));
        bulkButton.selectedProperty().subscribe((was, is) -> showPanel(is));
        setCenter(table);
        Button pin = new Button("", Icons.icon("pin", 14));
        pin.setId("pin-entry");
        pin.getStyleClass().add("small");
        pin.setOnAction(event -> actions.togglePin());
        Tips.install(pin, Messages.text("upkeep.pin.tip"));
        pinning.subscribe(now -> {
            pin.setDisable(now == null);
            pin.setText(Messages.text(now == CacheEntry.Pinning.PINNED ? "upkeep.unpin" : "upkeep.pin"));
        });
        Button why = new Button(Messages.text("upkeep.why"), Icons.icon("help-circle", 14));
        why.setId("why-entry");
        why.getStyleClass().add("small");
        why.setOnAction(event -> actions.explain());
        Tips.install(why, Messages.text("upkeep.why.tip"));
        pinning.subscribe(now -> why.setDisable(now == null));
        MenuButton fill = new MenuButton(Messages.text("upkeep.warm"), Icons.icon("download", 14));
        fill.setId("warm");
        fill.getStyleClass().add("small");
        fill.getItems()
                .setAll(
                        item("upkeep.warm.folder", actions::warmFromFolder),
                        item("upkeep.warm.recording", actions::warmFromRecording),
                        item("upkeep.warm.store", actions::warmFromStore));
        Region gap = new Region();
        HBox.setHgrow(gap, Priority.ALWAYS);
        HBox strip = new HBox(why, pin, bulkButton, fill, gap, progress(warm));
        strip.setAlignment(Pos.CENTER_LEFT);
        strip.getStyleClass().add("upkeep-strip");
        setBottom(strip);
    }

    private static MenuItem item(String key, Runnable action) {
        MenuItem item = new MenuItem(Messages.text(key));
        item.setOnAction(event -> action.run());
        return item;
    }

    private static HBox progress(WarmViewModel warm) {
        ProgressBar bar = new ProgressBar(ProgressBar.INDETERMINATE_PROGRESS);
        bar.setPrefWidth(80);
        Label text = new Label();
        text.getStyleClass().add("secondary");
        text.textProperty().bind(warm.progressProperty());
        Button cancel = new Button(Messages.text("upkeep.warm.cancel"));
        cancel.getStyleClass().add("small");
        cancel.setId("warm-cancel");
        cancel.setOnAction(event -> warm.cancel());
        HBox box = new HBox(8, bar, text, cancel);
        box.setAlignment(Pos.CENTER_LEFT);
        box.visibleProperty().bind(warm.runningProperty());
        box.managedProperty().bind(warm.runningProperty());
        // An animation behind a hidden bar would draw all the same.
        warm.runningProperty().subscribe(on -> bar.setProgress(on ? ProgressBar.INDETERMINATE_PROGRESS : 0));
        return box;
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
