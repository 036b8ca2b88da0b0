package io.partflow.ui.editor.model;

import static org.assertj.core.api.Assertions.assertThat;

import io.partflow.engine.run.RunSnapshot;
import io.partflow.engine.run.RunStatus;
import io.partflow.pipeline.PipelineGraph;
import io.partflow.pipeline.PortRef;
import io.partflow.pipeline.Problem;
import io.partflow.pipeline.Wire;
import io.partflow.ui.editor.model.CanvasSelection.Mode;
import io.partflow.ui.editor.model.NodeFace.State;
import io.partflow.ui.editor.model.NodeWalk.Direction;
import io.partflow.ui.support.Badge;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import javafx.geometry.Point2D;
import javafx.geometry.Rectangle2D;
import org.junit.jupiter.api.Test;

class CanvasModelTest {
    private final List<String> done = new ArrayList<>();
    private final CanvasModel model = new CanvasModel(EditorFixtures.catalog(), this::execute);

    private void execute(io.partflow.pipeline.edit.EditCommand command) {
        done.add(command.title());
        model.show(command.apply(model.graph()));
    }

    @Test
    void snapshot_twoInARow_givesRatesBadgesAndShares() {
        model.show(EditorFixtures.supportDesk());
        model.applySnapshot(null, EditorFixtures.run(0), 0);
        model.applySnapshot(EditorFixtures.run(0), EditorFixtures.run(1), EditorFixtures.SECOND / 4);
        assertThat(model.face("split").rate()).isEqualTo("20/s");
        assertThat(model.face("model").rate()).isEqualTo("busy 97 %");
        assertThat(model.face("prompt").state()).isEqualTo(State.BLOCKED);
        assertThat(model.face("prompt").rate()).isEqualTo("38 %");
        assertThat(model.face("image").cache().text()).isEqualTo("83.8 %");
        assertThat(model.face("image").cache().badge()).isEqualTo(Badge.HIT);
        assertThat(model.face("model").cache().badge()).isEqualTo(Badge.MISS);
        assertThat(model.face("model").counts())
                .extracting(NodeFace.Count::text)
                .containsExactly("9,888 hit", "4,112 miss", "+702");
        assertThat(model.face("files").counts())
                .extracting(NodeFace.Count::text)
                .containsExactly("1,210 parts");
        assertThat(model.face("files").time().busy()).isEqualTo(0.34);
        assertThat(model.face(Wire.of("prompt", "out", "model", "in"))
                        .orElseThrow()
                        .pressure())
                .isEqualTo(WireFace.Pressure.FULL);
        assertThat(model.face(Wire.of("split", "out", "prompt", "in"))
                        .orElseThrow()
                        .pressure())
                .isEqualTo(WireFace.Pressure.HIGH);
    }

    @Test
    void snapshot_ofAnEndedRun_showsCountsAndBothOutcomesAsMixed() {
        model.show(EditorFixtures.supportDesk());
        RunSnapshot running = EditorFixtures.run(1);
        RunSnapshot ended = EditorFixtures.run("run-1", RunStatus.COMPLETED, running.nodes(), running.wires());
        model.applySnapshot(running, ended, EditorFixtures.SECOND / 4);
        assertThat(model.face("model").cache().badge()).isEqualTo(Badge.MIX);
    }

    @Test
    void snapshot_ofNodesThatAreGone_isPassedOver() {
        model.show(EditorFixtures.row());
        model.applySnapshot(null, EditorFixtures.run(0), 0);
        assertThat(model.face("show").state()).isEqualTo(State.WAITING);
        assertThat(model.face("ask").state()).isEqualTo(State.IDLE);
    }

    @Test
    void face_beforeARun_showsSettingsAndCacheWithoutNumbers() {
        model.show(EditorFixtures.supportDesk());
        NodeFace face = model.face("model");
        assertThat(face.state()).isEqualTo(State.IDLE);
        assertThat(face.cache().text()).isEqualTo("no requests");
        assertThat(face.preview())
                .isEqualTo(new Preview.Settings(
                        List.of("Fastest answer 300 ms", "Slowest answer 1.2 s", "Output limit 512 tokens")));
        assertThat(face.tag()).isEqualTo("simulated");
        assertThat(model.face("files").preview())
                .isEqualTo(new Preview.Settings(List.of("ticket-0412.txt", "charger-07.png", "call-0412.wav")));
    }

    @Test
    void face_cacheTurnedOffAfterARun_saysOff() {
        model.show(EditorFixtures.supportDesk());
        model.applySnapshot(null, EditorFixtures.run(0), 0);
        model.selection().selectNode("model", Mode.REPLACE);
        model.toggleCache();
        assertThat(model.face("model").cache().badge()).isEqualTo(Badge.OFF);
    }

    @Test
    void drag_snapsToTheGrid_andIsOneEdit() {
        model.show(EditorFixtures.row());
        model.selection().selectNodes(Set.of("ask", "answer"), Mode.REPLACE);
        model.dragSelection("ask", 13, 5, CanvasModel.Grid.SNAP);
        assertThat(done).isEmpty();
        assertThat(model.box(model.graph().node("answer").orElseThrow()).getMinX())
                .isEqualTo(296);
        model.dropSelection(Optional.empty());
        assertThat(done).containsExactly("move 2 nodes");
        assertThat(model.graph().node("ask").orElseThrow().layout().x()).isEqualTo(56);
        assertThat(model.graph().node("ask").orElseThrow().layout().y()).isEqualTo(128);
    }

    @Test
    void hitTests_nodesPortsAndWires_areFoundWhereTheyLie() {
        model.show(EditorFixtures.row());
        assertThat(model.nodeAt(new Point2D(300, 150)))
                .hasValueSatisfying(node -> assertThat(node.id()).isEqualTo("answer"));
        assertThat(model.nodeAt(new Point2D(300, 50))).isEmpty();
        assertThat(model.portSpot(new PortRef("answer", "out"), PortSide.OUTPUT))
                .contains(new Point2D(440, 134));
        assertThat(model.wireAt(new Point2D(240, 136), 8)).contains(Wire.of("ask", "out", "answer", "in"));
        assertThat(model.wireAt(new Point2D(240, 200), 8)).isEmpty();
        assertThat(model.nodesIn(new Rectangle2D(0, 0, 250, 500))).containsExactly("ask");
    }

    @Test
    void selection_modes_replaceAddAndToggle() {
        model.show(EditorFixtures.row());
        CanvasSelection selection = model.selection();
        selection.selectNode("ask", Mode.REPLACE);
        selection.selectNode("show", Mode.ADD);
        assertThat(selection.nodes()).containsExactlyInAnyOrder("ask", "show");
        selection.selectNode("ask", Mode.TOGGLE);
        assertThat(selection.nodes()).containsExactly("show");
        selection.marquee(Set.of("show"), List.of("ask", "show"), Mode.TOGGLE);
        assertThat(selection.nodes()).containsExactly("ask");
        model.show(PipelineGraph.empty(""));
        assertThat(selection.isEmpty()).isTrue();
        assertThat(selection.focused()).isEmpty();
    }

    @Test
    void wireThatWouldCloseACircle_isRefusedWithAReason() {
        List<Problem> refused = new ArrayList<>();
        model.show(EditorFixtures.row()
                .withNode(EditorFixtures.node("split", "text.split", 0, 0))
                .withWire(Wire.of("answer", "out", "split", "in")));
        model.onRefused(refused::add);

        model.refuse(Wire.of("split", "out", "answer", "in"));
        model.refuse(Wire.of("answer", "out", "answer", "in"));
        model.refuse(Wire.of("answer", "out", "show", "in"));
        model.refuse(Wire.of("split", "out", "show", "in"));

        assertThat(refused)
                .extracting(Problem::message)
                .containsExactly(
                        "split.out cannot feed answer.in: split gets its parts from there,"
                                + " so the wires would run in a circle.",
                        "answer cannot feed itself.",
                        "answer.out and show.in are joined already.");
        assertThat(refused).allSatisfy(problem -> assertThat(problem.remedy()).isNotBlank());
        assertThat(done).isEmpty();
    }

    @Test
    void neighbour_byDirection_isTheNearestThere() {
        model.show(EditorFixtures.supportDesk());
        model.selection().selectNode("image", Mode.REPLACE);
        assertThat(NodeWalk.neighbour(model, Direction.UP)).contains("split");
        assertThat(NodeWalk.neighbour(model, Direction.DOWN)).contains("speech");
        assertThat(NodeWalk.neighbour(model, Direction.RIGHT)).contains("prompt");
        assertThat(NodeWalk.neighbour(model, Direction.LEFT)).contains("files");
    }

    @Test
    void rename_toTheProcessorsOwnTitle_takesTheTitleAway() {
        model.show(EditorFixtures.supportDesk());
        model.rename("model", " Simulated model ");
        assertThat(model.graph().node("model").orElseThrow().title()).isNull();
    }

    @Test
    void drop_byPlaceAndName_plansWhatAUserExpects() {
        model.show(EditorFixtures.supportDesk());
        Point2D empty = new Point2D(0, 600);
        Point2D image = new Point2D(300, 200);
        Point2D files = new Point2D(60, 260);
        DropPlan opens = plan("a/b.partflow.json", empty);
        assertThat(opens.opens()).contains(Path.of("a/b.partflow.json"));
        assertThat(plan("x.parts.jsonl", empty).edit().orElseThrow().selects()).containsExactly("recording");
        assertThat(plan("x.wav", files).words()).isEqualTo("Adds to Files");
        assertThat(plan("x.png", image).words()).isEqualTo("Feeds Image facts");
        assertThat(plan("x.wav", image).words())
                .isEqualTo("Image facts takes image; the files become a source beside it");
        assertThat(plan("x.wav", empty).words()).isEqualTo("New source here");
    }

    private DropPlan plan(String file, Point2D at) {
        return DropPlan.of(model, List.of(Path.of(file)), at, Path::toString);
    }
}
