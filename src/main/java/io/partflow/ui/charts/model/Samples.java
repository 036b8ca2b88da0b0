package io.partflow.ui.charts.model;

/// Where a chart puts the values of one sample; all calls of one sample share one time.
public interface Samples {

    /// One value of a series; a series begins to exist at its first value. Not-a-number means unknown.
    void add(SeriesStyle series, double value);

    /// As [#add(SeriesStyle, double)], for counts, which are exact up to 2 to the 53rd.
    default void add(SeriesStyle series, long count) {
        add(series, (double) count);
    }

    /// The ratio of two increments over the last seconds, in per cent; unknown while the whole is 0.
    void addRatio(SeriesStyle series, long part, long whole, double windowSeconds);

    /// A short text about the present value of a series, such as `46/50`.
    void note(SeriesStyle series, String text);

    /// The title of a node by its id, or the id itself.
    String nodeName(String nodeId);
}
