package io.partflow.app;

import static io.partflow.app.WorkbenchStage.fx;
import static io.partflow.app.WorkbenchStage.until;
import static org.assertj.core.api.Assertions.assertThat;

import io.partflow.engine.cache.CacheSettings;
import io.partflow.engine.run.RunOptions;
import io.partflow.engine.run.RunStatus;
import io.partflow.pipeline.edit.SetCache;
import io.partflow.ui.tune.advice.AdviceViewModel;
import io.partflow.ui.tune.curve.CurvePicture;
import java.nio.file.Path;
import java.util.Objects;
import javafx.scene.Node;
import javafx.scene.control.Label;
import javafx.scene.control.TableRow;
import javafx.scene.control.TableView;
import javafx.scene.input.KeyCode;
import javafx.stage.Stage;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.testfx.api.FxRobot;
import org.testfx.framework.junit5.ApplicationExtension;
import org.testfx.framework.junit5.Start;

/// What the history of the caches says, from the first run to a change that is applied and undone.
@Timeout(180)
@ExtendWith(ApplicationExtension.class)
class TuneJourneyUiTest {
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

    private void runHelloHits(long items) {
        fx(() -> bench.model.open(WorkbenchStage.HELLO_HITS, () -> {}));
        until("it is open", () -> bench.graph().node("answer").isPresent());
        fx(() -> bench.model.execute(new SetCache(
                "answer",
                CacheSettings.DEFAULT.withPolicy(CacheSettings.Policy.LRU).withMaxItems(items))));
        run();
    }

    private void run() {
        String before = bench.model.run().snapshot().map(run -> run.runId()).orElse("");
        // Slow enough for requests to end one by one: all at once they would share each other's answers, so that a
        // larger cache would bring nothing.
        fx(() -> {
            bench.window.shell().speed(10.0);
            bench.model.startRun(RunOptions.Reading.ALL, null);
        });
        until(
                "it runs",
                () -> bench.model.run().snapshot().isPresent()
                        && !bench.snapshot().runId().equals(before));
        bench.awaitEnd(RunStatus.COMPLETED);
    }

    private CurvePicture picture() {
        return fx(() -> bench.window.tuning().sizeCurve().pictureProperty().get());
    }

    @Test
    void history_ofARun_isShown_explained_andActedOn(FxRobot robot) {
        runHelloHits(5);
        sizeCurve(robot);
        whyAMiss(robot);
        advice(robot);
    }

    private void sizeCurve(FxRobot robot) {
        fx(() -> bench.window.shell().choose(ShellPanes.Workspace.TUNE));
        until(
                "the curve is there",
                () -> !picture().isEmpty() && picture().lines().size() == 4);
        long before = picture().lines().getFirst().curve().accesses();
        assertThat(before).isEqualTo(400);
        assertThat(picture().limit()).isEqualTo(5);

        run();
        until("the curve has moved", () -> picture().lines().getFirst().curve().accesses() > before);

        robot.clickOn("#curve-chart");
        robot.press(KeyCode.RIGHT).release(KeyCode.RIGHT);
        until(
                "a size is read",
                () -> fx(() -> bench.window
                                .tuning()
                                .sizeCurve()
                                .cursorProperty()
                                .get())
                        > 0);
        fx(() -> bench.window.tuning().sizeCurve().candidateProperty().set(60));
        robot.clickOn("#curve-apply");
        until("the limit is set", () -> Objects.equals(cache().maxItems(), 60L));
        fx(bench.model::undo);
        until("and undone", () -> Objects.equals(cache().maxItems(), 5L));
        until("also in the curve", () -> Objects.equals(picture().limit(), 5L));
    }

    private CacheSettings cache() {
        return Objects.requireNonNull(bench.graph().node("answer").orElseThrow().cache());
    }

    private void whyAMiss(FxRobot robot) {
        fx(() -> {
            bench.window.shell().choose(ShellPanes.Workspace.BUILD);
            bench.window.shell().showMissesTab();
        });
        until(
                "misses are listed",
                () -> robot.lookup("#misses-table").tryQuery().isPresent()
                        && fx(() -> !robot.lookup("#misses-table")
                                .<TableView<?>>query()
                                .getItems()
                                .isEmpty()));
        fx(() -> bench.window.tuning().missList().heldProperty().set(true));
        until("a click selects one", () -> clickFirstRow(robot));
        until("it is explained", () -> !sentence(robot).isEmpty());
        assertThat(fx(() -> bench.window.tuning().missList().selectedProperty().get()))
                .isNotNull();
    }

    private static boolean clickFirstRow(FxRobot robot) {
        robot.lookup("#misses-table")
                .lookup((Node each) -> each instanceof TableRow<?> row && !row.isEmpty() && row.getIndex() == 0)
                .tryQuery()
                .ifPresent(robot::clickOn);
        return robot.lookup("#why-sentence").tryQuery().isPresent();
    }

    private static String sentence(FxRobot robot) {
        return robot.lookup("#why-sentence")
                .tryQuery()
                .map(node -> ((Label) node).getText())
                .orElse("");
    }

    private void advice(FxRobot robot) {
        fx(() -> bench.window.shell().choose(ShellPanes.Workspace.TUNE));
        until("there is advice", () -> robot.lookup(".advice-apply").tryQuery().isPresent());
        CacheSettings before = cache();
        AdviceViewModel.Card card = fx(() -> bench.window.tuning().advice().cardsProperty().get().stream()
                .filter(each -> each.doing() == AdviceViewModel.Doing.APPLY)
                .findFirst()
                .orElseThrow());
        robot.clickOn(robot.lookup("#apply-" + card.advice().rule() + "-answer").<Node>query());
        until("it is applied", () -> !cache().equals(before));
        fx(bench.model::undo);
        until("and undone", () -> cache().equals(before));
    }

    @Test
    void entries_invalidatedInBulk_areCountedFirst_andComeBack(FxRobot robot) {
        runHelloHits(1_000);
        long all = bench.model.entryCount();
        assertThat(all).isPositive();
        fx(() -> bench.window.shell().openBulk());
        until(
                "the form is there",
                () -> robot.lookup("#bulk-scope-all").tryQuery().isPresent());
        robot.clickOn("#bulk-scope-all");
        until("they are counted", () -> text(robot, "#bulk-summary").startsWith(all + " entries"));
        assertThat(bench.model.entryCount()).isEqualTo(all);

        robot.clickOn("#bulk-remove");
        until("they are gone", () -> bench.model.entryCount() == 0);
        until("the user is told", () -> bench.notices.stream().anyMatch(notice -> notice.action() != null));
        fx(() -> bench.notices.stream()
                .filter(notice -> notice.action() != null)
                .forEach(notice -> notice.onAction().run()));
        until("they are back", () -> bench.model.entryCount() == all);
    }

    private static String text(FxRobot robot, String id) {
        return robot.lookup(id).tryQuery().map(node -> ((Label) node).getText()).orElse("");
    }
}
