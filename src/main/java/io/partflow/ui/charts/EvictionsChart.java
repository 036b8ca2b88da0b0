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

/// Entries that left a cache per second, by cause.
final class EvictionsChart implements LiveChart {

    private static final SeriesStyle SIZE = style("size", Mark.HATCHED, "-pf-evict-size");
    private static final SeriesStyle WEIGHT = style("weight", Mark.BACK_HATCHED, "-pf-evict-size");
    private static final SeriesStyle EXPIRY = style("expiry", Mark.DOTTED, "-pf-evict-ttl");
    private static final SeriesStyle EXPLICIT = style("explicit", Mark.PLAIN, "-pf-other");

    @Override
    public String id() {
        return "evictions";
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
        samples.add(SIZE, increment.evictedBySize());
        samples.add(WEIGHT, increment.evictedByWeight());
        samples.add(EXPIRY, increment.evictedByExpiry());
        samples.add(EXPLICIT, increment.evictedExplicitly());
    }

    @Override
    public Optional<String> whyEmpty(@Nullable RunSnapshot latest) {
        return EmptyReason.withoutEvictions(latest);
    }

    @Override
    public String write(double value) {
        return Formats.rate(value);
    }

    private static SeriesStyle style(String cause, Mark mark, String colorToken) {
        return new SeriesStyle(cause, Messages.text("chart.evictions." + cause), mark, colorToken, "-color-fg-muted");
    }

    @Override
    public int heightPx() {
        return 112;
    }
}
