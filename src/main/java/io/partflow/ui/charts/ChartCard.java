package io.partflow.ui.charts;

import io.partflow.ui.charts.draw.ChartCanvas;
import io.partflow.ui.charts.model.ChartHistory;
import io.partflow.ui.support.Icons;
import io.partflow.ui.support.Messages;
import io.partflow.ui.support.Tips;
import javafx.scene.control.Label;
import javafx.scene.control.MenuButton;
import javafx.scene.control.MenuItem;
import javafx.scene.layout.Region;
import org.jspecify.annotations.Nullable;

/// One chart in a view: the drawing or its table, and the menu of what can be done with it.
final class ChartCard extends Region {

    private static final double MENU = 24;
    private static final double HEADER = 32;
    /// A little of the height may go so that all charts and their times are seen without scrolling.
    private static final double LOWEST = 0.9;

    private static final long TABLE_EVERY_BEATS = 4;

    private final ChartHistory history;
    private final ChartsViewModel model;
    private final ChartCanvas canvas;
    private final MenuButton menu = new MenuButton("", Icons.icon("more-horizontal", 14));
    private final MenuItem tableItem = new MenuItem(Messages.text("charts.menu.table"));
    private final Label tableTitle = new Label();
    private @Nullable ChartTable table;

    ChartCard(ChartHistory history, ChartsViewModel model, ChartCanvas.Frame frame, ChartExport export) {
        this.history = history;
        this.model = model;
        this.canvas = new ChartCanvas(history, model.axis(), frame);
        getStyleClass().add("chart-card");
        canvas.reserveMenu(MENU + 12);
        String title = history.chart().title();
        tableTitle.setText(title);
        tableTitle.getStyleClass().add("section-title");
        menu.getStyleClass().addAll("icon-button", "small");
        Tips.install(menu, Messages.text("charts.menu"));
        menu.setAccessibleText(title + ": " + Messages.text("charts.menu"));
        MenuItem csv = new MenuItem(Messages.text("charts.menu.csv"));
        MenuItem png = new MenuItem(Messages.text("charts.menu.png"));
        tableItem.setOnAction(event -> toggleTable());
        csv.setOnAction(event -> export.csv(history, model.axis().range(), canvas));
        png.setOnAction(event -> export.png(history, canvas));
        menu.getItems().addAll(tableItem, csv, png);
        getChildren().addAll(canvas, menu);
        model.revisionProperty().subscribe(value -> canvas.redraw());
        model.beatProperty().subscribe(value -> beat());
    }

    /// The drawing.
    ChartCanvas canvas() {
        return canvas;
    }

    String title() {
        return history.chart().title();
    }

    /// Whether it is the chart of evictions, and there are some.
    boolean tellsOfEvictions() {
        return history.chart() instanceof EvictionsChart && history.whyEmpty().isEmpty();
    }

    /// Shows the table instead of the drawing, or the drawing again.
    void toggleTable() {
        if (table == null) {
            ChartTable shown = new ChartTable(history, model.axis());
            table = shown;
            getChildren().setAll(tableTitle, shown, menu);
            tableItem.setText(Messages.text("charts.menu.chart"));
            shown.requestFocus();
        } else {
            table = null;
            getChildren().setAll(canvas, menu);
            tableItem.setText(Messages.text("charts.menu.table"));
            canvas.redraw();
        }
    }

    private void beat() {
        canvas.redrawIfMissed();
        if (table != null && model.beatProperty().get() % TABLE_EVERY_BEATS == 0) {
            table.refreshRows();
        }
    }

    @Override
    protected void layoutChildren() {
        double width = getWidth();
        double height = getHeight();
        double top = snappedTopInset();
        if (table == null) {
            canvas.resizeRelocate(0, top, width, height - top);
        } else {
            tableTitle.resizeRelocate(12, 6, width - MENU - 24, 20);
            table.resizeRelocate(0, HEADER, width, Math.max(0, height - HEADER));
        }
        menu.resizeRelocate(width - MENU - 8, 4, MENU, MENU);
    }

    @Override
    protected double computePrefWidth(double height) {
        return canvas.prefWidth(height);
    }

    @Override
    protected double computePrefHeight(double width) {
        return canvas.prefHeight(width);
    }

    @Override
    protected double computeMinHeight(double width) {
        return Math.rint(canvas.prefHeight(width) * LOWEST);
    }
}
