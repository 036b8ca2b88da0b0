package io.partflow.engine.run;

import io.partflow.engine.cache.CacheRoom;
import io.partflow.engine.processor.Failure;
import io.partflow.engine.processor.ProcessorException;
import io.partflow.engine.stream.StreamPace;
import io.partflow.engine.trace.SpanRecorder;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/// A pipeline at work, from [#start(RunPlan, CacheRoom, RunOptions)] until it is completed, cancelled or
/// failed. Thread-safe.
///
/// Starting returns at once: processors are built and files read on the run's own threads. When a run has
/// ended, no thread and no charge of it is left.
public final class Run implements AutoCloseable {
    private static final AtomicInteger NUMBERS = new AtomicInteger();

    private final Topology topology;
    // Guards changes of the status together with what they do to the pace, so that the two never disagree.
    private final Object transition = new Object();
    private volatile RunStatus status = RunStatus.RUNNING;
    private boolean over;
    private final CountDownLatch ended = new CountDownLatch(1);
    private final String id;
    private final Instant startedAt;
    private volatile @Nullable RunSnapshot last;

    private Run(String id, Topology topology, Instant startedAt) {
        this.id = id;
        this.topology = topology;
        this.startedAt = startedAt;
    }

    /// Starts a run on threads of its own.
    ///
    /// @param caches hold what earlier runs computed, and will hold what this one does
    public static Run start(RunPlan plan, CacheRoom caches, RunOptions options) {
        String id = "run-" + NUMBERS.incrementAndGet();
        Run run = new Run(
                id,
                Topology.assemble(id, plan, caches, options),
                options.clock().instant());
        if (options.start().mode() == StreamPace.Start.Mode.STEPPING) {
            run.status = RunStatus.PAUSED;
        }
        for (Stage stage : run.topology.stages()) {
            if (!stage.isFollower()) {
                run.topology.shared().scope().fork(() -> runStage(stage));
            }
        }
        Thread.ofVirtual().name("partflow-" + id + "-end").start(run::awaitEnd);
        return run;
    }

    private static void runStage(Stage stage) throws Exception {
        stage.began();
        try {
            stage.named(stage::run);
        } catch (InterruptedException e) {
            if (!stage.isUnwanted()) {
                throw e;
            }
            stage.endEarly();
        }
        stage.finished();
    }

    private void awaitEnd() {
        try {
            joinAll();
            RunStatus end = decide();
            topology.shared().recorder().finish(end.id());
            topology.shared().pace().pause();
            if (end != RunStatus.CANCELLED) {
                // What was put has arrived, and what made room for it has left, before it is counted for good. A
                // cancelled run does not wait for a store.
                topology.stages().forEach(Stage::flushCache);
            }
            RunSnapshot done = topology.snapshot(id, end, startedAt);
            RunSnapshot.Balance.note(done, ReservedLane.ends(topology.plan()));
            last = done;
            status = end;
        } finally {
            ended.countDown();
        }
    }

    private void joinAll() {
        RunShared shared = topology.shared();
        boolean joined = false;
        while (!joined) {
            try {
                shared.scope().join();
                joined = true;
            } catch (InterruptedException e) {
                // Nobody else has this thread, so an interrupt can only mean the same as a cancellation.
                cancel();
            }
        }
        shared.scope().close();
        shared.pool().close();
        for (Stage stage : topology.stages()) {
            try {
                stage.cleanUp();
            } catch (Exception e) {
                // The run has ended as it has; the others are cleaned up all the same.
                shared.failures().add(stage.plan.id(), RunFailure.Severity.WARNING, Failure.of(e));
            }
        }
    }

    /// How the run has ended; from here on it can no longer be cancelled.
    private RunStatus decide() {
        Optional<Throwable> failure = topology.shared().scope().failure();
        synchronized (transition) {
            over = true;
            if (status == RunStatus.CANCELLED) {
                return RunStatus.CANCELLED;
            }
        }
        failure.ifPresent(this::noteFatal);
        return failure.isPresent() ? RunStatus.FAILED : RunStatus.COMPLETED;
    }

    private void noteFatal(Throwable cause) {
        if (cause instanceof ProcessorException known) {
            topology.shared().failures().add(known.node(), RunFailure.Severity.FATAL, known.failure());
        } else {
            topology.shared().failures().add("", RunFailure.Severity.FATAL, Failure.of(cause));
        }
    }

    public String id() {
        return id;
    }

    public RunStatus status() {
        return status;
    }

    /// All numbers at this moment; after the end always the same.
    public RunSnapshot snapshot() {
        RunSnapshot done = last;
        return done != null ? done : topology.snapshot(id, status, startedAt);
    }

    /// Holds sources and stages before their next part; parts in work are finished. Does nothing unless
    /// running.
    public void pause() {
        synchronized (transition) {
            if (status == RunStatus.RUNNING && !over) {
                status = RunStatus.PAUSED;
                topology.shared().pace().pause();
            }
        }
    }

    /// Goes on after [#pause()]. Does nothing unless paused.
    public void resume() {
        synchronized (transition) {
            if (status == RunStatus.PAUSED && !over) {
                status = RunStatus.RUNNING;
                topology.shared().pace().resume();
            }
        }
    }

    /// Begins or ends to record what every node does with each part; see [#spans(String)].
    public void watchSpans(SpanRecorder.Watch watch) {
        topology.shared().spans().watch(watch);
    }

    /// The last parts a node has worked on, as far as spans were recorded.
    public SpanRecorder.Spans spans(String node) {
        return topology.shared().spans().spans(node);
    }

    /// Lets one more part through from the sources, all the way: the one with the earliest moment. A run that is not
    /// paused is from here on.
    public void step() {
        synchronized (transition) {
            if (!over && !status.isEnded()) {
                status = RunStatus.PAUSED;
                topology.shared().pace().step();
            }
        }
    }

    /// Sends the replay elsewhere, on or back; what was passed on is not taken back. A source that is no
    /// replay goes on as before.
    public void seek(StreamPace.Seek target) {
        topology.shared().pace().seek(target);
    }

    /// Where in its recordings the run is, in milliseconds.
    public double replayMillis() {
        return topology.shared().pace().replayMillis();
    }

    /// Changes how fast a replay goes, from now on.
    ///
    /// @param times as recorded, above 0; [Double#POSITIVE_INFINITY] for as fast as possible
    public void speed(double times) {
        topology.shared().pace().speed(times);
    }

    /// Stops the run as soon as possible and returns at once; [#await()] waits until it has ended.
    public void cancel() {
        synchronized (transition) {
            if (over || status.isEnded()) {
                return;
            }
            status = RunStatus.CANCELLED;
        }
        topology.shared().scope().cancel();
    }

    /// Whether the run has ended and every thread of it is gone.
    public boolean hasEnded() {
        return ended.getCount() == 0;
    }

    /// Waits for the end.
    public RunSnapshot await() throws InterruptedException {
        ended.await();
        return snapshot();
    }

    /// Waits for the end, but not longer than told.
    ///
    /// @return whether the run has ended
    public boolean await(Duration atMost) throws InterruptedException {
        return ended.await(atMost.toNanos(), TimeUnit.NANOSECONDS);
    }

    /// Cancels the run if it has not ended, and waits until every thread of it is gone.
    @Override
    public void close() {
        cancel();
        boolean interrupted = false;
        while (!hasEnded()) {
            try {
                ended.await();
            } catch (InterruptedException e) {
                interrupted = true;
            }
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }
}
