package io.partflow.ui.charts;

import io.partflow.engine.cache.LatencySnapshot;
import io.partflow.engine.run.RunSnapshot;
import io.partflow.ui.charts.model.LiveChart;
import io.partflow.ui.charts.model.Mark;
import io.partflow.ui.charts.model.Samples;
import io.partflow.ui.charts.model.SeriesStyle;
import io.partflow.ui.charts.model.ValueScale;
import io.partflow.ui.support.Formats;
import io.partflow.ui.support.Messages;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// How long a request took, hits and misses apart: half, 95 % and 99 % of them were at most this slow.
final class LatencyChart implements LiveChart {

    private static final List<SeriesStyle> HIT = styles("hit");
    private static final List<SeriesStyle> MISS = styles("miss");

    @Override
    public String id() {
        return "latency";
    }

    @Override
    public Form form() {
        return Form.LINES;
    }

    @Override
    public ValueScale.Kind scale() {
        return ValueScale.Kind.LOGARITHMIC;
    }

    @Override
    public void sample(@Nullable RunSnapshot previous, RunSnapshot current, long elapsedNanos, Samples samples) {
        add(samples, HIT, current.cache().hitLatency());
        add(samples, MISS, current.cache().missLatency());
    }

    @Override
    public Optional<String> whyEmpty(@Nullable RunSnapshot latest) {
        return EmptyReason.withoutRequests(latest);
    }

    @Override
    public String write(double value) {
        return Formats.millis(value);
    }

    private static List<SeriesStyle> styles(String outcome) {
        String color = "-pf-" + outcome;
        return List.of(
                style(outcome, "p50", Mark.LINE, color),
                style(outcome, "p95", Mark.DASHED_LINE, color),
                style(outcome, "p99", Mark.DOTTED_LINE, color));
    }

    private static SeriesStyle style(String outcome, String percentile, Mark mark, String color) {
        String label = Messages.text("chart.latency." + outcome, percentile);
        return new SeriesStyle(outcome + "-" + percentile, label, mark, color, color + "-fg");
    }

    private static void add(Samples samples, List<SeriesStyle> styles, LatencySnapshot latency) {
        boolean known = latency.samples() > 0;
        samples.add(styles.get(0), known ? latency.p50Ms() : Double.NaN);
        samples.add(styles.get(1), known ? latency.p95Ms() : Double.NaN);
        samples.add(styles.get(2), known ? latency.p99Ms() : Double.NaN);
    }

    @Override
    public int heightPx() {
        return 152;
    }
}
