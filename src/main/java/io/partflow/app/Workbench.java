package io.partflow.app;

import io.partflow.cli.ExitStatus;
import io.partflow.engine.run.RunOptions;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;
import javafx.animation.PauseTransition;
import javafx.application.Application;
import javafx.scene.Scene;
import javafx.scene.image.Image;
import javafx.stage.Stage;
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
        launch(Workbench.class, files.stream().map(Path::toString).toArray(String[]::new));
        return ExitStatus.FINE;
    }

    @Override
    public void start(Stage stage) {
        Composition made = Composition.ofProduct();
        composition = made;
        // First of all: the first control made without a theme would load the one of JavaFX.
        made.settings().theme().applyEverywhere();
        WorkbenchWindow window =
                WorkbenchWindow.over(made, new SystemFileDialogs(stage), title -> stage.setTitle(title));
        Thread.setDefaultUncaughtExceptionHandler(
                new UncaughtErrors(made.folders().logs(), made.model()::tell));
        Scene scene = new Scene(window.root(), WIDTH, HEIGHT);
        window.keys(scene);
        stage.setScene(scene);
        stage.setMinWidth(LEAST_WIDTH);
        stage.setMinHeight(LEAST_HEIGHT);
        stage.getIcons().setAll(icons());
        stage.setOnCloseRequest(event -> {
            event.consume();
            window.actions().quit();
        });
        StartupProbe.attach(stage, Clock.systemUTC());
        stage.show();
        openFirst(made, window);
        // The process may not end before unsaved work is on disk, however it is ended.
        Runtime.getRuntime().addShutdownHook(new Thread(made.model()::awaitJournal, "partflow-journal-end"));
    }

    private static List<Image> icons() {
        return Stream.of(16, 32, 48, 128)
                .map(size -> new Image(Objects.requireNonNull(Workbench.class.getResource("icon-" + size + ".png"))
                        .toExternalForm()))
                .toList();
    }

    /// What the command line names; else the last pipeline, stopped; at the first start the first sample, running.
    private void openFirst(Composition made, WorkbenchWindow window) {
        made.model().offerUntitled();
        List<Path> files = getParameters().getRaw().stream().map(Path::of).toList();
        if (!files.isEmpty()) {
            window.openAll(files);
            return;
        }
        made.settings()
                .lastPipeline()
                .ifPresentOrElse(
                        last -> made.model().open(last, () -> {}),
                        () -> made.model()
                                .open(
                                        made.model().samples().resolve("hello-hits.partflow.json"),
                                        () -> afterFirstFrames(
                                                () -> made.model().startRun(RunOptions.Reading.ALL, null))));
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
