package io.partflow.ui.charts.model;

/// How much of the run the charts show.
public enum TimeRange {
    /// The last ten seconds.
    TEN_SECONDS(10),
    /// The last minute.
    ONE_MINUTE(60),
    /// The last ten minutes.
    TEN_MINUTES(600),
    /// From the start of the run.
    ALL(Double.POSITIVE_INFINITY);

    private final double seconds;

    TimeRange(double seconds) {
        this.seconds = seconds;
    }

    /// The length in seconds; infinite for [#ALL].
    public double seconds() {
        return seconds;
    }

    /// The key of its word among the messages.
    public String messageKey() {
        return "charts.range." + name().toLowerCase(java.util.Locale.ROOT);
    }
}
