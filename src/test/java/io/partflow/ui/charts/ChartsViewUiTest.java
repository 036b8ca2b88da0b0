package io.partflow.ui.charts;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.partflow.engine.run.RunSnapshot;
import io.partflow.ui.charts.draw.ChartCanvas;
import io.partflow.ui.charts.model.TimeAxis;
import io.partflow.ui.support.RunSnapshots;
import io.partflow.ui.support.Theme;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import javafx.geometry.Bounds;
import javafx.scene.Node;
import javafx.scene.Scene;
import javafx.scene.control.Button;
import javafx.scene.control.Label;
import javafx.scene.control.MenuButton;
import javafx.scene.control.ScrollPane;
import javafx.scene.image.PixelReader;
import javafx.scene.image.WritableImage;
import javafx.scene.input.KeyCode;
import javafx.scene.input.MouseButton;
import javafx.scene.layout.Pane;
import javafx.scene.paint.Color;
import javafx.stage.Stage;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.testfx.api.FxRobot;
import org.testfx.framework.junit5.ApplicationExtension;
import org.testfx.framework.junit5.Start;
import org.testfx.util.WaitForAsyncUtils;

@ExtendWith(ApplicationExtension.class)
class ChartsViewUiTest {

    @TempDir
    Path folder;

    private final ChartsViewModel model = new ChartsViewModel();
    private final CompletableFuture<String> notice = new CompletableFuture<>();
    private Stage stage;
    private ChartsView view;

    @Start
    void start(Stage shown) {
        stage = shown;
        view = ChartsView.load(
                model, ChartsView.Arrangement.DOCK, (name, owner) -> folder.resolve(name), notice::complete);
        Scene scene = new Scene(view.root(), 860, 228);
        Theme.DARK.apply(scene);
        stage.setScene(scene);
        stage.show();
    }

    private static List<String> titles(FxRobot robot) {
        return robot.lookup(".chart-card").queryAllAs(ChartCard.class).stream()
                .map(ChartCard::title)
                .toList();
    }

    @Test
    void dock_sayWhichChartsAreSeen_andTurnsToTheOthers(FxRobot robot) {
        robot.interact(() -> ((Pane) stage.getScene().getRoot()).getChildren().add(view.dockTools()));
        Label place = robot.lookup("#charts-pager .label").queryAs(Label.class);
        ScrollPane scroll = robot.lookup(".scroll-pane").queryAs(ScrollPane.class);
        List<Button> turn = List.copyOf(robot.lookup("#charts-pager .button").queryAllAs(Button.class));
        assertEquals("1 to 3 of 8", place.getText());
        assertTrue(turn.getFirst().isDisabled());
        robot.interact(turn.getLast()::fire);
        assertEquals("4 to 6 of 8", place.getText());
        robot.interact(turn.getLast()::fire);
        assertEquals("6 to 8 of 8", place.getText());
        assertEquals(1, scroll.getHvalue());
        assertTrue(turn.getLast().isDisabled());
        robot.interact(turn.getFirst()::fire);
        assertEquals("3 to 5 of 8", place.getText());
    }

    @Test
    void dock_evictions_comeForward(FxRobot robot) {
        String evictions = titles(robot).get(2);
        RunSnapshot full = RunSnapshots.run("r1", 1, RunSnapshots.cache(3, 9, 0, 4));
        robot.interact(() -> model.sampled(null, full, 1_000_000_000L));

        assertEquals(evictions, titles(robot).get(1));
        assertEquals(8, Set.copyOf(titles(robot)).size());
    }

    @AfterEach
    void forgetHeight(FxRobot robot) {
        robot.interact(() -> stage.sizeToScene());
    }

    private static ChartCanvas hitRate(FxRobot robot) {
        return robot.lookup(".chart-canvas").queryAs(ChartCanvas.class);
    }

    private void runALittle(FxRobot robot) {
        robot.interact(() -> {
            RunSnapshot previous = null;
            for (int sample = 1; sample <= 40; sample++) {
                RunSnapshot current =
                        RunSnapshots.run("r1", sample * 0.25, RunSnapshots.cache(sample * 6L, sample * 2L, 0, 0));
                model.sampled(previous, current, 250_000_000L);
                previous = current;
            }
        });
        WaitForAsyncUtils.waitForFxEvents();
    }

    @Test
    void view_beforeAndDuringARun_saysWhyThenDraws(FxRobot robot) {
        ChartCanvas chart = hitRate(robot);
        assertEquals("Hit rate: No requests yet: press Run (Ctrl+Enter).", chart.getAccessibleText());
        runALittle(robot);
        assertTrue(chart.getAccessibleText().contains("30 s mean 75.0"), chart.getAccessibleText());
        assertTrue(pixelsOf(robot, chart, Theme.DARK.colors().color("-pf-hit")) > 100);
    }

    @Test
    void chart_draggedOver_showsThatPartInAllUntilDoubleClicked(FxRobot robot) {
        runALittle(robot);
        ChartCanvas chart = hitRate(robot);
        Bounds on = chart.localToScreen(chart.getBoundsInLocal());
        double y = on.getCenterY();
        robot.moveTo(on.getMinX() + 100, y).press(MouseButton.PRIMARY).moveTo(on.getMinX() + 180, y);
        assertTrue(model.axis().drawnProperty().get() != null);
        robot.release(MouseButton.PRIMARY);
        assertTrue(
                model.axis().startSeconds() > 0.5, () -> "from " + model.axis().startSeconds());
        assertTrue(model.axis().endSeconds() < 9.5, () -> "to " + model.axis().endSeconds());
        WaitForAsyncUtils.waitForFxEvents();
        assertTrue(pixelsOf(robot, chart, Theme.DARK.colors().color("-pf-hit")) > 50);

        robot.moveTo(on.getMinX() + 140, y).doubleClickOn(MouseButton.PRIMARY);
        assertEquals(0, model.axis().startSeconds());
    }

    @Test
    void overview_isLeftOutOfALowDock(FxRobot robot) {
        assertFalse(robot.lookup("#charts-overview").query().isVisible());
        robot.interact(() -> stage.setHeight(300));
        assertTrue(robot.lookup("#charts-overview").query().isVisible());
    }

    @Test
    void overview_brushedMovedAndResized_showsThatPartInAllCharts(FxRobot robot) {
        robot.interact(() -> stage.setHeight(300));
        runALittle(robot);
        Node strip = robot.lookup("#charts-overview").query();
        Bounds on = strip.localToScreen(strip.getBoundsInLocal());
        double y = on.getCenterY();
        double left = on.getMinX() + 44;
        double second = (on.getWidth() - 144) / 10;
        drag(robot, left + 2 * second, left + 5 * second, y);
        assertEquals(2, model.axis().startSeconds(), 0.1);
        assertEquals(5, model.axis().endSeconds(), 0.1);
        drag(robot, left + 3 * second, left + 5 * second, y);
        assertEquals(4, model.axis().startSeconds(), 0.1);
        drag(robot, left + 7 * second, left + 9 * second, y);
        assertEquals(4, model.axis().startSeconds(), 0.1);
        assertEquals(9, model.axis().endSeconds(), 0.1);
        assertTrue(
                strip.getAccessibleText().startsWith("Overview of the run, 00:04 to 00:0"), strip::getAccessibleText);
        robot.moveTo(left + second, y).doubleClickOn(MouseButton.PRIMARY);
        assertNull(model.axis().brushProperty().get());
    }

    private static void drag(FxRobot robot, double fromX, double toX, double y) {
        robot.moveTo(fromX, y)
                .press(MouseButton.PRIMARY)
                .moveTo((fromX + toX) / 2, y)
                .moveTo(toX, y);
        robot.release(MouseButton.PRIMARY);
        WaitForAsyncUtils.waitForFxEvents();
    }

    @Test
    void overview_keys_moveAndResizeWhatIsShown(FxRobot robot) {
        robot.interact(() -> stage.setHeight(300));
        runALittle(robot);
        robot.interact(() -> robot.lookup("#charts-overview").query().requestFocus());
        assertSpan(robot, KeyCode.END, 7.5, 10);
        assertSpan(robot, KeyCode.LEFT, 6.5, 9);
        robot.press(KeyCode.SHIFT);
        assertSpan(robot, KeyCode.RIGHT, 6.5, 10);
        robot.release(KeyCode.SHIFT);
        assertSpan(robot, KeyCode.HOME, 0, 3.5);
        robot.type(KeyCode.ESCAPE);
        assertNull(model.axis().brushProperty().get());
    }

    private void assertSpan(FxRobot robot, KeyCode key, double from, double to) {
        robot.type(key);
        WaitForAsyncUtils.waitForFxEvents();
        assertEquals(new TimeAxis.Span(from, to), model.axis().brushProperty().get());
    }

    @Test
    void theme_switchedAtRunTime_redrawsInItsColours(FxRobot robot) {
        runALittle(robot);
        ChartCanvas chart = hitRate(robot);
        robot.interact(() -> Theme.LIGHT.apply(stage.getScene()));
        WaitForAsyncUtils.waitForFxEvents();
        assertTrue(pixelsOf(robot, chart, Theme.LIGHT.colors().color("-color-bg-default")) > 1_000);
        assertTrue(pixelsOf(robot, chart, Theme.LIGHT.colors().color("-pf-hit")) > 100);
        robot.interact(() -> Theme.DARK.apply(stage.getScene()));
    }

    @Test
    void menu_showAsTable_listsTheValues(FxRobot robot) {
        runALittle(robot);
        choose(robot, 0);
        ChartTable table = robot.lookup(".chart-table").queryAs(ChartTable.class);
        assertTrue(table.getItems().size() >= 10);
        assertEquals(3, table.getColumns().size());
        choose(robot, 0);
        assertTrue(robot.lookup(".chart-table").queryAll().isEmpty());
    }

    @Test
    void menu_exports_writeValuesAndPicture(FxRobot robot) throws Exception {
        runALittle(robot);
        choose(robot, 1);
        String told = notice.get(10, TimeUnit.SECONDS);
        Path csv = folder.resolve("hit-rate.csv");
        assertTrue(told.contains(csv.toString()), told);
        assertTrue(Files.readString(csv).startsWith("seconds,1 s,30 s mean\n"));
    }

    @Test
    void pointer_overAChart_movesTheCursorOfAll(FxRobot robot) {
        runALittle(robot);
        robot.moveTo(hitRate(robot));
        WaitForAsyncUtils.waitForFxEvents();
        double cursor = model.axis().visibleCursor();
        assertTrue(cursor > 0 && cursor < 10, () -> "cursor at " + cursor);
        assertNotEquals(0, pixelsOf(robot, hitRate(robot), Theme.DARK.colors().color("-color-fg-default")));
    }

    private static void choose(FxRobot robot, int item) {
        MenuButton menu = robot.lookup(".chart-card .menu-button").queryAs(MenuButton.class);
        robot.interact(() -> menu.getItems().get(item).fire());
        WaitForAsyncUtils.waitForFxEvents();
    }

    private static int pixelsOf(FxRobot robot, ChartCanvas chart, Color color) {
        int[] found = new int[1];
        robot.interact(() -> {
            WritableImage image = chart.snapshot(null, null);
            PixelReader pixels = image.getPixelReader();
            for (int y = 0; y < image.getHeight(); y++) {
                for (int x = 0; x < image.getWidth(); x++) {
                    found[0] += pixels.getColor(x, y).equals(color) ? 1 : 0;
                }
            }
        });
        return found[0];
    }
}
