package io.partflow.ui.charts.draw;

import io.partflow.ui.charts.model.ChartHistory;
import io.partflow.ui.charts.model.Mark;
import io.partflow.ui.charts.model.Series;
import io.partflow.ui.charts.model.SeriesRing;
import io.partflow.ui.charts.model.TimeAxis;
import io.partflow.ui.charts.model.ValueScale;
import io.partflow.ui.support.Formats;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import javafx.scene.canvas.GraphicsContext;
import javafx.scene.paint.Color;

/// Lines over time. A pixel column shows first, least, greatest and last value of what falls into it; a thin
/// line, which stands behind its mean, shows the mean of each column, and a broken one the greatest value, so
/// that its dashes stay.
final class LinePainter implements Painter {

    private static final double THIN_OPACITY = 0.32;

    @Override
    public boolean overTime() {
        return true;
    }

    @Override
    public void paint(Plot plot, ChartHistory history) {
        ValueScale scale = scale(plot, history);
        plot.grid(scale, value -> tick(scale, value));
        plot.clipped(() -> history.series().forEach(series -> line(plot, scale, series)));
        for (Series series : history.series()) {
            double last = series.lastValue();
            if (series.style().mark() != Mark.THIN_LINE && Double.isFinite(last)) {
                boolean single = scale.kind() == ValueScale.Kind.PER_CENT;
                String text = single
                        ? String.format(Locale.ENGLISH, "%.1f %%", last)
                        : series.style().label();
                plot.label(plot.y(scale, last), text, series.style().textToken(), single);
            }
            dotAtCursor(plot, scale, series);
        }
    }

    @Override
    public List<HeaderValue> values(ChartHistory history, TimeAxis axis, double atSeconds, double plotWidth) {
        List<HeaderValue> values = new ArrayList<>();
        for (Series series : history.series()) {
            values.add(new HeaderValue(
                    series.style().label(),
                    history.chart().write(at(series, axis, atSeconds)),
                    series.style().mark(),
                    series.style().colorToken(),
                    series.style().mark() == Mark.THIN_LINE ? 0 : 1));
        }
        return values;
    }

    /// The value that was last known at a time, or not a number.
    static double at(Series series, TimeAxis axis, double atSeconds) {
        SeriesRing ring = series.ring(axis.resolution());
        int index = ring.indexAt(Math.round(atSeconds * 1e9));
        return index < 0 ? Double.NaN : ring.last(index);
    }

    private static ValueScale scale(Plot plot, ChartHistory history) {
        double min = Double.NaN;
        double max = Double.NaN;
        for (Series series : history.series()) {
            SeriesRing ring = series.ring(plot.axis.resolution());
            for (int index = plot.firstVisible(ring); index < ring.size(); index++) {
                min = Double.isNaN(min) ? ring.min(index) : Math.min(min, ring.min(index));
                max = Double.isNaN(max) ? ring.max(index) : Math.max(max, ring.max(index));
            }
        }
        return ValueScale.of(history.chart().scale(), min, max);
    }

    private static String tick(ValueScale scale, double value) {
        return switch (scale.kind()) {
            case PER_CENT -> value % 50 == 0 ? Formats.count(Math.round(value)) : "";
            case FROM_ZERO -> Formats.rate(value);
            case LOGARITHMIC ->
                value >= 1_000
                        ? Formats.count(Math.round(value / 1_000)) + " s"
                        : value >= 1 ? Formats.count(Math.round(value)) : Double.toString(value);
        };
    }

    private static void line(Plot plot, ValueScale scale, Series series) {
        SeriesRing ring = series.ring(plot.axis.resolution());
        if (ring.size() == 0) {
            return;
        }
        Mark mark = series.style().mark();
        boolean thin = mark == Mark.THIN_LINE;
        Color color = plot.ink.color(series.style().colorToken(), thin ? THIN_OPACITY : 1);
        plot.ink.stroke(color, thin ? 1 : mark == Mark.LINE ? 2 : 1.5, Plot.dashes(mark));
        if (mark != Mark.LINE) {
            simple(plot, scale, ring, mark);
            return;
        }
        GraphicsContext canvas = plot.ink.canvas();
        canvas.beginPath();
        long column = Long.MIN_VALUE;
        double low = 0;
        double high = 0;
        double last = 0;
        boolean open = false;
        for (int index = plot.firstVisible(ring); index < ring.size(); index++) {
            double x = plot.x((ring.startNanos(index) + ring.bucketNanos() / 2.0) / 1e9);
            long here = Math.round(x);
            if (here == column && !ring.gapBefore(index)) {
                low = Math.min(low, ring.min(index));
                high = Math.max(high, ring.max(index));
                last = ring.last(index);
                continue;
            }
            if (open) {
                finish(plot, scale, column, low, high, last);
            }
            double first = plot.y(scale, ring.first(index));
            if (!open || ring.gapBefore(index)) {
                canvas.moveTo(here, first);
            } else {
                canvas.lineTo(here, first);
            }
            open = true;
            column = here;
            low = ring.min(index);
            high = ring.max(index);
            last = ring.last(index);
        }
        finish(plot, scale, column, low, high, last);
        if (ring.size() == 1) {
            double y = plot.y(scale, last);
            canvas.moveTo(column - 2, y);
            canvas.lineTo(column + 2, y);
        }
        canvas.stroke();
        canvas.setLineDashes();
    }

    private static void simple(Plot plot, ValueScale scale, SeriesRing ring, Mark mark) {
        GraphicsContext canvas = plot.ink.canvas();
        canvas.beginPath();
        int index = plot.firstVisible(ring);
        boolean open = false;
        while (index < ring.size()) {
            long column = column(plot, ring, index);
            boolean gap = ring.gapBefore(index);
            double sum = 0;
            int samples = 0;
            double high = Double.NEGATIVE_INFINITY;
            do {
                sum += ring.sum(index);
                samples += ring.samples(index);
                high = Math.max(high, ring.max(index));
                index++;
            } while (index < ring.size() && column(plot, ring, index) == column && !ring.gapBefore(index));
            double y = plot.y(scale, mark == Mark.THIN_LINE ? sum / samples : high);
            if (open && !gap) {
                canvas.lineTo(column, y);
            } else {
                canvas.moveTo(column, y);
            }
            open = true;
        }
        canvas.stroke();
        canvas.setLineDashes();
    }

    private static long column(Plot plot, SeriesRing ring, int index) {
        return Math.round(plot.x((ring.startNanos(index) + ring.bucketNanos() / 2.0) / 1e9));
    }

    private static void finish(Plot plot, ValueScale scale, long column, double low, double high, double last) {
        GraphicsContext canvas = plot.ink.canvas();
        if (low < high) {
            canvas.lineTo(column, plot.y(scale, low));
            canvas.lineTo(column, plot.y(scale, high));
        }
        canvas.lineTo(column, plot.y(scale, last));
    }

    private static void dotAtCursor(Plot plot, ValueScale scale, Series series) {
        double cursor = plot.axis.visibleCursor();
        if (series.style().mark() != Mark.LINE || Double.isNaN(cursor)) {
            return;
        }
        double value = at(series, plot.axis, cursor);
        if (!Double.isFinite(value)) {
            return;
        }
        GraphicsContext canvas = plot.ink.canvas();
        double x = Math.round(plot.x(cursor)) + 0.5;
        double y = plot.y(scale, value);
        canvas.setFill(plot.ink.color("-color-bg-default"));
        canvas.fillOval(x - 5, y - 5, 10, 10);
        canvas.setFill(plot.ink.color(series.style().colorToken()));
        canvas.fillOval(x - 4, y - 4, 8, 8);
    }
}
