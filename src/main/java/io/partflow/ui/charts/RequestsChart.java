package io.partflow.ui.charts;

import io.partflow.engine.run.RunSnapshot;
import io.partflow.ui.charts.model.LiveChart;
import io.partflow.ui.charts.model.Mark;
import io.partflow.ui.charts.model.Samples;
import io.partflow.ui.charts.model.SeriesStyle;
import io.partflow.ui.charts.model.ValueScale;
import io.partflow.ui.support.Formats;
import io.partflow.ui.support.Messages;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// Requests to all caches per second, by what became of them.
final class RequestsChart implements LiveChart {

    private static final SeriesStyle HIT =
            new SeriesStyle("hit", Messages.text("chart.requests.hit"), Mark.PLAIN, "-pf-hit", "-pf-hit-fg");
    private static final SeriesStyle MISS =
            new SeriesStyle("miss", Messages.text("chart.requests.miss"), Mark.PLAIN, "-pf-miss", "-pf-miss-fg");
    private static final SeriesStyle COALESCED = new SeriesStyle(
            "coalesced", Messages.text("chart.requests.coalesced"), Mark.PLAIN, "-pf-coalesced", "-pf-coalesced-fg");

    @Override
    public String id() {
        return "requests";
    }

    @Override
    public Form form() {
        return Form.STACKED_BARS;
    }

    @Override
    public ValueScale.Kind scale() {
        return ValueScale.Kind.FROM_ZERO;
    }

    @Override
    public void sample(@Nullable RunSnapshot previous, RunSnapshot current, long elapsedNanos, Samples samples) {
        CacheIncrement increment = CacheIncrement.between(previous, current);
        samples.add(HIT, increment.hits());
        samples.add(MISS, increment.misses());
        samples.add(COALESCED, increment.coalesced());
    }

    @Override
    public Optional<String> whyEmpty(@Nullable RunSnapshot latest) {
        return EmptyReason.withoutRequests(latest);
    }

    @Override
    public String write(double value) {
        return Formats.rate(value);
    }

    @Override
    public int heightPx() {
        return 104;
    }
}
