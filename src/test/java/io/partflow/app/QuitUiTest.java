package io.partflow.app;

import static io.partflow.app.WorkbenchStage.fx;
import static io.partflow.app.WorkbenchStage.until;
import static org.assertj.core.api.Assertions.assertThat;

import io.partflow.engine.run.RunStatus;
import io.partflow.pipeline.Layout;
import io.partflow.pipeline.PipelineNode;
import io.partflow.pipeline.edit.AddNode;
import io.partflow.ui.support.Messages;
import java.nio.file.Path;
import java.util.concurrent.atomic.AtomicInteger;
import javafx.application.Platform;
import javafx.scene.Node;
import javafx.scene.control.Button;
import javafx.scene.control.TextField;
import javafx.scene.input.KeyCode;
import javafx.stage.Stage;
import javafx.stage.Window;
import javafx.stage.WindowEvent;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.testfx.api.FxRobot;
import org.testfx.framework.junit5.ApplicationExtension;
import org.testfx.framework.junit5.Start;

/// Ctrl+Q ends the workbench from wherever the keyboard is, as closing the window does.
@Timeout(120)
@ExtendWith(ApplicationExtension.class)
class QuitUiTest {
    @TempDir
    Path home;

    private final AtomicInteger ends = new AtomicInteger();
    private WorkbenchStage bench;
    private Stage stage;

    @Start
    void start(Stage shown) {
        stage = shown;
        bench = new WorkbenchStage(shown, home);
        bench.window.actions().onQuit(ends::incrementAndGet);
    }

    @AfterEach
    void end() throws Exception {
        bench.close();
    }

    private void pressAndExpectEnd(FxRobot robot, String where) {
        int before = ends.get();
        robot.press(KeyCode.CONTROL, KeyCode.Q).release(KeyCode.Q, KeyCode.CONTROL);
        until("it ended with the keyboard " + where, () -> ends.get() == before + 1);
        assertThat(Window.getWindows()).as("nothing is asked, " + where).hasSize(1);
    }

    private void openHelloHits() {
        fx(() -> bench.model.open(WorkbenchStage.HELLO_HITS, () -> {}));
        until("it is open", () -> bench.graph().node("answer").isPresent());
    }

    private static <T extends Node> T find(FxRobot robot, String query) {
        until(query + " is there", () -> robot.lookup(query).tryQuery().isPresent());
        return robot.lookup(query).query();
    }

    private static void focus(Node node) {
        fx(node::requestFocus);
        assertThat(fx(node::isFocused)).as("%s has the keyboard", node).isTrue();
    }

    @Test
    void ctrlQ_fromWhereverTheKeyboardIs_endsTheWorkbench(FxRobot robot) {
        pressAndExpectEnd(robot, "nowhere, nothing open");
        openHelloHits();
        focus(find(robot, "#canvas"));
        pressAndExpectEnd(robot, "on the canvas");
        focus(find(robot, "#node-answer"));
        pressAndExpectEnd(robot, "on a node");
        focus(find(robot, "#palette-search"));
        pressAndExpectEnd(robot, "in the palette's search");
        fx(() -> bench.window.inspection().showSomeNode());
        focus(find(robot, "#params .text-field"));
        pressAndExpectEnd(robot, "in a field of the form");
        fx(() -> bench.window.shell().showEntriesTab());
        focus(find(robot, "#entries-table"));
        pressAndExpectEnd(robot, "in the table of entries");
        fx(() -> bench.window.shell().showMissesTab());
        focus(find(robot, "#misses-table"));
        pressAndExpectEnd(robot, "in the table of misses");
        focus(find(robot, "#runButton"));
        pressAndExpectEnd(robot, "on a button");
        for (ShellPanes.Workspace workspace : ShellPanes.Workspace.values()) {
            fx(() -> bench.window.shell().choose(workspace));
            pressAndExpectEnd(robot, "in " + workspace);
        }
    }

    @Test
    void ctrlQ_duringARun_endsTheWorkbench(FxRobot robot) {
        openHelloHits();
        fx(() -> bench.window.shell().speed(1));
        robot.clickOn("#runButton");
        until(
                "parts move",
                () -> bench.model.run().snapshot().isPresent()
                        && bench.snapshot().status() == RunStatus.RUNNING
                        && bench.snapshot().cache().requests() > 0);
        pressAndExpectEnd(robot, "where the click left it, in a run");
        focus(find(robot, "#canvas"));
        pressAndExpectEnd(robot, "on the canvas, in a run");
        fx(() -> bench.model.run().togglePause());
        bench.awaitPhase(RunControl.Phase.PAUSED);
        pressAndExpectEnd(robot, "in a run that is held");
    }

    @Test
    void ctrlQ_withUnsavedWork_asksAsClosingTheWindowDoes(FxRobot robot) {
        openHelloHits();
        fx(() -> bench.model.execute(new AddNode(PipelineNode.of(
                "one-more", bench.model.catalog().descriptor("sink.viewer").orElseThrow(), Layout.at(80, 600)))));
        robot.press(KeyCode.CONTROL, KeyCode.Q).release(KeyCode.Q, KeyCode.CONTROL);
        answer(robot, "ask.unsaved.cancel");
        assertThat(ends).as("whoever takes it back goes on").hasValue(0);
        assertThat(stage.isShowing()).isTrue();

        fx(() -> bench.window.actions().closeWith(stage));
        Platform.runLater(() -> stage.fireEvent(new WindowEvent(stage, WindowEvent.WINDOW_CLOSE_REQUEST)));
        answer(robot, "ask.unsaved.cancel");
        assertThat(ends).hasValue(0);
        assertThat(stage.isShowing()).isTrue();

        robot.press(KeyCode.CONTROL, KeyCode.Q).release(KeyCode.Q, KeyCode.CONTROL);
        answer(robot, "ask.unsaved.discard");
        until("it ended", () -> ends.get() == 1);
    }

    /// Of what is typed but not entered the question comes first too.
    @Test
    void ctrlQ_withAChangeTypedButNotEntered_asks(FxRobot robot) {
        openHelloHits();
        fx(() -> bench.window.inspection().showSomeNode());
        TextField field = find(robot, "#params .text-field");
        focus(field);
        fx(() -> field.setText("77"));
        robot.press(KeyCode.CONTROL, KeyCode.Q).release(KeyCode.Q, KeyCode.CONTROL);
        answer(robot, "ask.unsaved.cancel");
        assertThat(ends).hasValue(0);
    }

    private static void answer(FxRobot robot, String key) {
        String text = Messages.text(key);
        until(
                "it asks",
                () -> robot.lookup((Node node) -> isButton(node, text))
                        .tryQuery()
                        .isPresent());
        robot.clickOn(robot.lookup((Node node) -> isButton(node, text)).<Node>query());
        until("the question is gone", () -> Window.getWindows().size() == 1);
    }

    private static boolean isButton(Node node, String text) {
        return node instanceof Button button && text.equals(button.getText());
    }
}
