package io.partflow.ui.inspect.trace;

import io.partflow.engine.cache.Outcome;
import io.partflow.engine.trace.PartSpan;
import io.partflow.ui.inspect.SeenClock;
import io.partflow.ui.support.Badge;
import io.partflow.ui.support.Formats;
import io.partflow.ui.support.Messages;
import java.util.Optional;
import java.util.function.Function;
import javafx.beans.property.ReadOnlyObjectWrapper;
import javafx.collections.ListChangeListener;
import javafx.scene.Node;
import javafx.scene.Scene;
import javafx.scene.control.Hyperlink;
import javafx.scene.control.IndexedCell;
import javafx.scene.control.Label;
import javafx.scene.control.TableCell;
import javafx.scene.control.TableColumn;
import javafx.scene.control.TableView;
import javafx.scene.control.skin.VirtualFlow;
import javafx.scene.layout.GridPane;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Priority;
import javafx.scene.layout.Region;
import javafx.scene.layout.VBox;
import javafx.util.Duration;
import org.jspecify.annotations.Nullable;

/// The inspector's tab "Trace": the last parts the selected node worked on, each with a bar that shows where its time
/// went, and the moments of the one selected. FX thread.
///
/// While it is on the screen it asks for news twice a second; hidden, never, and then nothing is recorded either.
public final class SpansView extends VBox {
    private static final Duration PERIOD = Duration.millis(500);
    private static final double BAR_WIDTH = 48;

    private final SpansViewModel model;
    private final TableView<PartSpan> table = new TableView<>();
    private final GridPane facts = new GridPane();
    private boolean replacing;
    private int rowsToScroll;

    /// @param tick is called while the view is on the screen, and refreshes the model
    public SpansView(SpansViewModel model, Runnable tick) {
        this.model = model;
        getStyleClass().add("spans");
        Label summary = new Label();
        summary.getStyleClass().addAll("secondary", "muted", "spans-summary");
        summary.setWrapText(true);
        summary.textProperty().bind(model.summaryProperty());
        fillTable();
        facts.getStyleClass().addAll("facts", "spans-facts");
        facts.managedProperty().bind(facts.visibleProperty());
        VBox.setVgrow(table, Priority.ALWAYS);
        getChildren().setAll(summary, legend(), table, facts);
        model.selectedProperty().subscribe(this::showFacts);
        SeenClock.attach(this, PERIOD, tick);
    }

    private void fillTable() {
        table.setColumnResizePolicy(TableView.CONSTRAINED_RESIZE_POLICY_SUBSEQUENT_COLUMNS);
        table.setPlaceholder(new Label(""));
        table.setAccessibleText(Messages.text("inspect.spans.title"));
        table.getColumns().add(column("part", 140, span -> text(SpansViewModel.title(span)), "plain"));
        table.getColumns().add(column("cache", 62, SpansView::badge, "plain"));
        table.getColumns().add(column("time", BAR_WIDTH + 16, SpansView::bar, "plain"));
        table.getColumns().add(column("total", 64, span -> text(Formats.durationNanos(span.totalNanos())), "number"));
        table.getColumns().forEach(column -> column.setSortable(false));
        show();
        model.rows().addListener((ListChangeListener<PartSpan>) change -> show());
        table.getSelectionModel().selectedItemProperty().subscribe(span -> {
            if (!replacing) {
                model.selectedProperty().set(span);
            }
        });
    }

    /// New spans come in at the top; the selected one stays where the user looks at it.
    private void show() {
        replacing = true;
        try {
            PartSpan selected = model.selectedProperty().get();
            int before = table.getSelectionModel().getSelectedIndex();
            table.getItems().setAll(model.rows());
            if (selected != null) {
                table.getSelectionModel().select(selected);
                if (before >= 0) {
                    scrollOn(table.getSelectionModel().getSelectedIndex() - before);
                }
            }
        } finally {
            replacing = false;
        }
    }

    /// Scrolls after the next layout, before anything of it is seen. Rows made earlier would be styled while what
    /// they
    /// stand in is not, and find no colour.
    private void scrollOn(int rows) {
        Scene scene = table.getScene();
        boolean waits = rowsToScroll != 0;
        rowsToScroll += rows;
        if (scene == null || waits || rowsToScroll == 0) {
            return;
        }
        if (scene.getWindow() == null) {
            // Nobody lays it out but who shows it.
            scroll();
            return;
        }
        scene.addPostLayoutPulseListener(new Runnable() {
            @Override
            public void run() {
                scene.removePostLayoutPulseListener(this);
                scroll();
            }
        });
    }

    private void scroll() {
        if (table.lookup(".virtual-flow") instanceof VirtualFlow<?> flow) {
            flow.scrollPixels(rowsToScroll * rowHeight(flow));
        }
        rowsToScroll = 0;
    }

    private static double rowHeight(VirtualFlow<?> flow) {
        IndexedCell<?> first = flow.getFirstVisibleCell();
        return first == null ? 0 : first.getHeight();
    }

    private static TableColumn<PartSpan, PartSpan> column(
            String key, double width, Function<PartSpan, Node> view, String style) {
        TableColumn<PartSpan, PartSpan> column = new TableColumn<>(Messages.text("inspect.spans.column." + key));
        column.setCellValueFactory(cell -> new ReadOnlyObjectWrapper<>(cell.getValue()));
        column.setPrefWidth(width);
        column.setMinWidth(Math.min(width, 60));
        column.getStyleClass().add(style);
        column.setReorderable(false);
        column.setCellFactory(ignored -> new TableCell<>() {
            {
                getStyleClass().add(style);
            }

            @Override
            protected void updateItem(@Nullable PartSpan span, boolean empty) {
                super.updateItem(span, empty);
                setText(null);
                setGraphic(span == null || empty ? null : view.apply(span));
            }
        });
        return column;
    }

    private static Node text(String text) {
        Label label = new Label(text);
        label.setMinWidth(0);
        return label;
    }

    private static Node badge(PartSpan span) {
        if (span.end() == PartSpan.End.FAILED) {
            return Badge.ERR.label();
        }
        Outcome outcome = span.outcome();
        if (outcome == null) {
            return text(Formats.UNKNOWN);
        }
        return switch (outcome) {
            case HIT -> Badge.HIT.label();
            case MISS -> Badge.MISS.label();
            case COALESCED -> Badge.JOINED.label();
            case UNCACHEABLE, BYPASSED -> Badge.OFF.label();
        };
    }

    /// Shares of the whole: waiting, looking up, making, passing on. What is left over is none of them.
    private static Node bar(PartSpan span) {
        double total = Math.max(1, span.totalNanos());
        HBox bar = new HBox();
        bar.getStyleClass().add("span-bar");
        bar.setMinWidth(BAR_WIDTH);
        bar.setMaxWidth(BAR_WIDTH);
        piece(bar, "waiting", orZero(span.queuedNanos()) / total);
        piece(bar, "lookup", orZero(span.lookupNanos()) / total);
        piece(bar, "busy", orZero(span.makeNanos()) / total);
        piece(bar, "blocked", span.emitNanos() / total);
        bar.setAccessibleText(Messages.text(
                "inspect.spans.bar",
                known(span.queuedNanos()),
                known(span.lookupNanos()),
                known(span.makeNanos()),
                Formats.durationNanos(span.emitNanos())));
        return bar;
    }

    private static long orZero(@Nullable Long nanos) {
        return nanos == null ? 0 : nanos;
    }

    private static String known(@Nullable Long nanos) {
        return Optional.ofNullable(nanos).map(Formats::durationNanos).orElse(Formats.UNKNOWN);
    }

    private static void piece(HBox bar, String kind, double share) {
        if (share > 0) {
            Region piece = new Region();
            piece.getStyleClass().addAll("span-piece", kind);
            double width = Math.max(1, Math.min(1, share) * BAR_WIDTH);
            piece.setMinWidth(width);
            piece.setMaxWidth(width);
            bar.getChildren().add(piece);
        }
    }

    private static Node legend() {
        HBox legend = new HBox();
        legend.getStyleClass().add("span-legend");
        for (String kind : new String[] {"waiting", "lookup", "busy", "blocked"}) {
            Region mark = new Region();
            mark.getStyleClass().addAll("span-piece", "span-mark", kind);
            Label name = new Label(Messages.text("inspect.spans.legend." + kind), mark);
            name.getStyleClass().addAll("caption", "muted");
            legend.getChildren().add(name);
        }
        return legend;
    }

    private void showFacts(@Nullable PartSpan span) {
        facts.getChildren().clear();
        facts.setVisible(span != null);
        if (span == null) {
            return;
        }
        Label whole = new Label(SpansViewModel.title(span));
        whole.getStyleClass().add("medium");
        whole.setWrapText(true);
        facts.add(whole, 0, 0, 2, 1);
        int row = 1;
        for (SpansViewModel.Fact fact : SpansViewModel.facts(span)) {
            Label name = new Label(fact.name());
            name.getStyleClass().addAll("secondary", "muted");
            Label value = new Label(fact.value());
            value.getStyleClass().add("secondary");
            facts.addRow(row++, name, value);
        }
        if (SpansViewModel.hasQuestion(span)) {
            facts.add(question(span), 0, row, 2, 1);
        }
    }

    private Node question(PartSpan span) {
        Hyperlink why = new Hyperlink(Messages.text("inspect.spans.why"));
        why.setOnAction(event -> {
            why.setVisited(false);
            if (!model.explain(span)) {
                why.setText(Messages.text("inspect.spans.why.forgotten"));
                why.setDisable(true);
            }
        });
        return why;
    }
}
