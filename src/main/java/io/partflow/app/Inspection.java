package io.partflow.app;

import io.partflow.engine.run.RunSnapshot;
import io.partflow.ui.editor.CanvasView;
import java.util.concurrent.Executor;
import javafx.scene.Node;
import javafx.scene.layout.StackPane;
import org.jspecify.annotations.Nullable;

/// What is shown of the selection: node, part, entry; and the lists in the dock. FX thread.
final class Inspection {
    Inspection(WorkbenchModel model, ShellController shell, CanvasView canvas, Executor background) {}

    Node node() {
        return new StackPane();
    }

    Node part() {
        return new StackPane();
    }

    Node entry() {
        return new StackPane();
    }

    Node entries() {
        return new StackPane();
    }

    Node problems() {
        return new StackPane();
    }

    void edit() {}

    void showSomeEntry() {}

    void showSomeNode() {}

    void sampled(@Nullable RunSnapshot previous, RunSnapshot now, long elapsedNanos) {}
}
