package io.partflow.ui.editor;

import static org.assertj.core.api.Assertions.assertThat;

import io.partflow.pipeline.NodeState;
import io.partflow.pipeline.PipelineGraph;
import io.partflow.pipeline.Wire;
import io.partflow.ui.editor.model.CanvasSelection;
import io.partflow.ui.editor.model.EditorFixtures;
import io.partflow.ui.editor.model.PortSide;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import javafx.event.Event;
import javafx.event.EventType;
import javafx.geometry.Point2D;
import javafx.geometry.Rectangle2D;
import javafx.scene.Node;
import javafx.scene.control.Label;
import javafx.scene.input.KeyCode;
import javafx.scene.input.MouseButton;
import javafx.scene.input.MouseEvent;
import javafx.scene.input.PickResult;
import javafx.stage.Stage;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.testfx.api.FxRobot;
import org.testfx.framework.junit5.ApplicationExtension;
import org.testfx.framework.junit5.Start;
import org.testfx.util.WaitForAsyncUtils;

/// Journeys on the canvas with pointer and keyboard, in the headless platform.
@ExtendWith(ApplicationExtension.class)
class CanvasUiTest {
    private static final Wire ASK_ANSWER = Wire.of("ask", "out", "answer", "in");
    private static final Wire ANSWER_SHOW = Wire.of("answer", "out", "show", "in");

    private EditorStage editor;

    @Start
    void start(Stage stage) {
        editor = new EditorStage(stage, EditorFixtures.row(), 980, 560);
    }

    @Test
    void node_draggedByHeader_movesInOneUndoStep(FxRobot robot) {
        PipelineGraph before = editor.model.graph();
        Rectangle2D box = editor.box("answer");
        drag(robot, header("answer"), offset(header("answer"), 53, 35));
        Rectangle2D moved = editor.box("answer");
        assertThat(moved.getMinX()).isNotEqualTo(box.getMinX());
        assertThat(moved.getMinX() % 8).isZero();
        assertThat(editor.edits).isEqualTo(1);
        assertThat(editor.history.undoTitle()).contains("move answer");
        fx(editor.history::undo);
        assertThat(editor.model.graph()).isEqualTo(before);
        assertThat(editor.box("answer")).isEqualTo(box);
        fx(editor.history::redo);
        assertThat(editor.box("answer")).isEqualTo(moved);
    }

    @Test
    void node_pressedAndMovedLessThanSixPixels_isSelectedOnly(FxRobot robot) {
        drag(robot, header("answer"), offset(header("answer"), 3, 3));
        assertThat(editor.edits).isZero();
        assertThat(editor.model.selection().nodes()).containsExactly("answer");
    }

    @Test
    void drag_escapePressed_leavesNoTrace(FxRobot robot) {
        Rectangle2D box = editor.box("answer");
        robot.moveTo(header("answer")).press(MouseButton.PRIMARY).moveBy(60, 60);
        robot.type(KeyCode.ESCAPE);
        robot.release(MouseButton.PRIMARY);
        assertThat(editor.edits).isZero();
        assertThat(editor.box("answer")).isEqualTo(box);
    }

    @Test
    void wire_selectedAndDeleted_isGoneAndComesBack(FxRobot robot) {
        robot.clickOn(middle(ASK_ANSWER));
        assertThat(editor.model.selection().wires()).containsExactly(ASK_ANSWER);
        robot.type(KeyCode.DELETE);
        assertThat(editor.model.graph().wires()).containsExactly(ANSWER_SHOW);
        fx(editor.history::undo);
        assertThat(editor.model.graph().wires()).contains(ASK_ANSWER);
    }

    @Test
    void wire_altClicked_isGone() {
        mouse(MouseEvent.MOUSE_PRESSED, wireAt(ANSWER_SHOW), middle(ANSWER_SHOW), Held.ALT);
        assertThat(editor.model.graph().wires()).containsExactly(ASK_ANSWER);
    }

    @Test
    void wire_drawnFromPortToNodeBody_connects(FxRobot robot) {
        fx(() -> editor.model.edit(new io.partflow.pipeline.edit.RemoveWires(Set.of(ANSWER_SHOW))));
        Rectangle2D show = editor.box("show");
        drag(robot, port("answer", "out", PortSide.OUTPUT), editor.onScreen(show.getMinX() + 80, show.getMinY() + 70));
        assertThat(editor.model.graph().wires()).contains(ANSWER_SHOW);
    }

    @Test
    void wire_drawnToPortThatDoesNotFit_saysWhyAndChangesNothing(FxRobot robot) {
        fx(() -> editor.history.execute(
                new io.partflow.pipeline.edit.AddNode(EditorFixtures.node("image", "image.facts", 520, 340))));
        robot.moveTo(port("answer", "out", PortSide.OUTPUT)).press(MouseButton.PRIMARY);
        robot.moveBy(20, 20).moveTo(port("image", "in", PortSide.INPUT));
        Label hint = (Label) editor.canvas.lookup("#canvas-hint");
        assertThat(hint.isVisible()).isTrue();
        assertThat(hint.getText()).isEqualTo("Takes image, not text");
        robot.release(MouseButton.PRIMARY);
        assertThat(editor.model.graph().wires()).hasSize(2);
        assertThat(hint.isVisible()).isFalse();
    }

    @Test
    void wire_droppedWhereItCannotBe_isRefusedInWords(FxRobot robot) {
        List<String> refused = new ArrayList<>();
        fx(() -> {
            editor.model.onRefused(problem -> refused.add(problem.message()));
            editor.history.execute(
                    new io.partflow.pipeline.edit.AddNode(EditorFixtures.node("image", "image.facts", 520, 340)));
        });
        drag(robot, port("answer", "out", PortSide.OUTPUT), port("image", "in", PortSide.INPUT));
        assertThat(refused).containsExactly("answer.out carries text, but image.in takes image.");
        assertThat(editor.model.graph().wires()).hasSize(2);
    }

    @Test
    void nodes_copiedCutAndPasted_comeBack(FxRobot robot) {
        fx(() -> editor.model.selection().selectNode("answer", CanvasSelection.Mode.REPLACE));
        fx(editor.canvas::requestFocus);
        robot.push(KeyCode.CONTROL, KeyCode.C);
        robot.push(KeyCode.CONTROL, KeyCode.V);
        assertThat(editor.model.graph().nodes()).hasSize(4);
        assertThat(editor.model.graph().wires()).hasSize(2);
        assertThat(editor.history.undoTitle()).contains("paste answer");
        robot.push(KeyCode.CONTROL, KeyCode.X);
        assertThat(editor.model.graph().nodes()).hasSize(3);
        robot.push(KeyCode.CONTROL, KeyCode.SHIFT, KeyCode.V);
        assertThat(editor.model.graph().nodes()).hasSize(4);
        assertThat(editor.edits).isEqualTo(3);
    }

    @Test
    void chipOfAFullQueue_coversNoPortOfNearNodes() {
        fx(() -> {
            editor.model.edit(new io.partflow.pipeline.edit.MoveNodes(Set.of("answer", "show"), -32, 0));
            editor.model.zoomTo(1);
            editor.canvas.applySnapshot(
                    null,
                    EditorFixtures.run(
                            "run-1",
                            io.partflow.engine.run.RunStatus.RUNNING,
                            List.of(),
                            List.of(new io.partflow.engine.run.WireSnapshot(
                                    "ask.out", "answer.in", 9_000, 4_255, 50_000, 0, 4_255, 0, 0, 0))),
                    0);
            editor.canvas.applyCss();
            editor.canvas.layout();
        });
        Node chip = editor.canvas.lookup(".wire-chip");
        assertThat(((Label) chip.lookup(".wire-chip-text")).getText()).isEqualTo("4255");
        Rectangle2D answer = editor.box("answer");
        Rectangle2D ask = editor.box("ask");
        assertThat(answer.getMinX() - ask.getMaxX()).isEqualTo(48);
        assertThat(chip.getBoundsInParent().getMinX()).isGreaterThanOrEqualTo(ask.getMaxX() + 5);
        assertThat(chip.getBoundsInParent().getMaxX()).isLessThanOrEqualTo(answer.getMinX() - 5);
    }

    @Test
    void wire_droppedOnEmptyCanvas_offersOnlyWhatFits_andConnectsIt(FxRobot robot) {
        drag(robot, port("ask", "out", PortSide.OUTPUT), editor.onScreen(240, 400));
        assertThat(editor.canvas.quickAdd().isVisible()).isTrue();
        robot.write("split");
        robot.type(KeyCode.ENTER);
        assertThat(editor.model.graph().wires()).contains(Wire.of("ask", "out", "split", "in"));
        assertThat(editor.model.selection().nodes()).containsExactly("split");
        assertThat(editor.edits).isEqualTo(1);
    }

    @Test
    void inputEnd_draggedToEmptyCanvas_removesTheWire(FxRobot robot) {
        drag(robot, port("show", "in", PortSide.INPUT), editor.onScreen(480, 420));
        assertThat(editor.model.graph().wires()).containsExactly(ASK_ANSWER);
    }

    @Test
    void inputEnd_draggedToAnotherNode_movesTheWire(FxRobot robot) {
        fx(() -> editor.history.execute(
                new io.partflow.pipeline.edit.AddNode(EditorFixtures.node("other", "sink.viewer", 520, 340))));
        drag(robot, port("show", "in", PortSide.INPUT), port("other", "in", PortSide.INPUT));
        assertThat(editor.model.graph().wires())
                .containsExactlyInAnyOrder(ASK_ANSWER, Wire.of("answer", "out", "other", "in"));
        assertThat(editor.edits).isEqualTo(1);
    }

    @Test
    void marquee_overTwoNodes_selectsThem_andShiftAdds(FxRobot robot) {
        drag(robot, editor.onScreen(20, 90), editor.onScreen(300, 260));
        assertThat(editor.model.selection().nodes()).containsExactlyInAnyOrder("ask", "answer");
        mouse(MouseEvent.MOUSE_PRESSED, editor.canvas, editor.onScreen(500, 90), Held.SHIFT);
        mouse(MouseEvent.MOUSE_DRAGGED, editor.canvas, editor.onScreen(600, 200), Held.SHIFT);
        mouse(MouseEvent.MOUSE_RELEASED, editor.canvas, editor.onScreen(600, 200), Held.SHIFT);
        assertThat(editor.model.selection().nodes()).containsExactlyInAnyOrder("ask", "answer", "show");
        robot.clickOn(editor.onScreen(120, 420));
        assertThat(editor.model.selection().nodes()).isEmpty();
        assertThat(editor.edits).isZero();
    }

    @Test
    void keys_onSelection_doWhatTheyPromise(FxRobot robot) {
        robot.clickOn(header("answer"));
        robot.type(KeyCode.B);
        assertThat(state("answer")).isEqualTo(NodeState.BYPASS);
        robot.type(KeyCode.B).type(KeyCode.M);
        assertThat(state("answer")).isEqualTo(NodeState.MUTE);
        robot.type(KeyCode.M).type(KeyCode.K);
        assertThat(editor.model.graph().node("answer").orElseThrow().cache()).isNull();
        double x = editor.box("answer").getMinX();
        robot.push(KeyCode.SHIFT, KeyCode.RIGHT);
        assertThat(editor.box("answer").getMinX()).isEqualTo(x + 8);
        robot.push(KeyCode.CONTROL, KeyCode.D);
        assertThat(editor.model.graph().hasNode("simulated")).isTrue();
        assertThat(editor.model.selection().nodes()).containsExactly("simulated");
        robot.type(KeyCode.DELETE);
        robot.push(KeyCode.CONTROL, KeyCode.A);
        assertThat(editor.model.selection().nodes()).hasSize(3);
        robot.type(KeyCode.ESCAPE);
        assertThat(editor.model.selection().nodes()).isEmpty();
    }

    @Test
    void deleteWithCtrl_betweenTwoNodes_joinsThem(FxRobot robot) {
        robot.clickOn(header("answer"));
        robot.push(KeyCode.CONTROL, KeyCode.DELETE);
        assertThat(editor.model.graph().wires()).containsExactly(Wire.of("ask", "out", "show", "in"));
        assertThat(editor.edits).isEqualTo(1);
    }

    @Test
    void tab_walksAlongTheFlow(FxRobot robot) {
        robot.clickOn(editor.onScreen(120, 420));
        robot.type(KeyCode.TAB);
        assertThat(editor.model.selection().focused()).isEqualTo("ask");
        robot.type(KeyCode.TAB).type(KeyCode.TAB);
        assertThat(editor.model.selection().focused()).isEqualTo("show");
        robot.push(KeyCode.SHIFT, KeyCode.TAB);
        assertThat(editor.model.selection().focused()).isEqualTo("answer");
        robot.type(KeyCode.LEFT);
        assertThat(editor.model.selection().focused()).isEqualTo("ask");
    }

    @Test
    void rename_typedAndEntered_setsTheTitle(FxRobot robot) {
        robot.clickOn(header("show"));
        robot.type(KeyCode.F2);
        robot.write("Replies");
        robot.type(KeyCode.ENTER);
        assertThat(editor.model.graph().node("show").orElseThrow().title()).isEqualTo("Replies");
        robot.type(KeyCode.DELETE);
        assertThat(editor.model.graph().hasNode("show")).isFalse();
    }

    @Test
    void wheel_overAPoint_zoomsAboutIt(FxRobot robot) {
        fx(() -> editor.model.zoomTo(1));
        robot.moveTo(header("answer"));
        Point2D before = header("answer");
        robot.scroll(1, javafx.geometry.VerticalDirection.UP);
        assertThat(editor.model.viewport().zoom()).isNotEqualTo(1);
        assertThat(header("answer").distance(before)).isLessThan(1.5);
    }

    @Test
    void middleDrag_pansTheView(FxRobot robot) {
        double before = editor.model.viewport().panX();
        robot.moveTo(editor.onScreen(120, 420))
                .press(MouseButton.MIDDLE)
                .moveBy(40, 0)
                .release(MouseButton.MIDDLE);
        assertThat(editor.model.viewport().panX()).isEqualTo(before + 40);
        assertThat(editor.edits).isZero();
    }

    @Test
    void palette_rowDraggedToCanvas_addsANodeThere(FxRobot robot) {
        Point2D target = editor.onScreen(200, 400);
        robot.moveTo("#palette-text-split")
                .press(MouseButton.PRIMARY)
                .moveBy(12, 6)
                .moveTo(target);
        robot.release(MouseButton.PRIMARY);
        assertThat(editor.model.graph().hasNode("split")).isTrue();
        assertThat(editor.box("split").contains(200, 400)).isTrue();
        assertThat(editor.edits).isEqualTo(1);
    }

    @Test
    void palette_rowDraggedOntoAWire_goesIntoIt(FxRobot robot) {
        robot.moveTo("#palette-text-split")
                .press(MouseButton.PRIMARY)
                .moveBy(12, 6)
                .moveTo(middle(ASK_ANSWER));
        robot.release(MouseButton.PRIMARY);
        assertThat(editor.model.graph().wires())
                .containsExactlyInAnyOrder(
                        Wire.of("ask", "out", "split", "in"), Wire.of("split", "out", "answer", "in"), ANSWER_SHOW);
        assertThat(editor.edits).isEqualTo(1);
    }

    @Test
    void palette_rowEntered_addsBesideTheSelectedNode(FxRobot robot) {
        robot.clickOn("#palette-search").write("viewer");
        robot.type(KeyCode.DOWN).type(KeyCode.ENTER);
        assertThat(editor.model.graph().nodes()).hasSize(4);
        assertThat(editor.model.selection().nodes()).containsExactly("viewer");
    }

    @Test
    void nodes_inARun_areSpokenWithStateAndHitRatio() {
        fx(() -> editor.model.show(EditorFixtures.supportDesk()));
        fx(() -> editor.canvas.applySnapshot(null, EditorFixtures.run(0), 0));
        Node model = editor.canvas.lookup("#node-model");
        assertThat(model.getAccessibleText()).isEqualTo("Answer, Running, hit ratio 72 percent");
    }

    private NodeState state(String node) {
        return editor.model.graph().node(node).orElseThrow().state();
    }

    private Point2D header(String node) {
        Rectangle2D box = editor.box(node);
        return editor.onScreen(box.getMinX() + 60, box.getMinY() + 14);
    }

    private Point2D port(String node, String port, PortSide side) {
        Point2D spot = editor.model
                .portSpot(new io.partflow.pipeline.PortRef(node, port), side)
                .orElseThrow();
        return editor.onScreen(spot.getX(), spot.getY());
    }

    private Point2D middle(Wire wire) {
        Point2D spot = editor.model.curve(wire).orElseThrow().at(0.5);
        return editor.onScreen(spot.getX(), spot.getY());
    }

    private Node wireAt(Wire wire) {
        return editor.canvas.lookup(("#wire-" + wire.from() + "-" + wire.to()).replace('.', '-'));
    }

    private enum Held {
        SHIFT,
        ALT
    }

    /// The headless platform's pointer knows no modifier keys, so these events are made by hand.
    private static void mouse(EventType<MouseEvent> type, Node target, Point2D screen, Held held) {
        fx(() -> {
            Point2D scene = target.getScene().getRoot().screenToLocal(screen);
            Event.fireEvent(
                    target,
                    new MouseEvent(
                            type,
                            scene.getX(),
                            scene.getY(),
                            screen.getX(),
                            screen.getY(),
                            MouseButton.PRIMARY,
                            1,
                            held == Held.SHIFT,
                            false,
                            held == Held.ALT,
                            false,
                            true,
                            false,
                            false,
                            true,
                            false,
                            true,
                            new PickResult(target, scene.getX(), scene.getY())));
        });
    }

    private static Point2D offset(Point2D point, double dx, double dy) {
        return point.add(dx, dy);
    }

    private static void drag(FxRobot robot, Point2D from, Point2D to) {
        Point2D near = from.add(to.subtract(from).normalize().multiply(10));
        robot.moveTo(from).press(MouseButton.PRIMARY);
        if (from.distance(to) > 10) {
            robot.moveTo(near);
        }
        robot.moveTo(to).release(MouseButton.PRIMARY);
        WaitForAsyncUtils.waitForFxEvents();
    }

    private static void fx(Runnable action) {
        WaitForAsyncUtils.waitForAsyncFx(10_000, action);
        WaitForAsyncUtils.waitForFxEvents();
    }
}
