package io.partflow.app;

import io.partflow.engine.cache.CacheRoom;
import io.partflow.engine.run.Run;
import io.partflow.engine.run.RunOptions;
import io.partflow.engine.run.RunPlan;
import io.partflow.engine.run.RunSnapshot;
import io.partflow.engine.run.RunStatus;
import io.partflow.engine.stream.StreamPace;
import io.partflow.engine.trace.SpanRecorder;
import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.Executor;
import java.util.function.Consumer;
import javafx.beans.property.ReadOnlyObjectProperty;
import javafx.beans.property.ReadOnlyObjectWrapper;
import javafx.beans.property.SimpleDoubleProperty;
import org.jspecify.annotations.Nullable;

/// The one run of the workbench: starts, holds, speeds up and ends it. FX thread, except [#snapshot()].
final class RunControl {
    /// What the toolbar shows.
    enum Phase {
        IDLE,
        RUNNING,
        PAUSED,
        /// Told to end, but threads are still alive.
        ENDING
    }

    private final CacheRoom caches;
    private final RunOptions options;
    private final Executor background;
    private final Executor fx;
    private final ReadOnlyObjectWrapper<Phase> phase = new ReadOnlyObjectWrapper<>(this, "phase", Phase.IDLE);
    private final SimpleDoubleProperty speed = new SimpleDoubleProperty(this, "speed", 1);
    private volatile @Nullable Run current;
    // Forgotten, but its threads may still be ending; the next run waits for it.
    private @Nullable Run leaving;
    private @Nullable Runnable pending;
    private Consumer<RunSnapshot> onEnd = end -> {};
    private double nextStartMillis;
    private double restingMillis;
    private StreamPace.Start.Mode nextMode = StreamPace.Start.Mode.RUNNING;
    private SpanRecorder.Watch watch = SpanRecorder.Watch.OFF;

    /// @param background runs what waits, one thread a task
    /// @param fx runs what touches properties
    RunControl(CacheRoom caches, RunOptions options, Executor background, Executor fx) {
        this.caches = caches;
        this.options = options;
        this.background = background;
        this.fx = fx;
        speed.subscribe(times -> {
            Run run = current;
            if (run != null) {
                run.speed(times.doubleValue());
            }
        });
    }

    ReadOnlyObjectProperty<Phase> phaseProperty() {
        return phase.getReadOnlyProperty();
    }

    Phase phase() {
        return phase.get();
    }

    /// How many times as fast as recorded a replay goes; takes effect at once.
    SimpleDoubleProperty speedProperty() {
        return speed;
    }

    /// Is told of the last snapshot of every run, on the FX thread.
    void onEnd(Consumer<RunSnapshot> listener) {
        onEnd = listener;
    }

    /// Starts a run, as soon as one that was forgotten has ended; whoever calls has seen to it that none is going on.
    ///
    /// @param recordTo where to record it, or null
    void start(RunPlan plan, RunOptions.Reading reading, @Nullable Path recordTo) {
        if (leaving != null) {
            pending = () -> start(plan, reading, recordTo);
            phase.set(Phase.RUNNING);
            return;
        }
        StreamPace.Start start = new StreamPace.Start(new StreamPace.Seek.ToMoment(nextStartMillis), nextMode);
        Run run = Run.start(
                plan,
                caches,
                options.withSpeed(speed.get())
                        .withReading(reading)
                        .withRecordTo(recordTo)
                        .withStart(start));
        run.watchSpans(watch);
        current = run;
        phase.set(nextMode == StreamPace.Start.Mode.STEPPING ? Phase.PAUSED : Phase.RUNNING);
        nextStartMillis = 0;
        nextMode = StreamPace.Start.Mode.RUNNING;
        background.execute(() -> {
            try {
                RunSnapshot end = run.await();
                fx.execute(() -> ended(run, end));
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        });
    }

    private void ended(Run run, RunSnapshot end) {
        if (run == leaving) {
            leaving = null;
            Runnable next = pending;
            pending = null;
            if (next != null) {
                next.run();
            }
            return;
        }
        if (run == current) {
            restingMillis = run.replayMillis();
            phase.set(Phase.IDLE);
            onEnd.accept(end);
        }
    }

    void togglePause() {
        Run run = current;
        if (run == null) {
            return;
        }
        if (run.status() == RunStatus.RUNNING) {
            run.pause();
            phase.set(Phase.PAUSED);
        } else if (run.status() == RunStatus.PAUSED) {
            run.resume();
            phase.set(Phase.RUNNING);
        }
    }

    /// Lets one more part of a run through and holds it; does nothing while none is going on.
    void step() {
        Run run = current;
        if (run != null && !run.hasEnded() && phase.get() != Phase.ENDING) {
            run.step();
            phase.set(Phase.PAUSED);
        }
    }

    /// Lets the next run begin held, with its first part let through.
    void stepWhenStarted() {
        nextMode = StreamPace.Start.Mode.STEPPING;
    }

    /// Takes [#stepWhenStarted()] back, when that run could not start.
    void runWhenStarted() {
        nextMode = StreamPace.Start.Mode.RUNNING;
    }

    /// Sends the replay elsewhere; when no run is going on, the next one begins there.
    void seek(double atMillis) {
        Run run = current;
        if (run != null && isActive()) {
            run.seek(new StreamPace.Seek.ToMoment(atMillis));
        } else {
            nextStartMillis = atMillis;
            restingMillis = atMillis;
        }
    }

    /// Where in its recordings the run is, or the last one was, or the next one will begin.
    double replayMillis() {
        Run run = current;
        return run != null && isActive() ? run.replayMillis() : restingMillis;
    }

    /// The last parts a node has worked on; from now on, as long as somebody asks, they are recorded.
    SpanRecorder.Spans spans(String node) {
        watch(SpanRecorder.Watch.ON);
        Run run = current;
        return run == null ? SpanRecorder.Spans.NONE : run.spans(node);
    }

    /// Says whether somebody looks at what happens to single parts.
    void watch(SpanRecorder.Watch now) {
        Run run = current;
        if (now != watch && run != null) {
            run.watchSpans(now);
        }
        watch = now;
    }

    void cancel() {
        if (pending != null) {
            pending = null;
            phase.set(Phase.IDLE);
            return;
        }
        Run run = current;
        if (run != null && !run.hasEnded()) {
            phase.set(Phase.ENDING);
            run.cancel();
        }
    }

    /// Forgets the last run's numbers, when another pipeline is opened. The run must have ended or been cancelled.
    void forget() {
        if (phase.get() != Phase.IDLE && current != null) {
            leaving = current;
        }
        pending = null;
        current = null;
        nextStartMillis = 0;
        restingMillis = 0;
        phase.set(Phase.IDLE);
    }

    boolean isActive() {
        return phase.get() != Phase.IDLE;
    }

    /// The numbers of the run that is going on or was the last; empty before the first. Any thread.
    Optional<RunSnapshot> snapshot() {
        return Optional.ofNullable(current).map(Run::snapshot);
    }

    /// Ends what runs and waits for it, for at most the time a cancellation may take. For the end of the application.
    void close() {
        pending = null;
        for (Run run : new Run[] {leaving, current}) {
            if (run != null) {
                run.close();
            }
        }
    }
}
