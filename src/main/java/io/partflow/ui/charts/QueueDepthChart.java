package io.partflow.ui.charts;

import io.partflow.engine.run.RunSnapshot;
import io.partflow.engine.run.WireSnapshot;
import io.partflow.ui.charts.model.LiveChart;
import io.partflow.ui.charts.model.Mark;
import io.partflow.ui.charts.model.Samples;
import io.partflow.ui.charts.model.SeriesStyle;
import io.partflow.ui.charts.model.ValueScale;
import io.partflow.ui.support.Formats;
import io.partflow.ui.support.Messages;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// How full each queue between two nodes is, the fullest first.
final class QueueDepthChart implements LiveChart {

    private static final String COLOR = "-color-success-fg";

    @Override
    public String id() {
        return "queues";
    }

    @Override
    public Form form() {
        return Form.SMALL_MULTIPLES;
    }

    @Override
    public ValueScale.Kind scale() {
        return ValueScale.Kind.FROM_ZERO;
    }

    @Override
    public void sample(@Nullable RunSnapshot previous, RunSnapshot current, long elapsedNanos, Samples samples) {
        for (WireSnapshot wire : current.wires()) {
            String label = Messages.text(
                    "chart.queues.wire", samples.nodeName(node(wire.from())), samples.nodeName(node(wire.to())));
            SeriesStyle style = new SeriesStyle(wire.from() + " to " + wire.to(), label, Mark.LINE, COLOR, COLOR);
            samples.add(style, wire.capacity() > 0 ? wire.depth() / (double) wire.capacity() : Double.NaN);
            samples.note(style, Formats.count(wire.depth()));
        }
    }

    @Override
    public Optional<String> whyEmpty(@Nullable RunSnapshot latest) {
        return EmptyReason.withoutRun(latest)
                .or(() -> latest != null && latest.wires().isEmpty()
                        ? Optional.of(Messages.text("chart.empty.no-queues"))
                        : Optional.empty());
    }

    @Override
    public String write(double value) {
        return Formats.wholePercent(value);
    }

    /// The node of an end such as `ask.out`.
    private static String node(String end) {
        int dot = end.lastIndexOf('.');
        return dot < 0 ? end : end.substring(0, dot);
    }

    @Override
    public int heightPx() {
        return 200;
    }
}
