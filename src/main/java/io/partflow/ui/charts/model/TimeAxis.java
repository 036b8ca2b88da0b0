package io.partflow.ui.charts.model;

import java.util.ArrayList;
import java.util.List;
import javafx.beans.property.DoubleProperty;
import javafx.beans.property.ObjectProperty;
import javafx.beans.property.ReadOnlyObjectProperty;
import javafx.beans.property.SimpleDoubleProperty;
import javafx.beans.property.SimpleObjectProperty;
import javafx.collections.FXCollections;
import javafx.collections.ObservableList;
import org.jspecify.annotations.Nullable;

/// The one time axis of all charts: what is shown, the cursor, the flags and the present, in seconds since the
/// start of the run.
public final class TimeAxis {

    /// Something that happened at one moment and matters for what follows, such as `TTL 45 s to 90 s`.
    ///
    /// @param atSeconds when
    /// @param text what
    public record Flag(double atSeconds, String text) {}

    /// A stretch of time, in seconds since the start of the run.
    public record Span(double fromSeconds, double toSeconds) {
        /// The stretch between two moments in either order.
        public static Span between(double one, double other) {
            return new Span(Math.min(one, other), Math.max(one, other));
        }
    }

    private static final double SHORTEST_ALL = 10;
    /// Shorter than this a stretch has no bucket of its own in every chart.
    private static final double SHORTEST_BRUSH = 1;
    private static final double[] STEPS = {
        1, 2, 5, 10, 15, 30, 60, 120, 180, 300, 600, 900, 1_800, 3_600, 7_200, 14_400, 28_800
    };

    private final ObjectProperty<TimeRange> range = new SimpleObjectProperty<>(this, "range", TimeRange.ALL);
    private final ObjectProperty<@Nullable Span> brush = new SimpleObjectProperty<>(this, "brush");
    private final ObjectProperty<@Nullable Span> drawn = new SimpleObjectProperty<>(this, "drawn");
    private final DoubleProperty now = new SimpleDoubleProperty(this, "now", 0);
    private final DoubleProperty cursor = new SimpleDoubleProperty(this, "cursor", Double.NaN);
    private final ObservableList<Flag> flags = FXCollections.observableArrayList();

    public TimeAxis() {
        range.subscribe(chosen -> brush.set(null));
    }

    /// The part of the run that the user brushed over, shown instead of the range; null for none.
    public ReadOnlyObjectProperty<@Nullable Span> brushProperty() {
        return brush;
    }

    /// What is being brushed over at this moment; null when nothing is.
    public ReadOnlyObjectProperty<@Nullable Span> drawnProperty() {
        return drawn;
    }

    /// Follows the pointer as it brushes from one moment to another.
    public void drawBrush(double fromSeconds, double toSeconds) {
        double latest = Math.min(now.get(), endSeconds());
        drawn.set(Span.between(
                Math.clamp(fromSeconds, startSeconds(), Math.max(latest, startSeconds())),
                Math.clamp(toSeconds, startSeconds(), Math.max(latest, startSeconds()))));
    }

    /// Shows what has been brushed over, if it is long enough to see anything in it.
    public void endBrush() {
        Span span = drawn.get();
        drawn.set(null);
        if (span != null && span.toSeconds() - span.fromSeconds() >= SHORTEST_BRUSH) {
            brush.set(span);
        }
    }

    /// Shows any stretch of the run, as far as it lies between its start and the present; at least a second.
    public void showSpan(double fromSeconds, double toSeconds) {
        double latest = now.get();
        if (latest < SHORTEST_BRUSH) {
            return;
        }
        Span span = Span.between(Math.clamp(fromSeconds, 0, latest), Math.clamp(toSeconds, 0, latest));
        double from = Math.min(span.fromSeconds(), latest - SHORTEST_BRUSH);
        drawn.set(null);
        brush.set(new Span(from, Math.max(span.toSeconds(), from + SHORTEST_BRUSH)));
    }

    /// Moves the stretch shown, as long as it is, no further than to the start or the present.
    public void moveSpan(double seconds) {
        double length = Math.min(endSeconds() - startSeconds(), now.get());
        double from = Math.clamp(startSeconds() + seconds, 0, Math.max(0, now.get() - length));
        showSpan(from, from + length);
    }

    /// Moves the end of the stretch shown, and no further than to the present.
    public void resizeSpan(double seconds) {
        double end = Math.min(endSeconds(), now.get()) + seconds;
        showSpan(startSeconds(), Math.max(end, startSeconds() + SHORTEST_BRUSH));
    }

    /// The time at the right end of the whole run, whatever is shown of it.
    public double wholeSeconds() {
        return Math.max(now.get(), SHORTEST_ALL);
    }

    /// Whether less than the whole run is shown.
    public boolean showsPart() {
        return startSeconds() > 0 || Math.min(endSeconds(), now.get()) < now.get();
    }

    /// Shows the range again.
    public void clearBrush() {
        drawn.set(null);
        brush.set(null);
    }

    /// The range whose buckets hold what is shown, as fine as they are kept.
    public TimeRange resolution() {
        Span span = brush.get();
        if (span == null) {
            return range.get();
        }
        double agoSeconds = now.get() - span.fromSeconds();
        if (agoSeconds < TimeRange.ONE_MINUTE.seconds()) {
            return TimeRange.ONE_MINUTE;
        }
        return agoSeconds < TimeRange.TEN_MINUTES.seconds() ? TimeRange.TEN_MINUTES : TimeRange.ALL;
    }

    /// How much is shown.
    public ObjectProperty<TimeRange> rangeProperty() {
        return range;
    }

    /// The present of the run: its latest sample.
    public DoubleProperty nowProperty() {
        return now;
    }

    /// Where the pointer is, or not a number when it is over no chart.
    public DoubleProperty cursorProperty() {
        return cursor;
    }

    /// What to mark; in no order.
    public ObservableList<Flag> flags() {
        return flags;
    }

    /// The range shown.
    public TimeRange range() {
        return range.get();
    }

    /// The time at the left end.
    public double startSeconds() {
        Span span = brush.get();
        if (span != null) {
            return span.fromSeconds();
        }
        return range.get() == TimeRange.ALL ? 0 : endSeconds() - range.get().seconds();
    }

    /// The time at the right end.
    public double endSeconds() {
        Span span = brush.get();
        if (span != null) {
            return span.toSeconds();
        }
        TimeRange shown = range.get();
        return shown == TimeRange.ALL ? Math.max(now.get(), SHORTEST_ALL) : Math.max(now.get(), shown.seconds());
    }

    /// The cursor where it lies within what is shown, else not a number.
    public double visibleCursor() {
        double at = cursor.get();
        return at >= startSeconds() && at <= endSeconds() ? at : Double.NaN;
    }

    /// Round times at least `leastPx` apart on an axis of `widthPx`, ascending.
    public List<Double> ticks(double widthPx, double leastPx) {
        double start = startSeconds();
        double span = endSeconds() - start;
        double leastSeconds = span * leastPx / Math.max(1, widthPx);
        double step = STEPS[STEPS.length - 1];
        for (double candidate : STEPS) {
            if (candidate >= leastSeconds) {
                step = candidate;
                break;
            }
        }
        List<Double> ticks = new ArrayList<>();
        for (double at = Math.ceil(start / step) * step; at <= endSeconds() + 1e-9; at += step) {
            ticks.add(at);
        }
        return ticks;
    }

    /// The shortest round span, in whole seconds, that is at least `leastPx` wide on an axis of `widthPx`: for
    /// bars.
    public double barSeconds(double widthPx, double leastPx) {
        double leastSeconds = (endSeconds() - startSeconds()) * leastPx / Math.max(1, widthPx);
        for (double candidate : STEPS) {
            if (candidate >= leastSeconds) {
                return candidate;
            }
        }
        return STEPS[STEPS.length - 1];
    }

    /// Forgets brush, cursor, flags and present: another run begins.
    public void reset() {
        clearBrush();
        now.set(0);
        cursor.set(Double.NaN);
        flags.clear();
    }
}
