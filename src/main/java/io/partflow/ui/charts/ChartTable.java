package io.partflow.ui.charts;

import io.partflow.ui.charts.model.ChartHistory;
import io.partflow.ui.charts.model.ChartRows;
import io.partflow.ui.charts.model.TimeAxis;
import io.partflow.ui.support.Formats;
import io.partflow.ui.support.Messages;
import java.util.List;
import javafx.beans.property.ReadOnlyStringWrapper;
import javafx.scene.control.TableColumn;
import javafx.scene.control.TableView;

/// The values of a chart as a table, the newest first: the twin of its drawing for screen readers.
final class ChartTable extends TableView<ChartRows.Row> {

    private final ChartHistory history;
    private final TimeAxis axis;
    private List<String> shownColumns = List.of();

    ChartTable(ChartHistory history, TimeAxis axis) {
        this.history = history;
        this.axis = axis;
        getStyleClass().addAll("dense", "chart-table");
        setColumnResizePolicy(CONSTRAINED_RESIZE_POLICY_FLEX_LAST_COLUMN);
        setAccessibleText(history.chart().title());
        refreshRows();
    }

    /// Reads the history again.
    void refreshRows() {
        ChartRows rows = ChartRows.of(history, axis.range());
        if (!rows.columns().equals(shownColumns) || getColumns().isEmpty()) {
            shownColumns = rows.columns();
            getColumns().setAll(List.of(column(Messages.text("charts.table.time"), -1)));
            for (int index = 0; index < shownColumns.size(); index++) {
                getColumns().add(column(shownColumns.get(index), index));
            }
        }
        getItems().setAll(rows.rows().reversed());
    }

    private TableColumn<ChartRows.Row, String> column(String title, int index) {
        TableColumn<ChartRows.Row, String> column = new TableColumn<>(title);
        column.setSortable(false);
        column.setCellValueFactory(cell -> {
            ChartRows.Row row = cell.getValue();
            return new ReadOnlyStringWrapper(
                    index < 0
                            ? Formats.clock(row.atSeconds())
                            : history.chart().write(row.values().get(index)));
        });
        if (index >= 0) {
            column.getStyleClass().add("number");
        }
        return column;
    }
}
