package io.partflow.ui.charts.draw;

import io.partflow.ui.charts.model.ChartHistory;
import io.partflow.ui.charts.model.Mark;
import io.partflow.ui.charts.model.Series;
import io.partflow.ui.charts.model.SeriesRing;
import io.partflow.ui.charts.model.TimeAxis;
import io.partflow.ui.charts.model.TimeRange;
import io.partflow.ui.support.Formats;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import javafx.scene.canvas.GraphicsContext;

/// A strip for each group, split by what its series counted over the last ten seconds; the first share decides
/// the order.
final class StripPainter implements Painter {

    private static final double WINDOW_SECONDS = 10;
    private static final double WIDEST_PITCH = 26;
    private static final double LEAST_PITCH = 18;
    private static final double NUMBER = 34;
    private static final double CORNER = 6;
    private static final int WARN_PER_CENT = 30;

    private record Strip(String name, List<Series> series, double[] shares) {}

    @Override
    public boolean overTime() {
        return false;
    }

    @Override
    public List<HeaderValue> values(ChartHistory history, TimeAxis axis, double atSeconds, double plotWidth) {
        List<HeaderValue> legend = new ArrayList<>();
        String group = null;
        for (Series series : history.series()) {
            if (group != null && !group.equals(series.style().group())) {
                break;
            }
            group = series.style().group();
            legend.add(new HeaderValue(
                    series.style().label(),
                    "",
                    series.style().mark(),
                    series.style().colorToken(),
                    1));
        }
        return legend;
    }

    @Override
    public void paint(Plot plot, ChartHistory history) {
        List<Strip> strips = strips(history, plot.axis);
        double pitch = Math.clamp(plot.height() / Math.max(1, strips.size()), LEAST_PITCH, WIDEST_PITCH);
        int rows = (int) Math.min(strips.size(), Math.floor((plot.height() + 4) / pitch));
        double nameWidth = Math.min(124, plot.width() * 0.3);
        for (int row = 0; row < rows; row++) {
            strip(plot, strips.get(row), plot.top + row * pitch, Math.min(16, pitch - 6), nameWidth);
        }
    }

    private static List<Strip> strips(ChartHistory history, TimeAxis axis) {
        Map<String, List<Series>> groups = new LinkedHashMap<>();
        for (Series series : history.series()) {
            groups.computeIfAbsent(series.style().group(), key -> new ArrayList<>())
                    .add(series);
        }
        List<Strip> strips = new ArrayList<>();
        groups.forEach((name, series) -> strips.add(new Strip(name, series, shares(series, axis))));
        strips.sort(Comparator.comparingDouble((Strip strip) -> -strip.shares()[0]));
        return strips;
    }

    private static double[] shares(List<Series> series, TimeAxis axis) {
        double[] shares = new double[series.size()];
        double total = 0;
        long fromNanos = Math.round((axis.nowProperty().get() - WINDOW_SECONDS) * 1e9);
        for (int index = 0; index < shares.length; index++) {
            SeriesRing ring = series.get(index).ring(TimeRange.TEN_SECONDS);
            for (int bucket = ring.size() - 1; bucket >= 0 && ring.startNanos(bucket) >= fromNanos; bucket--) {
                shares[index] += ring.sum(bucket);
            }
            total += shares[index];
        }
        for (int index = 0; index < shares.length && total > 0; index++) {
            shares[index] /= total;
        }
        return shares;
    }

    private static void strip(Plot plot, Strip strip, double y, double height, double nameWidth) {
        Ink ink = plot.ink;
        GraphicsContext canvas = ink.canvas();
        double middle = y + height / 2 + 4;
        ink.text(
                Ink.fitted(strip.name(), Ink.SECONDARY, nameWidth - 8),
                plot.left,
                middle,
                Ink.SECONDARY,
                "-color-fg-default");
        double x0 = Math.round(plot.left + nameWidth);
        double x1 = Math.round(plot.right - strip.shares().length * NUMBER - 8);
        ink.stroke(ink.color("-color-border-muted"), 1);
        canvas.strokeRoundRect(x0 + 0.5, Math.round(y) + 0.5, x1 - x0 - 1, height - 1, CORNER, CORNER);
        double x = x0;
        for (int index = 0; index < strip.shares().length; index++) {
            double width = strip.shares()[index] * (x1 - x0);
            Series series = strip.series().get(index);
            if (series.style().mark() != Mark.OUTLINED && width >= 0.5) {
                canvas.setFill(plot.fill(series.style().mark(), series.style().colorToken()));
                canvas.fillRoundRect(x, Math.round(y), width, height, CORNER, CORNER);
            }
            x += width;
            long perCent = Math.round(strip.shares()[index] * 100);
            String text = index == 0 ? Formats.wholePercent(strip.shares()[0]) : Formats.count(perCent);
            boolean warn = series.style().mark() == Mark.HATCHED && perCent > WARN_PER_CENT;
            String token = warn ? "-color-warning-fg" : index == 0 ? "-color-fg-default" : "-color-fg-muted";
            ink.textRight(text, x1 + 8 + (index + 1) * NUMBER, middle, Ink.SECONDARY, token);
        }
    }
}
