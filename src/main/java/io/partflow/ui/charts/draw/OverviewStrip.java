package io.partflow.ui.charts.draw;

import io.partflow.ui.charts.draw.ChartCanvas.Frame;
import io.partflow.ui.charts.model.ChartHistory;
import io.partflow.ui.charts.model.Mark;
import io.partflow.ui.charts.model.Series;
import io.partflow.ui.charts.model.SeriesRing;
import io.partflow.ui.charts.model.TimeAxis;
import io.partflow.ui.charts.model.TimeRange;
import io.partflow.ui.support.Formats;
import io.partflow.ui.support.Messages;
import io.partflow.ui.support.Theme;
import io.partflow.ui.support.Tips;
import javafx.css.PseudoClass;
import javafx.scene.AccessibleAttribute;
import javafx.scene.AccessibleRole;
import javafx.scene.Cursor;
import javafx.scene.canvas.Canvas;
import javafx.scene.canvas.GraphicsContext;
import javafx.scene.input.KeyEvent;
import javafx.scene.input.MouseButton;
import javafx.scene.input.MouseEvent;
import javafx.scene.layout.Region;
import org.jspecify.annotations.Nullable;

/// The whole run in one low strip, with the part that the charts show marked in it: brushing over it chooses another
/// part, dragging the mark or its ends moves it. FX thread.
///
/// It is drawn like a chart: when something changed, at most once a pulse, and never while it cannot be seen.
public final class OverviewStrip extends Region {
    private static final double HEIGHT = 40;
    private static final double TOP = 6;
    private static final double BOTTOM = 8;
    /// How near to an end of the mark the pointer takes hold of it, in pixels.
    private static final double REACH = 5;

    private static final double DRAG_START = 4;
    private static final double KEY_STEP = 0.1;
    private static final double FIRST_PART = 0.25;
    private static final PseudoClass FOCUS_VISIBLE = PseudoClass.getPseudoClass("focus-visible");

    /// What the pointer does.
    private enum Grip {
        NONE,
        PRESSED,
        NEW,
        WHOLE,
        START,
        END
    }

    private final ChartHistory history;
    private final TimeAxis axis;
    private final Frame frame;
    private final Canvas canvas = new Canvas();
    private Grip grip = Grip.NONE;
    private double pressedX;
    private double fixedSeconds;
    private double lastSeconds;
    private boolean missed;

    /// @param history the chart whose main line stands for the run, of values from 0 to 100
    /// @param frame that of the charts above it, so that their times align
    public OverviewStrip(ChartHistory history, TimeAxis axis, Frame frame) {
        this.history = history;
        this.axis = axis;
        this.frame = frame;
        setId("charts-overview");
        getStyleClass().add("overview-strip");
        setAccessibleRole(AccessibleRole.SLIDER);
        setFocusTraversable(true);
        Tips.install(this, Messages.text("charts.overview.tip"));
        getChildren().add(canvas);
        setMinHeight(HEIGHT);
        setPrefHeight(HEIGHT);
        setMaxHeight(HEIGHT);
        addEventHandler(MouseEvent.MOUSE_MOVED, event -> setCursor(cursor(gripAt(event.getX()))));
        addEventHandler(MouseEvent.MOUSE_PRESSED, this::pressed);
        addEventHandler(MouseEvent.MOUSE_DRAGGED, this::dragged);
        addEventHandler(MouseEvent.MOUSE_RELEASED, event -> grip = Grip.NONE);
        addEventHandler(KeyEvent.KEY_PRESSED, this::key);
        axis.brushProperty().subscribe(value -> redraw());
        axis.rangeProperty().subscribe(value -> redraw());
        Theme.follow(this, this::redraw);
        focusedProperty().subscribe(value -> redraw());
    }

    /// Draws anew at the next pulse, if it can be seen then.
    public void redraw() {
        requestLayout();
    }

    /// Draws if the last drawing fell into a time when it could not be seen.
    public void redrawIfMissed() {
        if (missed) {
            requestLayout();
        }
    }

    private double left() {
        return frame == Frame.ALONE ? ChartCanvas.LEFT_GUTTER : ChartCanvas.STACKED_LEFT_GUTTER;
    }

    private double right() {
        return Math.max(left() + 20, getWidth() - ChartCanvas.STACKED_RIGHT_GUTTER);
    }

    private double x(double seconds) {
        return left() + Math.min(1, seconds / axis.wholeSeconds()) * (right() - left());
    }

    private double seconds(double x) {
        return (x - left()) / (right() - left()) * axis.wholeSeconds();
    }

    private double shownEnd() {
        return Math.min(axis.endSeconds(), axis.nowProperty().get());
    }

    private Grip gripAt(double x) {
        if (!axis.showsPart()) {
            return Grip.NEW;
        }
        double from = x(axis.startSeconds());
        double to = x(shownEnd());
        if (Math.abs(x - to) <= REACH) {
            return Grip.END;
        }
        if (Math.abs(x - from) <= REACH) {
            return Grip.START;
        }
        return x > from && x < to ? Grip.WHOLE : Grip.NEW;
    }

    private static Cursor cursor(Grip grip) {
        return switch (grip) {
            case START, END -> Cursor.H_RESIZE;
            case WHOLE -> Cursor.OPEN_HAND;
            case NEW -> Cursor.CROSSHAIR;
            case NONE, PRESSED -> Cursor.DEFAULT;
        };
    }

    private void pressed(MouseEvent event) {
        requestFocus();
        grip = Grip.NONE;
        if (event.getButton() != MouseButton.PRIMARY || axis.nowProperty().get() <= 0) {
            return;
        }
        if (event.getClickCount() == 2) {
            axis.clearBrush();
            return;
        }
        pressedX = event.getX();
        lastSeconds = seconds(pressedX);
        grip = gripAt(pressedX);
        fixedSeconds = switch (grip) {
            case START -> shownEnd();
            case END -> axis.startSeconds();
            case NEW, WHOLE, NONE, PRESSED -> lastSeconds;
        };
        if (grip == Grip.NEW) {
            grip = Grip.PRESSED;
        }
    }

    private void dragged(MouseEvent event) {
        double at = seconds(event.getX());
        switch (grip) {
            case NONE -> {}
            case PRESSED -> {
                if (Math.abs(event.getX() - pressedX) >= DRAG_START) {
                    grip = Grip.NEW;
                    axis.showSpan(fixedSeconds, at);
                }
            }
            case NEW, START, END -> axis.showSpan(fixedSeconds, at);
            case WHOLE -> axis.moveSpan(at - lastSeconds);
        }
        lastSeconds = at;
        event.consume();
    }

    private void key(KeyEvent event) {
        double now = axis.nowProperty().get();
        double length = shownEnd() - axis.startSeconds();
        double step = Math.max(1, length * KEY_STEP);
        boolean part = axis.showsPart();
        switch (event.getCode()) {
            case LEFT -> {
                if (event.isShiftDown()) {
                    axis.resizeSpan(-step);
                } else if (part) {
                    axis.moveSpan(-step);
                } else {
                    axis.showSpan(now * (1 - FIRST_PART), now);
                }
            }
            case RIGHT -> {
                if (event.isShiftDown()) {
                    axis.resizeSpan(step);
                } else if (part) {
                    axis.moveSpan(step);
                } else {
                    axis.showSpan(0, now * FIRST_PART);
                }
            }
            case HOME -> axis.showSpan(0, part ? length : now * FIRST_PART);
            case END -> axis.showSpan(part ? now - length : now * (1 - FIRST_PART), now);
            case ESCAPE -> axis.clearBrush();
            default -> {
                return;
            }
        }
        event.consume();
    }

    @Override
    protected void layoutChildren() {
        canvas.setWidth(getWidth());
        canvas.setHeight(getHeight());
        missed = !ChartCanvas.canBeSeen(this);
        if (!missed) {
            paint();
        }
    }

    private void paint() {
        Ink ink = new Ink(canvas.getGraphicsContext2D(), Theme.current().colors());
        double bottom = getHeight() - BOTTOM;
        ink.rectangle(0, 0, getWidth(), getHeight(), ink.color("-color-bg-default"));
        ink.rectangle(left(), TOP, right() - left(), bottom - TOP, ink.color("-color-bg-subtle"));
        line(ink, bottom);
        if (axis.showsPart()) {
            mark(ink, bottom);
        }
        double baseline = (TOP + bottom) / 2 + 4;
        ink.textRight(Messages.text("charts.overview.run"), left() - 8, baseline, Ink.CAPTION, "-color-fg-muted");
        String words = Ink.fitted(shownWords(), Ink.CAPTION, getWidth() - right() - 12);
        ink.text(words, right() + 8, baseline, Ink.CAPTION, "-color-fg-muted");
        if (isFocused() && getPseudoClassStates().contains(FOCUS_VISIBLE)) {
            ink.stroke(ink.color("-color-accent-fg"), 2);
            ink.canvas().strokeRoundRect(2, 2, getWidth() - 4, getHeight() - 4, 8, 8);
        }
        String spoken = Messages.text(
                "charts.overview.spoken",
                shownWords(),
                Formats.clock(axis.nowProperty().get()),
                Messages.text("charts.overview.tip"));
        if (!spoken.equals(getAccessibleText())) {
            setAccessibleText(spoken);
            notifyAccessibleAttributeChanged(AccessibleAttribute.VALUE);
        }
    }

    private String shownWords() {
        return axis.showsPart()
                ? Messages.text("charts.shown", Formats.clock(axis.startSeconds()), Formats.clock(shownEnd()))
                : Messages.text("charts.overview.whole");
    }

    /// The area under the main line: for each bucket its last value.
    private void line(Ink ink, double bottom) {
        for (Series series : history.series()) {
            if (series.style().mark() == Mark.LINE) {
                SeriesRing ring = series.ring(TimeRange.ALL);
                GraphicsContext context = ink.canvas();
                context.setFill(ink.color(series.style().colorToken(), 0.45));
                for (int index = 0; index < ring.size(); index++) {
                    double from = x(ring.startNanos(index) / 1e9);
                    double to = index + 1 < ring.size()
                            ? x(ring.startNanos(index + 1) / 1e9)
                            : x(axis.nowProperty().get());
                    double height = Math.clamp(ring.last(index) / 100, 0, 1) * (bottom - TOP);
                    context.fillRect(from, bottom - height, Math.max(0.5, to - from), height);
                }
            }
        }
    }

    private void mark(Ink ink, double bottom) {
        double from = x(axis.startSeconds());
        double to = Math.max(from + 2, x(shownEnd()));
        ink.rectangle(left(), TOP, from - left(), bottom - TOP, ink.color("-color-bg-default", 0.6));
        ink.rectangle(to, TOP, right() - to, bottom - TOP, ink.color("-color-bg-default", 0.6));
        ink.stroke(ink.color("-color-accent-fg"), 1);
        ink.canvas().strokeRect(Math.round(from) + 0.5, TOP + 0.5, Math.round(to - from) - 1, bottom - TOP - 1);
        for (double end : new double[] {from, to}) {
            ink.rectangle(end - 2, TOP + 6, 4, bottom - TOP - 12, ink.color("-color-accent-fg"));
        }
    }

    @Override
    public @Nullable Object queryAccessibleAttribute(AccessibleAttribute attribute, @Nullable Object... parameters) {
        return switch (attribute) {
            case VALUE -> axis.startSeconds();
            case MIN_VALUE -> 0.0;
            case MAX_VALUE -> axis.nowProperty().get();
            default -> super.queryAccessibleAttribute(attribute, parameters);
        };
    }
}
