package io.partflow.ui.tune.reuse;

import io.partflow.engine.insight.history.ReuseGaps;
import io.partflow.ui.support.Formats;
import io.partflow.ui.support.Messages;
import io.partflow.ui.tune.draw.DrawnChart;
import io.partflow.ui.tune.draw.Pen;
import io.partflow.ui.tune.reuse.ReuseViewModel.Bar;
import io.partflow.ui.tune.reuse.ReuseViewModel.Picture;
import java.util.List;
import javafx.scene.Cursor;
import javafx.scene.input.KeyCode;
import javafx.scene.input.KeyEvent;
import javafx.scene.input.MouseEvent;

/// Draws how often requests came again after which gap, with the time to live as a line that can be dragged. FX
/// thread.
///
/// Keys: left and right choose a shorter or longer time, Enter takes it over, Escape lets go.
final class ReuseChart extends DrawnChart {
    private static final double LEFT = 44;
    private static final double RIGHT = 16;
    private static final double TOP = 26;
    private static final double BOTTOM = 28;
    private static final double LEAST_LABEL = 58;

    private final ReuseViewModel model;
    private double pointer = Double.NaN;

    ReuseChart(ReuseViewModel model) {
        this.model = model;
        setId("reuse-chart");
        setCursor(Cursor.H_RESIZE);
        model.pictureProperty().subscribe(picture -> redraw());
        model.chosenProperty().subscribe(chosen -> redraw());
        setOnMousePressed(event -> {
            requestFocus();
            choose(event);
        });
        setOnMouseDragged(this::choose);
        setOnMouseMoved(event -> {
            pointer = event.getX();
            redraw();
        });
        setOnMouseExited(event -> {
            pointer = Double.NaN;
            redraw();
        });
        addEventHandler(KeyEvent.KEY_PRESSED, this::pressed);
    }

    private void choose(MouseEvent event) {
        List<Bar> bars = model.pictureProperty().get().bars();
        if (!bars.isEmpty()) {
            double place = (event.getX() - LEFT) / Math.max(1, getWidth() - LEFT - RIGHT) * bars.size();
            double exponent = Math.log(Math.max(1, bars.getFirst().toMillis())) / Math.log(2) - 1 + place;
            model.chooseNear(Math.round(Math.pow(2, Math.clamp(exponent, 0, 60))));
        }
    }

    private void pressed(KeyEvent event) {
        if (event.getCode() == KeyCode.LEFT) {
            model.step(-1);
        } else if (event.getCode() == KeyCode.RIGHT) {
            model.step(1);
        } else if (event.getCode() == KeyCode.ENTER) {
            model.apply();
        } else if (event.getCode() == KeyCode.ESCAPE && model.chosenProperty().get() != null) {
            model.chosenProperty().set(null);
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
        Picture picture = model.pictureProperty().get();
        if (picture.bars().isEmpty()) {
            pen.textCentred(Messages.text("tune.reuse.empty"), width / 2, height / 2, Pen.CAPTION, "-color-fg-muted");
            return;
        }
        double right = width - RIGHT;
        double bottom = height - BOTTOM;
        double each = (right - LEFT) / picture.bars().size();
        long most =
                Math.max(1, picture.bars().stream().mapToLong(Bar::count).max().orElse(1));
        grid(pen, most, right, bottom);
        ReuseGaps.Outlook chosen = model.chosenProperty().get();
        long ttl = chosen == null ? picture.ttlMillis() : chosen.ttlMillis();
        double free = Double.NEGATIVE_INFINITY;
        for (int i = 0; i < picture.bars().size(); i++) {
            Bar bar = picture.bars().get(i);
            double x = LEFT + i * each;
            double tall = (bottom - TOP) * bar.count() / most;
            boolean kept = ttl == 0 || bar.toMillis() <= ttl;
            if (kept) {
                pen.rectangle(x + 1, bottom - tall, Math.max(1, each - 2), tall, "-pf-hit", 1);
            } else if (tall >= 1) {
                pen.rectangle(x + 1, bottom - tall, Math.max(1, each - 2), tall, "-pf-miss", 0.25);
                pen.outline(x + 1, bottom - tall, Math.max(2, each - 2), tall, "-pf-miss");
            }
            if (x + 4 > free) {
                pen.text(ReuseViewModel.millis(bar.fromMillis()), x + 2, bottom + 16, Pen.CAPTION, "-color-fg-muted");
                free = x + LEAST_LABEL;
            }
        }
        line(pen, picture, picture.ttlMillis(), each, bottom, right, Marker.NOW);
        if (chosen != null && chosen.ttlMillis() != picture.ttlMillis()) {
            line(pen, picture, chosen.ttlMillis(), each, bottom, right, Marker.CHOSEN);
        }
        read(pen, picture, each, width, bottom);
    }

    private static void grid(Pen pen, long most, double right, double bottom) {
        for (double part : new double[] {0, 0.5, 1}) {
            double y = bottom - part * (bottom - TOP);
            pen.horizontal(LEFT, right, y, part == 0 ? "-color-border-default" : "-color-border-subtle");
            pen.textRight(Formats.count(Math.round(part * most)), LEFT - 8, y + 4, Pen.CAPTION, "-color-fg-muted");
        }
    }

    private enum Marker {
        NOW,
        CHOSEN
    }

    private static void line(
            Pen pen, Picture picture, long ttlMillis, double each, double bottom, double right, Marker marker) {
        double first = Math.log(Math.max(1, picture.bars().getFirst().toMillis())) / Math.log(2) - 1;
        double place = ttlMillis == 0 ? Double.MAX_VALUE : Math.log(Math.max(1, ttlMillis)) / Math.log(2) - first;
        boolean beyond = place > picture.bars().size();
        double x = beyond ? right : LEFT + Math.max(0, place) * each;
        String text = Messages.text(
                marker == Marker.NOW ? "tune.reuse.now" : "tune.reuse.then", ReuseViewModel.time(ttlMillis));
        double wide = Pen.width(text, Pen.STRONG);
        String token = marker == Marker.NOW ? "-color-accent-fg" : "-color-success-fg";
        double top = marker == Marker.NOW ? 4 : 14;
        if (marker == Marker.NOW) {
            pen.vertical(x, TOP - 6, bottom, token, 2);
        } else {
            pen.vertical(x, TOP - 6, bottom, token, 2, 4, 3);
        }
        pen.text(text, Math.clamp(x - wide / 2, LEFT, Math.max(LEFT, right - wide)), top + 9, Pen.STRONG, token);
    }

    private void read(Pen pen, Picture picture, double each, double width, double bottom) {
        int at = Double.isNaN(pointer) ? -1 : (int) Math.floor((pointer - LEFT) / each);
        if (at < 0 || at >= picture.bars().size()) {
            return;
        }
        Bar bar = picture.bars().get(at);
        String gap = Messages.text(
                "tune.reuse.gap", ReuseViewModel.millis(bar.fromMillis()), ReuseViewModel.millis(bar.toMillis()));
        String count = Formats.count(bar.count(), "repetition", "repetitions");
        double boxWidth = Math.max(Pen.width(gap, Pen.CAPTION), Pen.width(count, Pen.STRONG)) + 20;
        double x = Math.min(pointer + 12, width - boxWidth - 4);
        pen.box(x, bottom - 64, boxWidth, 44);
        pen.text(count, x + 10, bottom - 46, Pen.STRONG, "-color-fg-default");
        pen.text(gap, x + 10, bottom - 29, Pen.CAPTION, "-color-fg-muted");
    }
}
