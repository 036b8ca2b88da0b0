package io.partflow.ui.charts;

import io.partflow.engine.run.RunSnapshot;
import io.partflow.ui.charts.model.ChartHistory;
import io.partflow.ui.charts.model.TimeAxis;
import io.partflow.ui.support.Formats;
import io.partflow.ui.support.Messages;
import io.partflow.ui.support.SnapshotPump;
import java.util.List;
import java.util.function.UnaryOperator;
import javafx.beans.property.ReadOnlyLongProperty;
import javafx.beans.property.ReadOnlyLongWrapper;
import javafx.util.Subscription;
import org.jspecify.annotations.Nullable;

/// All charts of a run and the time axis that they share; one for all views that show charts.
///
/// It samples also while no chart is seen, so that a view opened later shows the whole run. Confined to the
/// thread of the pump.
public final class ChartsViewModel {

    private final TimeAxis axis = new TimeAxis();
    private final List<ChartHistory> charts =
            ChartCatalog.charts().stream().map(ChartHistory::new).toList();
    private final ReadOnlyLongWrapper revision = new ReadOnlyLongWrapper(this, "revision", 0);
    private final ReadOnlyLongWrapper beat = new ReadOnlyLongWrapper(this, "beat", 0);
    private @Nullable RunSnapshot latest;

    /// Samples from now on whatever the pump pulls, until the subscription ends.
    public Subscription attach(SnapshotPump pump) {
        return pump.listen(this::sampled);
    }

    /// Takes one sample.
    public void sampled(@Nullable RunSnapshot previous, RunSnapshot current, long elapsedNanos) {
        beat.set(beat.get() + 1);
        RunSnapshot before = latest;
        boolean still = before != null
                && previous != null
                && before.elapsedNanos() == current.elapsedNanos()
                && before.status() == current.status();
        if (still) {
            return;
        }
        if (previous == null) {
            axis.reset();
        }
        latest = current;
        charts.forEach(chart -> chart.sampled(previous, current, elapsedNanos));
        axis.nowProperty().set(current.elapsedNanos() / 1e9);
        revision.set(revision.get() + 1);
    }

    /// Sets how nodes are called, by their ids.
    public void nameNodes(UnaryOperator<String> names) {
        charts.forEach(chart -> chart.nameNodes(names));
    }

    /// Marks the present moment in all charts, as when a setting was changed: `TTL 45 s to 90 s`.
    public void flag(String text) {
        axis.flags().add(new TimeAxis.Flag(axis.nowProperty().get(), text));
        revision.set(revision.get() + 1);
    }

    /// The charts in the order of the catalog.
    public List<ChartHistory> charts() {
        return charts;
    }

    /// The time axis of all.
    public TimeAxis axis() {
        return axis;
    }

    /// Grows with everything that changes what the charts show, except the cursor and the range.
    public ReadOnlyLongProperty revisionProperty() {
        return revision.getReadOnlyProperty();
    }

    /// Grows with every tick of the pump.
    public ReadOnlyLongProperty beatProperty() {
        return beat.getReadOnlyProperty();
    }

    /// The times at both ends of what is shown: `02:48 to 12:48`.
    public String shownTimes() {
        return Messages.text("charts.shown", Formats.clock(axis.startSeconds()), Formats.clock(axis.endSeconds()));
    }
}
