package io.partflow.app;

import static org.assertj.core.api.Assertions.assertThat;

import io.partflow.cli.PictureRequest;
import io.partflow.pipeline.Problem;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.logging.Handler;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import javafx.stage.Stage;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.testfx.framework.junit5.ApplicationExtension;
import org.testfx.framework.junit5.Start;

/// Every view that can be drawn by name, drawn while JavaFX is listened to.
@Timeout(150)
@ExtendWith(ApplicationExtension.class)
class PicturesWithoutWarningsUiTest {
    @TempDir
    Path folder;

    @Start
    void start(Stage stage) {
        // Only the toolkit is needed.
    }

    @ParameterizedTest
    @EnumSource(PictureRequest.Theme.class)
    void views_drawnInATheme_findEveryStyle(PictureRequest.Theme theme) throws Exception {
        List<String> complaints = new CopyOnWriteArrayList<>();
        Logger css = Logger.getLogger("javafx.css");
        Handler listener = new Complaints(complaints);
        css.addHandler(listener);
        try {
            // A few at once: each has a window, a run and its history in memory.
            for (List<PictureScene> views : someAtOnce()) {
                List<CompletableFuture<List<Problem>>> drawn = new ArrayList<>();
                for (PictureScene view : views) {
                    Path home = Files.createDirectory(folder.resolve(view.id()));
                    drawn.add(WorkbenchPictures.begin(
                            new PictureRequest(
                                    new PictureRequest.OfView(view.id()),
                                    folder.resolve(view.id() + ".png"),
                                    theme,
                                    new PictureRequest.Size(1_000, 700)),
                            home));
                }
                for (CompletableFuture<List<Problem>> each : drawn) {
                    assertThat(each.get(120, TimeUnit.SECONDS)).isEmpty();
                }
            }
        } finally {
            css.removeHandler(listener);
        }
        assertThat(complaints).isEmpty();
        for (PictureScene view : PictureScene.values()) {
            assertThat(folder.resolve(view.id() + ".png")).isNotEmptyFile();
        }
    }

    private static List<List<PictureScene>> someAtOnce() {
        List<PictureScene> all = List.of(PictureScene.values());
        int middle = all.size() / 2;
        return List.of(all.subList(0, middle), all.subList(middle, all.size()));
    }

    /// Keeps what is said and who was at work then.
    private static final class Complaints extends Handler {
        private final List<String> kept;

        Complaints(List<String> kept) {
            this.kept = kept;
        }

        @Override
        public void publish(LogRecord entry) {
            if (kept.size() < 20) {
                kept.add(entry.getMessage() + "\n"
                        + Stream.of(new Throwable().getStackTrace())
                                .skip(1)
                                .limit(60)
                                .map(StackTraceElement::toString)
                                .collect(Collectors.joining("\n  ", "  ", "\n")));
            }
        }

        @Override
        public void flush() {}

        @Override
        public void close() {}
    }
}
