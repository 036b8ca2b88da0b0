package io.partflow.app;

import io.partflow.cli.environment.Folders;
import io.partflow.engine.run.RunOptions;
import io.partflow.engine.run.RunSnapshot;
import io.partflow.engine.run.RunStatus;
import io.partflow.pipeline.PipelineGraph;
import io.partflow.ui.support.FxThread;
import io.partflow.ui.support.Theme;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import javafx.scene.Scene;
import javafx.stage.Stage;
import org.testfx.util.WaitForAsyncUtils;

/// The whole workbench on a stage, with folders of its own and a user who has files at hand.
final class WorkbenchStage {
    static final Path SAMPLES = Path.of("samples").toAbsolutePath();
    static final Path HELLO_HITS = SAMPLES.resolve("hello-hits.partflow.json");
    private static final int PATIENCE_SECONDS = 40;

    final ChosenFiles chosen = new ChosenFiles();
    final List<Notice> notices = Collections.synchronizedList(new ArrayList<>());
    final AtomicReference<String> title = new AtomicReference<>("");
    final Composition made;
    final WorkbenchModel model;
    final WorkbenchWindow window;
    private final AtomicInteger atWork = new AtomicInteger();

    WorkbenchStage(Stage stage, Path home) {
        this(stage, home, RunOptions.DEFAULT);
    }

    WorkbenchStage(Stage stage, Path home, RunOptions options) {
        made = Composition.of(
                new Folders(home.resolve("settings"), home.resolve("journals"), home.resolve("logs")),
                SAMPLES,
                options,
                this::inBackground,
                FxThread.executor());
        model = made.model();
        window = WorkbenchWindow.over(made, chosen, title::set);
        // In place of toasts, which would cover what is clicked.
        model.onNotice(notices::add);
        // The headless screen has a million pixels; in this width, the window has room for all its panes.
        Scene scene = new Scene(window.root(), 1250, 795);
        Theme.DARK.apply(scene);
        window.keys(scene);
        stage.setScene(scene);
        // The headless robot takes positions on the screen for positions in the window.
        stage.setX(0);
        stage.setY(0);
        stage.show();
        window.shell().resetLayout();
    }

    private void inBackground(Runnable task) {
        atWork.incrementAndGet();
        Thread.ofVirtual().name("partflow-work").start(() -> {
            try {
                task.run();
            } finally {
                atWork.decrementAndGet();
            }
        });
    }

    /// Ends everything, so that nothing is left for the next test.
    void close() throws Exception {
        fx(() -> {
            window.close();
            window.root().getScene().setRoot(new javafx.scene.layout.Pane());
            model.close();
        });
        model.awaitEnd();
        until("background work is done", () -> atWork.get() == 0);
    }

    PipelineGraph graph() {
        return fx(model::graph);
    }

    RunSnapshot snapshot() {
        return model.run().snapshot().orElseThrow();
    }

    void awaitPhase(RunControl.Phase phase) {
        until("the run is " + phase, () -> fx(() -> model.run().phase()) == phase);
    }

    /// Waits for the end of the run that goes on.
    RunSnapshot awaitEnd(RunStatus expected) {
        until(
                "the run has ended",
                () -> model.run().snapshot().isPresent() && snapshot().status().isEnded());
        awaitPhase(RunControl.Phase.IDLE);
        RunSnapshot end = snapshot();
        if (end.status() != expected) {
            throw new AssertionError("the run ended as " + end.status() + ": " + end.recentFailures());
        }
        return end;
    }

    static void until(String what, Callable<Boolean> condition) {
        try {
            WaitForAsyncUtils.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS, condition);
        } catch (TimeoutException e) {
            throw new AssertionError("not in time: " + what, e);
        }
    }

    static void fx(Runnable action) {
        WaitForAsyncUtils.waitForAsyncFx(10_000, action);
        WaitForAsyncUtils.waitForFxEvents();
    }

    static <T> T fx(Callable<T> question) {
        return WaitForAsyncUtils.waitForAsyncFx(10_000, question);
    }
}
