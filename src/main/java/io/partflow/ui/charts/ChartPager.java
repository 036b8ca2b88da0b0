package io.partflow.ui.charts;

import io.partflow.ui.support.Icons;
import io.partflow.ui.support.Messages;
import io.partflow.ui.support.Tips;
import java.util.function.DoubleUnaryOperator;
import javafx.geometry.Pos;
import javafx.scene.control.Button;
import javafx.scene.control.Label;
import javafx.scene.control.ScrollPane;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Region;

/// Says which of the charts beside each other are seen, and turns to the others; gone while all are. FX thread.
final class ChartPager extends HBox {
    private final Button before = turner("chevron-left", "charts.page.before");
    private final Button after = turner("chevron-right", "charts.page.after");
    private final Label place = new Label();

    ChartPager() {
        setId("charts-pager");
        setSpacing(2);
        setAlignment(Pos.CENTER);
        place.getStyleClass().addAll("secondary", "muted");
        place.setMinWidth(Region.USE_PREF_SIZE);
        getChildren().setAll(before, place, after);
        setVisible(false);
        managedProperty().bind(visibleProperty());
    }

    private static Button turner(String icon, String key) {
        Button button = new Button(null, Icons.icon(icon, 14));
        button.getStyleClass().addAll("icon-button", "small");
        button.setAccessibleText(Messages.text(key));
        Tips.install(button, Messages.text(key));
        return button;
    }

    /// Begins to turn a view.
    ///
    /// @param cards how many there are
    /// @param pitch from one card to the next, by the width of the view
    void turn(ScrollPane view, int cards, DoubleUnaryOperator pitch) {
        Runnable show = () -> show(view, cards, pitch.applyAsDouble(view.getWidth()));
        view.hvalueProperty().subscribe(show);
        view.widthProperty().subscribe(show);
        before.setOnAction(event -> turn(view, cards, pitch.applyAsDouble(view.getWidth()), -1));
        after.setOnAction(event -> turn(view, cards, pitch.applyAsDouble(view.getWidth()), 1));
    }

    private void turn(ScrollPane view, int cards, double pitch, int pages) {
        double hidden = hidden(view, cards, pitch);
        if (hidden > 0) {
            double to = (first(view, cards, pitch) + (double) pages * seen(view, pitch)) * pitch;
            view.setHvalue(Math.clamp(to / hidden, 0, 1));
        }
    }

    private void show(ScrollPane view, int cards, double pitch) {
        boolean needed = view.getWidth() > 0 && hidden(view, cards, pitch) > pitch / 2;
        setVisible(needed);
        if (!needed) {
            return;
        }
        long first = first(view, cards, pitch);
        long last = Math.min(cards, first + seen(view, pitch));
        place.setText(Messages.text("charts.page", first + 1, last, cards));
        before.setDisable(first == 0);
        after.setDisable(last == cards);
    }

    private static double hidden(ScrollPane view, int cards, double pitch) {
        return cards * pitch - 1 - view.getWidth();
    }

    private static long first(ScrollPane view, int cards, double pitch) {
        return Math.round(view.getHvalue() * Math.max(0, hidden(view, cards, pitch)) / pitch);
    }

    private static long seen(ScrollPane view, double pitch) {
        return Math.max(1, (long) Math.floor((view.getWidth() + 2) / pitch));
    }
}
