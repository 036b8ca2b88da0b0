package io.partflow.app;

import io.partflow.engine.cache.CacheRoom;
import io.partflow.engine.run.Run;
import io.partflow.engine.run.RunOptions;
import io.partflow.engine.run.RunPlan;
import io.partflow.engine.run.RunSnapshot;
import io.partflow.engine.run.RunStatus;
import io.partflow.engine.stream.StreamPace;
import io.partflow.engine.trace.SpanRecorder;
import io.partflow.pipeline.GraphCompiler;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.Supplier;
import javafx.beans.property.ReadOnlyObjectProperty;
import javafx.beans.property.ReadOnlyObjectWrapper;
import javafx.beans.property.SimpleDoubleProperty;
import org.jspecify.annotations.Nullable;

/// The one run of the workbench and the caches it uses: starts, holds, speeds up and ends it. FX thread, except
/// [#snapshot()] and [#awaitEnd()].
///
/// What may wait for the disk (compiling, opening and closing stores) is done behind the FX thread, one after the
/// other: so there is never more than one run, and no store is closed under one, nor under what fills the caches
/// beside
/// the runs.
final class RunControl {
    /// What the toolbar shows.
    enum Phase {
        IDLE,
        /// Being compiled, or its stores being opened.
        STARTING,
        RUNNING,
        PAUSED,
        /// Told to end, but threads are still alive.
        ENDING
    }

    /// What is to be run.
    ///
    /// @param compile makes the plan, off the FX thread
    /// @param recordTo where to record it, or null
    /// @param compiled is told on the FX thread what came of compiling, before the run begins; not when it was
    ///     cancelled meanwhile
    record Order(
            Supplier<GraphCompiler.Compiled> compile,
            CacheUse use,
            @Nullable Path recordTo,
            Consumer<GraphCompiler.Compiled> compiled) {}

    /// What a run may do with the caches.
    ///
    /// @param maxAgeMillis how old an entry may be that answers; [Long#MAX_VALUE] for any age
    record CacheUse(RunOptions.Reading reading, RunOptions.Writing writing, long maxAgeMillis) {
        static final CacheUse ALL = of(RunOptions.Reading.ALL);

        static CacheUse of(RunOptions.Reading reading) {
            return new CacheUse(reading, RunOptions.Writing.ALL, Long.MAX_VALUE);
        }

        /// Only entries that were put so shortly ago answer.
        static CacheUse notOlderThan(long millis) {
            return new CacheUse(RunOptions.Reading.ALL, RunOptions.Writing.ALL, millis);
        }

        RunOptions applied(RunOptions options) {
            return options.withReading(reading).withWriting(writing).withMaxAgeMillis(maxAgeMillis);
        }
    }

    private static final Duration LONGEST_END = Duration.ofSeconds(10);

    private final CacheRoom caches;
    private final RunOptions options;
    private final Executor background;
    private final Executor fx;
    private final ReadOnlyObjectWrapper<Phase> phase = new ReadOnlyObjectWrapper<>(this, "phase", Phase.IDLE);
    private final SimpleDoubleProperty speed = new SimpleDoubleProperty(this, "speed", 1);
    private volatile @Nullable Run current;
    // On its way to be a run; null when none is.
    private @Nullable Launch launch;
    // What waits, one after the other.
    private volatile CompletableFuture<@Nullable Void> lane = CompletableFuture.completedFuture(null);
    // Only for what is on the lane: the last run, which may be ending still.
    private @Nullable Run latest;
    // Only for what is on the lane: what works on the caches beside the runs.
    private final List<CompletableFuture<?>> beside = new ArrayList<>();
    // How many times the caches have been forgotten or closed.
    private final AtomicInteger generation = new AtomicInteger();
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

    /// Compiles and starts a run, as soon as all before it have ended. Does nothing while one goes on.
    void start(Order order) {
        if (isActive()) {
            return;
        }
        Launch now = new Launch(
                order,
                order.use()
                        .applied(options)
                        .withSpeed(speed.get())
                        .withRecordTo(order.recordTo())
                        .withStart(new StreamPace.Start(new StreamPace.Seek.ToMoment(nextStartMillis), nextMode)));
        launch = now;
        phase.set(Phase.STARTING);
        inTurn(() -> launch(now));
    }

    private void inTurn(Runnable work) {
        lane = lane.handleAsync(
                (done, failed) -> {
                    work.run();
                    return null;
                },
                background);
    }

    private void launch(Launch now) {
        try {
            endLatest();
            if (now.isWithdrawn()) {
                return;
            }
            GraphCompiler.Compiled compiled = now.order.compile().get();
            RunPlan plan = compiled.plan();
            Run run = plan == null || now.isWithdrawn() ? null : Run.start(plan, caches, now.options);
            if (run != null) {
                latest = run;
                now.started(run);
            }
            fx.execute(() -> launched(now, compiled, run));
        } catch (RuntimeException | Error broken) {
            fx.execute(() -> {
                notLaunched(now);
                throw broken;
            });
        }
    }

    /// Works on the caches while runs come and go: begins when what was begun before is done, and has ended before
    /// the
    /// caches are forgotten or closed. FX thread.
    ///
    /// @param work runs in the background; is given what tells whether to go on, for the caches are about to go
    /// @return what it gives; cancelled when the caches have gone before it could begin
    <T> CompletableFuture<T> besideRuns(Function<BooleanSupplier, T> work) {
        int of = generation.get();
        CompletableFuture<T> result = new CompletableFuture<>();
        inTurn(() -> {
            if (of != generation.get()) {
                result.cancel(false);
                return;
            }
            beside.removeIf(CompletableFuture::isDone);
            beside.add(result);
            background.execute(() -> {
                try {
                    result.complete(work.apply(() -> of == generation.get()));
                } catch (RuntimeException | Error failed) {
                    result.completeExceptionally(failed);
                }
            });
        });
        return result;
    }

    /// Waits for what works on the caches; whoever asked for it hears how it ended.
    private void endBeside() {
        for (CompletableFuture<?> each : beside) {
            each.handle((done, failed) -> null).join();
        }
        beside.clear();
    }

    private void notLaunched(Launch now) {
        if (launch == now) {
            launch = null;
            phase.set(Phase.IDLE);
        }
    }

    private void launched(Launch now, GraphCompiler.Compiled compiled, @Nullable Run run) {
        if (launch != now) {
            return;
        }
        launch = null;
        if (run != null) {
            began(now, run);
        } else {
            phase.set(Phase.IDLE);
        }
        now.order.compiled().accept(compiled);
        if (run != null) {
            background.execute(() -> {
                try {
                    RunSnapshot end = run.await();
                    fx.execute(() -> ended(run, end));
                } catch (InterruptedException e) {
                    Thread.currentThread().interrupt();
                }
            });
        }
    }

    private void began(Launch now, Run run) {
        run.watchSpans(watch);
        run.speed(speed.get());
        if (nextStartMillis != now.startMillis()) {
            // Sent elsewhere while it was starting.
            run.seek(new StreamPace.Seek.ToMoment(nextStartMillis));
        }
        current = run;
        phase.set(now.options.start().mode() == StreamPace.Start.Mode.STEPPING ? Phase.PAUSED : Phase.RUNNING);
        nextStartMillis = 0;
        nextMode = StreamPace.Start.Mode.RUNNING;
    }

    private void endLatest() {
        Run last = latest;
        if (last != null) {
            last.close();
            latest = null;
        }
    }

    private void ended(Run run, RunSnapshot end) {
        if (run == current) {
            restingMillis = run.replayMillis();
            phase.set(Phase.IDLE);
            onEnd.accept(end);
        }
    }

    /// The run that goes on; null when none does, or it is on its way.
    private @Nullable Run going() {
        return launch == null && isActive() ? current : null;
    }

    void togglePause() {
        Run run = going();
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
        Run run = going();
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
        Run run = going();
        if (run != null) {
            run.seek(new StreamPace.Seek.ToMoment(atMillis));
        } else {
            nextStartMillis = atMillis;
            restingMillis = atMillis;
        }
    }

    /// Where in its recordings the run is, or the last one was, or the next one will begin.
    double replayMillis() {
        Run run = going();
        return run != null ? run.replayMillis() : restingMillis;
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

    /// Ends what goes on; a run that is still on its way never begins, and nobody is told of its end.
    void cancel() {
        if (withdraw()) {
            phase.set(Phase.IDLE);
            return;
        }
        Run run = current;
        if (run != null && !run.hasEnded()) {
            phase.set(Phase.ENDING);
            run.cancel();
        }
    }

    private boolean withdraw() {
        Launch now = launch;
        if (now == null) {
            return false;
        }
        launch = null;
        now.withdraw();
        return true;
    }

    /// Cancels the run, and forgets its numbers and all caches, when another pipeline is opened.
    ///
    /// @param cleared is called on the FX thread when the caches are empty and their stores closed
    void forget(Runnable cleared) {
        cancel();
        current = null;
        announceEnd();
        nextStartMillis = 0;
        restingMillis = 0;
        phase.set(Phase.IDLE);
        inTurn(() -> {
            try {
                endLatest();
                endBeside();
                caches.clear();
            } catch (RuntimeException | Error broken) {
                fx.execute(() -> {
                    throw broken;
                });
            } finally {
                fx.execute(cleared);
            }
        });
    }

    /// Says to what works on the caches that they are about to go.
    private void announceEnd() {
        int unused = generation.incrementAndGet();
    }

    boolean isActive() {
        return phase.get() != Phase.IDLE;
    }

    /// The numbers of the run that is going on or was the last; empty before the first. Any thread.
    Optional<RunSnapshot> snapshot() {
        return Optional.ofNullable(current).map(Run::snapshot);
    }

    /// Begins to end what runs and to close the caches; [#awaitEnd()] waits for it. For the end of the application.
    void close() {
        cancel();
        announceEnd();
        inTurn(() -> {
            endLatest();
            endBeside();
            caches.close();
        });
    }

    /// Waits until what was begun to be ended has ended, for 10 seconds at most: a store on a disk that hangs shall
    /// not keep the process for ever. Any thread but FX.
    void awaitEnd() {
        try {
            lane.get(LONGEST_END.toSeconds(), TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (ExecutionException | TimeoutException e) {
            // What was put in is on the disk but for the last moments; entries can be computed again.
        }
    }

    /// A run on its way: may be withdrawn before it is one, or just as it becomes one. Thread-safe.
    private static final class Launch {
        private final Order order;
        private final RunOptions options;
        private boolean withdrawn;
        private @Nullable Run run;

        Launch(Order order, RunOptions options) {
            this.order = order;
            this.options = options;
        }

        double startMillis() {
            return options.start().seek() instanceof StreamPace.Seek.ToMoment moment ? moment.atMillis() : 0;
        }

        synchronized boolean isWithdrawn() {
            return withdrawn;
        }

        synchronized void withdraw() {
            withdrawn = true;
            if (run != null) {
                run.cancel();
            }
        }

        synchronized void started(Run begun) {
            run = begun;
            if (withdrawn) {
                begun.cancel();
            }
        }
    }
}
