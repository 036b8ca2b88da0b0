package io.partflow.ui.inspect.replay;

import io.partflow.ui.support.Formats;
import io.partflow.ui.support.Messages;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Executor;
import javafx.beans.property.DoubleProperty;
import javafx.beans.property.ReadOnlyBooleanProperty;
import javafx.beans.property.ReadOnlyBooleanWrapper;
import javafx.beans.property.ReadOnlyDoubleProperty;
import javafx.beans.property.ReadOnlyDoubleWrapper;
import javafx.beans.property.ReadOnlyStringProperty;
import javafx.beans.property.ReadOnlyStringWrapper;
import javafx.beans.property.SimpleDoubleProperty;

/// Where a replay is and how it is moved. FX thread; knows no scene.
///
/// While the user drags, the place shown is the user's and not the run's; letting go sends the run there.
public final class ReplayViewModel {
    /// How far a key moves, as a share of the whole.
    private static final double KEY_SHARE = 0.02;

    private final ReplayControl control;
    private final Executor background;
    private final Executor fx;
    private final DoubleProperty position = new SimpleDoubleProperty(this, "position");
    private final ReadOnlyDoubleWrapper duration = new ReadOnlyDoubleWrapper(this, "duration");
    private final ReadOnlyBooleanWrapper available = new ReadOnlyBooleanWrapper(this, "available");
    private final ReadOnlyStringWrapper text = new ReadOnlyStringWrapper(this, "text", "");
    private final ReadOnlyStringWrapper summary = new ReadOnlyStringWrapper(this, "summary", "");
    private List<Path> files = List.of();
    private Tapes.Length length = Tapes.Length.NONE;
    private boolean held;
    private long reading;

    /// @param background where recordings are read
    /// @param fx leads back to the thread of the views
    public ReplayViewModel(ReplayControl control, Executor background, Executor fx) {
        this.control = control;
        this.background = background;
        this.fx = fx;
        position.subscribe(this::describe);
        describe();
    }

    /// The place shown, in milliseconds; set by the view while the user drags.
    public DoubleProperty positionProperty() {
        return position;
    }

    /// How long the recording is, in milliseconds; 0 while that is unknown.
    public ReadOnlyDoubleProperty durationProperty() {
        return duration.getReadOnlyProperty();
    }

    /// Whether there is a recording to move about in.
    public ReadOnlyBooleanProperty availableProperty() {
        return available.getReadOnlyProperty();
    }

    /// The place.
    public ReadOnlyStringProperty textProperty() {
        return text.getReadOnlyProperty();
    }

    /// One sentence for who cannot see the slider.
    public ReadOnlyStringProperty summaryProperty() {
        return summary.getReadOnlyProperty();
    }

    /// Takes the recordings that the pipeline replays; none when it replays nothing. Read again only if they changed.
    public void load(List<Path> recordings) {
        if (recordings.equals(files)) {
            return;
        }
        files = List.copyOf(recordings);
        long mine = ++reading;
        if (files.isEmpty()) {
            take(Tapes.Length.NONE);
            return;
        }
        List<Path> wanted = files;
        background.execute(() -> {
            Tapes.Length read = Tapes.of(wanted);
            fx.execute(() -> {
                if (mine == reading) {
                    take(read);
                }
            });
        });
    }

    private void take(Tapes.Length read) {
        length = read;
        duration.set(read.durationMillis());
        available.set(read.durationMillis() > 0);
        sample();
        describe();
    }

    /// Shows where the run is; called with every sample.
    public void sample() {
        if (!held) {
            position.set(Math.clamp(control.positionMillis(), 0, Math.max(0, duration.get())));
        }
    }

    /// The user has taken hold of the place shown.
    public void hold() {
        held = true;
    }

    /// The user has let go: the run goes there.
    public void letGo() {
        held = false;
        control.seek(position.get());
    }

    /// Goes to a place.
    public void goTo(double atMillis) {
        if (available.get()) {
            double there = Math.clamp(atMillis, 0, duration.get());
            control.seek(there);
            position.set(there);
        }
    }

    public void goToStart() {
        goTo(0);
    }

    public void goToEnd() {
        goTo(duration.get());
    }

    /// A little on.
    public void forward() {
        goTo(position.get() + duration.get() * KEY_SHARE);
    }

    /// A little back.
    public void back() {
        goTo(position.get() - duration.get() * KEY_SHARE);
    }

    /// To the next miss that the recording holds; nowhere without one.
    public void nextMiss() {
        length.missAfter(position.get()).ifPresent(this::goTo);
    }

    /// To the miss before.
    public void previousMiss() {
        length.missBefore(position.get()).ifPresent(this::goTo);
    }

    /// Lets one part through.
    public void step() {
        if (available.get()) {
            control.step();
            sample();
        }
    }

    public void togglePlay() {
        if (available.get()) {
            control.togglePlay();
        }
    }

    private void describe() {
        if (!available.get()) {
            text.set("");
            summary.set(Messages.text("inspect.replay.none"));
            return;
        }
        String at = place(position.get());
        String whole = place(duration.get());
        text.set(at);
        summary.set(Messages.text("inspect.replay.summary", at, whole, Formats.count(length.parts(), "part", "parts")));
    }

    /// With tenths where the whole is short, in milliseconds where it is very short.
    private String place(double millis) {
        if (duration.get() < 1_000) {
            return Messages.text("inspect.replay.millis", Formats.millis(millis));
        }
        String clock = Formats.clock(millis / 1e3);
        return duration.get() < 600_000 ? clock + "." + (long) (millis / 100) % 10 : clock;
    }
}
