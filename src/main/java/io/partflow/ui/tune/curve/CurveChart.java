package io.partflow.ui.tune.curve;

import io.partflow.engine.insight.curve.MissRatioCurve;
import io.partflow.ui.support.Formats;
import io.partflow.ui.support.Messages;
import io.partflow.ui.tune.draw.DrawnChart;
import io.partflow.ui.tune.draw.Pen;
import javafx.scene.Cursor;
import javafx.scene.input.KeyCode;
import javafx.scene.input.KeyEvent;
import javafx.scene.input.MouseEvent;

/// Draws the curves, the present limit and what the pointer reads. FX thread.
///
/// The pointer reads; a press chooses a size, which can be dragged. Keys: left and right read, Shift makes larger
/// steps, Enter chooses what is read, Escape lets go.
final class CurveChart extends DrawnChart {
    private static final double LEFT = 52;
    private static final double LEAST_RIGHT = 80;
    private static final double TOP = 12;
    private static final double BOTTOM = 28;
    private static final double STEP = 0.01;
    private static final double LARGE_STEP = 0.1;
    private static final int GRID_LINES = 5;

    private final CurveViewModel model;

    CurveChart(CurveViewModel model) {
        this.model = model;
        setId("curve-chart");
        setCursor(Cursor.CROSSHAIR);
        model.pictureProperty().subscribe(picture -> redraw());
        model.cursorProperty().subscribe(size -> redraw());
        model.candidateProperty().subscribe(size -> redraw());
        setOnMouseMoved(this::read);
        setOnMouseExited(event -> model.cursorProperty().set(0));
        setOnMousePressed(this::choose);
        setOnMouseDragged(this::choose);
        addEventHandler(KeyEvent.KEY_PRESSED, this::pressed);
    }

    private void read(MouseEvent event) {
        model.cursorProperty().set(sizeAt(event));
    }

    private void choose(MouseEvent event) {
        requestFocus();
        model.cursorProperty().set(sizeAt(event));
        model.candidateProperty().set(sizeAt(event));
    }

    private long sizeAt(MouseEvent event) {
        CurvePicture picture = model.pictureProperty().get();
        double width = getWidth() - LEFT - gutter(picture);
        return picture.isEmpty() ? 0 : picture.sizeAt((event.getX() - LEFT) / Math.max(1, width));
    }

    /// The room that the names beside the curves need.
    private static double gutter(CurvePicture picture) {
        return picture.lines().stream()
                .mapToDouble(line -> Pen.width(line.label(), Pen.CAPTION) + 16)
                .reduce(LEAST_RIGHT, Math::max);
    }

    private void pressed(KeyEvent event) {
        double step = event.isShiftDown() ? LARGE_STEP : STEP;
        if (event.getCode() == KeyCode.LEFT) {
            model.moveCursor(-step);
        } else if (event.getCode() == KeyCode.RIGHT) {
            model.moveCursor(step);
        } else if (event.getCode() == KeyCode.ENTER && model.cursorProperty().get() > 0) {
            model.candidateProperty().set(model.cursorProperty().get());
        } else if (event.getCode() == KeyCode.ESCAPE
                && (model.cursorProperty().get() > 0
                        || model.candidateProperty().get() > 0)) {
            model.cursorProperty().set(0);
            model.candidateProperty().set(0);
        } else {
            return;
        }
        event.consume();
    }

    @Override
    protected String sentence() {
        return model.sentence();
    }

    @Override
    protected void paint(Pen pen, double width, double height) {
        CurvePicture picture = model.pictureProperty().get();
        double gutter = gutter(picture);
        double right = width - gutter;
        double bottom = height - BOTTOM;
        if (picture.isEmpty()) {
            pen.textCentred(Messages.text("tune.curve.empty"), width / 2, height / 2, Pen.CAPTION, "-color-fg-muted");
            return;
        }
        grid(pen, picture, right, bottom, gutter);
        Place place = new Place(picture, LEFT, right, TOP, bottom);
        for (CurveLine line : picture.lines().reversed()) {
            curve(pen, place, line);
        }
        pen.drawLabels(right + 8, TOP + 2, bottom);
        limit(pen, place, picture);
        knee(pen, place, picture);
        chosen(pen, place);
        cursor(pen, place, picture, width);
    }

    /// Where a size and a ratio lie on the canvas.
    private record Place(CurvePicture picture, double left, double right, double top, double bottom) {
        double x(double size) {
            return left + Math.clamp(picture.place(size), 0, 1) * (right - left);
        }

        double y(double ratio) {
            return bottom - ratio * (bottom - top);
        }
    }

    private static void grid(Pen pen, CurvePicture picture, double right, double bottom, double gutter) {
        Place place = new Place(picture, LEFT, right, TOP, bottom);
        for (int i = 0; i <= GRID_LINES; i++) {
            double ratio = i / (double) GRID_LINES;
            pen.horizontal(LEFT, right, place.y(ratio), i == 0 ? "-color-border-default" : "-color-border-subtle");
            pen.textRight(Formats.wholePercent(ratio), LEFT - 8, place.y(ratio) + 4, Pen.CAPTION, "-color-fg-muted");
        }
        double free = Double.NEGATIVE_INFINITY;
        int base = picture.unit() == MissRatioCurve.Unit.ITEMS ? 10 : 4;
        for (double size = start(picture, base); size <= picture.mostSize(); size *= base) {
            double x = place.x(size);
            String text = picture.unit() == MissRatioCurve.Unit.ITEMS
                    ? Formats.count(Math.round(size))
                    : Formats.bytes(Math.round(size)).replace(".0 ", " ");
            double half = Pen.width(text, Pen.CAPTION) / 2;
            if (x - half > free && x + half < right + gutter) {
                pen.vertical(x, TOP, bottom, "-color-border-subtle", 1);
                pen.textCentred(text, x, bottom + 16, Pen.CAPTION, "-color-fg-muted");
                free = x + half + 12;
            }
        }
    }

    private static double start(CurvePicture picture, int base) {
        double size = 1;
        while (size < picture.leastSize()) {
            size *= base;
        }
        return size;
    }

    private static void curve(Pen pen, Place place, CurveLine line) {
        int columns = (int) Math.max(2, place.right() - place.left());
        boolean smooth = line.curve().method() == MissRatioCurve.Method.SIMULATION
                || line.curve().method() == MissRatioCurve.Method.MINIATURE;
        int points = smooth ? line.curve().points() + 1 : columns + 1;
        double[] xs = new double[points];
        double[] ys = new double[points];
        for (int i = 0; i < points; i++) {
            long size;
            if (smooth) {
                size = i < points - 1 ? line.curve().size(i) : place.picture().mostSize();
            } else {
                size = place.picture().sizeAt(i / (double) columns);
            }
            xs[i] = place.x(size);
            ys[i] = place.y(line.curve().hitRatioAt(size));
        }
        band(pen, place, line);
        switch (line.kind()) {
            case LRU -> pen.line(xs, ys, points, "-pf-hit", 2);
            case TINYLFU -> pen.line(xs, ys, points, "-pf-coalesced", 2, 6, 4);
            case FIFO -> pen.line(xs, ys, points, "-pf-other", 1.5, 3, 3);
            case OPTIMUM -> pen.line(xs, ys, points, "-color-fg-muted", 1.5, 1, 4);
        }
        pen.label(ys[points - 1], line.label(), token(line.kind()));
    }

    private static String token(CurveLine.Kind kind) {
        return switch (kind) {
            case LRU -> "-pf-hit-fg";
            case TINYLFU -> "-pf-coalesced-fg";
            case FIFO, OPTIMUM -> "-color-fg-muted";
        };
    }

    /// How far an estimated ratio may be off.
    private static void band(Pen pen, Place place, CurveLine line) {
        if (!line.isEstimate()) {
            return;
        }
        for (double x = place.left(); x < place.right(); x += 2) {
            long size = place.picture().sizeAt((x - place.left()) / (place.right() - place.left()));
            double error = line.curve().errorAt(size);
            double ratio = line.curve().hitRatioAt(size);
            if (error > 0) {
                double top = place.y(Math.min(1, ratio + error));
                pen.rectangle(x, top, 2, place.y(Math.max(0, ratio - error)) - top, "-pf-hit", 0.18);
            }
        }
    }

    private void limit(Pen pen, Place place, CurvePicture picture) {
        Long limit = picture.limit();
        if (limit == null) {
            return;
        }
        double x = place.x(limit);
        pen.vertical(x, place.top(), place.bottom(), "-color-accent-fg", 2);
        String text = Messages.text("tune.curve.now", model.size(limit));
        double wide = Pen.width(text, Pen.STRONG);
        boolean leftOf = x + wide + 8 > place.right();
        pen.text(text, leftOf ? x - wide - 6 : x + 6, place.bottom() - 8, Pen.STRONG, "-color-accent-fg");
        picture.hitRatio().ifPresent(ratio -> pen.disc(x, place.y(ratio), 5, "-color-accent-fg"));
    }

    private void knee(Pen pen, Place place, CurvePicture picture) {
        if (picture.knee() > 0) {
            double x = place.x(picture.knee());
            double y = place.y(picture.lines().getFirst().curve().hitRatioAt(picture.knee()));
            pen.vertical(x, y, place.bottom(), "-color-fg-muted", 1, 1, 3);
            pen.diamond(x, y, 5, "-color-fg-default");
            String text = Messages.text("tune.curve.knee", model.size(picture.knee()));
            double wide = Pen.width(text, Pen.CAPTION);
            pen.text(
                    text,
                    Math.max(place.left() + 4, x - wide - 8),
                    Math.max(place.top() + 12, y - 8),
                    Pen.CAPTION,
                    "-color-fg-default");
        }
    }

    private void chosen(Pen pen, Place place) {
        long size = model.candidateProperty().get();
        if (size > 0) {
            pen.vertical(place.x(size), place.top(), place.bottom(), "-color-success-fg", 2, 4, 3);
        }
    }

    private void cursor(Pen pen, Place place, CurvePicture picture, double width) {
        long size = model.cursorProperty().get();
        if (size <= 0) {
            return;
        }
        double x = place.x(size);
        pen.vertical(x, place.top(), place.bottom(), "-color-fg-default", 1);
        String title = model.size(size);
        double labels = Pen.width(title, Pen.STRONG);
        double values = 0;
        for (CurveLine line : picture.lines()) {
            labels = Math.max(labels, Pen.width(line.label(), Pen.CAPTION));
            values = Math.max(values, Pen.width(line.reading(size), Pen.STRONG));
            pen.disc(x, place.y(line.curve().hitRatioAt(size)), 3, token(line.kind()));
        }
        double boxWidth = labels + values + 36;
        double boxHeight = 26 + picture.lines().size() * 16;
        double left = x + 12 + boxWidth > width ? x - 12 - boxWidth : x + 12;
        double top = place.bottom() - boxHeight - 26;
        pen.box(left, top, boxWidth, boxHeight);
        pen.text(title, left + 10, top + 16, Pen.STRONG, "-color-fg-default");
        double y = top + 32;
        for (CurveLine line : picture.lines()) {
            pen.text(line.label(), left + 10, y, Pen.CAPTION, "-color-fg-muted");
            pen.textRight(line.reading(size), left + boxWidth - 10, y, Pen.STRONG, token(line.kind()));
            y += 16;
        }
    }
}
