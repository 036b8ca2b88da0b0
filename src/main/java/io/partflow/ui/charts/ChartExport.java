package io.partflow.ui.charts;

import io.partflow.ui.charts.draw.ChartCanvas;
import io.partflow.ui.charts.model.ChartHistory;
import io.partflow.ui.charts.model.ChartRows;
import io.partflow.ui.charts.model.TimeRange;
import io.partflow.ui.support.Messages;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.Executor;
import java.util.function.Consumer;
import javafx.embed.swing.SwingFXUtils;
import javafx.scene.SnapshotParameters;
import javafx.scene.transform.Transform;
import javax.imageio.ImageIO;
import org.jspecify.annotations.Nullable;

/// Writes a chart to a file, as values or as a picture of twice its size; files are written off the FX thread.
///
/// What was written, or why not, is told to `notices` on the FX thread in one sentence.
final class ChartExport {

    private static final double PICTURE_SCALE = 2;

    private final SaveDialog dialog;
    private final Executor background;
    private final Executor fxThread;
    private final Consumer<String> notices;

    ChartExport(SaveDialog dialog, Executor background, Executor fxThread, Consumer<String> notices) {
        this.dialog = dialog;
        this.background = background;
        this.fxThread = fxThread;
        this.notices = notices;
    }

    /// Saves the values over a range as comma-separated values.
    void csv(ChartHistory history, TimeRange range, ChartCanvas canvas) {
        Path file = ask(history.chart().id() + ".csv", canvas);
        if (file != null) {
            String text = ChartRows.of(history, range).csv();
            write(file, () -> Files.writeString(file, text));
        }
    }

    /// Saves the picture of a chart as it is drawn now.
    void png(ChartHistory history, ChartCanvas canvas) {
        Path file = ask(history.chart().id() + ".png", canvas);
        if (file != null) {
            canvas.draw();
            SnapshotParameters twice = new SnapshotParameters();
            twice.setTransform(Transform.scale(PICTURE_SCALE, PICTURE_SCALE));
            BufferedImage image = SwingFXUtils.fromFXImage(canvas.snapshot(twice, null), null);
            write(file, () -> ImageIO.write(image, "png", file.toFile()));
        }
    }

    private @Nullable Path ask(String name, ChartCanvas canvas) {
        return dialog.ask(
                name, canvas.getScene() == null ? null : canvas.getScene().getWindow());
    }

    private interface Writing {
        Object run() throws IOException;
    }

    private void write(Path file, Writing writing) {
        background.execute(() -> {
            String notice;
            try {
                writing.run();
                notice = Messages.text("charts.export.done", file);
            } catch (IOException failure) {
                notice = Messages.text("charts.export.failed", file, String.valueOf(failure.getMessage()));
            }
            String told = notice;
            fxThread.execute(() -> notices.accept(told));
        });
    }
}
