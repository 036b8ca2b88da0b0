package io.partflow.ui.tune.ledger;

import io.partflow.ui.support.Formats;
import io.partflow.ui.support.Messages;
import io.partflow.ui.tune.draw.DrawnChart;
import io.partflow.ui.tune.draw.Pen;
import java.util.Collections;
import java.util.List;

/// How the hit ratio came about, as a small line from 0 to 100 percent. FX thread.
final class HitRatioLine extends DrawnChart {
    private static final double HEIGHT = 48;
    private static final double LEFT = 44;
    private static final double RIGHT = 44;
    private static final double MARGIN = 7;

    private List<Double> ratios = List.of();

    HitRatioLine() {
        setId("hit-ratio-history");
        setMinSize(0, HEIGHT);
        setPrefHeight(HEIGHT);
        setMaxHeight(HEIGHT);
    }

    /// @param some after each of the last requests, oldest first, 0 to 1
    void show(List<Double> some) {
        if (!some.equals(ratios)) {
            ratios = some;
            redraw();
        }
    }

    @Override
    protected void paint(Pen pen, double width, double height) {
        double right = width - RIGHT;
        for (double ratio : new double[] {0, 1}) {
            pen.horizontal(
                    LEFT, right, y(ratio, height), ratio == 0 ? "-color-border-default" : "-color-border-subtle");
            pen.textRight(Formats.wholePercent(ratio), LEFT - 8, y(ratio, height) + 4, Pen.CAPTION, "-color-fg-muted");
        }
        int points = ratios.size();
        if (points == 0 || right <= LEFT) {
            return;
        }
        double[] xs = new double[points];
        double[] ys = new double[points];
        for (int i = 0; i < points; i++) {
            xs[i] = points == 1 ? LEFT : LEFT + (right - LEFT) * i / (points - 1);
            ys[i] = y(ratios.get(i), height);
        }
        pen.line(xs, ys, points, "-pf-hit", 1.5);
        double now = ratios.getLast();
        pen.text(Formats.percent(now), right + 6, y(now, height) + 4, Pen.CAPTION, "-color-fg-default");
    }

    private static double y(double ratio, double height) {
        return height - MARGIN - ratio * (height - 2 * MARGIN);
    }

    @Override
    protected String sentence() {
        return ratios.isEmpty()
                ? Messages.text("tune.analytics.history.none")
                : Messages.text(
                        "tune.analytics.history.sentence",
                        Formats.count(ratios.size(), "request", "requests"),
                        Formats.percent(ratios.getFirst()),
                        Formats.percent(ratios.getLast()),
                        Formats.percent(Collections.min(ratios)),
                        Formats.percent(Collections.max(ratios)));
    }
}
