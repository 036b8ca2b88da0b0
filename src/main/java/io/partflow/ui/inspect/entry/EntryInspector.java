package io.partflow.ui.inspect.entry;

import io.partflow.engine.cache.CacheEntry;
import io.partflow.ui.inspect.FxmlView;
import io.partflow.ui.inspect.SeenClock;
import io.partflow.ui.inspect.part.PartViewer;
import io.partflow.ui.support.Formats;
import io.partflow.ui.support.Icons;
import io.partflow.ui.support.Messages;
import java.util.concurrent.Executor;
import javafx.fxml.FXML;
import javafx.scene.Node;
import javafx.scene.control.Button;
import javafx.scene.control.Label;
import javafx.scene.control.ScrollPane;
import javafx.scene.control.Tooltip;
import javafx.scene.input.Clipboard;
import javafx.scene.input.ClipboardContent;
import javafx.scene.layout.GridPane;
import javafx.scene.layout.HBox;
import javafx.scene.layout.StackPane;
import javafx.scene.layout.VBox;
import javafx.util.Duration;
import org.jspecify.annotations.Nullable;

/// The inspector's tab "Entry": one cache entry with its value. FX thread.
///
/// While it is on the screen it asks once a second what has become of the entry; hidden, never.
public final class EntryInspector extends StackPane {
    private static final Duration PERIOD = Duration.seconds(1);

    private final EntryViewModel model;
    private final PartViewer parts;
    private final EntryTable.TimeLeft timeLeft = new EntryTable.TimeLeft().alignedLeft();

    @FXML
    private VBox emptyPane;

    @FXML
    private ScrollPane content;

    @FXML
    private Label key;

    @FXML
    private Button copy;

    @FXML
    private GridPane facts;

    @FXML
    private Button invalidate;

    @FXML
    private HBox gone;

    @FXML
    private Label goneText;

    @FXML
    private Button undo;

    @FXML
    private VBox valuePlace;

    /// @param background where parts are read and decoded
    /// @param fx leads back to the thread of the views
    public EntryInspector(EntryViewModel model, Executor background, Executor fx) {
        this.model = model;
        this.parts = new PartViewer(background, fx);
        FxmlView.load(this);
        SeenClock.attach(this, PERIOD, model::refresh);
    }

    @FXML
    private void initialize() {
        valuePlace.getChildren().add(parts);
        copy.setGraphic(Icons.icon("copy", 14));
        invalidate.setGraphic(Icons.icon("trash-2", 14));
        goneText.setGraphic(Icons.icon("info", 14));
        model.rowProperty().subscribe(this::show);
        model.fateProperty().subscribe(this::showFate);
    }

    private void show(@Nullable EntryRow row) {
        emptyPane.setVisible(row == null);
        content.setVisible(row != null);
        if (row == null) {
            return;
        }
        CacheEntry entry = row.entry();
        key.setText(row.shortKey());
        key.setTooltip(new Tooltip(entry.key().text()));
        facts.getChildren().clear();
        fact(0, "inspect.entry.node", new Label(row.node()));
        fact(1, "inspect.entry.size", new Label(EntryViewModel.size(entry)));
        fact(2, "inspect.entry.age", new Label(EntryTable.time(row.ageMillis())));
        timeLeft.show(row);
        fact(3, "inspect.entry.left", timeLeft);
        fact(4, "inspect.entry.hits", new Label(Formats.count(entry.hits())));
        fact(5, "inspect.entry.took", new Label(EntryViewModel.cost(entry)));
        parts.show(entry.parts());
    }

    private void fact(int line, String messageKey, Node value) {
        Label name = new Label(Messages.text(messageKey));
        name.getStyleClass().add("muted");
        name.setMinWidth(96);
        facts.addRow(line, name, value);
    }

    private void showFate(EntryViewModel.Fate fate) {
        boolean cached = fate == EntryViewModel.Fate.CACHED;
        shownOnlyWhen(invalidate, cached);
        shownOnlyWhen(gone, !cached);
        boolean undoable = fate == EntryViewModel.Fate.INVALIDATED;
        shownOnlyWhen(undo, undoable);
        goneText.setText(Messages.text(undoable ? "inspect.entry.out" : "inspect.entry.gone"));
    }

    private static void shownOnlyWhen(Node node, boolean shown) {
        node.setVisible(shown);
        node.setManaged(shown);
    }

    @FXML
    private void invalidate() {
        model.invalidate();
    }

    @FXML
    private void undo() {
        model.restore();
    }

    @FXML
    private void copyKey() {
        EntryRow row = model.rowProperty().get();
        if (row != null) {
            ClipboardContent text = new ClipboardContent();
            text.putString(row.entry().key().text());
            Clipboard.getSystemClipboard().setContent(text);
        }
    }
}
