package io.partflow.ui.tune.why;

import io.partflow.engine.insight.why.MissCause;
import io.partflow.engine.insight.why.MissExplanation;
import io.partflow.ui.support.Badge;
import io.partflow.ui.support.Formats;
import io.partflow.ui.support.Icons;
import io.partflow.ui.support.Messages;
import io.partflow.ui.support.Tips;
import java.util.Map;
import java.util.function.Function;
import javafx.beans.property.ReadOnlyObjectWrapper;
import javafx.collections.ListChangeListener;
import javafx.geometry.Pos;
import javafx.scene.Node;
import javafx.scene.control.Label;
import javafx.scene.control.MenuButton;
import javafx.scene.control.MenuItem;
import javafx.scene.control.TableCell;
import javafx.scene.control.TableColumn;
import javafx.scene.control.TableView;
import javafx.scene.control.ToggleButton;
import javafx.scene.input.KeyCode;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Priority;
import javafx.scene.layout.Region;
import javafx.scene.layout.VBox;
import org.jspecify.annotations.Nullable;

/// The dock's tab "Misses": the last requests that were not served, each with its one cause. FX thread.
///
/// Keys: `[` and `]` go to the older and the newer miss, Enter asks why.
public final class MissesView extends VBox {
    private static final double MOST_MIN_WIDTH = 120;

    private final MissesViewModel model;
    private final Runnable why;
    private final TableView<MissExplanation> table = new TableView<>();
    private final MenuButton causes = new MenuButton(Messages.text("tune.misses.all"));
    private boolean replacing;

    /// @param why brings the explanation of the selected miss in front
    public MissesView(MissesViewModel model, Runnable why) {
        this.model = model;
        this.why = why;
        getStyleClass().add("misses");
        Label summary = new Label();
        summary.getStyleClass().add("secondary");
        summary.textProperty().bind(model.summaryProperty());
        summary.setMinWidth(0);
        Region gap = new Region();
        HBox.setHgrow(gap, Priority.ALWAYS);
        ToggleButton hold = new ToggleButton("", Icons.icon("pausef", 14));
        hold.getStyleClass().addAll("icon-button", "small");
        hold.setAccessibleText(Messages.text("tune.misses.hold"));
        Tips.install(hold, Messages.text("tune.misses.hold"));
        hold.selectedProperty().bindBidirectional(model.heldProperty());
        causes.getStyleClass().addAll("small");
        causes.setOnShowing(event -> fillCauses());
        fillCauses();
        HBox bar = new HBox(summary, gap, causes, hold);
        bar.getStyleClass().add("entry-bar");
        bar.setAlignment(Pos.CENTER_LEFT);
        fillTable();
        VBox.setVgrow(table, Priority.ALWAYS);
        getChildren().setAll(bar, table);
        model.kindProperty()
                .subscribe(
                        kind -> causes.setText(kind == null ? Messages.text("tune.misses.all") : MissWords.kind(kind)));
    }

    private void fillCauses() {
        Map<MissCause.Kind, Long> counts = model.counts();
        causes.getItems().setAll(choice(Messages.text("tune.misses.all"), null));
        for (MissCause.Kind kind : model.kinds()) {
            causes.getItems()
                    .add(choice(MissWords.kind(kind) + "  " + Formats.count(counts.getOrDefault(kind, 0L)), kind));
        }
    }

    private MenuItem choice(String text, MissCause.@Nullable Kind kind) {
        MenuItem item = new MenuItem(text);
        item.setOnAction(event -> model.kindProperty().set(kind));
        return item;
    }

    private void fillTable() {
        table.setId("misses-table");
        table.getStyleClass().add("dense");
        table.setAccessibleText(Messages.text("tune.misses.title"));
        table.setPlaceholder(new Label(Messages.text("tune.misses.empty")));
        table.setColumnResizePolicy(TableView.CONSTRAINED_RESIZE_POLICY_LAST_COLUMN);
        table.getColumns().add(column("time", 116, miss -> text(MissesViewModel.moment(miss), "mono")));
        table.getColumns().add(column("outcome", 84, MissesView::badge));
        table.getColumns().add(column("node", 124, miss -> text(model.title(miss), "plain")));
        table.getColumns().add(column("key", 206, miss -> text(MissWords.key(miss.key()), "mono")));
        table.getColumns().add(column("cause", 360, miss -> text(MissWords.sentence(miss.cause()), "muted")));
        model.rows().addListener((ListChangeListener<MissExplanation>) change -> show());
        show();
        table.getSelectionModel().selectedItemProperty().subscribe(miss -> {
            if (!replacing && miss != null) {
                model.selectedProperty().set(miss);
            }
        });
        model.selectedProperty().subscribe(miss -> select());
        table.setOnMouseClicked(event -> {
            if (table.getSelectionModel().getSelectedItem() != null) {
                why.run();
            }
        });
        table.setOnKeyPressed(event -> {
            if (event.getCode() == KeyCode.ENTER && model.selectedProperty().get() != null) {
                why.run();
            } else if (event.getCode() == KeyCode.OPEN_BRACKET) {
                model.step(MissesViewModel.Way.OLDER);
            } else if (event.getCode() == KeyCode.CLOSE_BRACKET) {
                model.step(MissesViewModel.Way.NEWER);
            } else {
                return;
            }
            event.consume();
        });
    }

    private void show() {
        replacing = true;
        try {
            table.getItems().setAll(model.rows());
        } finally {
            replacing = false;
        }
        select();
    }

    private void select() {
        MissExplanation wanted = model.selectedProperty().get();
        replacing = true;
        try {
            int at = wanted == null ? -1 : table.getItems().indexOf(wanted);
            if (at < 0) {
                table.getSelectionModel().clearSelection();
            } else if (table.getSelectionModel().getSelectedIndex() != at) {
                table.getSelectionModel().select(at);
            }
        } finally {
            replacing = false;
        }
    }

    static Label badge(MissExplanation miss) {
        return switch (miss.cause().kind()) {
            case COALESCED -> Badge.JOINED.label();
            case NOT_CACHEABLE, CACHE_OFF -> Badge.OFF.label();
            case FIRST_TIME,
                    CHANGED_CONTENT,
                    METADATA_CHANGED,
                    REORDERED,
                    NAMESPACE_CHANGED,
                    EXPIRED,
                    EVICTED,
                    INVALIDATED -> Badge.MISS.label();
        };
    }

    private static Node text(String text, String style) {
        Label label = new Label(text);
        label.getStyleClass().add(style);
        label.setMinWidth(0);
        return label;
    }

    private static TableColumn<MissExplanation, MissExplanation> column(
            String key, double width, Function<MissExplanation, Node> view) {
        TableColumn<MissExplanation, MissExplanation> column =
                new TableColumn<>(Messages.text("tune.misses.column." + key));
        column.setCellValueFactory(cell -> new ReadOnlyObjectWrapper<>(cell.getValue()));
        column.setPrefWidth(width);
        column.setMinWidth(Math.min(width, MOST_MIN_WIDTH));
        column.setSortable(false);
        column.setReorderable(false);
        column.setCellFactory(ignored -> new TableCell<>() {
            @Override
            protected void updateItem(@Nullable MissExplanation miss, boolean empty) {
                super.updateItem(miss, empty);
                setText(null);
                setGraphic(miss == null || empty ? null : view.apply(miss));
            }
        });
        return column;
    }
}
