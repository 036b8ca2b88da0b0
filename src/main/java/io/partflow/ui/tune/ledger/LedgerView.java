package io.partflow.ui.tune.ledger;

import io.partflow.ui.support.Messages;
import io.partflow.ui.support.Tips;
import java.util.List;
import java.util.Locale;
import java.util.function.Function;
import javafx.geometry.HPos;
import javafx.geometry.Pos;
import javafx.scene.Node;
import javafx.scene.control.Label;
import javafx.scene.control.ScrollPane;
import javafx.scene.control.TextField;
import javafx.scene.layout.ColumnConstraints;
import javafx.scene.layout.GridPane;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Priority;
import javafx.scene.layout.Region;
import javafx.scene.layout.VBox;

/// Ledger with prices, counters with latencies, and regrets, side by side. FX thread.
public final class LedgerView extends HBox {
    private static final double NAME_SHARE = 36;
    private static final String AVERAGE = Messages.text("tune.analytics.average");
    private static final double ALL = 100;

    private final LedgerViewModel model;

    public LedgerView(LedgerViewModel model) {
        this.model = model;
        getStyleClass().add("ledger");
        GridPane savings = grid();
        GridPane analytics = grid();
        GridPane latencies = grid();
        HitRatioLine history = new HitRatioLine();
        Tips.install(history, Messages.text("tune.analytics.history.tip"));
        GridPane regrets = grid();
        GridPane keyFields = grid();
        Label keyTitle = new Label(Messages.text("tune.keys.title"));
        keyTitle.getStyleClass().add("section-title");
        keyTitle.managedProperty().bind(keyTitle.visibleProperty());
        Label regretted = new Label();
        regretted.getStyleClass().add("caption");
        regretted.setWrapText(true);
        regretted.setMinHeight(Region.USE_PREF_SIZE);
        VBox money = pane("tune.ledger.title", savings, prices());
        VBox counters = pane("tune.analytics.title", history, latencies, analytics);
        VBox regret = pane("tune.regrets.title", regretted, regrets, keyTitle, keyFields);
        counters.getStyleClass().add("tune-line-left");
        regret.getStyleClass().add("tune-line-left");
        getChildren().setAll(scrolled(money), scrolled(counters), scrolled(regret));
        model.pictureProperty().subscribe(picture -> {
            fill(savings, heads("tune.ledger.column.", "calls", "time", "tokens", "money"), picture.savings());
            history.show(picture.hitRatios());
            fill(latencies, List.of("p50", "p95", "p99"), picture.latencies());
            fill(analytics, List.of(""), picture.analytics());
            regretted.setText(picture.regretted());
            fill(regrets, heads("tune.regrets.column.", "gap", "cost", "items", "bytes"), picture.regrets());
            keyTitle.setVisible(!picture.keyFields().isEmpty());
            fill(
                    keyFields,
                    heads("tune.keys.column.", "before", "after", "merged", "conflicting"),
                    picture.keyFields());
        });
    }

    private static List<String> heads(String prefix, String... keys) {
        return java.util.Arrays.stream(keys)
                .map(key -> Messages.text(prefix + key))
                .toList();
    }

    private static VBox pane(String title, Node... content) {
        Label name = new Label(Messages.text(title));
        name.getStyleClass().add("section-title");
        VBox pane = new VBox(name);
        pane.getChildren().addAll(content);
        pane.getStyleClass().add("tune-pane");
        return pane;
    }

    private static ScrollPane scrolled(VBox pane) {
        ScrollPane scroll = new ScrollPane(pane);
        scroll.setFitToWidth(true);
        scroll.setFitToHeight(true);
        scroll.setHbarPolicy(ScrollPane.ScrollBarPolicy.NEVER);
        scroll.setPrefWidth(ALL);
        HBox.setHgrow(scroll, Priority.ALWAYS);
        return scroll;
    }

    private static GridPane grid() {
        GridPane grid = new GridPane();
        grid.getStyleClass().add("tune-grid");
        return grid;
    }

    /// Fills a table; where it has the same shape as before, only texts change.
    private static void fill(GridPane grid, List<String> heads, List<LedgerViewModel.Line> lines) {
        int columns = heads.size() + 1;
        int cells = lines.isEmpty() ? 0 : (lines.size() + 1) * columns;
        if (grid.getChildren().size() != cells) {
            grid.getChildren().clear();
            grid.getColumnConstraints().clear();
            for (int column = 0; column < columns; column++) {
                ColumnConstraints width = new ColumnConstraints();
                // What does not fit is cut from names, never from figures.
                width.setMinWidth(column == 0 ? 0 : Region.USE_PREF_SIZE);
                width.setHgrow(column == 0 ? Priority.ALWAYS : Priority.SOMETIMES);
                width.setHalignment(column == 0 ? HPos.LEFT : HPos.RIGHT);
                grid.getColumnConstraints().add(width);
            }
            for (int i = 0; i < cells; i++) {
                Label label = new Label();
                label.setMinWidth(i % columns == 0 ? 0 : Region.USE_PREF_SIZE);
                label.getStyleClass().add(i < columns || i % columns == 0 ? "secondary" : "tune-cell");
                grid.add(label, i % columns, i / columns);
            }
        }
        for (int i = 0; i < cells; i++) {
            int row = i / columns;
            int column = i % columns;
            String text;
            if (row == 0) {
                text = column == 0 ? "" : heads.get(column - 1);
            } else {
                LedgerViewModel.Line line = lines.get(row - 1);
                text = column == 0 ? line.name() : line.cells().get(column - 1);
            }
            Label cell = (Label) grid.getChildren().get(i);
            cell.setText(text);
            if (text.equals(AVERAGE)) {
                Tips.install(cell, Messages.text("tune.analytics.average.tip"));
            }
        }
    }

    private Node prices() {
        Label title = new Label(Messages.text("tune.prices.title"));
        title.getStyleClass().add("section-title");
        GridPane fields = new GridPane();
        fields.getStyleClass().add("tune-grid");
        int row = 0;
        for (LedgerViewModel.Price price : LedgerViewModel.Price.values()) {
            String name = Messages.text("tune.prices." + price.name().toLowerCase(Locale.ROOT));
            Label label = new Label(name);
            label.getStyleClass().add("secondary");
            label.setMinWidth(0);
            fields.addRow(row++, label, field(price, name));
        }
        ColumnConstraints names = new ColumnConstraints();
        names.setPercentWidth(ALL - NAME_SHARE);
        ColumnConstraints values = new ColumnConstraints();
        values.setPercentWidth(NAME_SHARE);
        fields.getColumnConstraints().setAll(names, values);
        VBox box = new VBox(title, fields);
        box.getStyleClass().add("tune-prices");
        return box;
    }

    private TextField field(LedgerViewModel.Price price, String name) {
        TextField field = new TextField();
        field.getStyleClass().addAll("small", "number");
        field.setId("price-" + price.name().toLowerCase(Locale.ROOT));
        field.setAccessibleText(name);
        field.setAlignment(Pos.CENTER_RIGHT);
        Function<Double, String> write = usd -> usd == 0 ? "" : Double.toString(usd);
        field.setPromptText("0");
        String tip = switch (price) {
            case TOKENS_IN, TOKENS_OUT -> Messages.text("tune.prices.own", name);
            case COMPUTE_HOUR, GIB_HOUR -> name;
        };
        Tips.install(field, tip);
        Runnable show = () -> {
            if (!field.isFocused()) {
                field.setText(write.apply(model.price(price)));
            }
        };
        model.pricesProperty().subscribe(table -> show.run());
        model.pictureProperty().subscribe(picture -> show.run());
        Runnable take = () -> {
            String wrong = model.setPrice(price, field.getText());
            field.getStyleClass().remove("error");
            if (!wrong.isEmpty()) {
                field.getStyleClass().add("error");
            }
            Tips.install(field, wrong.isEmpty() ? tip : wrong);
        };
        field.setOnAction(event -> take.run());
        field.focusedProperty().subscribe((was, is) -> {
            if (was && !is) {
                take.run();
            }
        });
        return field;
    }
}
