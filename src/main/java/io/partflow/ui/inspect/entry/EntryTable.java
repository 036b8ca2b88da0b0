package io.partflow.ui.inspect.entry;

import io.partflow.engine.cache.CacheEntry;
import io.partflow.ui.inspect.FxmlView;
import io.partflow.ui.inspect.SeenClock;
import io.partflow.ui.support.Formats;
import io.partflow.ui.support.Icons;
import io.partflow.ui.support.Messages;
import io.partflow.ui.support.PortGlyph;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Function;
import javafx.beans.property.ReadOnlyObjectWrapper;
import javafx.collections.ListChangeListener;
import javafx.collections.ObservableList;
import javafx.fxml.FXML;
import javafx.geometry.Pos;
import javafx.scene.Node;
import javafx.scene.control.Label;
import javafx.scene.control.OverrunStyle;
import javafx.scene.control.TableCell;
import javafx.scene.control.TableColumn;
import javafx.scene.control.TableView;
import javafx.scene.control.TextField;
import javafx.scene.control.Tooltip;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Pane;
import javafx.scene.layout.Region;
import javafx.scene.layout.VBox;
import javafx.util.Duration;
import org.jspecify.annotations.Nullable;

/// The dock's tab "Entries": every live entry of every cache, sorted and filtered. FX thread.
///
/// While it is on the screen it asks for a refresh twice a second; hidden, never.
public final class EntryTable extends VBox {
    private static final Duration PERIOD = Duration.millis(500);
    private static final double LOW = 0.2;

    private final EntriesViewModel model;
    private final Consumer<EntryRow> onSelect;
    private boolean replacing;

    @SuppressWarnings("NullAway.Init") // made by initialize, as the columns are
    private ColumnFilters columnFilters;

    @FXML
    private HBox bar;

    @FXML
    private TextField filter;

    @FXML
    private Node filterIcon;

    @FXML
    private TableView<EntryRow> table;

    @FXML
    private Label summary;

    /// @param onSelect called when the user selects an entry
    public EntryTable(EntriesViewModel model, Consumer<EntryRow> onSelect) {
        this.model = model;
        this.onSelect = onSelect;
        FxmlView.load(this);
        SeenClock.attach(this, PERIOD, model::refresh);
    }

    @FXML
    private void initialize() {
        filter.textProperty().bindBidirectional(model.filterProperty());
        if (filterIcon instanceof Pane place) {
            place.getChildren().add(Icons.icon("filter", 14));
        }
        summary.textProperty().bind(model.summaryProperty());
        table.setPlaceholder(placeholder());
        model.totalProperty().subscribe(count -> table.setPlaceholder(placeholder()));
        table.getColumns().add(column("key", EntryRow.Order.KEY, 184, row -> row.shortKey(), "mono"));
        table.getColumns().add(column("node", EntryRow.Order.NODE, 136, row -> row.node()));
        table.getColumns().add(kind());
        table.getColumns()
                .add(column(
                        "size",
                        EntryRow.Order.SIZE,
                        78,
                        row -> Formats.bytes(row.entry().sizeBytes()),
                        "number"));
        table.getColumns().add(column("age", EntryRow.Order.AGE, 64, row -> time(row.ageMillis()), "number"));
        table.getColumns().add(left());
        TableColumn<EntryRow, EntryFacet> hits = column(
                "hits",
                EntryRow.Order.HITS,
                52,
                row -> Formats.count(row.entry().hits()),
                "number");
        table.getColumns().add(hits);
        table.getColumns()
                .add(column(
                        "lasthit",
                        EntryRow.Order.LAST_HIT,
                        100,
                        row -> row.sinceHitMillis() < 0
                                ? Formats.UNKNOWN
                                : Messages.text("inspect.entries.ago", time(row.sinceHitMillis())),
                        "number"));
        columnFilters = new ColumnFilters(model, table);
        bar.getChildren().add(1, columnFilters.button());
        table.setColumnResizePolicy(TableView.CONSTRAINED_RESIZE_POLICY_SUBSEQUENT_COLUMNS);
        hits.setSortType(TableColumn.SortType.DESCENDING);
        table.getSortOrder().add(hits);
        // The rows come sorted: sorting them here would do on the FX thread what was done off it.
        table.setSortPolicy(ignored -> {
            sort();
            return true;
        });
        table.getSelectionModel().selectedItemProperty().subscribe(this::selected);
        show();
        model.rows().addListener((ListChangeListener<EntryRow>) change -> show());
    }

    private void show() {
        replacing = true;
        try {
            replaceRows(table.getItems(), model.rows());
            Optional<EntryRow> row = model.selectedRow();
            if (row.isPresent()) {
                table.getSelectionModel().select(table.getItems().indexOf(row.get()));
            } else {
                table.getSelectionModel().clearSelection();
            }
        } finally {
            replacing = false;
        }
    }

    /// Ages grow with every refresh. While the entries are the same, each row is replaced alone: a table that is
    /// filled anew builds all its cells again, and a click meanwhile would be lost.
    private static void replaceRows(ObservableList<EntryRow> shown, List<EntryRow> fresh) {
        boolean same = shown.size() == fresh.size();
        for (int i = 0; same && i < fresh.size(); i++) {
            same = shown.get(i).entry().key().equals(fresh.get(i).entry().key());
        }
        if (!same) {
            shown.setAll(fresh);
            return;
        }
        for (int i = 0; i < fresh.size(); i++) {
            if (!shown.get(i).equals(fresh.get(i))) {
                shown.set(i, fresh.get(i));
            }
        }
    }

    private void selected(@Nullable EntryRow row) {
        if (replacing || row == null) {
            return;
        }
        model.selectedProperty().set(row.entry().key());
        onSelect.accept(row);
    }

    private void sort() {
        if (table.getSortOrder().isEmpty()) {
            model.sortBy(EntryRow.Order.KEY, EntriesViewModel.Direction.ASCENDING);
            return;
        }
        TableColumn<EntryRow, ?> column = table.getSortOrder().getFirst();
        if (column.getUserData() instanceof EntryRow.Order order) {
            model.sortBy(
                    order,
                    column.getSortType() == TableColumn.SortType.ASCENDING
                            ? EntriesViewModel.Direction.ASCENDING
                            : EntriesViewModel.Direction.DESCENDING);
        }
    }

    /// For tests.
    ColumnFilters columnFilters() {
        return columnFilters;
    }

    private Node placeholder() {
        String key = model.totalProperty().get() == 0 ? "inspect.entries.empty" : "inspect.entries.nomatch";
        Label label = new Label(Messages.text(key), Icons.icon("database", 16));
        label.setGraphicTextGap(8);
        return label;
    }

    /// A length of time, in whole seconds below a minute.
    static String time(long millis) {
        long seconds = millis / 1000;
        return seconds < 60 ? seconds + " s" : Formats.durationNanos(seconds * 1_000_000_000L);
    }

    private static TableColumn<EntryRow, EntryFacet> column(
            String key, EntryRow.Order order, double width, Function<EntryRow, String> text, String... styles) {
        TableColumn<EntryRow, EntryFacet> column = empty(key, order, width, styles);
        column.setCellFactory(ignored -> new RowCell() {
            {
                getStyleClass().addAll(styles);
                if (order == EntryRow.Order.KEY) {
                    // The end of a key tells it from the others.
                    setTextOverrun(OverrunStyle.LEADING_ELLIPSIS);
                }
            }

            @Override
            void show(@Nullable EntryRow row) {
                setText(row == null ? null : text.apply(row));
                setTooltip(
                        row != null && order == EntryRow.Order.KEY
                                ? new Tooltip(row.entry().key().text())
                                : null);
            }
        });
        return column;
    }

    private static TableColumn<EntryRow, EntryFacet> empty(
            String key, EntryRow.Order order, double width, String... styles) {
        TableColumn<EntryRow, EntryFacet> column = new TableColumn<>(Messages.text("inspect.entries." + key));
        // What is filtered by; the cells show the row itself.
        column.setCellValueFactory(cell -> new ReadOnlyObjectWrapper<>(EntryFacet.of(order, cell.getValue())));
        column.setPrefWidth(width);
        // Figures are whole at every width; the key and the node give way.
        column.setMinWidth(
                switch (order) {
                    case KEY -> 148;
                    // "Speech segments", whole.
                    case NODE -> 132;
                    case LAST_HIT -> 82;
                    case KIND, SIZE, AGE, LEFT, HITS -> width;
                });
        column.setUserData(order);
        column.getStyleClass().addAll(styles);
        column.setReorderable(false);
        return column;
    }

    private static TableColumn<EntryRow, EntryFacet> kind() {
        TableColumn<EntryRow, EntryFacet> column = empty("kind", EntryRow.Order.KIND, 72);
        column.setCellFactory(ignored -> new RowCell() {
            @Override
            void show(@Nullable EntryRow row) {
                if (row == null) {
                    setText(null);
                    setGraphic(null);
                    return;
                }
                String kinds = row.entry().kinds();
                setText(EntryFacet.kind(kinds));
                setGraphic(PortGlyph.ofMimeType(kinds.isEmpty() ? "*/*" : kinds.split(",")[0])
                        .node(12));
                setGraphicTextGap(6);
                setTooltip(kinds.isEmpty() ? null : new Tooltip(kinds));
            }
        });
        return column;
    }

    private static TableColumn<EntryRow, EntryFacet> left() {
        TableColumn<EntryRow, EntryFacet> column = empty("left", EntryRow.Order.LEFT, 128, "number");
        column.setCellFactory(ignored -> new RowCell() {
            private final TimeLeft bar = new TimeLeft();

            {
                setContentDisplay(javafx.scene.control.ContentDisplay.GRAPHIC_ONLY);
                getStyleClass().add("number");
            }

            @Override
            void show(@Nullable EntryRow row) {
                setGraphic(row == null ? null : bar);
                if (row != null) {
                    bar.show(row);
                }
            }
        });
        return column;
    }

    /// A cell that shows its row, which may have changed though the facet it is filtered by has not.
    private abstract static class RowCell extends TableCell<EntryRow, EntryFacet> {
        /// @param row null for none
        abstract void show(@Nullable EntryRow row);

        @Override
        protected void updateItem(@Nullable EntryFacet facet, boolean empty) {
            super.updateItem(facet, empty);
            List<EntryRow> rows = getTableView().getItems();
            boolean none = empty || facet == null || getIndex() < 0 || getIndex() >= rows.size();
            show(none ? null : rows.get(getIndex()));
        }

        @Override
        protected boolean isItemChanged(@Nullable EntryFacet old, @Nullable EntryFacet fresh) {
            return true;
        }
    }

    /// What is left of the time to live: a bar of 36 px and the time in words; a warning in the last fifth.
    static final class TimeLeft extends HBox {
        private static final double WIDTH = 36;

        private final Region bar = new Region();
        private final Pane track = new Pane(bar);
        private final Label words = new Label();

        TimeLeft() {
            getStyleClass().add("time-left");
            setAlignment(Pos.CENTER_RIGHT);
            track.getStyleClass().add("time-left-track");
            bar.getStyleClass().add("time-left-bar");
            // "11 h 59 min", whole.
            words.setMinWidth(68);
            words.setAlignment(Pos.CENTER_RIGHT);
            getChildren().addAll(track, words);
        }

        /// For a place where nothing stands below it.
        TimeLeft alignedLeft() {
            setAlignment(Pos.CENTER_LEFT);
            words.setMinWidth(USE_PREF_SIZE);
            words.setAlignment(Pos.CENTER_LEFT);
            return this;
        }

        void show(EntryRow row) {
            boolean pinned = row.entry().pinning() == CacheEntry.Pinning.PINNED;
            boolean never = pinned || row.leftMillis() == Long.MAX_VALUE;
            boolean low = !never && row.leftRatio() < LOW;
            track.setVisible(!never);
            double length = Math.max(2, WIDTH * row.leftRatio());
            bar.setMinWidth(length);
            bar.setPrefWidth(length);
            bar.setMaxWidth(length);
            track.setManaged(!never);
            words.setText(
                    pinned
                            ? Messages.text("inspect.entries.pinned")
                            : never ? Messages.text("inspect.entries.never") : time(row.leftMillis()));
            words.setGraphic(pinned ? Icons.icon("pin", 12, "accent-icon") : null);
            bar.getStyleClass().remove("low");
            words.getStyleClass().removeAll("warning-text", "muted");
            if (low) {
                bar.getStyleClass().add("low");
                words.getStyleClass().add("warning-text");
            } else if (never) {
                words.getStyleClass().add("muted");
            }
        }
    }
}
