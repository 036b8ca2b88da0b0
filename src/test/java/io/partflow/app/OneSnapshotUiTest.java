package io.partflow.app;

import static io.partflow.app.WorkbenchStage.fx;
import static io.partflow.app.WorkbenchStage.until;
import static org.assertj.core.api.Assertions.assertThat;

import io.partflow.cli.Invocation;
import io.partflow.engine.cache.CacheSettings;
import io.partflow.engine.content.JsonObject;
import io.partflow.engine.run.RunOptions;
import io.partflow.engine.run.RunSnapshot;
import io.partflow.engine.run.RunStatus;
import io.partflow.engine.stream.StreamMode;
import io.partflow.pipeline.Layout;
import io.partflow.pipeline.PipelineNode;
import io.partflow.pipeline.edit.AddNode;
import io.partflow.pipeline.report.Assertion;
import io.partflow.pipeline.report.ReportJson;
import io.partflow.pipeline.report.ReportText;
import io.partflow.pipeline.report.RunReport;
import io.partflow.ui.charts.model.ChartHistory;
import io.partflow.ui.charts.model.ChartRows;
import io.partflow.ui.charts.model.SeriesRing;
import io.partflow.ui.charts.model.TimeRange;
import io.partflow.ui.support.RunSnapshots;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import javafx.scene.Node;
import javafx.scene.control.Label;
import javafx.stage.Stage;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.testfx.api.FxRobot;
import org.testfx.framework.junit5.ApplicationExtension;
import org.testfx.framework.junit5.Start;

/// Charts, canvas, inspector, toolbar, report and command line tell the numbers of one and the same snapshot.
@ExtendWith(ApplicationExtension.class)
class OneSnapshotUiTest {
    private static final long SECOND = 1_000_000_000L;

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
    void changedCounts_areChangedEverywhere(FxRobot robot) {
        fx(() -> {
            bench.model.execute(new AddNode(PipelineNode.of(
                            "model",
                            bench.model.catalog().descriptor("model.simulated").orElseThrow(),
                            Layout.at(80, 80))
                    .withCache(CacheSettings.DEFAULT)));
            bench.window.inspection().showSomeNode();
        });
        RunSnapshot first = RunSnapshots.run("r1", 1, RunSnapshots.cache(300, 56, 44, 0));
        sample(null, first);
        expect(robot, first, 300, 56, 44, "86.0 %");

        RunSnapshot second = RunSnapshots.run("r1", 2, RunSnapshots.cache(500, 100, 25 + 44, 0));
        sample(first, second);
        expect(robot, second, 500, 100, 69, "85.1 %");
    }

    /// The engine itself, through the pump, in the window and in the command: each further question changes
    /// its counts, and everybody sees the change.
    @Test
    void requestsToTheEngine_areTheSameInChartEntriesReportAndCommandLine(FxRobot robot) throws IOException {
        for (String questions : List.of("one\\ntwo\\none", "one\\ntwo\\none\\nthree\\ntwo\\none\\nfour")) {
            String name = questions.length() + " characters";
            Path document = Files.writeString(home.resolve("questions.partflow.json"), """
                {"format":"partflow-pipeline","version":1,"name":"%s","nodes":[
                 {"id":"type","processor":"source.text","processorVersion":1,
                  "params":{"text":"%s","emit":"line"}},
                 {"id":"split","processor":"text.split","processorVersion":1,"params":{},
                  "cache":{"scope":"part","tier":"memory","ttlMs":0,"maxItems":100,"maxBytes":null}},
                 {"id":"show","processor":"sink.viewer","processorVersion":1,"params":{}}],
                 "wires":[{"from":"type.out","to":"split.in"},{"from":"split.out","to":"show.in"}]}
                """.formatted(name, questions));
            List<String> asked = Arrays.asList(questions.split(Pattern.quote("\\n")));
            long requests = asked.size();
            long misses = asked.stream().distinct().count();

            fx(() -> bench.model.open(document, () -> {}));
            until("the document is open", () -> bench.graph().name().equals(name));
            robot.clickOn("#runButton");
            RunSnapshot end = bench.awaitEnd(RunStatus.COMPLETED);

            assertThat(end.cache().requests()).as("engine").isEqualTo(requests);
            assertThat(end.cache().misses()).isEqualTo(misses);
            until("the chart shows the end", () -> total(chart("requests"), "miss") == misses);
            assertThat(total(chart("requests"), "hit") + total(chart("requests"), "coalesced"))
                    .as("chart")
                    .isEqualTo(requests - misses);
            until(
                    "the table of entries has them",
                    () -> fx(bench.model::entries).size() == misses);
            assertThat(Assertion.parse("requests==" + requests)
                            .check(ReportJson.numbers(end))
                            .verdict())
                    .as("report")
                    .isEqualTo(Assertion.Verdict.PASSED);
            Invocation.Result command = Invocation.partflow(
                    "run",
                    document.toString(),
                    "--report",
                    "json",
                    "--assert",
                    "requests==" + requests,
                    "--assert",
                    "misses==" + misses);
            assertThat(command.status()).as(command.err()).isZero();
        }
    }

    /// As the pump does.
    private void sample(RunSnapshot previous, RunSnapshot current) {
        fx(() -> {
            bench.window.charts().sampled(previous, current, SECOND);
            bench.window.sampled(previous, current, SECOND);
        });
    }

    private void expect(FxRobot robot, RunSnapshot snapshot, long hits, long misses, long coalesced, String ratio) {
        until("the toolbar tells the ratio", () -> texts(robot, "#figures").contains(ratio));
        assertThat(texts(robot, "#node-model")).as("canvas").anyMatch(text -> text.contains(ratio));
        assertThat(texts(robot, ".node-inspector"))
                .as("inspector")
                .contains(String.valueOf(hits), String.valueOf(misses), String.valueOf(coalesced))
                .anyMatch(text -> text.startsWith(ratio));

        ChartHistory requests = chart("requests");
        assertThat(total(requests, "hit")).as("chart").isEqualTo(hits);
        assertThat(total(requests, "miss")).isEqualTo(misses);
        assertThat(total(requests, "coalesced")).isEqualTo(coalesced);
        assertThat(fx(() -> ChartRows.of(chart("hit-rate"), TimeRange.ALL).rows()))
                .as("the chart as a table")
                .isNotEmpty();

        JsonObject numbers = ReportJson.numbers(snapshot);
        for (String claim :
                List.of("cache.hits==" + hits, "cache.misses==" + misses, "cache.coalesced==" + coalesced)) {
            assertThat(Assertion.parse(claim).check(numbers).verdict())
                    .as(claim)
                    .isEqualTo(Assertion.Verdict.PASSED);
        }
        String text = ReportText.of(new RunReport(
                "0",
                "sample",
                new RunReport.Settings(StreamMode.BALANCED, 1, RunOptions.Reading.ALL, List.of()),
                snapshot,
                List.of(),
                List.of()));
        assertThat(text.lines().filter(line -> line.contains(ratio)).findFirst())
                .as("the command line's report")
                .hasValueSatisfying(
                        line -> assertThat(Arrays.asList(line.strip().split("  +")))
                                .containsSubsequence(
                                        "model",
                                        String.valueOf(hits + misses + coalesced),
                                        String.valueOf(hits),
                                        String.valueOf(coalesced),
                                        String.valueOf(misses)));
    }

    private ChartHistory chart(String id) {
        return bench.window.charts().charts().stream()
                .filter(chart -> chart.chart().id().equals(id))
                .findFirst()
                .orElseThrow();
    }

    private static double total(ChartHistory history, String key) {
        return fx(() -> {
            SeriesRing ring = history.series().stream()
                    .filter(series -> series.style().key().equals(key))
                    .findFirst()
                    .orElseThrow()
                    .countRing(TimeRange.ALL);
            double total = 0;
            for (int index = 0; index < ring.size(); index++) {
                total += ring.sum(index);
            }
            return total;
        });
    }

    private static Set<String> texts(FxRobot robot, String within) {
        return robot
                .from(robot.lookup(within).queryAll())
                .lookup((Node node) -> node instanceof Label)
                .queryAll()
                .stream()
                .map(node -> String.valueOf(((Label) node).getText()))
                .collect(Collectors.toSet());
    }
}
