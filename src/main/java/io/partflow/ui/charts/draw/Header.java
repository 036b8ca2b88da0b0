package io.partflow.ui.charts.draw;

import io.partflow.ui.charts.draw.Painter.HeaderValue;
import io.partflow.ui.charts.model.ChartHistory;
import io.partflow.ui.charts.model.Mark;
import io.partflow.ui.charts.model.TimeAxis;
import java.util.List;
import javafx.scene.canvas.GraphicsContext;

/// The row above a plot: title, unit, and the values at the cursor, or of the present, at the right.
///
/// When it is narrow the unit goes first; then, under a cursor, the words of the values, otherwise their
/// figures. The title stays whole.
final class Header {

    private static final double BASELINE = 21;
    private static final double GAP = 12;
    private static final double SWATCH = 10;

    private final Ink ink;
    private final ChartHistory history;
    private final TimeAxis axis;
    private final Painter painter;
    private final double left;
    private final double right;
    private Patterns patterns = new Patterns();

    Header(Ink ink, ChartHistory history, TimeAxis axis, Painter painter, double left, double right) {
        this.ink = ink;
        this.history = history;
        this.axis = axis;
        this.painter = painter;
        this.left = left;
        this.right = right;
    }

    void draw(Plot plot, boolean withValues) {
        String title = Ink.fitted(history.chart().title(), Ink.TITLE, right - left);
        ink.text(title, left, BASELINE, Ink.TITLE, "-color-fg-default");
        patterns = plot.patterns;
        double x = left + Ink.width(title, Ink.TITLE) + 8;
        String unit = history.chart().unit();
        double unitWidth = Ink.width(unit, Ink.CAPTION);
        List<HeaderValue> all = withValues ? values(plot) : List.of();
        // A word without a swatch explains nothing without its figure.
        List<HeaderValue> explained =
                all.stream().filter(value -> value.opacity() > 0).toList();
        double room = right - x;
        Row shown = Row.NONE;
        for (Row row : Double.isNaN(axis.visibleCursor()) ? RESTING : POINTED) {
            if (width(row == Row.WORDS ? explained : all, row) <= room) {
                shown = row;
                break;
            }
        }
        List<HeaderValue> values = shown == Row.WORDS ? explained : all;
        if (unitWidth + (shown == Row.NONE || values.isEmpty() ? 0 : GAP + width(values, shown)) <= room) {
            ink.text(unit, x, BASELINE, Ink.CAPTION, "-color-fg-muted");
        }
        row(values, shown);
    }

    /// How much of the values is shown.
    private enum Row {
        ALL,
        WORDS,
        FIGURES,
        NONE
    }

    private static final List<Row> RESTING = List.of(Row.ALL, Row.WORDS, Row.FIGURES);
    private static final List<Row> POINTED = List.of(Row.ALL, Row.FIGURES, Row.WORDS);

    private List<HeaderValue> values(Plot plot) {
        double cursor = axis.visibleCursor();
        double at = Double.isNaN(cursor) ? axis.nowProperty().get() : cursor;
        return painter.values(history, axis, at, plot.width());
    }

    private static double width(List<HeaderValue> values, Row row) {
        double width = 0;
        for (HeaderValue value : values) {
            width += one(value, row) + (width > 0 ? GAP : 0);
        }
        return width;
    }

    private static double one(HeaderValue value, Row row) {
        double width = value.opacity() > 0 ? SWATCH + 6 : 0;
        boolean figures = row != Row.WORDS && !value.value().isEmpty();
        if (row != Row.FIGURES || value.value().isEmpty()) {
            width += Ink.width(value.label(), Ink.CAPTION) + (figures ? 4 : 0);
        }
        return width + (figures ? valueWidth(value) : 0);
    }

    /// At least room for two figures, so that the row does not jump with every value.
    private static double valueWidth(HeaderValue value) {
        return Math.max(Ink.width(value.value(), Ink.VALUE), 16);
    }

    private void row(List<HeaderValue> values, Row row) {
        if (row == Row.NONE) {
            return;
        }
        double x = right - width(values, row);
        for (HeaderValue value : values) {
            double end = x + one(value, row);
            if (value.opacity() > 0) {
                swatch(value, x);
                x += SWATCH + 6;
            }
            if (row != Row.FIGURES || value.value().isEmpty()) {
                ink.text(value.label(), x, BASELINE, Ink.CAPTION, "-color-fg-muted");
            }
            if (row != Row.WORDS) {
                ink.textRight(value.value(), end, BASELINE, Ink.VALUE, "-color-fg-default");
            }
            x = end + GAP;
        }
    }

    private void swatch(HeaderValue value, double x) {
        GraphicsContext canvas = ink.canvas();
        double y = BASELINE - 9;
        var color = ink.color(value.colorToken(), value.opacity());
        switch (value.mark()) {
            case LINE, THIN_LINE, DASHED_LINE, DOTTED_LINE -> {
                ink.horizontal(x, x + SWATCH + 2, y + SWATCH / 2, color, 2, Plot.dashes(value.mark()));
            }
            case PLAIN, HATCHED, BACK_HATCHED, DOTTED, PALE -> {
                canvas.setFill(patterns.fill(value.mark(), color));
                canvas.fillRoundRect(Math.rint(x), y, SWATCH, SWATCH, 4, 4);
            }
            case OUTLINED -> {
                ink.stroke(color, 1, Plot.dashes(Mark.OUTLINED));
                canvas.strokeRoundRect(Math.round(x) + 0.5, y + 0.5, SWATCH - 1, SWATCH - 1, 4, 4);
                canvas.setLineDashes();
            }
        }
    }
}
