package io.partflow.ui.charts;

import io.partflow.engine.run.RunSnapshot;
import io.partflow.ui.charts.model.LiveChart;
import io.partflow.ui.charts.model.Mark;
import io.partflow.ui.charts.model.Samples;
import io.partflow.ui.charts.model.SeriesStyle;
import io.partflow.ui.charts.model.ValueScale;
import io.partflow.ui.support.Formats;
import io.partflow.ui.support.Messages;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// The share of requests that needed no computation: (hits + coalesced) / requests, over one second and over
/// thirty.
final class HitRateChart implements LiveChart {

    private static final SeriesStyle SECOND =
            new SeriesStyle("1s", Messages.text("chart.hit-rate.second"), Mark.THIN_LINE, "-pf-hit", "-pf-hit-fg");
    private static final SeriesStyle MEAN =
            new SeriesStyle("30s", Messages.text("chart.hit-rate.mean"), Mark.LINE, "-pf-hit", "-pf-hit-fg");

    @Override
    public String id() {
        return "hit-rate";
    }

    @Override
    public Form form() {
        return Form.LINES;
    }

    @Override
    public ValueScale.Kind scale() {
        return ValueScale.Kind.PER_CENT;
    }

    @Override
    public void sample(@Nullable RunSnapshot previous, RunSnapshot current, long elapsedNanos, Samples samples) {
        CacheIncrement increment = CacheIncrement.between(previous, current);
        samples.addRatio(SECOND, increment.answered(), increment.requests(), 1);
        samples.addRatio(MEAN, increment.answered(), increment.requests(), 30);
    }

    @Override
    public Optional<String> whyEmpty(@Nullable RunSnapshot latest) {
        return EmptyReason.withoutRequests(latest);
    }

    @Override
    public String write(double value) {
        return Double.isFinite(value) ? String.format(Locale.ENGLISH, "%.1f", value) : Formats.UNKNOWN;
    }

    @Override
    public int heightPx() {
        return 148;
    }
}
