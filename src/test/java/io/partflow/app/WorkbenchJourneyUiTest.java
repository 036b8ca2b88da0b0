package io.partflow.app;

import static io.partflow.app.WorkbenchStage.fx;
import static io.partflow.app.WorkbenchStage.until;
import static org.assertj.core.api.Assertions.assertThat;

import io.partflow.engine.cache.CacheEntry;
import io.partflow.engine.cache.CacheKey;
import io.partflow.engine.cache.CacheSettings;
import io.partflow.engine.processor.ProcessorDescriptor;
import io.partflow.engine.run.RunSnapshot;
import io.partflow.engine.run.RunStatus;
import io.partflow.pipeline.Layout;
import io.partflow.pipeline.PipelineGraph;
import io.partflow.pipeline.PipelineNode;
import io.partflow.pipeline.Wire;
import io.partflow.pipeline.edit.AddNode;
import io.partflow.pipeline.edit.AddWire;
import io.partflow.ui.charts.model.ChartHistory;
import io.partflow.ui.charts.model.Series;
import io.partflow.ui.inspect.entry.EntryRow;
import io.partflow.ui.support.Formats;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;
import javafx.scene.Node;
import javafx.scene.control.Button;
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
import org.testfx.util.WaitForAsyncUtils;

/// From a sample to a saved pipeline, with pointer and keys over the whole window.
@Timeout(180)
@ExtendWith(ApplicationExtension.class)
class WorkbenchJourneyUiTest {
    private static final Path MEDIA = WorkbenchStage.SAMPLES.resolve("media");
    private static final Path SOUND = MEDIA.resolve("audio/q1.wav");
    private static final Path PICTURE = MEDIA.resolve("images/chelsea.png");
    private static final Path TEXT = MEDIA.resolve("text/alice-last-page.txt");

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

    @Test
    void fromASample_toFilesOfOnesOwn_toASavedPipeline(FxRobot robot) throws Exception {
        runTheSample(robot);
        dropFilesAndWireThem(robot);
        lookIntoTheCacheAndTakeAnEntryOut(robot);
        cancelARun(robot);
        undoSaveAndReopen(robot);
    }

    private void runTheSample(FxRobot robot) {
        fx(() -> bench.window.shell().speed(Double.POSITIVE_INFINITY));
        robot.clickOn(robot.lookup((Node node) -> ("sample-" + WorkbenchStage.HELLO_HITS).equals(node.getId()))
                .<Node>query());
        RunSnapshot end = bench.awaitEnd(RunStatus.COMPLETED);
        assertThat(bench.graph().name()).isEqualTo("Hello, hits");
        assertThat(end.cache().hitRatio().orElseThrow()).isBetween(0.84, 0.88);
        until("the chart shows the end", () -> hitRate() > 0.0);
        assertThat(hitRate()).isLessThanOrEqualTo(100.0);

        long before = fx(() -> bench.window.charts().revisionProperty().get());
        robot.clickOn("#runButton");
        until(
                "a second run answers from the cache of the first",
                () -> !bench.snapshot().runId().equals(end.runId())
                        && bench.snapshot().status().isEnded());
        bench.awaitPhase(RunControl.Phase.IDLE);
        assertThat(bench.snapshot().cache().misses()).isZero();
        assertThat(bench.snapshot().cache().hits()).isEqualTo(400);
        until("the charts moved", () -> bench.window.charts().revisionProperty().get() > before);
        until("the hit rate is that of the second run", () -> hitRate() == 100.0);
        assertThat(texts(robot)).contains(Formats.percent(1.0));
    }

    private double hitRate() {
        return fx(() -> {
            ChartHistory chart = bench.window.charts().charts().stream()
                    .filter(each -> each.chart().id().equals("hit-rate"))
                    .findFirst()
                    .orElseThrow();
            return chart.series().stream()
                    .filter(series -> series.style().key().equals("30s"))
                    .mapToDouble(Series::lastValue)
                    .findFirst()
                    .orElse(0);
        });
    }

    private static Set<String> texts(FxRobot robot) {
        return robot.lookup((Node node) -> node instanceof Label).queryAll().stream()
                .map(node -> String.valueOf(((Label) node).getText()))
                .collect(Collectors.toSet());
    }

    private void dropFilesAndWireThem(FxRobot robot) {
        List<Path> files = List.of(SOUND, PICTURE, TEXT);
        Set<String> before = ids();
        boolean taken = fx(() -> {
            bench.window.drops().hover(files, 60, 20);
            bench.window.drops().leave();
            return bench.window.drops().handleDrop(files, 60, 20);
        });
        assertThat(taken).isTrue();
        Set<String> added = ids();
        added.removeAll(before);
        assertThat(added).as("one source for all files").hasSize(1);
        String source = added.iterator().next();
        assertThat(node(source).processor()).isEqualTo("source.files");
        assertThat(String.valueOf(node(source).params().get("paths"))).contains("q1.wav", "chelsea.png", "alice");

        attach(source, "text.summary", 300);
        attach(source, "image.facts", 420);
        attach(source, "audio.facts", 540);
        until("nothing is wrong with it", () -> errors() == 0);

        robot.press(KeyCode.CONTROL, KeyCode.ENTER).release(KeyCode.ENTER, KeyCode.CONTROL);
        until("it runs again", () -> bench.snapshot().node(source).isPresent());
        RunSnapshot end = bench.awaitEnd(RunStatus.COMPLETED);
        assertThat(end.node(source).orElseThrow().partsOut()).isEqualTo(3);
        assertThat(end.failures()).as("%s", end.recentFailures()).isZero();
        assertThat(bench.model.entries().stream().map(CacheEntry::processor))
                .contains("model.simulated", "text.summary", "image.facts", "audio.facts");
    }

    private Set<String> ids() {
        return bench.graph().nodes().stream().map(PipelineNode::id).collect(Collectors.toSet());
    }

    private PipelineNode node(String id) {
        return bench.graph().node(id).orElseThrow();
    }

    private long errors() {
        return fx(() -> Objects.requireNonNull(bench.model.problemsProperty().get()).stream()
                .filter(problem -> problem.isError())
                .count());
    }

    private void attach(String source, String processor, double y) {
        fx(() -> {
            ProcessorDescriptor descriptor =
                    bench.model.catalog().descriptor(processor).orElseThrow();
            String id = bench.model.graph().freshId(processor);
            bench.model.execute(new AddNode(
                    PipelineNode.of(id, descriptor, Layout.at(560, y)).withCache(CacheSettings.DEFAULT)));
            bench.model.execute(new AddWire(Wire.of(source, "out", id, "in")));
        });
    }

    private void lookIntoTheCacheAndTakeAnEntryOut(FxRobot robot) {
        fx(() -> bench.window.shell().showEntriesTab());
        TableView<EntryRow> table = robot.lookup("#entries-table").queryTableView();
        int all = bench.model.entries().size();
        until("every entry is in the table", () -> fx(() -> table.getItems().size()) == all);

        robot.clickOn("#filter").write("image.facts");
        until("the filter leaves the picture's", () -> fx(() -> table.getItems().size()) == 1);
        CacheKey key = fx(() -> table.getItems().getFirst().entry().key());
        until("a click selects the entry", () -> robot.lookup("#key").tryQuery().isPresent() || clickFirstRow(robot));
        until("its value is shown", () -> texts(robot).stream().anyMatch(text -> text.contains("\"width\"")));
        assertThat(robot.lookup("#key").queryAs(Label.class).getText()).startsWith("image.facts/");

        robot.clickOn("#invalidate");
        until("it is gone", () -> bench.model.entry(key).isEmpty());
        until("the table shows it", () -> fx(() -> table.getItems().isEmpty()));
        until(
                "the user hears of it",
                () -> bench.notices.stream()
                        .anyMatch(notice -> Notice.Tone.INFORMATION == notice.tone() && notice.action() != null));

        Button undo = robot.lookup("#undo").queryButton();
        until("it can be undone", () -> fx(undo::isVisible));
        robot.clickOn(undo);
        until("it is back", () -> bench.model.entry(key).isPresent());
        until("the table shows it", () -> fx(() -> table.getItems().size()) == 1);

        robot.clickOn("#filter").write(" -image");
        until("the table is empty", () -> fx(() -> table.getItems().isEmpty()));
        fx(() -> bench.window.shell().showEntryTab());
        assertThat(robot.lookup("#invalidate").queryButton().isVisible())
                .as("an entry that is filtered out is not gone")
                .isTrue();
        fx(() -> robot.lookup("#filter").queryTextInputControl().clear());
    }

    /// Looks the row up anew each time: rows that the filter has left behind are emptied with a later layout.
    private static boolean clickFirstRow(FxRobot robot) {
        robot.lookup((Node each) -> each instanceof TableRow<?> row && !row.isEmpty() && row.getIndex() == 0)
                .tryQuery()
                .ifPresent(robot::clickOn);
        WaitForAsyncUtils.waitForFxEvents();
        return robot.lookup("#key").tryQuery().isPresent();
    }

    private void cancelARun(FxRobot robot) throws Exception {
        fx(() -> {
            bench.model.entries().forEach(entry -> bench.model.invalidate(entry.key()));
            bench.window.shell().speed(1.0);
            bench.window.canvas().requestFocus();
        });
        String before = bench.snapshot().runId();
        robot.press(KeyCode.CONTROL, KeyCode.ENTER).release(KeyCode.ENTER, KeyCode.CONTROL);
        until(
                "questions are being answered",
                () -> !bench.snapshot().runId().equals(before)
                        && bench.snapshot().cache().requests() > 0);
        bench.awaitPhase(RunControl.Phase.RUNNING);

        robot.press(KeyCode.SHIFT, KeyCode.F5).release(KeyCode.F5, KeyCode.SHIFT);

        RunSnapshot end = bench.awaitEnd(RunStatus.CANCELLED);
        assertThat(end.elapsedNanos()).isLessThan(Duration.ofSeconds(60).toNanos());
        assertThat(end.memory().inFlightBytes()).isZero();
        assertThat(io.partflow.engine.stream.RunScope.openScopes()).isZero();
    }

    private void undoSaveAndReopen(FxRobot robot) throws Exception {
        PipelineGraph wired = bench.graph();
        fx(() -> bench.window.canvas().requestFocus());
        robot.press(KeyCode.CONTROL, KeyCode.Z).release(KeyCode.Z, KeyCode.CONTROL);
        until(
                "the last wire is gone",
                () -> bench.graph().wires().size() == wired.wires().size() - 1);
        robot.press(KeyCode.CONTROL, KeyCode.Y).release(KeyCode.Y, KeyCode.CONTROL);
        until("and back", () -> bench.graph().equals(wired));
        robot.press(KeyCode.CONTROL, KeyCode.Z).release(KeyCode.Z, KeyCode.CONTROL);
        until("and gone", () -> bench.graph().wires().size() == wired.wires().size() - 1);

        Path file = home.resolve("desk.partflow.json");
        bench.chosen.answers.add(file);
        byte[] sample = Files.readAllBytes(WorkbenchStage.HELLO_HITS);
        robot.press(KeyCode.CONTROL, KeyCode.S).release(KeyCode.S, KeyCode.CONTROL);
        until(
                "it is saved",
                () -> Files.exists(file)
                        && !fx(() -> bench.model.dirtyProperty().get()));
        assertThat(bench.chosen.asked).containsExactly(FileDialogs.Purpose.SAVE_PIPELINE);
        assertThat(Files.readAllBytes(WorkbenchStage.HELLO_HITS))
                .as("samples stay")
                .isEqualTo(sample);
        assertThat(bench.title.get()).contains("desk.partflow.json");

        PipelineGraph saved = bench.graph();
        fx(() -> bench.window.actions().startNew());
        until("an empty pipeline is open", () -> bench.graph().nodes().isEmpty());
        fx(() -> bench.window.actions().open(file));
        until("the saved one is open", () -> !bench.graph().nodes().isEmpty());
        assertThat(bench.graph()).isEqualTo(saved);
        until("the wire that was undone is still missing", () -> errors() == 1);
    }
}
