package io.partflow.app;

import io.partflow.cli.PictureRequest;
import io.partflow.cli.environment.Folders;
import io.partflow.engine.cache.CacheSettings;
import io.partflow.engine.run.RunOptions;
import io.partflow.pipeline.PipelineDocument;
import io.partflow.pipeline.PipelineNode;
import io.partflow.pipeline.Problem;
import io.partflow.pipeline.edit.RemoveWires;
import io.partflow.pipeline.edit.SetCache;
import io.partflow.ui.support.FxThread;
import io.partflow.ui.support.Theme;
import java.awt.image.RenderedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import javafx.animation.PauseTransition;
import javafx.application.Platform;
import javafx.embed.swing.SwingFXUtils;
import javafx.scene.Scene;
import javafx.scene.image.WritableImage;
import javafx.scene.layout.Pane;
import javafx.stage.Stage;
import javafx.util.Duration;
import javax.imageio.ImageIO;

/// Draws the workbench into PNG files, with a real run in it, on a machine without a display.
final class WorkbenchPictures {
    private static final int WAIT_SECONDS = 60;
    private static final long SMALL_CACHE = 8;

    private WorkbenchPictures() {}

    /// Draws one picture; see [io.partflow.cli.PictureDrawer#draw(PictureRequest)].
    static List<Problem> draw(PictureRequest request) throws Exception {
        startToolkit();
        Path home = Files.createTempDirectory("partflow-picture");
        try {
            return begin(request, home).get(WAIT_SECONDS, TimeUnit.SECONDS);
        } finally {
            deleteAll(home);
            Platform.exit();
        }
    }

    /// Begins to draw one picture on a toolkit that runs; several may be drawn at once. Any thread.
    ///
    /// @param home a folder for what the workbench keeps meanwhile
    /// @return what went wrong, when the picture is there or cannot be
    static CompletableFuture<List<Problem>> begin(PictureRequest request, Path home) {
        CompletableFuture<List<Problem>> done = new CompletableFuture<>();
        Platform.runLater(() -> {
            try {
                new Sitting(request, home, done).begin();
            } catch (RuntimeException | Error e) {
                done.completeExceptionally(e);
            }
        });
        return done;
    }

    private static void startToolkit() throws InterruptedException {
        // The headless platform needs neither a display nor a graphics card; whoever wants another has set it
        // already.
        if (System.getProperty("glass.platform") == null) {
            System.setProperty("glass.platform", "Headless");
            System.setProperty("prism.order", "sw");
        }
        System.setProperty("java.awt.headless", "true");
        CountDownLatch started = new CountDownLatch(1);
        Platform.setImplicitExit(false);
        try {
            Platform.startup(started::countDown);
        } catch (IllegalStateException alreadyRunning) {
            started.countDown();
        }
        started.await();
    }

    /// Writes a picture, which takes the name when it is whole: half a picture is none, and an older one is not lost
    /// for it.
    ///
    /// @return why it was not written; empty when it was
    static Optional<Problem> write(RenderedImage image, Path out) {
        Path fresh = out.resolveSibling(out.getFileName() + ".new");
        try {
            if (Files.exists(out) && !Files.isWritable(out)) {
                throw new IOException("you may not write it");
            }
            if (Files.isDirectory(out)) {
                throw new IOException("there is a folder of that name");
            }
            ByteArrayOutputStream png = new ByteArrayOutputStream();
            if (!ImageIO.write(image, "png", png)) {
                throw new IOException("this Java has no writer for PNG");
            }
            Files.write(fresh, png.toByteArray());
            Files.move(fresh, out, StandardCopyOption.REPLACE_EXISTING);
            return Optional.empty();
        } catch (IOException e) {
            var _ = fresh.toFile().delete();
            String said = e instanceof FileSystemException known ? known.getReason() : e.getMessage();
            String reason = e instanceof AccessDeniedException
                    ? "you may not write into its folder"
                    : Objects.requireNonNullElse(said, "no reason given");
            return Optional.of(Problem.ofFile(
                    "PICTURE_NOT_WRITTEN",
                    Problem.Severity.ERROR,
                    out.toString(),
                    "The picture could not be written: " + reason + ".",
                    "Choose a folder you may write to, with room left."));
        }
    }

    private static void deleteAll(Path folder) {
        try (Stream<Path> files = Files.walk(folder)) {
            for (Path file : files.sorted(java.util.Comparator.reverseOrder()).toList()) {
                Files.deleteIfExists(file);
            }
        } catch (IOException e) {
            // A folder that stays in the place for temporary files harms nobody.
        }
    }

    /// One picture being taken: window, pipeline, run, and at last the snapshot. FX thread.
    private static final class Sitting {
        private final PictureRequest request;
        private final CompletableFuture<List<Problem>> done;
        private final Composition made;
        private final Stage stage = new Stage();
        private final WorkbenchWindow window;
        private final List<Problem> problems = new ArrayList<>();

        Sitting(PictureRequest request, Path home, CompletableFuture<List<Problem>> done) {
            this.request = request;
            this.done = done;
            this.made = Composition.of(
                    new Folders(home, home, home),
                    Composition.samplesFolder(),
                    RunOptions.DEFAULT,
                    Composition.virtualThreads(),
                    FxThread.executor());
            this.window = WorkbenchWindow.over(made, new NoDialogs(), title -> {});
        }

        void begin() {
            show();
            switch (request.subject()) {
                case PictureRequest.OfPipeline pipeline ->
                    open(pipeline.file(), PictureScene.BUILD.speed(), PictureScene.BUILD.runMillis(), () -> {});
                case PictureRequest.OfView view -> begin(PictureScene.of(view.name()));
            }
        }

        private void show() {
            Scene scene = new Scene(
                    window.root(), request.size().width(), request.size().height());
            Theme theme = request.theme() == PictureRequest.Theme.LIGHT ? Theme.LIGHT : Theme.DARK;
            theme.apply(scene);
            theme.applyEverywhere();
            stage.setScene(scene);
            stage.setWidth(request.size().width());
            stage.setHeight(request.size().height());
            stage.show();
            window.shell().resetLayout();
        }

        private void begin(PictureScene scene) {
            Runnable last = switch (scene) {
                case OBSERVE -> () -> {};
                case TUNE -> () -> window.tuning().sizeCurve().cursorProperty().set(2 * SMALL_CACHE);
                case BULK -> window.shell()::openBulk;
                case WHY -> window.inspection()::explain;
                case ENTRIES -> window.inspection()::showSomeEntry;
                case BUILD, BRANCHES -> window.inspection()::showSomeNode;
                case TRACE -> () -> window.inspection().showSomeSpan();
                case EMPTY, PROBLEMS -> () -> {};
            };
            if (scene == PictureScene.OBSERVE) {
                window.shell().choose(ShellPanes.Workspace.OBSERVE);
            }
            if (scene == PictureScene.TUNE) {
                window.shell().choose(ShellPanes.Workspace.TUNE);
            }
            if (scene == PictureScene.WHY) {
                window.shell().showMissesTab();
            }
            if (scene == PictureScene.TRACE) {
                // Spans are recorded from here on, so that there are some when the picture is taken.
                after(scene.runMillis() / 2, () -> {
                    window.inspection().showSomeNode();
                    window.shell().showSpansTab();
                    made.model().recordings().stream().findFirst().ifPresent(window.inspection()::showTrace);
                });
            }
            if (scene == PictureScene.ENTRIES) {
                window.shell().showEntriesTab();
            }
            if (scene == PictureScene.PROBLEMS) {
                made.model().open(sample("hello-hits.partflow.json"), () -> {
                    made.model()
                            .execute(new RemoveWires(
                                    new HashSet<>(made.model().graph().wires())));
                    window.shell().showProblemsTab();
                    after(scene.runMillis(), this::take);
                });
                return;
            }
            Optional<String> file = scene.sampleFile();
            if (file.isPresent()) {
                open(sample(file.get()), scene.speed(), scene.runMillis(), last);
            } else {
                after(scene.runMillis(), this::take);
            }
        }

        private Path sample(String name) {
            return made.model().samples().resolve(name);
        }

        private void open(Path file, double speed, int runMillis, Runnable last) {
            PipelineDocument.Reading reading = made.model().format().read(file);
            if (reading.access() == PipelineDocument.Access.UNREADABLE) {
                problems.addAll(reading.problems());
                finish();
                return;
            }
            made.model().open(file, () -> {
                window.shell().speed(speed);
                if (request.subject() instanceof PictureRequest.OfView view
                        && PictureScene.of(view.name()) == PictureScene.TUNE) {
                    shrinkCaches();
                }
                made.model().startRun(RunOptions.Reading.ALL, null);
                // The thing to show is chosen a little earlier, so that it has been drawn when the picture is taken.
                after(Math.max(1, runMillis - 1_000), last);
                after(runMillis, this::take);
            });
        }

        /// Lets every cache be too small, so that there is something to say about it.
        private void shrinkCaches() {
            for (PipelineNode node : made.model().graph().nodes()) {
                CacheSettings cache = node.cache();
                if (cache != null) {
                    made.model()
                            .execute(new SetCache(
                                    node.id(),
                                    cache.withPolicy(CacheSettings.Policy.LRU).withMaxItems(SMALL_CACHE)));
                }
            }
        }

        private static void after(int millis, Runnable action) {
            PauseTransition pause = new PauseTransition(Duration.millis(millis));
            pause.setOnFinished(event -> action.run());
            pause.play();
        }

        private void take() {
            WritableImage image = stage.getScene().snapshot(null);
            write(SwingFXUtils.fromFXImage(image, null), request.out()).ifPresent(problems::add);
            finish();
        }

        private void finish() {
            window.close();
            stage.hide();
            // Nothing of the window is kept by what the toolkit still knows of its scene.
            stage.getScene().setRoot(new Pane());
            made.model().close();
            Thread.ofVirtual().name("partflow-work").start(() -> {
                made.model().awaitEnd();
                done.complete(List.copyOf(problems));
            });
        }
    }

    /// Nobody is there to answer.
    private static final class NoDialogs implements FileDialogs {
        @Override
        public Optional<Path> file(Purpose purpose, Path folder, String suggested) {
            return Optional.empty();
        }

        @Override
        public List<Path> files(Purpose purpose, Path folder) {
            return List.of();
        }
    }
}
