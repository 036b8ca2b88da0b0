package io.partflow.ui.charts.model;

import io.partflow.engine.run.RunSnapshot;
import io.partflow.ui.support.Messages;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// A chart: what it takes from two snapshots of a run, and how its values are to be read.
///
/// To add one, write one class and one line in `ChartCatalog`; title and unit are the messages
/// `chart.<id>.title` and `chart.<id>.unit`. A chart holds no state: its samples are kept by [ChartHistory].
public interface LiveChart {

    /// The form in which the series are drawn.
    enum Form {
        /// Lines over time.
        LINES,
        /// Increments over time as bars, one above the other, per second.
        STACKED_BARS,
        /// Values over time as surfaces, one above the other.
        STACKED_AREAS,
        /// A small line for each series, the greatest value first, between 0 and 1.
        SMALL_MULTIPLES,
        /// A strip for each group, split by the increments of its series over the last ten seconds.
        STRIPS
    }

    /// A line that values should stay under.
    ///
    /// @param value in the unit of the chart
    /// @param label the words beside it
    record Limit(double value, String label) {}

    /// Identifies the chart in messages, exports and settings, such as `hit-rate`.
    String id();

    /// The form in which it is drawn.
    Form form();

    /// The scale of its values.
    ValueScale.Kind scale();

    /// Takes one sample.
    ///
    /// `previous` is null at the first sample of a run; counters then count from 0. `elapsedNanos` is the
    /// measured time between the two snapshots.
    void sample(@Nullable RunSnapshot previous, RunSnapshot current, long elapsedNanos, Samples samples);

    /// Why there is nothing to see: a sentence with the reason and, where there is one, the remedy; empty when
    /// there is data. `latest` is null while nothing has run.
    Optional<String> whyEmpty(@Nullable RunSnapshot latest);

    /// A value as text, without the unit.
    String write(double value);

    /// The line that values should stay under; empty for most charts.
    default Optional<Limit> limit(RunSnapshot latest) {
        return Optional.empty();
    }

    /// The words above the chart.
    default String title() {
        return Messages.text("chart." + id() + ".title");
    }

    /// The unit of the values, beside the title.
    default String unit() {
        return Messages.text("chart." + id() + ".unit");
    }

    /// The share of the height it gets among charts one below the other.
    default int heightPx() {
        return 112;
    }
}
