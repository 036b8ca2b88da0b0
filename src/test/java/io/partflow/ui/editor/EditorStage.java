package io.partflow.ui.editor;

import io.partflow.engine.stream.StreamClock;
import io.partflow.pipeline.PipelineGraph;
import io.partflow.pipeline.edit.EditHistory;
import io.partflow.ui.editor.model.CanvasModel;
import io.partflow.ui.editor.model.EditorFixtures;
import io.partflow.ui.support.Theme;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import javafx.embed.swing.SwingFXUtils;
import javafx.geometry.Point2D;
import javafx.geometry.Rectangle2D;
import javafx.scene.Scene;
import javafx.scene.layout.BorderPane;
import javafx.stage.Stage;
import javax.imageio.ImageIO;

/// Palette and canvas on a stage, with the history behind them, as the workbench puts them together.
final class EditorStage {
    final CanvasModel model;
    final EditHistory history;
    final CanvasView canvas;
    final PaletteView palette;
    final Scene scene;
    int edits;

    EditorStage(Stage stage, PipelineGraph graph, double width, double height) {
        CanvasModel[] shown = new CanvasModel[1];
        EditHistory[] kept = new EditHistory[1];
        history = new EditHistory(graph, StreamClock.system(), () -> shown[0].show(kept[0].graph()));
        kept[0] = history;
        model = new CanvasModel(EditorFixtures.catalog(), command -> {
            if (history.execute(command)) {
                edits++;
            }
        });
        shown[0] = model;
        model.show(graph);
        canvas = new CanvasView(model, Runnable::run);
        palette = new PaletteView(canvas);
        BorderPane root = new BorderPane(canvas);
        root.setLeft(palette);
        scene = new Scene(root, width, height);
        Theme.DARK.apply(scene);
        stage.setScene(scene);
        // The headless robot scrolls at screen positions as if they were the window's.
        stage.setX(0);
        stage.setY(0);
        stage.show();
    }

    /// Where a world point of the canvas lies in the scene.
    Point2D scenePoint(double worldX, double worldY) {
        Point2D local = model.viewport().toScreen(worldX, worldY);
        return canvas.localToScene(local);
    }

    Point2D onScreen(double worldX, double worldY) {
        Point2D local = model.viewport().toScreen(worldX, worldY);
        return canvas.localToScreen(local);
    }

    Rectangle2D box(String node) {
        return model.box(model.graph().node(node).orElseThrow());
    }

    /// Writes what the scene shows to `target/pictures`.
    void draw(String name) {
        try {
            Path folder = Files.createDirectories(Path.of("target", "pictures"));
            canvas.applyCss();
            scene.getRoot().layout();
            ImageIO.write(
                    SwingFXUtils.fromFXImage(scene.snapshot(null), null),
                    "png",
                    folder.resolve(name + ".png").toFile());
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }
}
