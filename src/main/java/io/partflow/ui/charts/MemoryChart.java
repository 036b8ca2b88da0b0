package io.partflow.ui.charts;

import io.partflow.engine.cache.CacheSnapshot;
import io.partflow.engine.run.NodeSnapshot;
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

/// Bytes held by each cache and by parts in flight, under the budget that pays for both.
final class MemoryChart implements LiveChart {

    private static final double MEBIBYTE = 1024 * 1024;
    private static final int MOST_CACHES = 4;
    private static final SeriesStyle IN_FLIGHT =
            SeriesStyle.neutral("in-flight", Messages.text("chart.memory.in-flight"), Mark.PLAIN);
    private static final SeriesStyle OTHERS =
            SeriesStyle.neutral("others", Messages.text("chart.memory.others"), Mark.PLAIN);

    @Override
    public String id() {
        return "memory";
    }

    @Override
    public Form form() {
        return Form.STACKED_AREAS;
    }

    @Override
    public ValueScale.Kind scale() {
        return ValueScale.Kind.FROM_ZERO;
    }

    @Override
    public void sample(@Nullable RunSnapshot previous, RunSnapshot current, long elapsedNanos, Samples samples) {
        double others = 0;
        int shown = 0;
        int caches = 0;
        for (NodeSnapshot node : current.nodes()) {
            CacheSnapshot cache = node.cache();
            if (cache == null) {
                continue;
            }
            caches++;
            if (shown < MOST_CACHES) {
                shown++;
                String label = samples.nodeName(node.id());
                samples.add(SeriesStyle.neutral("cache " + node.id(), label, Mark.PLAIN), cache.bytes() / MEBIBYTE);
            } else {
                others += cache.bytes();
            }
        }
        if (caches > MOST_CACHES) {
            samples.add(OTHERS, others / MEBIBYTE);
        }
        samples.add(IN_FLIGHT, current.memory().inFlightBytes() / MEBIBYTE);
    }

    @Override
    public Optional<String> whyEmpty(@Nullable RunSnapshot latest) {
        return EmptyReason.withoutRun(latest);
    }

    @Override
    public String write(double value) {
        return written(value);
    }

    /// One decimal from 1 MiB on, more below: a small cache is not an empty one.
    private static String written(double mebibytes) {
        if (!Double.isFinite(mebibytes)) {
            return Formats.UNKNOWN;
        }
        if (mebibytes == 0) {
            return "0";
        }
        String pattern = mebibytes >= 0.95 ? "%,.1f" : mebibytes >= 0.095 ? "%.2f" : "%.3f";
        return String.format(Locale.ENGLISH, pattern, mebibytes);
    }

    private static String budget(long bytes) {
        return bytes % (1024 * 1024) == 0 ? Formats.count(bytes / (1024 * 1024)) : Formats.mebibytes((double) bytes);
    }

    @Override
    public Optional<Limit> limit(RunSnapshot latest) {
        long budgetBytes = latest.memory().budgetBytes();
        return budgetBytes <= 0
                ? Optional.empty()
                : Optional.of(
                        new Limit(budgetBytes / MEBIBYTE, Messages.text("chart.memory.budget", budget(budgetBytes))));
    }

    @Override
    public int heightPx() {
        return 120;
    }
}
