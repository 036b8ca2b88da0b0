package io.partflow.ui.editor;

import io.partflow.engine.processor.ProcessorDescriptor;
import io.partflow.engine.processor.ProcessorDescriptor.Category;
import io.partflow.ui.editor.model.NodeMeasures;
import io.partflow.ui.editor.model.NodeSearch;
import io.partflow.ui.support.Icons;
import io.partflow.ui.support.Messages;
import io.partflow.ui.support.Tips;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;
import javafx.event.EventHandler;
import javafx.fxml.FXML;
import javafx.fxml.FXMLLoader;
import javafx.scene.Cursor;
import javafx.scene.Node;
import javafx.scene.Scene;
import javafx.scene.control.Hyperlink;
import javafx.scene.control.Label;
import javafx.scene.control.ScrollPane;
import javafx.scene.control.TextField;
import javafx.scene.control.ToggleButton;
import javafx.scene.input.KeyCode;
import javafx.scene.input.KeyEvent;
import javafx.scene.input.MouseButton;
import javafx.scene.input.MouseEvent;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Priority;
import javafx.scene.layout.Region;
import javafx.scene.layout.StackPane;
import javafx.scene.layout.VBox;
import org.jspecify.annotations.Nullable;

/// The list at the left from which nodes come: by category, or by what is typed; below it the samples.
///
/// A row is dragged onto the canvas, or added by Enter or a double click. FX thread.
public final class PaletteView extends VBox {
    private static final int SAMPLES_SHOWN = 3;

    private final CanvasView canvas;
    private final Set<Category> folded = EnumSet.noneOf(Category.class);
    private List<SampleCard> allSampleCards = List.of();
    private int samplesShown = SAMPLES_SHOWN;
    private Consumer<SampleCard> onOpenSample = sample -> {};

    @FXML
    private HBox tabs;

    @FXML
    private HBox searchField;

    @FXML
    private TextField search;

    @FXML
    private ScrollPane scroll;

    @FXML
    private VBox rows;

    @FXML
    private VBox samples;

    @FXML
    private VBox sampleRows;

    @FXML
    private Hyperlink allSamples;

    /// @param canvas where nodes go; its model's catalog is listed
    public PaletteView(CanvasView canvas) {
        this.canvas = canvas;
        FXMLLoader loader = new FXMLLoader(PaletteView.class.getResource("palette.fxml"), Messages.bundle());
        loader.setRoot(this);
        loader.setController(this);
        try {
            loader.load();
        } catch (IOException failure) {
            throw new UncheckedIOException("The palette cannot be built", failure);
        }
        fill();
        setSamples(List.of());
    }

    @FXML
    private void initialize() {
        ToggleButton nodes = new ToggleButton(Messages.text("editor.palette.nodes"));
        nodes.getStyleClass().add("tab-button");
        nodes.setSelected(true);
        // The only tab so far: pressing it must not let go of it.
        nodes.setOnAction(pressed -> nodes.setSelected(true));
        tabs.getChildren().add(nodes);
        searchField.getChildren().addFirst(Icons.icon("search", 14));
        search.textProperty().subscribe((before, now) -> fill());
        search.addEventFilter(KeyEvent.KEY_PRESSED, this::searchKey);
        allSamples.setOnAction(pressed -> {
            samplesShown = samplesShown == SAMPLES_SHOWN ? Integer.MAX_VALUE : SAMPLES_SHOWN;
            fillSamples();
        });
    }

    /// The samples to offer.
    public void setSamples(List<SampleCard> cards) {
        allSampleCards = List.copyOf(cards);
        fillSamples();
    }

    /// What a click on a sample does.
    public void setOnOpenSample(Consumer<SampleCard> action) {
        onOpenSample = action;
    }

    /// Puts the cursor into the search field.
    public void focusSearch() {
        search.requestFocus();
        search.selectAll();
    }

    private void fill() {
        List<ProcessorDescriptor> all = canvas.model().catalog().descriptors();
        List<ProcessorDescriptor> found = NodeSearch.find(all, search.getText());
        List<Node> made = new ArrayList<>();
        boolean searching = !search.getText().isBlank();
        for (Category category : Category.values()) {
            List<ProcessorDescriptor> inside =
                    found.stream().filter(each -> each.category() == category).toList();
            if (inside.isEmpty()) {
                continue;
            }
            boolean open = searching || !folded.contains(category);
            made.add(head(category, inside.size(), open));
            if (open) {
                inside.forEach(each -> made.add(row(each)));
            }
        }
        if (made.isEmpty()) {
            Label none = new Label(Messages.text("editor.palette.none"));
            none.getStyleClass().add("empty-note");
            made.add(none);
        }
        rows.getChildren().setAll(made);
    }

    private HBox head(Category category, int count, boolean open) {
        Label title = new Label(category.title());
        Label number = new Label(Integer.toString(count));
        number.getStyleClass().add("category-count");
        Region gap = new Region();
        HBox.setHgrow(gap, Priority.ALWAYS);
        HBox head = new HBox(Icons.icon(open ? "chevron-down" : "chevron-right", 12), title, gap, number);
        head.getStyleClass().add("palette-category");
        head.setOnMouseClicked(click -> {
            if (!folded.remove(category)) {
                folded.add(category);
            }
            fill();
        });
        return head;
    }

    private HBox row(ProcessorDescriptor descriptor) {
        DescriptorRow row = new DescriptorRow(descriptor);
        row.getStyleClass().add("palette-row");
        row.setId("palette-" + descriptor.id().replace('.', '-'));
        row.setFocusTraversable(true);
        row.setAccessibleText(descriptor.title() + ". " + descriptor.summary());
        Tips.install(
                row, Messages.text("editor.palette.tip", descriptor.summary(), Messages.text("editor.palette.add")));
        row.setOnKeyPressed(key -> rowKey(key, row, descriptor));
        row.setOnMousePressed(press -> row.requestFocus());
        row.setOnMouseClicked(click -> {
            if (click.getButton() == MouseButton.PRIMARY && click.getClickCount() == 2 && click.isStillSincePress()) {
                canvas.model().addNearby(descriptor);
            }
        });
        RowDrag ignoredListens = new RowDrag(row, descriptor);
        return row;
    }

    /// An ordinary mouse drag from a row: the canvas shows the node's ghost while the pointer is over it.
    ///
    /// The end is watched for in the whole scene, because not every platform sends it to the row that was pressed.
    private final class RowDrag implements EventHandler<MouseEvent> {
        private final Node row;
        private final ProcessorDescriptor descriptor;
        private @Nullable Scene watched;
        private double pressX;
        private double pressY;
        private boolean dragging;

        RowDrag(Node row, ProcessorDescriptor descriptor) {
            this.row = row;
            this.descriptor = descriptor;
            row.addEventHandler(MouseEvent.MOUSE_PRESSED, this::press);
            row.addEventHandler(MouseEvent.MOUSE_DRAGGED, this::drag);
        }

        private void press(MouseEvent press) {
            Scene scene = row.getScene();
            if (press.getButton() == MouseButton.PRIMARY && scene != null) {
                pressX = press.getSceneX();
                pressY = press.getSceneY();
                dragging = false;
                watched = scene;
                scene.addEventFilter(MouseEvent.MOUSE_RELEASED, this);
            }
        }

        private void drag(MouseEvent drag) {
            if (watched == null) {
                return;
            }
            dragging |= Math.hypot(drag.getSceneX() - pressX, drag.getSceneY() - pressY) >= NodeMeasures.DRAG_START;
            if (dragging) {
                boolean lands = canvas.dragOver(descriptor, drag.getSceneX(), drag.getSceneY());
                row.setCursor(lands ? Cursor.CLOSED_HAND : Cursor.OPEN_HAND);
            }
        }

        @Override
        public void handle(MouseEvent release) {
            if (watched != null) {
                watched.removeEventFilter(MouseEvent.MOUSE_RELEASED, this);
                watched = null;
            }
            row.setCursor(Cursor.DEFAULT);
            if (dragging) {
                dragging = false;
                canvas.drop(descriptor, release.getSceneX(), release.getSceneY());
            }
        }
    }

    private void rowKey(KeyEvent key, Node row, ProcessorDescriptor descriptor) {
        if (key.getCode() == KeyCode.ENTER) {
            canvas.model().addNearby(descriptor);
        } else if (key.getCode() == KeyCode.DOWN || key.getCode() == KeyCode.UP) {
            step(row, key.getCode() == KeyCode.DOWN ? 1 : -1);
        } else {
            return;
        }
        key.consume();
    }

    private void step(Node from, int step) {
        List<Node> list = rows.getChildren().stream()
                .filter(DescriptorRow.class::isInstance)
                .toList();
        int next = list.indexOf(from) + step;
        if (next < 0) {
            search.requestFocus();
        } else if (next < list.size()) {
            list.get(next).requestFocus();
            reveal(list.get(next));
        }
    }

    private void reveal(Node row) {
        double hidden = rows.getHeight() - scroll.getViewportBounds().getHeight();
        if (hidden > 0) {
            double top = row.getBoundsInParent().getMinY();
            double seen = scroll.getVvalue() * hidden;
            double bottom = row.getBoundsInParent().getMaxY()
                    - scroll.getViewportBounds().getHeight();
            scroll.setVvalue(Math.clamp(Math.max(bottom, Math.min(top, seen)) / hidden, 0, 1));
        }
    }

    private void searchKey(KeyEvent key) {
        if (key.getCode() == KeyCode.DOWN) {
            step(search, 1);
        } else if (key.getCode() == KeyCode.ENTER) {
            NodeSearch.find(canvas.model().catalog().descriptors(), search.getText()).stream()
                    .findFirst()
                    .ifPresent(canvas.model()::addNearby);
        } else if (key.getCode() == KeyCode.ESCAPE && !search.getText().isEmpty()) {
            search.clear();
        } else {
            return;
        }
        key.consume();
    }

    private void fillSamples() {
        samples.setVisible(!allSampleCards.isEmpty());
        samples.setManaged(!allSampleCards.isEmpty());
        allSamples.setText(Messages.text("editor.palette.all-samples", allSampleCards.size()));
        allSamples.setVisible(allSampleCards.size() > SAMPLES_SHOWN);
        sampleRows
                .getChildren()
                .setAll(allSampleCards.stream()
                        .limit(samplesShown)
                        .map(this::sampleRow)
                        .toList());
    }

    private HBox sampleRow(SampleCard sample) {
        StackPane icon = new StackPane(Icons.icon(Icons.exists(sample.icon()) ? sample.icon() : "zap", 14));
        icon.getStyleClass().add("sample-icon");
        Label title = new Label(sample.title());
        Label line = new Label(sample.line());
        line.getStyleClass().add("caption");
        VBox words = new VBox(title, line);
        words.setMinWidth(0);
        HBox.setHgrow(words, Priority.ALWAYS);
        HBox row = new HBox(icon, words);
        row.getStyleClass().add("sample-row");
        row.setId("sample-" + sample.id());
        row.setFocusTraversable(true);
        row.setAccessibleText(sample.title() + ". " + sample.summary());
        Tips.install(row, sample.summary());
        row.setOnMouseClicked(click -> onOpenSample.accept(sample));
        row.setOnKeyPressed(key -> {
            if (key.getCode() == KeyCode.ENTER || key.getCode() == KeyCode.SPACE) {
                onOpenSample.accept(sample);
                key.consume();
            }
        });
        return row;
    }
}
