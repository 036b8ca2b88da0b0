package io.partflow.ui.charts.draw;

import io.partflow.ui.charts.model.ChartHistory;
import io.partflow.ui.charts.model.Series;
import io.partflow.ui.charts.model.SeriesRing;
import io.partflow.ui.charts.model.TimeAxis;
import java.util.Comparator;
import java.util.List;
import javafx.scene.canvas.GraphicsContext;

/// A small line for each series between empty and full, the fullest first, with guides at 60 and 85 %.
final class MultiplesPainter implements Painter {

    private static final double GAP = 21;
    private static final double NARROWEST = 104;
    private static final double LABEL_HEIGHT = 18;
    private static final double SPARK_HEIGHT = 44;
    private static final double PITCH = LABEL_HEIGHT + SPARK_HEIGHT + 14;
    private static final double HIGH = 0.6;
    private static final double FULL = 0.85;
    private static final double FILL_OPACITY = 0.14;

    @Override
    public boolean overTime() {
        return false;
    }

    @Override
    public List<HeaderValue> values(ChartHistory history, TimeAxis axis, double atSeconds, double plotWidth) {
        return List.of();
    }

    @Override
    public void paint(Plot plot, ChartHistory history) {
        List<Series> fullestFirst = history.series().stream()
                .sorted(Comparator.comparingDouble((Series series) -> -known(series.lastValue())))
                .toList();
        int columns = (int) Math.max(1, Math.floor((plot.width() + GAP) / (NARROWEST + GAP)));
        columns = Math.min(columns, Math.max(2, fullestFirst.size()));
        int rows = (int) Math.max(1, Math.floor((plot.height() + 14) / PITCH));
        double width = Math.floor((plot.width() - GAP * (columns - 1)) / columns);
        for (int index = 0; index < Math.min(fullestFirst.size(), columns * rows); index++) {
            double x = plot.left + index % columns * (width + GAP);
            double y = plot.top + Math.floorDiv(index, columns) * PITCH;
            spark(plot, fullestFirst.get(index), x, y, width);
        }
    }

    /// The colour of a filling: as on the chips of the wires.
    static String token(double share) {
        return share > FULL ? "-color-danger-fg" : share > HIGH ? "-color-warning-fg" : "-color-success-fg";
    }

    private static double known(double value) {
        return Double.isFinite(value) ? value : -1;
    }

    private static void spark(Plot plot, Series series, double x, double y, double width) {
        Ink ink = plot.ink;
        String token = token(series.lastValue());
        boolean calm = !(series.lastValue() > HIGH);
        double noteWidth = Ink.width(series.note(), Ink.CAPTION_STRONG);
        String label = Ink.fittedAtBothEnds(series.style().label(), Ink.CAPTION, width - noteWidth - 6);
        ink.text(label, x, y + 11, Ink.CAPTION, "-color-fg-muted");
        ink.textRight(series.note(), x + width, y + 11, Ink.CAPTION_STRONG, calm ? "-color-fg-default" : token);
        double top = y + LABEL_HEIGHT;
        double bottom = top + SPARK_HEIGHT;
        ink.horizontal(x, x + width, bottom, ink.color("-color-border-muted"), 1);
        ink.horizontal(x, x + width, bottom - FULL * SPARK_HEIGHT, ink.color("-color-danger-emphasis"), 1, 2, 2);
        ink.horizontal(x, x + width, bottom - HIGH * SPARK_HEIGHT, ink.color("-color-warning-emphasis"), 1, 2, 2);
        SeriesRing ring = series.ring(plot.axis.resolution());
        int from = plot.firstVisible(ring);
        if (from >= ring.size()) {
            return;
        }
        GraphicsContext canvas = ink.canvas();
        canvas.save();
        canvas.beginPath();
        canvas.rect(x, top - 2, width, SPARK_HEIGHT + 3);
        canvas.clip();
        double start = plot.axis.startSeconds();
        double span = plot.axis.endSeconds() - start;
        canvas.beginPath();
        double lastX = x;
        for (int index = from; index < ring.size(); index++) {
            double at = x + ((ring.startNanos(index) + ring.bucketNanos() / 2.0) / 1e9 - start) / span * width;
            double value = bottom - Math.clamp(ring.max(index), 0, 1) * SPARK_HEIGHT;
            if (index == from) {
                canvas.moveTo(at, value);
            } else {
                canvas.lineTo(at, value);
            }
            lastX = at;
        }
        ink.stroke(ink.color(token), 1.5);
        canvas.stroke();
        double firstX = x + ((ring.startNanos(from) + ring.bucketNanos() / 2.0) / 1e9 - start) / span * width;
        canvas.lineTo(lastX, bottom);
        canvas.lineTo(firstX, bottom);
        canvas.closePath();
        canvas.setFill(ink.color(token, FILL_OPACITY));
        canvas.fill();
        canvas.restore();
    }
}
