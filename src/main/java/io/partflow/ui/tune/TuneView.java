package io.partflow.ui.tune;

import io.partflow.engine.insight.InsightSnapshot.OfNode;
import io.partflow.engine.insight.NodeInsight;
import io.partflow.engine.insight.history.BaselineReport;
import io.partflow.ui.support.Formats;
import io.partflow.ui.support.Messages;
import io.partflow.ui.tune.sample.TuneFeed;
import java.util.List;
import javafx.geometry.Pos;
import javafx.scene.control.Label;
import javafx.scene.control.MenuButton;
import javafx.scene.control.MenuItem;
import javafx.scene.layout.BorderPane;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Priority;
import javafx.scene.layout.Region;
import javafx.scene.layout.VBox;
import org.jspecify.annotations.Nullable;

/// The workspace "Tune": which node, and everything its history says. FX thread.
final class TuneView extends BorderPane {
    private static final double CURVE_SHARE = 0.54;
    private static final double CHARTS_SHARE = 0.6;
    private static final double LEAST_ADVICE = 264;
    private static final double ADVICE_SHARE = 0.23;

    private final TuneFeed feed;
    private final MenuButton nodes = new MenuButton();
    private final Label about = new Label();

    TuneView(TuneFeed feed, Region curve, Region reuse, Region ledger, Region advice) {
        this.feed = feed;
        getStyleClass().addAll("surface", "tune");
        nodes.setId("tune-node");
        nodes.getStyleClass().add("flat");
        nodes.setAccessibleText(Messages.text("tune.node"));
        about.getStyleClass().add("secondary");
        about.setMinWidth(0);
        HBox head = new HBox(nodes, about);
        head.getStyleClass().add("tune-bar");
        head.setAlignment(Pos.CENTER_LEFT);
        setTop(head);
        reuse.getStyleClass().add("tune-line-left");
        ledger.getStyleClass().add("tune-line-top");
        HBox charts = new HBox(curve, reuse);
        HBox.setHgrow(curve, Priority.ALWAYS);
        HBox.setHgrow(reuse, Priority.ALWAYS);
        // The share of each is fixed; what they say would otherwise decide it anew at every sample.
        curve.setMinWidth(0);
        reuse.setMinWidth(0);
        curve.prefWidthProperty().bind(charts.widthProperty().multiply(CURVE_SHARE));
        reuse.prefWidthProperty().bind(charts.widthProperty().multiply(1 - CURVE_SHARE));
        VBox left = new VBox(charts, ledger);
        charts.setMinHeight(0);
        ledger.setMinHeight(0);
        charts.prefHeightProperty().bind(left.heightProperty().multiply(CHARTS_SHARE));
        ledger.prefHeightProperty().bind(left.heightProperty().multiply(1 - CHARTS_SHARE));
        advice.setMinWidth(LEAST_ADVICE);
        advice.prefWidthProperty().bind(widthProperty().multiply(ADVICE_SHARE));
        advice.getStyleClass().add("tune-line-left");
        setCenter(left);
        setRight(advice);
        feed.nodesProperty().subscribe(known -> fill(known));
        feed.nodeProperty().subscribe(this::show);
    }

    private void fill(List<OfNode> known) {
        List<String> ids = known.stream().map(OfNode::id).toList();
        if (nodes.getItems().stream().map(MenuItem::getId).toList().equals(ids)) {
            return;
        }
        nodes.getItems()
                .setAll(ids.stream()
                        .map(id -> {
                            MenuItem item = new MenuItem(feed.ground().title().apply(id));
                            item.setId(id);
                            item.setOnAction(event -> feed.chosenProperty().set(id));
                            return item;
                        })
                        .toList());
    }

    private void show(@Nullable OfNode node) {
        nodes.setVisible(node != null);
        nodes.setManaged(node != null);
        if (node == null) {
            about.setText(Messages.text("tune.nonode"));
            return;
        }
        nodes.setText(feed.ground().title().apply(node.id()));
        NodeInsight insight = node.insight();
        String text = Messages.text(
                "tune.about",
                Formats.count(feed.source().runs(), "run", "runs"),
                switch (insight.baseline()) {
                    case BaselineReport.NoData none -> Formats.count(0, "request", "requests");
                    case BaselineReport.Measured counted ->
                        Formats.count(counted.totalRequests(), "request", "requests");
                },
                switch (insight.baseline()) {
                    case BaselineReport.NoData none -> Formats.UNKNOWN;
                    case BaselineReport.Measured counted -> Formats.percent(counted.currentHitRate());
                },
                Formats.count(insight.counters().entries(), "entry", "entries"),
                Formats.bytes(insight.counters().bytes()));
        about.setText(
                insight.sampleRate() < 1
                        ? Messages.text("tune.about.sampled", text, Formats.percent(insight.sampleRate()))
                        : text);
    }
}
