package io.partflow.ui.editor;

import static org.assertj.core.api.Assertions.assertThat;

import io.partflow.engine.cache.Outcome;
import io.partflow.engine.run.NodeSnapshot;
import io.partflow.engine.run.RunSnapshot;
import io.partflow.engine.run.RunStatus;
import io.partflow.engine.run.StageState;
import io.partflow.engine.run.WireSnapshot;
import io.partflow.pipeline.NodeState;
import io.partflow.pipeline.PipelineGraph;
import io.partflow.pipeline.PipelineNode;
import io.partflow.pipeline.Wire;
import io.partflow.ui.editor.model.CanvasSelection.Mode;
import io.partflow.ui.editor.model.EditorFixtures;
import io.partflow.ui.support.Theme;
import java.util.ArrayList;
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
                "400 questions, 56 of them different. Watch the hit rate climb to 86 %.",
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

    @Test
    void states_all_lookDifferent() {
        fx(() -> editor.model.show(states()));
        fx(() -> editor.canvas.applySnapshot(null, statesRun(), 0));
        fx(() -> editor.model.selection().selectNode("n8", Mode.REPLACE));
        fx(() -> editor.canvas.focusNode("n9"));
        fx(() -> editor.canvas.perform(CanvasAction.FIT_ALL));
        fx(() -> editor.draw("states-dark"));
        fx(() -> Theme.LIGHT.apply(editor.scene));
        fx(() -> editor.draw("states-light"));
        fx(() -> Theme.DARK.apply(editor.scene));
        assertThat(editor.model.graph().nodes())
                .allSatisfy(node -> assertThat(
                                editor.canvas.lookup("#node-" + node.id()).getAccessibleText())
                        .startsWith(editor.model.title(node)));
    }

    @Test
    void snapshots_of200NodesAnd300Wires_reachTheLastNode() {
        PipelineGraph graph = PipelineGraph.empty("large");
        List<PipelineNode> nodes = new ArrayList<>();
        List<Wire> wires = new ArrayList<>();
        for (int i = 0; i < 200; i++) {
            nodes.add(EditorFixtures.node("n" + i, "model.simulated", i % 20 * 208, i / 20 * 192));
            for (int far : new int[] {1, 20}) {
                if (i + far < 200 && wires.size() < 300) {
                    wires.add(Wire.of("n" + i, "out", "n" + (i + far), "in"));
                }
            }
        }
        PipelineGraph large = graph.withNodes(nodes).withWires(wires);
        fx(() -> editor.model.show(large));
        for (int beat = 0; beat < 9; beat++) {
            List<NodeSnapshot> numbers = new ArrayList<>();
            List<WireSnapshot> queues = new ArrayList<>();
            for (PipelineNode node : nodes) {
                numbers.add(EditorFixtures.snapshot(
                        node.id(),
                        node.processor(),
                        StageState.RUNNING,
                        10L * beat,
                        9L * beat,
                        50,
                        30,
                        20,
                        beat,
                        EditorFixtures.cache(7L * beat, 3L * beat, 0),
                        null,
                        null,
                        Outcome.HIT));
            }
            for (Wire wire : wires) {
                queues.add(EditorFixtures.wire(wire.from().text(), wire.to().text(), beat));
            }
            RunSnapshot run = EditorFixtures.run("large", RunStatus.RUNNING, numbers, queues);
            fx(() -> editor.canvas.applySnapshot(null, run, EditorFixtures.SECOND / 4));
        }
        assertThat(editor.model.face("n199").counts().toString()).contains("56 hits", "24 misses");
    }

    private static PipelineGraph states() {
        PipelineGraph graph = PipelineGraph.empty("states");
        for (int i = 0; i < 12; i++) {
            PipelineNode node = EditorFixtures.node("n" + i, "model.simulated", i % 4 * 184, i / 4 * 192)
                    .withTitle("Model " + (i + 1));
            node = i == 6 ? node.withState(NodeState.BYPASS) : i == 7 ? node.withState(NodeState.MUTE) : node;
            graph = graph.withNode(i == 10 ? node.withCache(null) : node);
        }
        return graph.withWire(Wire.of("n0", "out", "n1", "in")).withWire(Wire.of("n7", "out", "n11", "in"));
    }

    private static RunSnapshot statesRun() {
        List<NodeSnapshot> nodes = new ArrayList<>();
        StageState[] states = {
            StageState.IDLE, StageState.RUNNING, StageState.WAITING, StageState.BLOCKED, StageState.DONE,
            StageState.FAILED, StageState.BYPASSED, StageState.MUTED, StageState.RUNNING, StageState.RUNNING,
            StageState.RUNNING
        };
        for (int i = 0; i < states.length; i++) {
            Outcome outcome = i == 1 ? Outcome.MISS : i == 8 ? Outcome.COALESCED : Outcome.HIT;
            nodes.add(EditorFixtures.snapshot(
                    "n" + i,
                    "model.simulated",
                    states[i],
                    14_700,
                    14_700,
                    40,
                    40,
                    20,
                    0,
                    i == 0 ? null : EditorFixtures.cache(9_000, 4_110, 702),
                    null,
                    null,
                    outcome));
        }
        return EditorFixtures.run("states", RunStatus.RUNNING, nodes, List.of());
    }

    private static void fx(Runnable action) {
        WaitForAsyncUtils.waitForAsyncFx(10_000, action);
        WaitForAsyncUtils.waitForFxEvents();
    }
}
