package io.partflow.ui.editor;

import static org.assertj.core.api.Assertions.assertThat;

import io.partflow.pipeline.PipelineGraph;
import io.partflow.ui.editor.model.CanvasSelection.Mode;
import io.partflow.ui.editor.model.EditorFixtures;
import io.partflow.ui.support.Theme;
import java.util.List;
import javafx.geometry.Rectangle2D;
import javafx.stage.Stage;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.testfx.framework.junit5.ApplicationExtension;
import org.testfx.framework.junit5.Start;
import org.testfx.util.WaitForAsyncUtils;

/// Draws the editor in its states, in both themes, and checks that nothing lies on anything else.
@ExtendWith(ApplicationExtension.class)
class EditorPicturesUiTest {
    private EditorStage editor;

    @Start
    void start(Stage stage) {
        editor = new EditorStage(stage, EditorFixtures.supportDesk(), 1000, 616);
        SampleCard hello = new SampleCard(
                "hello",
                "Hello, hits",
                "zap",
                "400 questions, climbs to 86 % hits",
                "400 questions, 60 of them different. Watch the hit rate climb to 86 %.",
                "60 s, offline",
                EditorFixtures.row());
        SampleCard media = new SampleCard(
                "media",
                "Text, image, audio",
                "image",
                "Three branches, small caches",
                "Texts, pictures and sound down three branches, with caches small enough to evict.",
                "20 s, offline",
                EditorFixtures.supportDesk());
        editor.palette.setSamples(List.of(hello, media));
        editor.canvas.emptyState().setSamples(List.of(hello, media));
    }

    @Test
    void running_bothThemes_nodesDoNotOverlap() {
        fx(() -> editor.model.selection().selectNode("model", Mode.REPLACE));
        fx(() -> editor.draw("idle-dark"));
        fx(() -> {
            editor.canvas.applySnapshot(null, EditorFixtures.run(0), 0);
            editor.canvas.applySnapshot(EditorFixtures.run(0), EditorFixtures.run(1), EditorFixtures.SECOND / 4);
        });
        fx(() -> editor.draw("running-dark"));
        fx(() -> Theme.LIGHT.apply(editor.scene));
        fx(() -> editor.draw("running-light"));
        fx(() -> editor.model.zoomTo(0.72));
        fx(() -> editor.draw("running-light-72"));
        fx(() -> Theme.DARK.apply(editor.scene));
        fx(() -> editor.model.zoomTo(0.4));
        fx(() -> editor.draw("running-dark-40"));
        fx(() -> editor.model.zoomTo(1.5));
        fx(() -> editor.draw("running-dark-150"));
        fx(editor.model::fitAll);
        List<Rectangle2D> boxes = editor.model.boxes();
        for (int i = 0; i < boxes.size(); i++) {
            for (int j = i + 1; j < boxes.size(); j++) {
                assertThat(boxes.get(i).intersects(boxes.get(j))).isFalse();
            }
        }
    }

    @Test
    void empty_bothThemes_showsDropZone() {
        fx(() -> editor.model.show(PipelineGraph.empty("")));
        fx(() -> editor.draw("empty-dark"));
        fx(() -> Theme.LIGHT.apply(editor.scene));
        fx(() -> editor.draw("empty-light"));
        fx(() -> Theme.DARK.apply(editor.scene));
        assertThat(editor.canvas.emptyState().isVisible()).isTrue();
    }

    @Test
    void quickAdd_open_listsNodes() {
        fx(() -> editor.model.selection().selectNode("split", Mode.REPLACE));
        fx(() -> editor.canvas.perform(CanvasAction.ADD));
        fx(() -> editor.draw("quick-add-dark"));
        assertThat(editor.canvas.quickAdd().isVisible()).isTrue();
    }

    private static void fx(Runnable action) {
        WaitForAsyncUtils.waitForAsyncFx(10_000, action);
        WaitForAsyncUtils.waitForFxEvents();
    }
}
