package io.partflow.engine.run;

import io.partflow.engine.cache.CacheRoom;
import io.partflow.engine.processor.Failure;
import io.partflow.engine.processor.ProcessorException;
import java.time.Duration;
import java.time.Instant;
import java.util.Objects;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/// A pipeline at work, from [#start(RunPlan, CacheRoom, RunOptions)] until it is completed, cancelled or failed.
/// Thread-safe.
///
/// Starting returns at once: processors are built and files read on the run's own threads. When a run has ended, no
/// thread and no charge of
/// it is left.
public final class Run implements AutoCloseable {
    private static final AtomicInteger NUMBERS = new AtomicInteger();

    private final Topology topology;
    private final AtomicReference<RunStatus> status = new AtomicReference<>(RunStatus.RUNNING);
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
        for (Stage stage : run.topology.stages()) {
            run.topology.shared().scope().fork(() -> run.runStage(stage));
        }
        Thread.ofVirtual().name("partflow-" + id + "-end").start(run::awaitEnd);
        return run;
    }

    private void runStage(Stage stage) throws Exception {
        stage.stats.started = true;
        try {
            stage.run();
            stage.stats.done = true;
        } catch (InterruptedException e) {
            throw e;
        } catch (Exception | LinkageError | AssertionError | StackOverflowError e) {
            stage.stats.failed = true;
            throw new ProcessorException(stage.plan.id(), Failure.of(e), e);
        }
    }

    private void awaitEnd() {
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
        topology.stages().forEach(Stage::cleanUp);
        boolean cancelled = current() == RunStatus.CANCELLED;
        shared.scope().failure().filter(cause -> !cancelled).ifPresent(this::noteFatal);
        RunStatus end = cancelled
                ? RunStatus.CANCELLED
                : shared.scope().failure().isPresent() ? RunStatus.FAILED : RunStatus.COMPLETED;
        shared.recorder().finish(end);
        shared.pace().pause();
        status.set(end);
        last = topology.snapshot(id, end, startedAt);
        ended.countDown();
    }

    private void noteFatal(Throwable cause) {
        if (cause instanceof ProcessorException known) {
            topology.shared().failures().add(known.node(), RunFailure.Severity.FATAL, known.failure());
        } else {
            topology.shared().failures().add("", RunFailure.Severity.FATAL, Failure.of(cause));
        }
    }

    private RunStatus current() {
        return Objects.requireNonNull(status.get());
    }

    public String id() {
        return id;
    }

    public RunStatus status() {
        return current();
    }

    /// All numbers at this moment; after the end always the same.
    public RunSnapshot snapshot() {
        RunSnapshot done = last;
        return done != null ? done : topology.snapshot(id, current(), startedAt);
    }

    /// Holds sources and stages before their next part; parts in work are finished. Does nothing unless running.
    public void pause() {
        if (status.compareAndSet(RunStatus.RUNNING, RunStatus.PAUSED)) {
            topology.shared().pace().pause();
        }
    }

    /// Goes on after [#pause()]. Does nothing unless paused.
    public void resume() {
        if (status.compareAndSet(RunStatus.PAUSED, RunStatus.RUNNING)) {
            topology.shared().pace().resume();
        }
    }

    /// Changes how fast a replay goes, from now on.
    ///
    /// @param times as recorded, above 0; [Double#POSITIVE_INFINITY] for as fast as possible
    public void speed(double times) {
        if (!(times > 0)) {
            throw new IllegalArgumentException("speed is " + times + "; it must be above 0");
        }
        topology.shared().pace().speed(times);
    }

    /// Stops the run as soon as possible and returns at once; [#await()] waits until it has ended.
    public void cancel() {
        RunStatus now = current();
        while (!now.isEnded()) {
            if (status.compareAndSet(now, RunStatus.CANCELLED)) {
                topology.shared().scope().cancel();
                return;
            }
            now = current();
        }
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
