package io.partflow.ui.charts.model;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/// The values of a chart over a range as a table: what a screen reader reads and what is exported.
///
/// Increments are per second; a value that is not known is not a number. Immutable.
///
/// @param columns the words of the series, in their order
/// @param rows the newest last
public record ChartRows(List<String> columns, List<Row> rows) {

    /// One bucket of time.
    ///
    /// @param atSeconds its start
    /// @param values one for each column
    public record Row(double atSeconds, List<Double> values) {}

    public ChartRows {
        columns = List.copyOf(columns);
        rows = List.copyOf(rows);
    }

    /// The table of a history as it is now.
    public static ChartRows of(ChartHistory history, TimeRange range) {
        List<Series> series = List.copyOf(history.series());
        boolean counts = history.chart().form() == LiveChart.Form.STACKED_BARS;
        boolean shares = history.chart().form() == LiveChart.Form.STRIPS;
        List<String> columns = series.stream()
                .map(one -> one.style().group().equals(one.style().key())
                        ? one.style().label()
                        : one.style().group() + " " + one.style().label())
                .toList();
        SeriesRing times = null;
        List<SeriesRing> rings = new ArrayList<>();
        for (Series one : series) {
            SeriesRing ring = counts || shares ? one.countRing(range) : one.ring(range);
            rings.add(ring);
            if (times == null || ring.size() > times.size()) {
                times = ring;
            }
        }
        List<Row> rows = new ArrayList<>();
        for (int bucket = 0; times != null && bucket < times.size(); bucket++) {
            long start = times.startNanos(bucket);
            List<Double> values = new ArrayList<>();
            for (SeriesRing ring : rings) {
                int index = ring.indexAt(start);
                boolean known = index >= 0 && ring.startNanos(index) == start;
                double value = !known ? Double.NaN : counts || shares ? ring.sum(index) : ring.last(index);
                double seconds = ring.bucketNanos() / 1e9;
                values.add(counts ? value / seconds : shares ? value / 1e9 / seconds : value);
            }
            rows.add(new Row(start / 1e9, List.copyOf(values)));
        }
        return new ChartRows(columns, rows);
    }

    /// The table as comma-separated values with a header, lines ended by a line feed; unknown values are empty.
    public String csv() {
        StringBuilder text = new StringBuilder("seconds");
        for (String column : columns) {
            text.append(',').append(quoted(column));
        }
        text.append('\n');
        for (Row row : rows) {
            text.append(String.format(Locale.ROOT, "%.1f", row.atSeconds()));
            for (double value : row.values()) {
                text.append(',');
                if (Double.isFinite(value)) {
                    text.append(String.format(Locale.ROOT, "%.4f", value));
                }
            }
            text.append('\n');
        }
        return text.toString();
    }

    private static String quoted(String word) {
        return word.contains(",") || word.contains("\"") ? '"' + word.replace("\"", "\"\"") + '"' : word;
    }
}
