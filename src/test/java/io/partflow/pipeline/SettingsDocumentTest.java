package io.partflow.pipeline;

import static org.assertj.core.api.Assertions.assertThat;

import io.partflow.engine.builtin.BuiltinProcessors;
import io.partflow.engine.run.RunPlan;
import io.partflow.engine.run.StagePlan;
import java.nio.file.Path;
import java.util.Objects;
import org.junit.jupiter.api.Test;

/// Queue sizes, the memory budget and concurrency, from the document to the plan and back.
class SettingsDocumentTest {
    private static final PipelineDocument DOCUMENT = new PipelineDocument(BuiltinProcessors.catalog());
    private static final String SETTINGS = """
        {"format": "partflow-pipeline", "version": 1, "name": "x",
         "settings": {"budgetShare": %s, "mode": "%s"},
         "nodes": [{"id": "ask", "processor": "source.text", "params": {"text": "a"}},
                   {"id": "work", "processor": "flow.delay", "concurrency": %d},
                   {"id": "show", "processor": "sink.viewer"}],
         "wires": [{"from": "ask.out", "to": "work.in"}, {"from": "work.out", "to": "show.in"}]}\
        """;

    @Test
    void customSizesShareAndConcurrency_reachThePlanAndSurviveWriting() {
        PipelineDocument.Reading reading = DOCUMENT.parse(SETTINGS.formatted("0.25", "500/5", 3));

        assertThat(reading.problems()).isEmpty();
        RunPlan plan =
                Objects.requireNonNull(GraphCompiler.compile(reading.graph(), BuiltinProcessors.catalog(), Path.of("."))
                        .plan());
        assertThat(plan.mode().queueParts()).isEqualTo(500);
        assertThat(plan.mode().batchParts()).isEqualTo(5);
        assertThat(plan.budgetBytes()).isEqualTo(Runtime.getRuntime().maxMemory() / 4);
        assertThat(plan.stages().stream()
                        .filter(stage -> stage.id().equals("work"))
                        .map(StagePlan::concurrency))
                .containsExactly(3);
        assertThat(DOCUMENT.parse(DOCUMENT.write(reading.graph())).graph()).isEqualTo(reading.graph());
        assertThat(DOCUMENT.write(reading.graph())).contains("\"budgetShare\": 0.25", "\"concurrency\": 3");
    }

    @Test
    void settingsOutOfRange_areProblemsThatNameThem() {
        PipelineDocument.Reading reading = DOCUMENT.parse(SETTINGS.formatted("2.0", "5/500", 5_000));

        assertThat(reading.problems())
                .extracting(Problem::message)
                .satisfiesExactlyInAnyOrder(
                        message -> assertThat(message).contains("budgetShare").contains("at most 1"),
                        message -> assertThat(message).contains("mode").contains("500/5"),
                        message -> assertThat(message).contains("concurrency").contains("from 1 to 1000"));
    }
}
