package io.partflow.ui.charts.draw;

import io.partflow.ui.charts.model.ChartHistory;
import io.partflow.ui.charts.model.Mark;
import io.partflow.ui.charts.model.Series;
import io.partflow.ui.charts.model.SeriesRing;
import io.partflow.ui.charts.model.TimeAxis;
import io.partflow.ui.charts.model.ValueScale;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import javafx.scene.paint.Paint;

/// Increments per second as stacked bars, 1 px apart. A bar spans a round number of seconds from a round time
/// on, so that bars stand still while time moves.
final class BarPainter implements Painter {

    private static final double LEAST_BAR = 5;
    private static final double WIDEST_BAR = 24;
    private static final double LEAST_SEEN = 3;

    /// Rates of all series in all bars shown.
    private record Bars(long firstBar, double seconds, double[][] rates) {
        double highest() {
            double highest = 0;
            for (int bar = 0; bar < (rates.length == 0 ? 0 : rates[0].length); bar++) {
                double stack = 0;
                for (double[] series : rates) {
                    stack += series[bar];
                }
                highest = Math.max(highest, stack);
            }
            return highest;
        }
    }

    @Override
    public boolean overTime() {
        return true;
    }

    @Override
    public void paint(Plot plot, ChartHistory history) {
        List<Series> series = List.copyOf(history.series());
        Bars bars = bars(series, plot.axis, plot.width());
        ValueScale scale = ValueScale.of(history.chart().scale(), 0, bars.highest());
        plot.grid(scale, Plot::tick);
        plot.clipped(() -> draw(plot, scale, series, bars));
        double base = 0;
        int labelled = (int) (lastWhole(bars, plot.axis) - bars.firstBar());
        for (int index = 0; index < series.size(); index++) {
            double rate = labelled < 0 || labelled >= bars.rates()[index].length ? 0 : bars.rates()[index][labelled];
            // Every cause that is seen anywhere is named, at its place in the stack.
            if (Arrays.stream(bars.rates()[index]).anyMatch(seen -> seen > 0)) {
                // A hair apart, so that labels of equal height keep the order of the stack.
                double y = plot.y(scale, base + rate / 2) - index * 0.01;
                plot.label(
                        y,
                        series.get(index).style().label(),
                        series.get(index).style().textToken(),
                        false);
            }
            base += rate;
        }
    }

    @Override
    public List<HeaderValue> values(ChartHistory history, TimeAxis axis, double atSeconds, double plotWidth) {
        List<Series> series = List.copyOf(history.series());
        Bars bars = bars(series, axis, plotWidth);
        long bar = Math.min((long) Math.floor(atSeconds / bars.seconds()), lastWhole(bars, axis)) - bars.firstBar();
        List<HeaderValue> values = new ArrayList<>();
        for (int index = 0; index < series.size(); index++) {
            double[] rates = bars.rates()[index];
            double rate = bar >= 0 && bar < rates.length ? rates[(int) bar] : Double.NaN;
            values.add(new HeaderValue(
                    series.get(index).style().label(),
                    history.chart().write(rate),
                    series.get(index).style().mark(),
                    series.get(index).style().colorToken(),
                    1));
        }
        return values;
    }

    private static Bars bars(List<Series> series, TimeAxis axis, double plotWidth) {
        double narrowest = series.isEmpty()
                ? 1
                : series.getFirst().countRing(axis.resolution()).bucketNanos() / 1e9;
        double seconds = Math.max(axis.barSeconds(plotWidth, LEAST_BAR), narrowest);
        // A bar of a whole number of buckets, or neighbours would share one and beat.
        seconds = Math.ceil(seconds / narrowest - 1e-9) * narrowest;
        long firstBar = (long) Math.floor(axis.startSeconds() / seconds);
        int count = (int) ((long) Math.floor(axis.endSeconds() / seconds) - firstBar + 1);
        double[][] rates = new double[series.size()][count];
        double now = axis.nowProperty().get();
        for (int index = 0; index < series.size(); index++) {
            SeriesRing ring = series.get(index).countRing(axis.resolution());
            int from = Math.max(0, ring.indexAt(Math.round(firstBar * seconds * 1e9)));
            for (int bucket = from; bucket < ring.size(); bucket++) {
                long bar = (long) Math.floor(ring.startNanos(bucket) / 1e9 / seconds + 1e-9) - firstBar;
                if (bar >= 0 && bar < count) {
                    rates[index][(int) bar] += ring.sum(bucket);
                }
            }
            for (int bar = 0; bar < count; bar++) {
                double elapsed = now - (firstBar + bar) * seconds;
                // The bar of the present is divided by what has passed of it, but never by so little that it leaps,
                // or
                // says of a short run that more happened in a second than did at all.
                rates[index][bar] /= Math.max(1, Math.clamp(elapsed, seconds / 2, seconds));
            }
        }
        return new Bars(firstBar, seconds, rates);
    }

    /// The last bar that has passed entirely, or the first when none has: figures of a begun bar would jump.
    private static long lastWhole(Bars bars, TimeAxis axis) {
        return Math.max(0, (long) Math.floor(axis.nowProperty().get() / bars.seconds() + 1e-9) - 1);
    }

    private static void draw(Plot plot, ValueScale scale, List<Series> series, Bars bars) {
        double pitch = plot.x(bars.seconds()) - plot.x(0);
        double width = Math.min(WIDEST_BAR, pitch) - 1;
        Paint[] fills = new Paint[series.size()];
        for (int index = 0; index < fills.length; index++) {
            Mark mark = series.get(index).style().mark();
            fills[index] = plot.fill(mark, series.get(index).style().colorToken());
        }
        for (int bar = 0; bar < (bars.rates().length == 0 ? 0 : bars.rates()[0].length); bar++) {
            double left = plot.x((bars.firstBar() + bar) * bars.seconds()) + (pitch - 1 - width) / 2;
            double x0 = Math.round(left);
            double x1 = Math.max(x0 + 1, Math.rint(left + width));
            if (plot.right - x0 < LEAST_SEEN && x1 > plot.right) {
                // The bar of the present begins as a splinter at the edge; it is drawn once it can be read.
                continue;
            }
            double base = 0;
            for (int index = 0; index < fills.length; index++) {
                double rate = bars.rates()[index][bar];
                if (rate > 0) {
                    double y0 = plot.y(scale, base);
                    double y1 = plot.y(scale, base + rate);
                    // What happened must be seen, however rare: at least one pixel.
                    double height = Math.max(1, y0 - y1);
                    plot.ink.rectangle(x0, y0 - height, x1 - x0, height, fills[index]);
                    base += rate;
                }
            }
        }
    }
}
