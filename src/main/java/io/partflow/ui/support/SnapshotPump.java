package io.partflow.ui.support;

import io.partflow.engine.run.RunSnapshot;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Executor;
import java.util.function.BooleanSupplier;
import java.util.function.LongSupplier;
import java.util.function.Supplier;
import javafx.animation.Animation;
import javafx.animation.KeyFrame;
import javafx.animation.Timeline;
import javafx.util.Duration;
import javafx.util.Subscription;
import org.jspecify.annotations.Nullable;

/// The one clock by which numbers reach the screen: pulls a snapshot of the run and hands it to all listeners.
///
/// Every listener gets the snapshot that it was handed last, the present one, and the time measured between the
/// two, so that a rate is a difference over measured time even when a tick came late or the listener's view was
/// hidden meanwhile. When another run begins, the previous snapshot is absent. Confined to the thread of its
/// ticker, which is the FX thread; the source is asked behind it, because caches may have to ask a disk.
public final class SnapshotPump {

    /// How often snapshots are pulled.
    public enum Pace {
        /// Never: no window shows anything.
        HIDDEN(0),
        /// Four times a second.
        LIVE(4),
        /// Ten times a second, while somebody drags through time.
        SCRUBBING(10);

        private final int perSecond;

        Pace(int perSecond) {
            this.perSecond = perSecond;
        }

        /// Ticks per second.
        public int perSecond() {
            return perSecond;
        }

        private long periodNanos() {
            return 1_000_000_000L / perSecond;
        }
    }

    /// Takes what was pulled.
    @FunctionalInterface
    public interface Listener {
        /// One sample.
        ///
        /// `previous` is null at the first sample of a run, and `elapsedNanos` is then 0; otherwise it is the
        /// measured time from the previous sample that this listener was handed, over 0.
        void sampled(@Nullable RunSnapshot previous, RunSnapshot current, long elapsedNanos);
    }

    /// What makes the pump tick: a timeline on the screen, a method call in a test.
    public interface Ticker {
        /// Calls `tick` every `periodNanos` until stopped.
        void start(long periodNanos, Runnable tick);

        /// Ends the calls; without effect when not started.
        void stop();
    }

    private static final class Subscriber {
        final Listener listener;
        final BooleanSupplier visible;

        @Nullable
        RunSnapshot previous;

        long previousNanos;

        Subscriber(Listener listener, BooleanSupplier visible) {
            this.listener = listener;
            this.visible = visible;
        }
    }

    /// @param takenNanos when it was taken, by the pump's clock
    private record Taken(RunSnapshot snapshot, long takenNanos) {}

    private final RepeatedQuestion<@Nullable Taken> question;
    private final Ticker ticker;
    private final List<Subscriber> subscribers = new ArrayList<>();
    private Pace pace = Pace.LIVE;
    private boolean ticking;

    /// A pump over a source that answers null while nothing has run yet.
    ///
    /// @param background where the source is asked
    /// @param fx leads back to the thread of the ticker
    public SnapshotPump(
            Supplier<@Nullable RunSnapshot> source,
            Ticker ticker,
            LongSupplier nanoClock,
            Executor background,
            Executor fx) {
        this.ticker = ticker;
        this.question = new RepeatedQuestion<>(
                () -> {
                    RunSnapshot now = source.get();
                    return now == null ? null : new Taken(now, nanoClock.getAsLong());
                },
                background,
                fx,
                this::hand);
    }

    /// A pump that ticks on the FX thread and measures with the clock of the machine.
    ///
    /// @param background where the source is asked
    public static SnapshotPump onFxThread(Supplier<@Nullable RunSnapshot> source, Executor background) {
        return new SnapshotPump(source, new TimelineTicker(), System::nanoTime, background, FxThread.executor());
    }

    /// Hands every sample to the listener until the subscription ends: for what keeps history.
    public Subscription listen(Listener listener) {
        return listen(listener, () -> true);
    }

    /// Hands samples to the listener only while `visible` says so: for what merely shows the present.
    public Subscription listen(Listener listener, BooleanSupplier visible) {
        Subscriber subscriber = new Subscriber(listener, visible);
        subscribers.add(subscriber);
        adjust();
        return () -> {
            subscribers.remove(subscriber);
            adjust();
        };
    }

    /// Changes how often snapshots are pulled; [Pace#LIVE] at first.
    public void pace(Pace wanted) {
        if (wanted != pace) {
            pace = wanted;
            ticker.stop();
            ticking = false;
            adjust();
        }
    }

    /// How often snapshots are pulled.
    public Pace pace() {
        return pace;
    }

    /// Pulls one snapshot now, out of turn: at the end of a run, or when a view comes into sight. Listeners
    /// hear of it as soon as it is taken.
    public void pull() {
        if (isWanted()) {
            question.ask();
        }
    }

    /// Lets the snapshot that is on its way reach nobody, as another pipeline is shown.
    public void drop() {
        question.drop();
    }

    private void tick() {
        if (isWanted()) {
            question.askIfIdle();
        }
    }

    private boolean isWanted() {
        return subscribers.stream().anyMatch(subscriber -> subscriber.visible.getAsBoolean());
    }

    private void hand(@Nullable Taken taken) {
        if (taken == null) {
            return;
        }
        for (Subscriber subscriber : List.copyOf(subscribers)) {
            if (subscriber.visible.getAsBoolean()) {
                hand(subscriber, taken.snapshot(), taken.takenNanos());
            }
        }
    }

    private static void hand(Subscriber subscriber, RunSnapshot current, long nowNanos) {
        RunSnapshot previous = subscriber.previous;
        if (previous != null && !previous.runId().equals(current.runId())) {
            previous = null;
        }
        long elapsedNanos = previous == null ? 0 : nowNanos - subscriber.previousNanos;
        if (previous != null && elapsedNanos <= 0) {
            return;
        }
        subscriber.previous = current;
        subscriber.previousNanos = nowNanos;
        subscriber.listener.sampled(previous, current, elapsedNanos);
    }

    private void adjust() {
        boolean wanted = pace != Pace.HIDDEN && !subscribers.isEmpty();
        if (wanted && !ticking) {
            ticker.start(pace.periodNanos(), this::tick);
        } else if (!wanted && ticking) {
            ticker.stop();
        }
        ticking = wanted;
    }

    private static final class TimelineTicker implements Ticker {
        private @Nullable Timeline timeline;

        @Override
        public void start(long periodNanos, Runnable tick) {
            stop();
            Timeline started = new Timeline(new KeyFrame(Duration.millis(periodNanos / 1e6), event -> tick.run()));
            started.setCycleCount(Animation.INDEFINITE);
            started.play();
            timeline = started;
        }

        @Override
        public void stop() {
            if (timeline != null) {
                timeline.stop();
                timeline = null;
            }
        }
    }
}
