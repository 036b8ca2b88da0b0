package io.partflow.ui.charts.draw;

import io.partflow.engine.run.RunSnapshot;
import io.partflow.ui.charts.model.ChartHistory;
import io.partflow.ui.charts.model.LiveChart.Limit;
import io.partflow.ui.charts.model.Mark;
import io.partflow.ui.charts.model.Series;
import io.partflow.ui.charts.model.SeriesRing;
import io.partflow.ui.charts.model.TimeAxis;
import io.partflow.ui.charts.model.ValueScale;
import io.partflow.ui.support.Messages;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import javafx.scene.canvas.GraphicsContext;

/// Values over time as surfaces one above the other, in greys that get lighter upwards, with a line over their
/// sum and, where there is one, the limit.
final class AreaPainter implements Painter {

    private static final double[] GREYS = {0.55, 0.40, 0.28, 0.18, 0.12, 0.08};

    /// Below this share of the limit the values would lie flat on the ground: the limit is then told instead of
    /// drawn.
    private static final double LEAST_SHARE_OF_LIMIT = 0.08;

    @Override
    public boolean overTime() {
        return true;
    }

    @Override
    public void paint(Plot plot, ChartHistory history) {
        List<Series> series = List.copyOf(history.series());
        if (series.isEmpty()) {
            return;
        }
        SeriesRing time = longest(series, plot.axis);
        int from = plot.firstVisible(time);
        double[][] tops = tops(series, plot.axis, time, from);
        double highest = 0;
        for (double top : tops[series.size() - 1]) {
            highest = Math.max(highest, top);
        }
        RunSnapshot latest = history.latest();
        Optional<Limit> limit =
                latest == null ? Optional.empty() : history.chart().limit(latest);
        boolean limitDrawn = limit.isPresent() && highest >= limit.get().value() * LEAST_SHARE_OF_LIMIT;
        double top = limitDrawn ? Math.max(highest, limit.get().value()) : highest;
        ValueScale scale = ValueScale.of(history.chart().scale(), 0, top);
        plot.grid(scale, Plot::tick);
        double[] xs = new double[time.size() - from];
        for (int index = 0; index < xs.length; index++) {
            xs[index] = plot.x((time.startNanos(from + index) + time.bucketNanos() / 2.0) / 1e9);
        }
        plot.clipped(() -> surfaces(plot, scale, series, xs, tops));
        limit.ifPresent(line -> drawLimit(plot, scale, line, limitDrawn));
        labels(plot, scale, history, series);
    }

    @Override
    public List<HeaderValue> values(ChartHistory history, TimeAxis axis, double atSeconds, double plotWidth) {
        List<HeaderValue> values = new ArrayList<>();
        double total = 0;
        int index = 0;
        for (Series series : history.series()) {
            double value = LinePainter.at(series, axis, atSeconds);
            total += Double.isFinite(value) ? value : 0;
            values.add(new HeaderValue(
                    series.style().label(),
                    history.chart().write(value),
                    series.style().mark(),
                    series.style().colorToken(),
                    series.style().mark() == Mark.OUTLINED ? 1 : grey(index)));
            index++;
        }
        if (values.size() > 1) {
            values.add(new HeaderValue(
                    Messages.text("chart.total"), history.chart().write(total), Mark.LINE, "-color-fg-default", 0));
        }
        return values;
    }

    private static double grey(int index) {
        return GREYS[Math.min(index, GREYS.length - 1)];
    }

    private static SeriesRing longest(List<Series> series, TimeAxis axis) {
        SeriesRing longest = series.getFirst().ring(axis.resolution());
        for (Series other : series) {
            SeriesRing ring = other.ring(axis.resolution());
            if (ring.size() > longest.size()) {
                longest = ring;
            }
        }
        return longest;
    }

    /// The upper edge of each series, added up; the greatest value of a bucket, so that a short spike shows.
    private static double[][] tops(List<Series> series, TimeAxis axis, SeriesRing time, int from) {
        double[][] tops = new double[series.size()][time.size() - from];
        for (int bucket = 0; bucket < time.size() - from; bucket++) {
            double sum = 0;
            for (int index = 0; index < series.size(); index++) {
                SeriesRing ring = series.get(index).ring(axis.resolution());
                int at = ring.indexAt(time.startNanos(from + bucket));
                sum += at < 0 ? 0 : ring.max(at);
                tops[index][bucket] = sum;
            }
        }
        return tops;
    }

    private static void surfaces(Plot plot, ValueScale scale, List<Series> series, double[] xs, double[][] tops) {
        GraphicsContext canvas = plot.ink.canvas();
        boolean outlined = false;
        for (int index = 0; index < series.size(); index++) {
            Mark mark = series.get(index).style().mark();
            if (mark == Mark.OUTLINED) {
                outlined = true;
                plot.ink.stroke(plot.ink.color(series.get(index).style().colorToken()), 1, Plot.dashes(mark));
                trace(plot, scale, xs, tops[index]);
                canvas.setLineDashes();
                continue;
            }
            canvas.setFill(plot.ink.color(series.get(index).style().colorToken(), grey(index)));
            canvas.beginPath();
            for (int bucket = 0; bucket < xs.length; bucket++) {
                double y = plot.y(scale, tops[index][bucket]);
                if (bucket == 0) {
                    canvas.moveTo(xs[bucket], y);
                } else {
                    canvas.lineTo(xs[bucket], y);
                }
            }
            for (int bucket = xs.length - 1; bucket >= 0; bucket--) {
                canvas.lineTo(xs[bucket], plot.y(scale, index == 0 ? 0 : tops[index - 1][bucket]));
            }
            canvas.closePath();
            canvas.fill();
        }
        int upper = outlined ? Math.max(0, series.size() - 2) : series.size() - 1;
        plot.ink.stroke(plot.ink.color("-color-fg-default"), 1.5);
        trace(plot, scale, xs, tops[upper]);
    }

    private static void trace(Plot plot, ValueScale scale, double[] xs, double[] values) {
        GraphicsContext canvas = plot.ink.canvas();
        canvas.beginPath();
        for (int bucket = 0; bucket < xs.length; bucket++) {
            double y = plot.y(scale, values[bucket]);
            if (bucket == 0) {
                canvas.moveTo(xs.length == 1 ? xs[0] - 2 : xs[0], y);
            }
            canvas.lineTo(xs.length == 1 ? xs[0] + 2 : xs[bucket], y);
        }
        canvas.stroke();
    }

    private static void drawLimit(Plot plot, ValueScale scale, Limit limit, boolean drawn) {
        if (drawn) {
            double y = plot.y(scale, limit.value());
            plot.ink.horizontal(plot.left, plot.right, y, plot.ink.color("-color-danger-fg"), 1.5);
            plot.label(y, limit.label(), "-color-danger-fg", false);
        } else {
            plot.label(plot.top, limit.label() + " ↑", "-color-danger-fg", false);
        }
    }

    private static void labels(Plot plot, ValueScale scale, ChartHistory history, List<Series> series) {
        double base = 0;
        for (Series one : series) {
            double value = Double.isFinite(one.lastValue()) ? one.lastValue() : 0;
            String text = one.style().label() + " " + history.chart().write(value);
            if (Ink.width(text, Ink.CAPTION) > plot.labelWidth()) {
                // The figure is in the header too; the word is not cut for it.
                text = one.style().label();
            }
            if (value > 0) {
                plot.label(plot.y(scale, base + value / 2), text, one.style().textToken(), false);
            }
            base += value;
        }
    }
}
