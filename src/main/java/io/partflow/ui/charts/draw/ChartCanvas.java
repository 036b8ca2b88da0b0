package io.partflow.ui.charts.draw;

import io.partflow.ui.charts.model.ChartHistory;
import io.partflow.ui.charts.model.TimeAxis;
import io.partflow.ui.support.Formats;
import io.partflow.ui.support.Messages;
import io.partflow.ui.support.Theme;
import javafx.css.PseudoClass;
import javafx.geometry.Bounds;
import javafx.scene.AccessibleRole;
import javafx.scene.Node;
import javafx.scene.canvas.Canvas;
import javafx.scene.canvas.GraphicsContext;
import javafx.scene.input.MouseEvent;
import javafx.scene.layout.Region;
import org.jspecify.annotations.Nullable;

/// A live chart: header, plot, time labels, drawn on one canvas.
///
/// It draws when its data, its size, the theme, the range or the cursor changed, at most once a pulse, and
/// never while it cannot be seen. Screen readers get one sentence about the present; the full values are in the
/// table that the view offers beside it.
public final class ChartCanvas extends Region {

    /// What is drawn around the plot.
    public enum Frame {
        /// A chart by itself, with the times below it.
        ALONE,
        /// A chart above others that share its times.
        STACKED,
        /// The last of such charts, with the times of all.
        STACKED_LAST
    }

    static final double LEFT_GUTTER = 44;
    static final double STACKED_LEFT_GUTTER = 52;
    private static final double RIGHT_GUTTER = 72;
    private static final double WIDE_RIGHT_GUTTER = 92;
    private static final double WIDE_FROM = 420;
    static final double STACKED_RIGHT_GUTTER = 100;
    private static final double HEADER = 36;
    private static final double TIMES = 22;
    /// Pixels the pointer must travel before a press becomes a brush.
    private static final double DRAG_START = 6;

    private static final double LEAST_PREF_WIDTH = 320;

    private final ChartHistory history;
    private final TimeAxis axis;
    private final Painter painter;
    private final Patterns patterns = new Patterns();
    private final Canvas canvas = new Canvas();
    private final Frame frame;
    private double menuWidth = 28;
    private boolean flagTexts = true;
    private double brushStart = Double.NaN;
    private boolean missed;

    /// A chart over a history, on the shared time axis.
    public ChartCanvas(ChartHistory history, TimeAxis axis, Frame frame) {
        this.history = history;
        this.axis = axis;
        this.frame = frame;
        this.painter = Painter.of(history.chart().form());
        getStyleClass().add("chart-canvas");
        setAccessibleRole(AccessibleRole.IMAGE_VIEW);
        setFocusTraversable(true);
        getChildren().add(canvas);
        addEventHandler(MouseEvent.MOUSE_MOVED, this::pointed);
        addEventHandler(MouseEvent.MOUSE_DRAGGED, this::pointed);
        addEventHandler(MouseEvent.MOUSE_PRESSED, this::brushFrom);
        addEventHandler(MouseEvent.MOUSE_DRAGGED, this::brushTo);
        addEventHandler(MouseEvent.MOUSE_RELEASED, this::brushed);
        axis.brushProperty().subscribe(value -> redraw());
        axis.drawnProperty().subscribe(value -> redraw());
        addEventHandler(MouseEvent.MOUSE_EXITED, event -> axis.cursorProperty().set(Double.NaN));
        axis.rangeProperty().subscribe(value -> redraw());
        axis.cursorProperty().subscribe(value -> redraw());
        Theme.follow(this, this::redraw);
        focusedProperty().subscribe(value -> redraw());
    }

    /// The width at the right of the header that the plot leaves free, for a menu button; 28 at first.
    public void reserveMenu(double widthPx) {
        menuWidth = widthPx;
        redraw();
    }

    /// Leaves the words of flags to another chart on the same axis; their lines stay.
    public void hideFlagTexts() {
        flagTexts = false;
        redraw();
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

    /// Draws now, seen or not: for pictures.
    public void draw() {
        paint();
    }

    @Override
    protected double computePrefWidth(double height) {
        return LEAST_PREF_WIDTH;
    }

    @Override
    protected double computePrefHeight(double width) {
        return history.chart().heightPx();
    }

    @Override
    protected double computeMinHeight(double width) {
        return 64;
    }

    @Override
    protected double computeMinWidth(double height) {
        return 160;
    }

    @Override
    protected void layoutChildren() {
        canvas.setWidth(getWidth());
        canvas.setHeight(getHeight());
        missed = !canBeSeen(this);
        if (!missed) {
            paint();
        }
    }

    /// Whether nothing hides a region or cuts it off altogether.
    static boolean canBeSeen(Region region) {
        if (region.getScene() == null || region.getWidth() < 1 || region.getHeight() < 1) {
            return false;
        }
        Bounds bounds = region.getLayoutBounds();
        for (Node node = region; node != null; node = node.getParent()) {
            Node clip = node.getClip();
            if (!node.isVisible() || (clip != null && !clip.getBoundsInParent().intersects(bounds))) {
                return false;
            }
            bounds = node.localToParent(bounds);
        }
        return true;
    }

    private void pointed(MouseEvent event) {
        Plot plot = plot();
        boolean inside = painter.overTime() && event.getX() >= plot.left && event.getX() <= plot.right;
        double seconds = inside ? plot.seconds(event.getX()) : Double.NaN;
        axis.cursorProperty().set(seconds <= axis.nowProperty().get() ? seconds : Double.NaN);
    }

    private void brushFrom(MouseEvent event) {
        Plot plot = plot();
        boolean inside = painter.overTime()
                && event.isPrimaryButtonDown()
                && event.getX() >= plot.left
                && event.getX() <= plot.right
                && event.getY() >= HEADER;
        brushStart = inside ? event.getX() : Double.NaN;
        if (inside && event.getClickCount() == 2) {
            axis.clearBrush();
        }
    }

    private void brushTo(MouseEvent event) {
        if (Math.abs(event.getX() - brushStart) >= DRAG_START
                || axis.drawnProperty().get() != null) {
            Plot plot = plot();
            axis.drawBrush(plot.seconds(brushStart), plot.seconds(event.getX()));
        }
    }

    private void brushed(MouseEvent event) {
        brushStart = Double.NaN;
        axis.endBrush();
    }

    private void band(Plot plot) {
        TimeAxis.Span span = axis.drawnProperty().get();
        if (span != null && painter.overTime()) {
            double left = plot.x(span.fromSeconds());
            double bottom = frame == Frame.STACKED ? getHeight() : plot.bottom;
            plot.ink.rectangle(
                    left,
                    plot.top - 4,
                    plot.x(span.toSeconds()) - left,
                    bottom - plot.top + 4,
                    plot.ink.color("-color-accent-fg", 0.2));
        }
    }

    private Plot plot() {
        Ink ink = new Ink(canvas.getGraphicsContext2D(), Theme.current().colors());
        double width = getWidth();
        if (!painter.overTime()) {
            return new Plot(ink, patterns, axis, 12, HEADER, width - 12, getHeight() - 8, width);
        }
        boolean stacked = frame != Frame.ALONE;
        double left = stacked ? STACKED_LEFT_GUTTER : LEFT_GUTTER;
        double right = width - (stacked ? STACKED_RIGHT_GUTTER : width >= WIDE_FROM ? WIDE_RIGHT_GUTTER : RIGHT_GUTTER);
        double bottom = getHeight() - (frame == Frame.STACKED ? 8 : TIMES);
        return new Plot(ink, patterns, axis, left, HEADER, Math.max(left + 20, right), bottom, width);
    }

    private void paint() {
        Plot plot = plot();
        Ink ink = plot.ink;
        ink.rectangle(0, 0, getWidth(), getHeight(), ink.color("-color-bg-default"));
        String empty = history.whyEmpty().orElse(null);
        Header header = new Header(ink, history, axis, painter, left(), headerRight());
        if (empty != null) {
            header.draw(plot, false);
            EmptyText.draw(plot, empty);
        } else {
            flagLines(plot);
            paintWithin(plot);
            band(plot);
            plot.drawLabels();
            cursorLine(plot);
            header.draw(plot, true);
            flagWords(plot);
        }
        if (painter.overTime() && frame != Frame.STACKED && empty == null) {
            times(plot);
        }
        if (isFocused() && getPseudoClassStates().contains(PseudoClass.getPseudoClass("focus-visible"))) {
            ink.stroke(ink.color("-color-accent-fg"), 2);
            ink.canvas().strokeRoundRect(2, 2, getWidth() - 4, getHeight() - 4, 8, 8);
        }
        String summary = summary(empty);
        if (!summary.equals(getAccessibleText())) {
            setAccessibleText(summary);
        }
    }

    /// What came after a stretch that was brushed over would be drawn beyond the plot.
    private void paintWithin(Plot plot) {
        boolean cut = painter.overTime() && axis.brushProperty().get() != null;
        GraphicsContext context = canvas.getGraphicsContext2D();
        if (cut) {
            context.save();
            context.beginPath();
            context.rect(0, 0, plot.right + 1, getHeight());
            context.clip();
        }
        painter.paint(plot, history);
        if (cut) {
            context.restore();
        }
    }

    private double left() {
        return frame == Frame.ALONE ? 12 : 16;
    }

    /// Where the header ends: at the menu, and among stacked charts at the end of the plot, so that all align.
    private double headerRight() {
        return frame == Frame.ALONE ? getWidth() - menuWidth : getWidth() - STACKED_RIGHT_GUTTER;
    }

    private String summary(@Nullable String empty) {
        if (empty != null) {
            return Messages.text("chart.summary.empty", history.chart().title(), empty);
        }
        StringBuilder values = new StringBuilder();
        for (Painter.HeaderValue value :
                painter.values(history, axis, axis.nowProperty().get(), getWidth())) {
            values.append(values.isEmpty() ? "" : ", ");
            values.append(Messages.text("chart.summary.series", value.label(), value.value()));
        }
        return Messages.text(
                "chart.summary.line", history.chart().title(), history.chart().unit(), values);
    }

    private void flagLines(Plot plot) {
        if (!painter.overTime()) {
            return;
        }
        for (TimeAxis.Flag flag : axis.flags()) {
            if (flag.atSeconds() >= axis.startSeconds() && flag.atSeconds() <= axis.endSeconds()) {
                double to = frame == Frame.STACKED ? getHeight() : plot.bottom;
                plot.ink.vertical(
                        plot.x(flag.atSeconds()), plot.top - 4, to, plot.ink.color("-color-fg-muted"), 1, 2, 2);
            }
        }
    }

    private void flagWords(Plot plot) {
        if (!flagTexts || !painter.overTime()) {
            return;
        }
        for (TimeAxis.Flag flag : axis.flags()) {
            double x = plot.x(flag.atSeconds());
            if (flag.atSeconds() < axis.startSeconds() || x > plot.right) {
                continue;
            }
            String text = Ink.fitted(flag.text(), Ink.CAPTION, plot.width() * 0.6);
            double width = Ink.width(text, Ink.CAPTION) + 12;
            double left = x + 1 + width > plot.right ? x - width : x + 1;
            double top = Math.max(plot.top, plot.bottom - 30);
            plot.ink.canvas().setFill(plot.ink.color("-color-bg-overlay"));
            plot.ink.canvas().fillRoundRect(left, top, width, 18, 6, 6);
            plot.ink.stroke(plot.ink.color("-color-border-default"), 1);
            plot.ink.canvas().strokeRoundRect(Math.round(left) + 0.5, top + 0.5, width - 1, 17, 6, 6);
            plot.ink.text(text, left + 6, top + 13, Ink.CAPTION, "-color-fg-default");
        }
    }

    private void cursorLine(Plot plot) {
        double cursor = axis.visibleCursor();
        if (painter.overTime() && !Double.isNaN(cursor)) {
            double to = frame == Frame.STACKED ? getHeight() : plot.bottom;
            double x = plot.x(cursor);
            plot.ink.vertical(x, plot.top - 4, to, plot.ink.color("-color-fg-default", 0.7), 1);
        }
    }

    private void times(Plot plot) {
        double baseline = plot.bottom + 16;
        double cursor = axis.visibleCursor();
        double pill = Double.isNaN(cursor) ? Double.NaN : plot.x(cursor);
        double least = Double.NEGATIVE_INFINITY;
        for (double tick : axis.ticks(plot.width(), 64)) {
            String text = Formats.clock(tick);
            double half = Ink.width(text, Ink.CAPTION) / 2;
            double centre =
                    Math.clamp(plot.x(tick), plot.left - 10 + half, Math.max(plot.left + half, plot.right + 30 - half));
            if (centre - half < least || Math.abs(centre - pill) < 44) {
                continue;
            }
            plot.ink.textCentred(text, centre, baseline, Ink.CAPTION, "-color-fg-muted");
            least = centre + half + 8;
        }
        if (!Double.isNaN(pill)) {
            plot.ink.canvas().setFill(plot.ink.color("-color-fg-default"));
            String text = Formats.clock(cursor);
            double width = Ink.width(text, Ink.CAPTION_STRONG) + 12;
            plot.ink.canvas().fillRoundRect(Math.rint(pill - width / 2), baseline - 13, width, 17, 6, 6);
            plot.ink.textCentred(text, pill, baseline, Ink.CAPTION_STRONG, "-color-bg-default");
        }
    }
}
