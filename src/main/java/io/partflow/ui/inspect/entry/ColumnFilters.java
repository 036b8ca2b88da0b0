package io.partflow.ui.inspect.entry;

import io.partflow.ui.support.Icons;
import io.partflow.ui.support.Messages;
import io.partflow.ui.support.Tips;
import java.util.EnumMap;
import java.util.HashSet;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import javafx.collections.FXCollections;
import javafx.geometry.Side;
import javafx.scene.Node;
import javafx.scene.control.Button;
import javafx.scene.control.ContextMenu;
import javafx.scene.control.CustomMenuItem;
import javafx.scene.control.MenuButton;
import javafx.scene.control.MenuItem;
import javafx.scene.control.SeparatorMenuItem;
import javafx.scene.control.TableColumn;
import javafx.scene.control.TableView;
import javafx.scene.image.ImageView;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Region;
import org.controlsfx.control.table.ColumnFilter;
import org.controlsfx.control.table.FilterPanel;
import org.controlsfx.control.table.FilterValue;
import org.controlsfx.control.table.TableFilter;

/// The filters of the columns: those of ControlsFX, in the menus of the headers and behind a button for the keyboard.
/// FX thread.
///
/// They choose among examples (one row for each [EntryFacet] that was ever seen), not among the rows: rows
/// are replaced twice a second, and a value that is gone for one of these moments would be forgotten with
/// what was chosen about it. Rows are filtered by the model, off the FX thread, together with the text.
final class ColumnFilters {
    private final EntriesViewModel model;
    private final TableView<EntryRow> table;
    private final TableFilter<EntryRow> filters;
    private final MenuButton button =
            new MenuButton(Messages.text("inspect.entries.columns"), Icons.icon("sliders", 14));
    private final MenuItem clear = new MenuItem(Messages.text("inspect.entries.columns.clear"));

    /// @param table with all its columns, whose user data are [EntryRow.Order]; gets a list of items of its own
    ColumnFilters(EntriesViewModel model, TableView<EntryRow> table) {
        this.model = model;
        this.table = table;
        table.setItems(model.examples());
        filters = TableFilter.forTableView(table).lazy(true).apply();
        table.setItems(FXCollections.observableArrayList());
        table.getColumns().forEach(this::dress);
        filters.getFilteredList().predicateProperty().subscribe(chosen -> filtered());
        button.setId("column-filters");
        button.setPopupSide(Side.TOP);
        Tips.install(button, Messages.text("inspect.entries.columns.tip"));
        for (TableColumn<EntryRow, ?> column : table.getColumns()) {
            MenuItem item = new MenuItem(column.getText());
            item.setOnAction(event -> open(column));
            button.getItems().add(item);
        }
        clear.setOnAction(event -> clear());
        button.getItems().addAll(new SeparatorMenuItem(), clear);
    }

    /// Leads to the filter of each column.
    MenuButton button() {
        return button;
    }

    private void open(TableColumn<EntryRow, ?> column) {
        ContextMenu menu = column.getContextMenu();
        if (menu != null) {
            // Upwards: the table stands low in the window.
            menu.show(button, Side.TOP, 0, -4);
        }
    }

    /// Puts our words and our picture in place of those of ControlsFX, which shouts and is black on any ground.
    private void dress(TableColumn<EntryRow, ?> column) {
        column.getContextMenu().getItems().stream()
                .filter(CustomMenuItem.class::isInstance)
                .map(item -> ((CustomMenuItem) item).getContent())
                .filter(FilterPanel.class::isInstance)
                .forEach(panel -> name((FilterPanel<?, ?>) panel));
        column.graphicProperty().subscribe(graphic -> {
            if (graphic instanceof ImageView) {
                column.setGraphic(Icons.icon("filter", 12, "accent-icon"));
            }
        });
    }

    private static void name(FilterPanel<?, ?> panel) {
        Iterator<String> words = List.of("apply", "none", "all", "reset").iterator();
        for (Node row : panel.getChildren()) {
            if (row instanceof HBox buttons) {
                for (Node each : buttons.getChildren()) {
                    if (each instanceof Button press && words.hasNext()) {
                        press.setText(Messages.text("inspect.entries.columns." + words.next()));
                        press.setMinWidth(Region.USE_PREF_SIZE);
                    }
                }
            }
        }
    }

    /// Shows all values of all columns.
    void clear() {
        filters.getColumnFilters().stream().filter(ColumnFilter::isInitialized).forEach(ColumnFilter::selectAllValues);
        filters.executeFilter();
    }

    private void filtered() {
        Map<EntryRow.Order, Set<EntryFacet>> hidden = new EnumMap<>(EntryRow.Order.class);
        for (ColumnFilter<EntryRow, ?> column : filters.getColumnFilters()) {
            Set<EntryFacet> unwanted = new HashSet<>();
            for (FilterValue<EntryRow, ?> value : column.getFilterValues()) {
                if (!value.selectedProperty().get() && value.getValue() instanceof EntryFacet facet) {
                    unwanted.add(facet);
                }
            }
            if (!unwanted.isEmpty() && column.getTableColumn().getUserData() instanceof EntryRow.Order order) {
                hidden.put(order, unwanted);
            }
        }
        model.hide(hidden);
        clear.setDisable(hidden.isEmpty());
        button.setText(
                hidden.isEmpty()
                        ? Messages.text("inspect.entries.columns")
                        : Messages.text("inspect.entries.columns.some", hidden.size()));
    }

    /// For tests: leaves a value out, as somebody does who takes its tick away and applies.
    void leaveOut(EntryRow.Order order, EntryFacet value) {
        for (TableColumn<EntryRow, ?> column : table.getColumns()) {
            if (column.getUserData() == order) {
                filters.unselectValue(column, value);
            }
        }
        filters.executeFilter();
    }
}
