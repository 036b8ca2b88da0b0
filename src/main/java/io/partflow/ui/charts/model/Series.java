package io.partflow.ui.charts.model;

import io.partflow.ui.charts.model.SeriesRing.WhenFull;

/// One series with its values: a minute in fine buckets, ten minutes by the second, the whole run in buckets
/// that widen as it gets longer.
public final class Series {

    private static final long FINE_NANOS = 100_000_000L;
    private static final long SECOND_NANOS = 1_000_000_000L;

    private final SeriesStyle style;
    private final SeriesRing fine = new SeriesRing(640, FINE_NANOS, WhenFull.DROP_OLDEST);
    private final SeriesRing bySecond = new SeriesRing(640, SECOND_NANOS, WhenFull.DROP_OLDEST);
    private final SeriesRing whole = new SeriesRing(1_024, FINE_NANOS, WhenFull.WIDEN);
    private final SeriesRing wholeBySecond = new SeriesRing(1_024, SECOND_NANOS, WhenFull.WIDEN);
    private double lastValue = Double.NaN;
    private String note = "";

    Series(SeriesStyle style) {
        this.style = style;
    }

    void add(long atNanos, double value) {
        fine.add(atNanos, value);
        bySecond.add(atNanos, value);
        whole.add(atNanos, value);
        wholeBySecond.add(atNanos, value);
        lastValue = value;
    }

    void note(String text) {
        note = text;
    }

    /// What identifies it and how it looks.
    public SeriesStyle style() {
        return style;
    }

    /// The latest value; not a number when it is unknown.
    public double lastValue() {
        return lastValue;
    }

    /// A short text about the present value, such as `46/50`; empty when there is none.
    public String note() {
        return note;
    }

    /// The buckets in which a line over this range is drawn.
    public SeriesRing ring(TimeRange range) {
        return switch (range) {
            case TEN_SECONDS, ONE_MINUTE -> fine;
            case TEN_MINUTES -> bySecond;
            case ALL -> whole;
        };
    }

    /// The buckets in which increments over this range are counted, none shorter than a second.
    public SeriesRing countRing(TimeRange range) {
        return switch (range) {
            case TEN_SECONDS, ONE_MINUTE, TEN_MINUTES -> bySecond;
            case ALL -> wholeBySecond;
        };
    }
}
