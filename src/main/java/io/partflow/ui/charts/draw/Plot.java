package io.partflow.ui.charts.draw;

import io.partflow.ui.charts.model.Mark;
import io.partflow.ui.charts.model.SeriesRing;
import io.partflow.ui.charts.model.TimeAxis;
import io.partflow.ui.charts.model.ValueScale;
import io.partflow.ui.support.Formats;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.function.DoubleFunction;
import javafx.scene.paint.Paint;

/// The rectangle of one chart in which values meet time, with its grid and its direct labels.
final class Plot {

    private static final double LABEL_PITCH = 13;
    private static final double DASH = 5;

    /// A direct label at the right of the plot.
    private record SideLabel(double y, String text, String token, boolean strong) {}

    final Ink ink;
    final Patterns patterns;
    final TimeAxis axis;
    final double left;
    final double top;
    final double right;
    final double bottom;
    private final double edge;
    private final List<SideLabel> labels = new ArrayList<>();

    /// A plot between `left`, `top`, `right` and `bottom` of a canvas that ends at `edge`.
    Plot(Ink ink, Patterns patterns, TimeAxis axis, double left, double top, double right, double bottom, double edge) {
        this.ink = ink;
        this.patterns = patterns;
        this.axis = axis;
        this.left = left;
        this.top = top;
        this.right = right;
        this.bottom = bottom;
        this.edge = edge;
    }

    double x(double seconds) {
        double start = axis.startSeconds();
        return left + (seconds - start) / (axis.endSeconds() - start) * (right - left);
    }

    double seconds(double x) {
        double start = axis.startSeconds();
        return start + (x - left) / (right - left) * (axis.endSeconds() - start);
    }

    double y(ValueScale scale, double value) {
        return bottom - scale.position(value) * (bottom - top);
    }

    double width() {
        return right - left;
    }

    double height() {
        return bottom - top;
    }

    /// The first bucket of a ring that may show: the one before the left end, so that lines enter from outside.
    int firstVisible(SeriesRing ring) {
        return Math.max(0, ring.indexAt(Math.round(axis.startSeconds() * 1e9)) - 1);
    }

    /// Draws grid lines and their values, the line at the bottom last; leaves out values that would touch.
    void grid(ValueScale scale, DoubleFunction<String> write) {
        double lastLabel = Double.POSITIVE_INFINITY;
        for (double tick : scale.ticks()) {
            double y = y(scale, tick);
            boolean base = tick == scale.low();
            ink.horizontal(left, right, y, ink.color(base ? "-color-border-default" : "-color-border-subtle"), 1);
            if (lastLabel - y >= LABEL_PITCH || base) {
                ink.textRight(
                        write.apply(tick),
                        left - 8,
                        Math.clamp(y + 4, top + 4, bottom + 4),
                        Ink.CAPTION,
                        "-color-fg-muted");
                lastLabel = y;
            }
        }
    }

    /// Runs the drawing cut off at the left and right end of the plot.
    void clipped(Runnable drawing) {
        ink.canvas().save();
        ink.canvas().beginPath();
        ink.canvas().rect(left, top - 4, right - left + 1, bottom - top + 5);
        ink.canvas().clip();
        drawing.run();
        ink.canvas().restore();
    }

    /// The room for a direct label.
    double labelWidth() {
        return edge - right - 10;
    }

    /// Notes a direct label; drawn by [#drawLabels].
    void label(double y, String text, String token, boolean strong) {
        labels.add(new SideLabel(y, text, token, strong));
    }

    /// Draws the direct labels, pushed apart where they would overlap, within the height of the plot.
    void drawLabels() {
        List<SideLabel> sorted = new ArrayList<>(labels);
        sorted.sort(Comparator.comparingDouble(SideLabel::y));
        double[] places = new double[sorted.size()];
        double least = top + 2;
        for (int index = 0; index < places.length; index++) {
            places[index] = Math.max(sorted.get(index).y(), least);
            least = places[index] + LABEL_PITCH;
        }
        double most = bottom;
        for (int index = places.length - 1; index >= 0; index--) {
            places[index] = Math.min(places[index], most);
            most = places[index] - LABEL_PITCH;
        }
        for (int index = 0; index < places.length; index++) {
            SideLabel label = sorted.get(index);
            if (places[index] < top - 6) {
                continue;
            }
            var font = label.strong() ? Ink.CAPTION_STRONG : Ink.CAPTION;
            String text = Ink.fitted(label.text(), font, labelWidth());
            ink.text(text, right + 8, places[index] + 4, font, label.token());
        }
        labels.clear();
    }

    /// A value on an axis from 0: whole where it is, `12k` from 10,000 on, otherwise at most three decimals.
    static String tick(double value) {
        if (value >= 10_000) {
            return Formats.rate(value / 1_000) + "k";
        }
        if (value == Math.rint(value)) {
            return Formats.count(Math.round(value));
        }
        double unit = value < 0.1 ? 1_000 : 100;
        return Double.toString(Math.round(value * unit) / unit);
    }

    /// The fill of a mark in the colour of a token.
    Paint fill(Mark mark, String token) {
        return patterns.fill(mark, ink.color(token));
    }

    /// The dashes of a mark; none for a full line.
    static double[] dashes(Mark mark) {
        return switch (mark) {
            case DASHED_LINE -> new double[] {DASH, 3};
            case DOTTED_LINE -> new double[] {1, 3};
            case OUTLINED -> new double[] {2, 2};
            case LINE, THIN_LINE, PLAIN, HATCHED, BACK_HATCHED, DOTTED, PALE -> new double[0];
        };
    }
}
