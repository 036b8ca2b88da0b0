package io.partflow.ui.charts.model;

import io.partflow.engine.run.RunSnapshot;
import java.util.Collection;
import java.util.Collections;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/// One chart with all that it has sampled of the present run.
///
/// A sample is placed by the run's own clock; while that stands still (paused or ended) nothing is added.
/// Another run starts from nothing.
public final class ChartHistory {

    /// A first snapshot later than this was not the beginning of the run, so its counters are no increments.
    private static final long LATEST_START_NANOS = 2_000_000_000L;

    private final LiveChart chart;
    private final Map<String, Series> series = new LinkedHashMap<>();
    private final Map<String, SlidingRatio> ratios = new HashMap<>();
    private UnaryOperator<String> nodeNames = UnaryOperator.identity();
    private @Nullable RunSnapshot latest;
    private long lastNanos = -1;

    /// The empty history of a chart.
    public ChartHistory(LiveChart chart) {
        this.chart = chart;
    }

    /// What is charted.
    public LiveChart chart() {
        return chart;
    }

    /// Its series in the order in which they appeared: the first is drawn lowest.
    public Collection<Series> series() {
        return Collections.unmodifiableCollection(series.values());
    }

    /// The latest snapshot sampled, or null while nothing has run.
    public @Nullable RunSnapshot latest() {
        return latest;
    }

    /// Why there is nothing to see, or empty when there is data.
    public Optional<String> whyEmpty() {
        return chart.whyEmpty(latest);
    }

    /// Sets how nodes are called from the next sample on.
    public void nameNodes(UnaryOperator<String> names) {
        nodeNames = names;
    }

    /// Takes one sample, as handed out by the snapshot pump.
    public void sampled(@Nullable RunSnapshot previous, RunSnapshot current, long elapsedNanos) {
        if (previous == null) {
            series.clear();
            ratios.clear();
            lastNanos = -1;
        }
        latest = current;
        long atNanos = current.elapsedNanos();
        boolean midway = previous == null && atNanos > LATEST_START_NANOS;
        if (atNanos <= lastNanos || midway) {
            return;
        }
        lastNanos = atNanos;
        // What was counted up to a full second belongs to the second that ends there.
        long placeNanos = atNanos - 1;
        chart.sample(previous, current, elapsedNanos, new Samples() {
            @Override
            public void add(SeriesStyle style, double value) {
                of(style).add(placeNanos, value);
            }

            @Override
            public void addRatio(SeriesStyle style, long part, long whole, double windowSeconds) {
                SlidingRatio ratio = ratios.computeIfAbsent(style.key(), key -> new SlidingRatio(windowSeconds));
                of(style).add(placeNanos, ratio.add(atNanos, part, whole) * 100);
            }

            @Override
            public void note(SeriesStyle style, String text) {
                of(style).note(text);
            }

            @Override
            public String nodeName(String nodeId) {
                return nodeNames.apply(nodeId);
            }
        });
    }

    private Series of(SeriesStyle style) {
        return series.computeIfAbsent(style.key(), key -> new Series(style));
    }
}
