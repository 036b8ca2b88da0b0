package io.partflow.ui.charts;

import io.partflow.ui.charts.draw.ChartCanvas.Frame;
import io.partflow.ui.charts.draw.OverviewStrip;
import io.partflow.ui.charts.model.ChartHistory;
import io.partflow.ui.charts.model.LiveChart.Form;
import io.partflow.ui.charts.model.TimeRange;
import io.partflow.ui.support.FxThread;
import io.partflow.ui.support.Icons;
import io.partflow.ui.support.Messages;
import io.partflow.ui.support.SegmentedControl;
import io.partflow.ui.support.Tips;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Executor;
import java.util.function.Consumer;
import javafx.fxml.FXML;
import javafx.fxml.FXMLLoader;
import javafx.geometry.Pos;
import javafx.scene.Node;
import javafx.scene.control.Button;
import javafx.scene.control.Label;
import javafx.scene.control.ScrollPane;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Pane;
import javafx.scene.layout.Priority;
import javafx.scene.layout.Region;
import javafx.scene.layout.VBox;

/// The view of the charts, in one of three arrangements; several views may show one [ChartsViewModel] at a
/// time.
///
/// Controller of `charts-view.fxml`. FX thread.
public final class ChartsView {

    /// How charts stand.
    public enum Arrangement {
        /// Two to five beside each other, the others reached by paging or scrolling: in the dock.
        DOCK,
        /// All that run over time, one below the other on one time axis: Observe.
        FULL,
        /// Queues and node time one below the other: beside the full charts.
        SIDE
    }

    private static final double LEAST_CARD_WIDTH = 250;
    private static final double NARROWEST_CARD = 220;
    private static final int MOST_COLUMNS = 5;
    /// A place that is seen however few charts stand beside each other.
    private static final int NEAR = 1;
    private static final double TIMES_HEIGHT = 22;
    private static final double LEAST_WITH_OVERVIEW = 252;

    private final ChartsViewModel model;
    private final Arrangement arrangement;
    private final ChartExport export;
    private final ChartPager pager = new ChartPager();

    @FXML
    private VBox root;

    @FXML
    private HBox toolbar;

    @FXML
    private Label shownTimes;

    @FXML
    private ScrollPane scroll;

    private ChartsView(
            ChartsViewModel model, Arrangement arrangement, SaveDialog saveDialog, Consumer<String> notices) {
        this.model = model;
        this.arrangement = arrangement;
        Executor background =
                work -> Thread.ofVirtual().name("partflow-chart-export").start(work);
        this.export = new ChartExport(saveDialog, background, FxThread.executor(), notices);
    }

    /// A new view whose exports ask with the dialog of the system and tell nobody.
    public static ChartsView load(ChartsViewModel model, Arrangement arrangement) {
        return load(model, arrangement, SaveDialog.ofSystem(), notice -> {});
    }

    /// A new view; `notices` gets one sentence about every export, on the FX thread.
    public static ChartsView load(
            ChartsViewModel model, Arrangement arrangement, SaveDialog saveDialog, Consumer<String> notices) {
        ChartsView view = new ChartsView(model, arrangement, saveDialog, notices);
        FXMLLoader loader = new FXMLLoader(ChartsView.class.getResource("charts-view.fxml"), Messages.bundle());
        loader.setController(view);
        try {
            loader.load();
        } catch (IOException failure) {
            throw new UncheckedIOException("The view of the charts cannot be read", failure);
        }
        return view;
    }

    /// The view as a node.
    public Region root() {
        return root;
    }

    /// What stands in the tab strip of the dock: where among the charts it is, and the range.
    public Node dockTools() {
        HBox box = new HBox(16, pager, rangeSelector());
        box.setAlignment(Pos.CENTER_RIGHT);
        return box;
    }

    /// A new selector of the range, bound to the axis of all charts: for the tab strip of the dock.
    public Node rangeSelector() {
        SegmentedControl<TimeRange> selector = new SegmentedControl<>(
                List.of(TimeRange.values()), model.axis().range(), range -> Messages.text(range.messageKey()));
        selector.getStyleClass().add("small");
        selector.chosenProperty().bindBidirectional(model.axis().rangeProperty());
        Tips.install(selector, Messages.text("charts.range.tip"));
        HBox box = new HBox(8, brushed(), selector);
        box.setAlignment(Pos.CENTER_RIGHT);
        return box;
    }

    /// Says which part of the run is shown when one was brushed over, and leads back.
    private Button brushed() {
        Button back = new Button("", Icons.icon("x", 12));
        back.getStyleClass().addAll("small", "flat");
        back.setId("charts-brushed");
        Tips.install(back, Messages.text("charts.brush.tip"));
        back.setOnAction(event -> model.axis().clearBrush());
        back.managedProperty().bind(back.visibleProperty());
        model.axis().brushProperty().subscribe(span -> {
            back.setVisible(span != null);
            back.setText(span == null ? "" : model.shownTimes());
        });
        return back;
    }

    @FXML
    private void initialize() {
        switch (arrangement) {
            case DOCK -> dock();
            case FULL -> full();
            case SIDE -> side();
        }
    }

    private void dock() {
        hideToolbar();
        HBox row = new HBox();
        List<ChartCard> cards = new ArrayList<>();
        for (ChartHistory chart : model.charts()) {
            ChartCard card = card(chart, Frame.ALONE);
            if (!cards.isEmpty()) {
                card.canvas().hideFlagTexts();
            }
            card.prefWidthProperty().bind(scroll.widthProperty().map(width -> cardWidth(width.doubleValue())));
            card.setMinHeight(0);
            cards.add(card);
        }
        stand(row, cards);
        model.revisionProperty().subscribe(value -> bringForward(row, cards));
        show(row);
        pager.turn(scroll, cards.size(), width -> cardWidth(width) + 1);
        OverviewStrip strip = overview(Frame.ALONE);
        strip.managedProperty().bind(strip.visibleProperty());
        // A low dock is left to the charts.
        strip.visibleProperty().bind(root.heightProperty().map(height -> height.doubleValue() >= LEAST_WITH_OVERVIEW));
        scroll.setFitToHeight(true);
        scroll.setVbarPolicy(ScrollPane.ScrollBarPolicy.NEVER);
        // The pager says what it would, and more.
        scroll.setHbarPolicy(ScrollPane.ScrollBarPolicy.NEVER);
    }

    private static void stand(HBox row, List<ChartCard> cards) {
        row.getChildren().clear();
        for (ChartCard card : cards) {
            if (card != cards.getFirst()) {
                Region line = new Region();
                line.getStyleClass().add("chart-divider");
                line.setMinWidth(1);
                line.setMaxWidth(1);
                row.getChildren().add(line);
            }
            row.getChildren().add(card);
        }
    }

    /// What left a cache is the first thing to know about it, so it need not be looked for; it stays there.
    private static void bringForward(HBox row, List<ChartCard> cards) {
        int at = -1;
        for (int index = NEAR + 1; index < cards.size(); index++) {
            if (cards.get(index).tellsOfEvictions()) {
                at = index;
            }
        }
        if (at > NEAR) {
            cards.add(NEAR, cards.remove(at));
            stand(row, cards);
        }
    }

    /// The width of a card so that a whole number of them, from two to five, fills the view.
    static double cardWidth(double viewWidth) {
        double columns = Math.clamp(Math.floor(viewWidth / LEAST_CARD_WIDTH), 2, MOST_COLUMNS);
        return Math.max(NARROWEST_CARD, Math.floor((viewWidth - columns + 1) / columns));
    }

    private void full() {
        toolbar.getChildren().addFirst(rangeSelector());
        model.revisionProperty().subscribe(value -> writeTimes());
        model.axis().rangeProperty().subscribe(value -> writeTimes());
        model.axis().brushProperty().subscribe(value -> writeTimes());
        List<ChartHistory> overTime = model.charts().stream()
                .filter(chart -> isOverTime(chart.chart().form()))
                .toList();
        column(overTime, Frame.STACKED);
        overview(Frame.STACKED);
    }

    /// Puts the whole run below the charts.
    private OverviewStrip overview(Frame frame) {
        OverviewStrip strip = new OverviewStrip(model.charts().getFirst(), model.axis(), frame);
        model.revisionProperty().subscribe(value -> strip.redraw());
        model.beatProperty().subscribe(value -> strip.redrawIfMissed());
        root.getChildren().add(strip);
        return strip;
    }

    private void side() {
        hideToolbar();
        column(
                model.charts().stream()
                        .filter(chart -> !isOverTime(chart.chart().form()))
                        .toList(),
                Frame.ALONE);
    }

    private void column(List<ChartHistory> charts, Frame frame) {
        VBox column = new VBox();
        for (ChartHistory chart : charts) {
            boolean last = chart == charts.getLast();
            ChartCard card = card(chart, last && frame == Frame.STACKED ? Frame.STACKED_LAST : frame);
            VBox.setVgrow(card, Priority.ALWAYS);
            card.setPrefHeight(chart.chart().heightPx() + (last ? TIMES_HEIGHT : 0));
            if (chart != charts.getFirst()) {
                card.getStyleClass().add("line-top");
                card.canvas().hideFlagTexts();
            }
            column.getChildren().add(card);
        }
        show(column);
        scroll.setFitToWidth(true);
        scroll.setFitToHeight(true);
        scroll.setHbarPolicy(ScrollPane.ScrollBarPolicy.NEVER);
    }

    private static boolean isOverTime(Form form) {
        return switch (form) {
            case LINES, STACKED_BARS, STACKED_AREAS -> true;
            case SMALL_MULTIPLES, STRIPS -> false;
        };
    }

    private ChartCard card(ChartHistory chart, Frame frame) {
        return new ChartCard(chart, model, frame, export);
    }

    private void show(Pane content) {
        scroll.setContent(content);
        scroll.hvalueProperty().subscribe(value -> redrawMissed(content));
        scroll.vvalueProperty().subscribe(value -> redrawMissed(content));
        scroll.viewportBoundsProperty().subscribe(value -> redrawMissed(content));
    }

    /// A chart that was scrolled out of sight was not drawn meanwhile.
    private static void redrawMissed(Pane content) {
        for (Node node : content.getChildren()) {
            if (node instanceof ChartCard card) {
                card.canvas().redrawIfMissed();
            }
        }
    }

    private void hideToolbar() {
        toolbar.setVisible(false);
        toolbar.setManaged(false);
    }

    private void writeTimes() {
        shownTimes.setText(model.shownTimes());
    }
}
