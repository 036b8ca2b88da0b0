package io.partflow.app;

import static org.assertj.core.api.Assertions.assertThat;

import io.partflow.engine.cache.CacheRoom;
import io.partflow.engine.run.RunOptions;
import io.partflow.engine.run.RunSnapshot;
import io.partflow.engine.run.RunStatus;
import io.partflow.engine.stream.RunScope;
import io.partflow.engine.stream.StreamClock;
import io.partflow.engine.stream.Waiting;
import io.partflow.engine.trace.SpanRecorder;
import io.partflow.pipeline.GraphCompiler;
import io.partflow.pipeline.PipelineDocument;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/// The sample in real time: a minute long, so that it goes on until it is told to end.
@Timeout(60)
class RunControlTest {
    private final Deque<Runnable> background = new ArrayDeque<>();
    private final List<RunSnapshot> ends = new ArrayList<>();
    private final List<String> compiled = new ArrayList<>();
    private final CacheRoom caches = new CacheRoom(StreamClock.system());
    private final List<Throwable> thrown = new ArrayList<>();
    private final RunControl control = new RunControl(caches, RunOptions.DEFAULT, background::add, this::onFx);

    /// As the thread of the views, which tells of what nobody has caught.
    private void onFx(Runnable task) {
        try {
            task.run();
        } catch (RuntimeException | Error uncaught) {
            thrown.add(uncaught);
        }
    }

    @AfterEach
    void end() {
        control.close();
        waitForEnd();
    }

    /// Starts a run and compiles it, as the background does.
    private void start() {
        order();
        background.remove().run();
    }

    private void order() {
        control.onEnd(ends::add);
        control.start(new RunControl.Order(
                RunControlTest::sample, RunControl.CacheUse.ALL, null, result -> compiled.add("compiled")));
    }

    private static GraphCompiler.Compiled sample() {
        PipelineDocument.Reading reading = new PipelineDocument(ModelBench.CATALOG).read(WorkbenchStage.HELLO_HITS);
        return GraphCompiler.compile(reading.graph(), ModelBench.CATALOG, WorkbenchStage.SAMPLES);
    }

    /// Waits for the end, as the background does.
    private void waitForEnd() {
        while (!background.isEmpty()) {
            background.remove().run();
        }
    }

    @Test
    void run_goesThroughItsPhases_andEndsOnce() {
        assertThat(control.phase()).isEqualTo(RunControl.Phase.IDLE);
        assertThat(control.snapshot()).isEmpty();
        start();
        assertThat(control.phase()).isEqualTo(RunControl.Phase.RUNNING);
        assertThat(control.isActive()).isTrue();
        control.togglePause();
        assertThat(control.phase()).isEqualTo(RunControl.Phase.PAUSED);
        assertThat(control.snapshot().orElseThrow().status()).isEqualTo(RunStatus.PAUSED);
        control.togglePause();
        assertThat(control.phase()).isEqualTo(RunControl.Phase.RUNNING);

        control.cancel();
        assertThat(control.phase()).isEqualTo(RunControl.Phase.ENDING);
        waitForEnd();

        assertThat(control.phase()).isEqualTo(RunControl.Phase.IDLE);
        assertThat(ends).extracting(RunSnapshot::status).containsExactly(RunStatus.CANCELLED);
        assertThat(ends.getFirst().memory().inFlightBytes()).isZero();
        assertThat(RunScope.openScopes()).isZero();
        control.cancel();
        control.togglePause();
        assertThat(control.phase()).isEqualTo(RunControl.Phase.IDLE);
    }

    @Test
    void speed_changesARunThatGoesOn() {
        start();
        control.speedProperty().set(Double.POSITIVE_INFINITY);
        waitForEnd();

        assertThat(ends).extracting(RunSnapshot::status).containsExactly(RunStatus.COMPLETED);
        assertThat(ends.getFirst().partsOut()).isEqualTo(400);
        assertThat(ends.getFirst().elapsedNanos())
                .isLessThan(Duration.ofSeconds(50).toNanos());
    }

    @Test
    void runThatIsForgotten_tellsNoEnd() {
        start();
        control.forget(() -> {});
        assertThat(control.snapshot()).isEmpty();
        waitForEnd();

        assertThat(ends).isEmpty();
        assertThat(control.phase()).isEqualTo(RunControl.Phase.IDLE);
    }

    @Test
    void nextRun_startsOnlyWhenTheForgottenOneHasEnded() {
        start();
        control.forget(() -> {});

        order();

        assertThat(control.phase()).isEqualTo(RunControl.Phase.STARTING);
        assertThat(control.snapshot()).isEmpty();
        while (control.snapshot().isEmpty()) {
            background.remove().run();
        }
        assertThat(control.phase()).isEqualTo(RunControl.Phase.RUNNING);
        assertThat(control.snapshot().orElseThrow().status()).isEqualTo(RunStatus.RUNNING);
        assertThat(RunScope.openScopes()).isEqualTo(1);
        control.cancel();
        waitForEnd();
        assertThat(ends).extracting(RunSnapshot::status).containsExactly(RunStatus.CANCELLED);
    }

    @Test
    void runThatBreaksOnItsWay_isToldOf_andAnotherCanBegin() {
        control.start(new RunControl.Order(
                () -> {
                    throw new UnsatisfiedLinkError("no library for the store");
                },
                RunControl.CacheUse.ALL,
                null,
                result -> compiled.add("compiled")));

        background.remove().run();

        assertThat(thrown).extracting(Throwable::getMessage).containsExactly("no library for the store");
        assertThat(control.phase()).isEqualTo(RunControl.Phase.IDLE);
        start();
        assertThat(control.phase()).isEqualTo(RunControl.Phase.RUNNING);
    }

    @Test
    void runOnItsWay_canBeCancelled_andNeverBegins() {
        order();
        assertThat(control.phase()).isEqualTo(RunControl.Phase.STARTING);
        assertThat(control.isActive()).isTrue();
        order();
        assertThat(background).as("a second order is none").hasSize(1);

        control.cancel();
        assertThat(control.phase()).isEqualTo(RunControl.Phase.IDLE);
        waitForEnd();

        assertThat(control.snapshot()).isEmpty();
        assertThat(compiled).isEmpty();
        assertThat(ends).isEmpty();
        assertThat(RunScope.openScopes()).isZero();
    }

    @Test
    void cachesOfAForgottenPipeline_areClosedBehindTheThreadOfTheWindow_andTheRunBefore() {
        start();
        List<String> cleared = new ArrayList<>();
        assertThat(caches.caches()).isNotEmpty();

        control.forget(() -> cleared.add("cleared"));

        assertThat(caches.caches()).as("not closed here").isNotEmpty();
        assertThat(cleared).isEmpty();
        waitForEnd();
        assertThat(caches.caches()).isEmpty();
        assertThat(cleared).containsExactly("cleared");
    }

    @Test
    void planThatCannotBe_leavesNothingOn() {
        control.start(new RunControl.Order(
                () -> new GraphCompiler.Compiled(null, List.of()),
                RunControl.CacheUse.ALL,
                null,
                result -> compiled.add("refused")));
        waitForEnd();

        assertThat(compiled).containsExactly("refused");
        assertThat(control.phase()).isEqualTo(RunControl.Phase.IDLE);
        assertThat(control.snapshot()).isEmpty();
    }

    @Test
    void placeChosenWhileARunStarts_isWhereItGoesOn() {
        control.stepWhenStarted();
        order();
        control.togglePause();
        control.step();
        control.seek(59_000);
        assertThat(control.replayMillis()).isEqualTo(59_000);
        background.remove().run();
        Waiting.until("a part has left", () -> emitted() == 1);
        control.step();
        Waiting.until("another part has left", () -> emitted() == 2);

        assertThat(control.replayMillis()).isGreaterThanOrEqualTo(59_000);
        control.cancel();
        waitForEnd();
    }

    @Test
    void step_beginsARunHeld_andLetsOnePartThroughEach() {
        control.onEnd(ends::add);
        control.step();
        assertThat(control.phase()).isEqualTo(RunControl.Phase.IDLE);
        control.stepWhenStarted();
        start();
        assertThat(control.phase()).isEqualTo(RunControl.Phase.PAUSED);
        Waiting.until("the first part has left", () -> emitted() == 1);
        double first = control.replayMillis();
        control.step();
        Waiting.until("the second part has left", () -> emitted() == 2);

        assertThat(control.replayMillis()).isGreaterThan(first);
        assertThat(control.phase()).isEqualTo(RunControl.Phase.PAUSED);
        control.cancel();
        waitForEnd();
    }

    private long emitted() {
        return control.snapshot().orElseThrow().partsIn();
    }

    @Test
    void seek_whileNothingRuns_isWhereTheNextRunBegins_andOnlyThatOne() {
        control.seek(59_000);
        assertThat(control.replayMillis()).isEqualTo(59_000);
        control.stepWhenStarted();
        start();
        Waiting.until("a part has left", () -> emitted() == 1);
        assertThat(control.replayMillis()).isGreaterThanOrEqualTo(59_000);

        control.seek(30_000);
        control.step();
        Waiting.until("a further part has left", () -> emitted() == 2);
        assertThat(control.replayMillis()).isBetween(30_000.0, 31_500.0);
        control.cancel();
        waitForEnd();
        assertThat(control.replayMillis()).isBetween(30_000.0, 31_500.0);
        control.forget(() -> {});
        assertThat(control.replayMillis()).isZero();
    }

    @Test
    void spans_areRecordedOnceSomebodyAsks_andInTheNextRunToo() {
        assertThat(control.spans("ask").seen()).isZero();
        control.stepWhenStarted();
        start();
        Waiting.until("a part has left", () -> emitted() == 1);
        control.step();
        Waiting.until("its span is there", () -> control.spans("ask").seen() > 0);
        control.watch(SpanRecorder.Watch.OFF);
        control.cancel();
        waitForEnd();
    }

    @Test
    void workBesideRuns_hasEndedBeforeTheCachesAreForgotten() throws Exception {
        List<String> order = Collections.synchronizedList(new ArrayList<>());
        CountDownLatch begun = new CountDownLatch(1);
        CountDownLatch told = new CountDownLatch(1);
        RunControl threaded = new RunControl(
                caches, RunOptions.DEFAULT, work -> Thread.ofVirtual().start(work), Runnable::run);
        CompletableFuture<String> work = threaded.besideRuns(kept -> {
            order.add("kept " + kept.getAsBoolean());
            begun.countDown();
            await(told);
            order.add("kept " + kept.getAsBoolean());
            return "ended";
        });
        await(begun);
        CompletableFuture<Void> cleared = new CompletableFuture<>();
        threaded.forget(() -> {
            order.add("forgotten");
            cleared.complete(null);
        });
        CompletableFuture<String> late = threaded.besideRuns(kept -> "new");
        told.countDown();

        assertThat(work.get(30, TimeUnit.SECONDS)).isEqualTo("ended");
        cleared.get(30, TimeUnit.SECONDS);
        assertThat(late.get(30, TimeUnit.SECONDS)).isEqualTo("new");
        assertThat(order).containsExactly("kept true", "kept false", "forgotten");
    }

    @Test
    void workBesideRuns_whoseCachesAreForgottenBeforeItsTurn_neverBegins() {
        CompletableFuture<String> work = control.besideRuns(kept -> "done");
        control.forget(() -> {});
        waitForEnd();

        assertThat(work).isCancelled();
    }

    private static void await(CountDownLatch latch) {
        try {
            assertThat(latch.await(30, TimeUnit.SECONDS)).isTrue();
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        }
    }
}
