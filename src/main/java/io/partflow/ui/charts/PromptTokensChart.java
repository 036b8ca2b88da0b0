package io.partflow.ui.charts;

import io.partflow.engine.processor.PromptSnapshot;
import io.partflow.engine.run.NodeSnapshot;
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

/// Tokens of the rolling prompts: what is kept and sent on, and what compression took away.
final class PromptTokensChart implements LiveChart {

    private static final SeriesStyle KEPT =
            SeriesStyle.neutral("kept", Messages.text("chart.prompt-tokens.kept"), Mark.PLAIN);
    private static final SeriesStyle SAVED =
            SeriesStyle.neutral("saved", Messages.text("chart.prompt-tokens.saved"), Mark.OUTLINED);

    @Override
    public String id() {
        return "prompt-tokens";
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
        long before = 0;
        long after = 0;
        for (NodeSnapshot node : current.nodes()) {
            PromptSnapshot prompt = node.prompt();
            if (prompt != null) {
                before += prompt.tokensBefore();
                after += prompt.tokensAfter();
            }
        }
        samples.add(KEPT, after);
        samples.add(SAVED, Math.max(0, before - after));
    }

    @Override
    public Optional<String> whyEmpty(@Nullable RunSnapshot latest) {
        return latest == null
                ? Optional.of(Messages.text("chart.empty.no-prompt-yet"))
                : latest.nodes().stream().allMatch(node -> node.prompt() == null)
                        ? Optional.of(Messages.text("chart.empty.no-prompt"))
                        : Optional.empty();
    }

    @Override
    public String write(double value) {
        return Double.isFinite(value) ? Formats.count(Math.round(value)) : Formats.UNKNOWN;
    }

    @Override
    public int heightPx() {
        return 112;
    }
}
