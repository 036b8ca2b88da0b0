package io.partflow.app;

import io.partflow.cli.environment.ExitStatus;
import io.partflow.engine.run.RunOptions;
import io.partflow.ui.support.Fonts;
import io.partflow.ui.support.FxThread;
import io.partflow.ui.support.Icons;
import io.partflow.ui.support.Messages;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;
import javafx.animation.AnimationTimer;
import javafx.animation.PauseTransition;
import javafx.application.Application;
import javafx.application.Platform;
import javafx.scene.Scene;
import javafx.scene.image.Image;
import javafx.stage.Stage;
import javafx.stage.WindowEvent;
import javafx.util.Duration;
import org.jspecify.annotations.Nullable;

/// The application with a window. Made and called by JavaFX.
public final class Workbench extends Application {
    private static final double WIDTH = 1440;
    private static final double HEIGHT = 900;
    private static final double LEAST_WIDTH = 960;
    private static final double LEAST_HEIGHT = 600;
    private static final Duration FIRST_FRAMES = Duration.millis(300);

    private @Nullable Composition composition;

    /// Opens the window and returns when it has been closed.
    static ExitStatus open(List<Path> files) {
        Thread.ofPlatform().daemon().name("partflow-prepare").start(Workbench::prepare);
        launch(Workbench.class, files.stream().map(Path::toString).toArray(String[]::new));
        return ExitStatus.FINE;
    }

    /// What the first frame needs and any thread may make, beside the start of the toolkit.
    private static void prepare() {
        Fonts.load();
        Messages.bundle();
        // brings the font of the icons
        Icons.icon("menu", 16);
    }

    @Override
    public void start(Stage stage) {
        Composition made = Composition.ofProduct();
        composition = made;
        // First of all: the first control made without a theme would load the one of JavaFX.
        made.settings().theme().applyEverywhere();
        WorkbenchWindow window = WorkbenchWindow.over(
                made,
                new SystemFileDialogs(stage),
                title -> stage.setTitle(title),
                content -> whenDrawn(stage, content));
        // Read while the window is drawn.
        openFirst(made, window);
        Thread.setDefaultUncaughtExceptionHandler(
                new UncaughtErrors(made.folders().logs(), made.model()::tell));
        Scene scene = new Scene(window.root(), WIDTH, HEIGHT);
        window.keys(scene);
        stage.setScene(scene);
        stage.setMinWidth(LEAST_WIDTH);
        stage.setMinHeight(LEAST_HEIGHT);
        window.actions().closeWith(stage);
        StartupProbe.attach(stage, Clock.systemUTC());
        stage.show();
        loadIcons(stage);
        // The process may not end before unsaved work and what caches keep is on disk, however it is ended.
        Runtime.getRuntime().addShutdownHook(new Thread(made.model()::awaitEnd, "partflow-end"));
    }

    /// Decoded beside the first frames, which need no icon.
    private static void loadIcons(Stage stage) {
        Composition.virtualThreads().execute(() -> {
            List<Image> icons = Stream.of(16, 32, 48, 128)
                    .map(size -> new Image(Objects.requireNonNull(Workbench.class.getResource("icon-" + size + ".png"))
                            .toExternalForm()))
                    .toList();
            FxThread.run(() -> stage.getIcons().setAll(icons));
        });
    }

    /// What the command line names; else the last pipeline, stopped; at the first start the first sample, running.
    private void openFirst(Composition made, WorkbenchWindow window) {
        made.model().offerUntitled();
        List<Path> files = getParameters().getRaw().stream().map(Path::of).toList();
        if (!files.isEmpty()) {
            // dropped on a canvas that has its size
            Platform.runLater(() -> window.openAll(files));
            return;
        }
        window.expectPipeline();
        made.settings()
                .lastPipeline()
                .ifPresentOrElse(
                        last -> made.model().open(last, () -> {}),
                        () -> made.model().open(made.model().samples().resolve("hello-hits.partflow.json"), () -> {
                            StartupProbe.mark("sample-shown", Clock.systemUTC());
                            afterFirstFrames(() -> made.model().startRun(RunOptions.Reading.ALL, null));
                        }));
    }

    /// Runs what may follow the first frames: palette, charts and inspector, a tenth of a second later than
    /// the canvas with its pipeline.
    private static void whenDrawn(Stage stage, Runnable content) {
        stage.addEventHandler(
                WindowEvent.WINDOW_SHOWN,
                shown -> new AnimationTimer() {
                    private int frames;

                    @Override
                    public void handle(long nowNanos) {
                        // called before a frame is drawn
                        if (++frames > 3) {
                            stop();
                            content.run();
                        }
                    }
                }.start());
    }

    /// The window comes first: a run that starts with it would make it late.
    private static void afterFirstFrames(Runnable action) {
        PauseTransition pause = new PauseTransition(FIRST_FRAMES);
        pause.setOnFinished(passed -> action.run());
        pause.play();
    }

    @Override
    public void stop() {
        if (composition != null) {
            composition.model().close();
        }
    }
}
