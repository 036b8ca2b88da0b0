package io.partflow.ui.tune.curve;

import io.partflow.engine.insight.curve.MissRatioCurve;
import io.partflow.ui.support.Icons;
import io.partflow.ui.support.Messages;
import io.partflow.ui.support.SegmentedControl;
import io.partflow.ui.support.Tips;
import io.partflow.ui.tune.draw.DrawnChart;
import java.util.List;
import java.util.Locale;
import javafx.beans.property.ReadOnlyStringWrapper;
import javafx.geometry.Pos;
import javafx.scene.control.Button;
import javafx.scene.control.Label;
import javafx.scene.control.MenuButton;
import javafx.scene.control.MenuItem;
import javafx.scene.control.TableColumn;
import javafx.scene.control.TableView;
import javafx.scene.control.ToggleButton;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Priority;
import javafx.scene.layout.Region;
import javafx.scene.layout.StackPane;
import javafx.scene.layout.VBox;

/// The chart of the hit ratio over the size, with its table, the figures below it and the button that takes a size
/// over. FX thread.
public final class CurveView extends VBox {
    private final CurveViewModel model;
    private final CurveChart chart;
    private final TableView<CurveViewModel.Row> table = new TableView<>();
    private final ToggleButton asTable = new ToggleButton("", Icons.icon("table", 14));
    private final HBox tiles = new HBox();

    public CurveView(CurveViewModel model) {
        this.model = model;
        this.chart = new CurveChart(model);
        getStyleClass().add("tune-pane");
        StackPane body = new StackPane(chart, table);
        VBox.setVgrow(body, Priority.ALWAYS);
        table.setVisible(false);
        table.getStyleClass().add("dense");
        table.setAccessibleText(Messages.text("tune.curve.title"));
        tiles.getStyleClass().add("tune-tiles");
        getChildren().setAll(header(), body, foot());
        model.tilesProperty().subscribe(this::showTiles);
        model.pictureProperty().subscribe(picture -> fillTable());
    }

    private HBox header() {
        Label title = new Label(Messages.text("tune.curve.title"));
        title.getStyleClass().add("section-title");
        Label note = new Label();
        note.getStyleClass().add("caption");
        note.textProperty().bind(model.noteProperty());
        note.setMinWidth(0);
        SegmentedControl<MissRatioCurve.Unit> unit = new SegmentedControl<>(
                List.of(MissRatioCurve.Unit.values()),
                model.unitProperty().get(),
                each -> Messages.text("tune.curve.unit." + each.name().toLowerCase(Locale.ROOT)));
        unit.getStyleClass().add("small");
        unit.chosenProperty().bindBidirectional(model.unitProperty());
        asTable.getStyleClass().addAll("icon-button", "small");
        asTable.setAccessibleText(Messages.text("tune.table"));
        asTable.setId("curve-as-table");
        Tips.install(asTable, Messages.text("tune.table"));
        asTable.selectedProperty().subscribe(on -> {
            table.setVisible(on);
            chart.setVisible(!on);
            fillTable();
        });
        Region gap = new Region();
        HBox.setHgrow(gap, Priority.ALWAYS);
        MenuItem csv = new MenuItem(Messages.text("tune.export.csv"));
        csv.setOnAction(event -> DrawnChart.copyLines(model.csv()));
        MenuItem png = new MenuItem(Messages.text("tune.export.png"));
        png.setOnAction(event -> chart.copyPicture());
        MenuButton more = new MenuButton("", Icons.icon("more-horizontal", 14), csv, png);
        more.getStyleClass().addAll("icon-button", "small");
        more.setAccessibleText(Messages.text("tune.export.menu"));
        Tips.install(more, Messages.text("tune.export.menu"));
        HBox header = new HBox(title, note, gap, unit, asTable, more);
        header.getStyleClass().add("tune-head");
        header.setAlignment(Pos.CENTER_LEFT);
        return header;
    }

    private HBox foot() {
        Button apply = new Button();
        apply.setId("curve-apply");
        apply.setMinWidth(Region.USE_PREF_SIZE);
        apply.textProperty().bind(model.applyTextProperty());
        apply.visibleProperty().bind(model.applyTextProperty().isNotEmpty());
        apply.setOnAction(event -> model.apply());
        Tips.install(apply, Messages.text("tune.curve.apply.tip"));
        Tips.install(tiles, Messages.text("tune.curve.tiles.tip"));
        HBox.setHgrow(tiles, Priority.ALWAYS);
        HBox foot = new HBox(tiles, apply);
        foot.setAlignment(Pos.CENTER_LEFT);
        foot.getStyleClass().add("tune-foot");
        return foot;
    }

    private void showTiles(List<CurveViewModel.Tile> all) {
        while (tiles.getChildren().size() > all.size()) {
            tiles.getChildren().removeLast();
        }
        while (tiles.getChildren().size() < all.size()) {
            Label what = new Label();
            what.getStyleClass().add("caption");
            Label value = new Label();
            value.getStyleClass().add("panel-title");
            value.setMinWidth(Region.USE_PREF_SIZE);
            Label beside = new Label();
            beside.getStyleClass().add("caption");
            tiles.getChildren().add(new VBox(what, value, beside));
        }
        for (int i = 0; i < all.size(); i++) {
            VBox tile = (VBox) tiles.getChildren().get(i);
            List<String> texts =
                    List.of(all.get(i).what(), all.get(i).value(), all.get(i).beside());
            for (int line = 0; line < texts.size(); line++) {
                ((Label) tile.getChildren().get(line)).setText(texts.get(line));
            }
        }
    }

    private void fillTable() {
        if (!table.isVisible()) {
            return;
        }
        CurvePicture picture = model.pictureProperty().get();
        if (table.getColumns().size() != picture.lines().size() + 1) {
            table.getColumns().clear();
            table.getColumns().add(column(Messages.text("tune.curve.size"), -1));
            for (int i = 0; i < picture.lines().size(); i++) {
                table.getColumns().add(column(picture.lines().get(i).label(), i));
            }
        }
        table.getItems().setAll(model.rows());
    }

    private TableColumn<CurveViewModel.Row, String> column(String title, int line) {
        TableColumn<CurveViewModel.Row, String> column = new TableColumn<>(title);
        column.setSortable(false);
        column.setReorderable(false);
        column.setPrefWidth(132);
        column.getStyleClass().add("number");
        column.setCellValueFactory(cell -> {
            CurveViewModel.Row row = cell.getValue();
            boolean known = line < row.readings().size();
            return new ReadOnlyStringWrapper(
                    line < 0 ? model.size(row.size()) : known ? row.readings().get(line) : "");
        });
        return column;
    }
}
