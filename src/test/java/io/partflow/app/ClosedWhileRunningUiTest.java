package io.partflow.app;

import static io.partflow.app.WorkbenchStage.fx;
import static io.partflow.app.WorkbenchStage.until;
import static org.assertj.core.api.Assertions.assertThat;

import io.partflow.engine.run.RunOptions;
import io.partflow.engine.run.RunStatus;
import io.partflow.pipeline.Layout;
import io.partflow.pipeline.PipelineNode;
import io.partflow.pipeline.edit.AddNode;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import javafx.stage.Stage;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.testfx.framework.junit5.ApplicationExtension;
import org.testfx.framework.junit5.Start;

/// What is left when the window goes while a run is in progress. That no thread is, the harness asserts after it.
@Timeout(60)
@ExtendWith(ApplicationExtension.class)
class ClosedWhileRunningUiTest {
    @TempDir
    Path home;

    private WorkbenchStage bench;

    @Start
    void start(Stage stage) {
        bench = new WorkbenchStage(stage, home);
    }

    @Test
    void close_ofAWindowWithARunAndUnsavedWork_endsTheRunAndKeepsTheJournal() throws Exception {
        fx(() -> bench.model.open(WorkbenchStage.HELLO_HITS, () -> {}));
        until("the sample is open", () -> bench.graph().name().equals("Hello, hits"));
        fx(() -> bench.window.shell().speed(1));
        fx(() -> bench.window.actions().run(RunOptions.Reading.ALL));
        until(
                "parts move",
                () -> bench.model.run().snapshot().isPresent()
                        && bench.snapshot().status() == RunStatus.RUNNING
                        && bench.snapshot().cache().requests() > 0);
        fx(() -> bench.model.execute(new AddNode(PipelineNode.of(
                "left-behind", bench.model.catalog().descriptor("sink.viewer").orElseThrow(), Layout.at(80, 600)))));

        bench.close();
        bench.model.awaitEnd();

        until("the run has ended", () -> bench.snapshot().status().isEnded());
        assertThat(bench.snapshot().status()).isEqualTo(RunStatus.CANCELLED);
        assertThat(bench.snapshot().memory().inFlightBytes()).isZero();
        assertThat(journals())
                .as("what was not saved can be restored")
                .anySatisfy(file -> assertThat(Files.readString(file)).contains("left-behind"));
    }

    private List<Path> journals() throws Exception {
        try (Stream<Path> files = Files.walk(home)) {
            return files.filter(Files::isRegularFile).toList();
        }
    }
}
