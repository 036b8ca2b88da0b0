package io.partflow.ui.editor;

import java.io.File;
import java.nio.file.Path;
import java.util.List;
import javafx.scene.input.DragEvent;
import javafx.scene.input.TransferMode;

/// Joins the system's drag and drop to a [FileDropHandler].
final class SystemFileDrops {
    private SystemFileDrops() {}

    static void attach(CanvasView canvas, FileDropHandler handler) {
        canvas.setOnDragOver(event -> {
            if (event.getDragboard().hasFiles()) {
                event.acceptTransferModes(TransferMode.COPY);
                handler.hover(files(event), event.getX(), event.getY());
            }
            event.consume();
        });
        canvas.setOnDragExited(event -> handler.leave());
        canvas.setOnDragDropped(event -> {
            handler.leave();
            boolean done =
                    event.getDragboard().hasFiles() && handler.handleDrop(files(event), event.getX(), event.getY());
            event.setDropCompleted(done);
            event.consume();
        });
    }

    private static List<Path> files(DragEvent event) {
        return event.getDragboard().getFiles().stream().map(File::toPath).toList();
    }
}
