package io.partflow.app;

import static io.partflow.app.WorkbenchStage.fx;
import static io.partflow.app.WorkbenchStage.until;
import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import javafx.geometry.Bounds;
import javafx.scene.Node;
import javafx.scene.control.Label;
import javafx.scene.control.Slider;
import javafx.scene.layout.HBox;
import javafx.stage.Stage;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.testfx.api.FxRobot;
import org.testfx.framework.junit5.ApplicationExtension;
import org.testfx.framework.junit5.Start;
import org.testfx.util.WaitForAsyncUtils;

/// The toolbar while a recording is replayed, in windows of several widths.
@Timeout(120)
@ExtendWith(ApplicationExtension.class)
class ToolbarUiTest {
    @TempDir
    Path home;

    private WorkbenchStage bench;
    private Stage stage;

    @Start
    void start(Stage shown) {
        stage = shown;
        bench = new WorkbenchStage(shown, home);
    }

    @AfterEach
    void end() throws Exception {
        bench.close();
    }

    private void open(double width) {
        fx(() -> {
            stage.setWidth(width);
            stage.setHeight(640);
            bench.model.open(WorkbenchStage.HELLO_HITS, () -> {});
        });
        until("it is open", () -> bench.graph().node("answer").isPresent());
        until(
                "the transport is there",
                () -> fx(() -> bench.window.root().getScene().getWidth() == width));
        WaitForAsyncUtils.waitForFxEvents();
    }

    private static void figures(FxRobot robot, String hit, String saved, String memory) {
        fx(() -> {
            texts(robot, "hit-text").setText(hit);
            List<Label> figures = robot.lookup("#figures .strong").queryAllAs(Label.class).stream()
                    .toList();
            figures.get(1).setText(saved);
            figures.get(2).setText(memory);
        });
        fx(() -> bench(robot).layout());
        WaitForAsyncUtils.waitForFxEvents();
    }

    private static Label texts(FxRobot robot, String style) {
        return robot.lookup("#figures ." + style).queryAs(Label.class);
    }

    private static HBox bench(FxRobot robot) {
        return robot.lookup("#toolbar").queryAs(HBox.class);
    }

    private static Bounds place(FxRobot robot, String query) {
        Node node = robot.lookup(query).query();
        return fx(() -> node.localToScene(node.getLayoutBounds()));
    }

    @ParameterizedTest
    @ValueSource(doubles = {1_440, 1_280, 1_100})
    void growingFigures_moveNothing_andFit(double width, FxRobot robot) {
        open(width);
        figures(robot, "-", "-", "-");
        Bounds speed = place(robot, "#speedSlot");
        Bounds replay = place(robot, "#replaySlot");
        Bounds hit = place(robot, "#figures .hit-text");

        figures(robot, "100.0 %", "59 min 59 s", "1,020 KiB");

        assertThat(place(robot, "#speedSlot")).isEqualTo(speed);
        assertThat(place(robot, "#replaySlot")).isEqualTo(replay);
        assertThat(place(robot, "#figures .hit-text")).isEqualTo(hit);
        assertThat(place(robot, "#figures").getMaxX()).isLessThanOrEqualTo(width);
        assertThat(place(robot, "#figures").getMinX())
                .as("nothing covers the figures")
                .isGreaterThanOrEqualTo(replay.getMaxX());
    }

    @ParameterizedTest
    @ValueSource(doubles = {1_440, 1_360, 1_280})
    void slider_ofAReplay_isThereDownTo1280(double width, FxRobot robot) {
        open(width);
        Slider slider = robot.lookup("#replaySlot .slider").queryAs(Slider.class);
        assertThat(fx(slider::isVisible)).isTrue();
        assertThat(fx(slider::getWidth)).isGreaterThanOrEqualTo(64);
        Node name = robot.lookup("#pipelineMenu").query();
        assertThat(fx(() -> name.getLayoutBounds().getWidth()))
                .as("the pipeline keeps its name")
                .isGreaterThanOrEqualTo(fx(() -> name.prefWidth(-1)));
    }
}
