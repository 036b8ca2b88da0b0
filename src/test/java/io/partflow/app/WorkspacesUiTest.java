package io.partflow.app;

import static io.partflow.app.WorkbenchStage.fx;
import static io.partflow.app.WorkbenchStage.until;
import static org.assertj.core.api.Assertions.assertThat;

import io.partflow.pipeline.Layout;
import io.partflow.pipeline.PipelineNode;
import io.partflow.pipeline.edit.AddNode;
import io.partflow.ui.editor.model.Viewport;
import java.nio.file.Path;
import javafx.stage.Stage;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.testfx.framework.junit5.ApplicationExtension;
import org.testfx.framework.junit5.Start;
import org.testfx.util.WaitForAsyncUtils;

/// What the canvas shows when workspaces are changed.
@Timeout(120)
@ExtendWith(ApplicationExtension.class)
class WorkspacesUiTest {
    @TempDir
    Path home;

    private WorkbenchStage bench;

    @Start
    void start(Stage stage) {
        bench = new WorkbenchStage(stage, home);
    }

    @AfterEach
    void end() throws Exception {
        bench.close();
    }

    private void open() {
        fx(() -> bench.model.open(WorkbenchStage.HELLO_HITS, () -> {}));
        until("it is open", () -> bench.graph().node("answer").isPresent());
        settle();
    }

    private static void settle() {
        for (int i = 0; i < 3; i++) {
            WaitForAsyncUtils.waitForFxEvents();
            fx(() -> {});
        }
    }

    private Viewport seen() {
        return fx(() -> bench.window.canvas().model().viewport());
    }

    private void choose(ShellPanes.Workspace workspace) {
        fx(() -> bench.window.shell().choose(workspace));
        settle();
    }

    @Test
    void zoomAndPan_chosenInAWorkspace_areThereWhenOneComesBack() {
        open();
        Viewport fitted = seen();
        Viewport closer = new Viewport(-300, 40, 1.7);
        fx(() -> bench.window.canvas().model().viewportProperty().set(closer));

        choose(ShellPanes.Workspace.OBSERVE);
        assertThat(seen()).as("another canvas shows all the first time").isNotEqualTo(closer);
        Viewport observed = new Viewport(20, 30, 0.8);
        fx(() -> bench.window.canvas().model().viewportProperty().set(observed));
        choose(ShellPanes.Workspace.TUNE);
        choose(ShellPanes.Workspace.BUILD);
        assertThat(seen()).isEqualTo(closer);
        choose(ShellPanes.Workspace.OBSERVE);
        assertThat(seen()).isEqualTo(observed);
        choose(ShellPanes.Workspace.BUILD);

        fx(() -> bench.model.open(WorkbenchStage.HELLO_HITS, () -> {}));
        until("a document just opened is shown whole", () -> seen().equals(fitted));
    }

    @Test
    void edit_ofAPipelineNobodyZoomed_movesNothing_alsoAfterAnotherWorkspace() {
        open();
        Viewport fitted = seen();
        fx(() -> bench.model.execute(new AddNode(PipelineNode.of(
                "far", bench.model.catalog().descriptor("sink.viewer").orElseThrow(), Layout.at(4_000, 2_000)))));
        settle();
        assertThat(seen()).isEqualTo(fitted);

        choose(ShellPanes.Workspace.OBSERVE);
        assertThat(seen()).isNotEqualTo(fitted);
        choose(ShellPanes.Workspace.BUILD);
        assertThat(seen()).isEqualTo(fitted);
    }

    @Test
    void windowOfAnotherSize_showsAllAgain_untilSomebodyZooms() {
        open();
        Viewport fitted = seen();
        fx(() -> bench.window.shell().toggle(ShellPanes.Pane.DOCK));
        until("it is shown whole again", () -> !seen().equals(fitted));
    }
}
