package io.partflow.ui.charts;

import io.partflow.engine.run.NodeSnapshot;
import io.partflow.engine.run.RunSnapshot;
import io.partflow.ui.charts.model.LiveChart;
import io.partflow.ui.charts.model.Mark;
import io.partflow.ui.charts.model.Samples;
import io.partflow.ui.charts.model.SeriesStyle;
import io.partflow.ui.charts.model.ValueScale;
import io.partflow.ui.support.Formats;
import io.partflow.ui.support.Messages;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/// What each node did with its time over the last ten seconds: busy, waiting for input, blocked by a full
/// queue.
final class NodeTimeChart implements LiveChart {

    private static final String FULL = "-color-fg-muted";
    private static final String WARNING = "-color-warning-fg";

    @Override
    public String id() {
        return "node-time";
    }

    @Override
    public Form form() {
        return Form.STRIPS;
    }

    @Override
    public ValueScale.Kind scale() {
        return ValueScale.Kind.PER_CENT;
    }

    @Override
    public void sample(@Nullable RunSnapshot previous, RunSnapshot current, long elapsedNanos, Samples samples) {
        Map<String, NodeSnapshot> before = previous == null
                ? Map.of()
                : previous.nodes().stream().collect(Collectors.toMap(NodeSnapshot::id, Function.identity()));
        for (NodeSnapshot node : current.nodes()) {
            NodeSnapshot earlier = before.get(node.id());
            String name = samples.nodeName(node.id());
            long busy = earlier == null ? 0 : earlier.busyNanos();
            long waiting = earlier == null ? 0 : earlier.waitingNanos();
            long blocked = earlier == null ? 0 : earlier.blockedNanos();
            samples.add(style(node, "busy", Mark.PLAIN, FULL, name), node.busyNanos() - busy);
            samples.add(style(node, "waiting", Mark.OUTLINED, FULL, name), node.waitingNanos() - waiting);
            samples.add(style(node, "blocked", Mark.HATCHED, WARNING, name), node.blockedNanos() - blocked);
        }
    }

    @Override
    public Optional<String> whyEmpty(@Nullable RunSnapshot latest) {
        return EmptyReason.withoutRun(latest);
    }

    @Override
    public String write(double value) {
        return Formats.wholePercent(value);
    }

    private static SeriesStyle style(NodeSnapshot node, String share, Mark mark, String color, String name) {
        return new SeriesStyle(
                node.id() + " " + share, Messages.text("chart.node-time." + share), mark, color, color, name);
    }

    @Override
    public int heightPx() {
        return 200;
    }
}
