package io.partflow.ui.editor;

import static org.assertj.core.api.Assertions.assertThat;

import io.partflow.engine.content.JsonArray;
import io.partflow.engine.content.JsonValue;
import io.partflow.pipeline.PipelineGraph;
import io.partflow.pipeline.Wire;
import io.partflow.ui.editor.model.EditorFixtures;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import javafx.geometry.Point2D;
import javafx.geometry.Rectangle2D;
import javafx.stage.Stage;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.testfx.framework.junit5.ApplicationExtension;
import org.testfx.framework.junit5.Start;
import org.testfx.util.WaitForAsyncUtils;

/// Real files, handed to the drop handler as the system would.
@ExtendWith(ApplicationExtension.class)
class FileDropsUiTest {
    @TempDir
    Path folder;

    private final List<Path> opened = new ArrayList<>();
    private EditorStage editor;
    private FileDrops drops;
    private Path picture;
    private Path sound;
    private Path text;

    @Start
    void start(Stage stage) {
        editor = new EditorStage(stage, PipelineGraph.empty("new"), 980, 560);
        drops = new FileDrops(
                editor.canvas, opened::add, path -> path.toString().replace('\\', '/'));
        editor.canvas.setFileDropHandler(drops);
    }

    @BeforeEach
    void write() throws IOException {
        picture = Files.write(folder.resolve("charger.png"), EditorFixtures.png());
        sound = Files.write(folder.resolve("call.wav"), EditorFixtures.wav());
        text = Files.writeString(folder.resolve("ticket.txt"), "My charger stopped after two days.");
    }

    @Test
    void files_onEmptyCanvas_becomeASource() {
        drop(List.of(picture, sound, text), 300, 200);
        assertThat(editor.model.graph().nodes()).hasSize(1);
        assertThat(paths("files")).containsExactly(json(picture), json(sound), json(text));
        assertThat(editor.canvas.emptyState().isVisible()).isFalse();
        fx(editor.history::undo);
        assertThat(editor.model.graph().nodes()).isEmpty();
        assertThat(editor.canvas.emptyState().isVisible()).isTrue();
    }

    @Test
    void files_onASource_areAddedOnce() {
        drop(List.of(picture), 300, 200);
        Point2D at = inside("files");
        drop(List.of(sound, picture), at.getX(), at.getY());
        assertThat(editor.model.graph().nodes()).hasSize(1);
        assertThat(paths("files")).containsExactly(json(picture), json(sound));
        assertThat(editor.edits).isEqualTo(2);
    }

    @Test
    void picture_onANodeThatTakesPictures_feedsIt() {
        fx(() -> editor.model.edit(
                new io.partflow.pipeline.edit.AddNode(EditorFixtures.node("image", "image.facts", 400, 120))));
        Point2D at = inside("image");
        drop(List.of(picture), at.getX(), at.getY());
        assertThat(editor.model.graph().wires()).containsExactly(Wire.of("files", "out", "image", "in"));
    }

    @Test
    void sound_onANodeThatTakesPictures_becomesASourceBesideIt() {
        fx(() -> editor.model.edit(
                new io.partflow.pipeline.edit.AddNode(EditorFixtures.node("image", "image.facts", 400, 120))));
        Point2D at = inside("image");
        drop(List.of(sound), at.getX(), at.getY());
        assertThat(editor.model.graph().hasNode("files")).isTrue();
        assertThat(editor.model.graph().wires()).isEmpty();
    }

    @Test
    void pipelineDocument_anywhere_isOpened() throws IOException {
        Path document = Files.writeString(folder.resolve("desk.partflow.json"), "{}");
        drop(List.of(document), 100, 100);
        assertThat(opened).containsExactly(document);
        assertThat(editor.edits).isZero();
    }

    private List<JsonValue> paths(String node) {
        JsonValue value = editor.model.graph().node(node).orElseThrow().params().get("paths");
        return ((JsonArray) value).values();
    }

    private static JsonValue json(Path path) {
        return JsonValue.of(path.toString().replace('\\', '/'));
    }

    private Point2D inside(String node) {
        Rectangle2D box = editor.box(node);
        return editor.model.viewport().toScreen(box.getMinX() + 40, box.getMinY() + 40);
    }

    private void drop(List<Path> files, double x, double y) {
        fx(() -> {
            drops.hover(files, x, y);
            drops.leave();
            assertThat(drops.handleDrop(files, x, y)).isTrue();
        });
    }

    private static void fx(Runnable action) {
        WaitForAsyncUtils.waitForAsyncFx(10_000, action);
        WaitForAsyncUtils.waitForFxEvents();
    }
}
