package io.partflow.ui.inspect;

import io.partflow.ui.support.Theme;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import javafx.application.Platform;
import javafx.embed.swing.SwingFXUtils;
import javafx.scene.Parent;
import javafx.scene.Scene;
import javafx.scene.image.WritableImage;
import javafx.scene.layout.StackPane;
import javax.imageio.ImageIO;

/// The FX thread for tests of views: started once, headless, and left to the end of the process.
public final class Fx {
    private static boolean started;

    private Fx() {}

    private static synchronized void start() throws InterruptedException {
        if (started) {
            return;
        }
        CountDownLatch ready = new CountDownLatch(1);
        try {
            Platform.startup(ready::countDown);
        } catch (IllegalStateException e) {
            // another test has started it
            ready.countDown();
        }
        Platform.setImplicitExit(false);
        if (!ready.await(30, TimeUnit.SECONDS)) {
            throw new AssertionError("JavaFX did not start");
        }
        started = true;
    }

    /// Calls something on the FX thread and waits for it.
    public static <T> T call(Callable<T> work) throws Exception {
        start();
        CompletableFuture<T> result = new CompletableFuture<>();
        Platform.runLater(() -> {
            try {
                result.complete(work.call());
            } catch (Throwable e) {
                result.completeExceptionally(e);
            }
        });
        return result.get(30, TimeUnit.SECONDS);
    }

    /// Draws a view in a size and a theme, on a surface as in the window.
    public static WritableImage picture(Parent view, Theme theme, double width, double height) {
        StackPane ground = new StackPane(view);
        Scene scene = new Scene(ground, width, height);
        theme.apply(scene);
        ground.applyCss();
        ground.layout();
        ground.applyCss();
        ground.layout();
        WritableImage image = scene.snapshot(null);
        ground.getChildren().clear();
        return image;
    }

    /// Writes a picture where a person can look at it.
    public static void keep(WritableImage image, String name) {
        try {
            Path file = Path.of("target", "pictures", name + ".png");
            Files.createDirectories(file.getParent());
            ImageIO.write(SwingFXUtils.fromFXImage(image, null), "png", file.toFile());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
