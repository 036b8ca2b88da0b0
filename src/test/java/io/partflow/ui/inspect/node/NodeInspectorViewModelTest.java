package io.partflow.ui.inspect.node;

import static org.assertj.core.api.Assertions.assertThat;

import io.partflow.engine.builtin.BuiltinProcessors;
import io.partflow.engine.cache.CacheSettings;
import io.partflow.engine.content.JsonValue;
import io.partflow.engine.processor.ProcessorCatalog;
import io.partflow.engine.stream.StreamMode;
import io.partflow.pipeline.Layout;
import io.partflow.pipeline.PipelineNode;
import io.partflow.pipeline.PipelineSettings;
import io.partflow.pipeline.Problem;
import io.partflow.pipeline.edit.EditCommand;
import io.partflow.pipeline.edit.SetCache;
import io.partflow.pipeline.edit.SetConcurrency;
import io.partflow.pipeline.edit.SetParam;
import io.partflow.pipeline.edit.SetSettings;
import io.partflow.pipeline.edit.SetTitle;
import io.partflow.ui.inspect.InspectSamples;
import io.partflow.ui.inspect.form.FieldViewModel;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class NodeInspectorViewModelTest {
    private static final ProcessorCatalog CATALOG = BuiltinProcessors.catalog();

    private final List<EditCommand> edits = new ArrayList<>();
    private final NodeInspectorViewModel model = new NodeInspectorViewModel(CATALOG, edits::add);
    private final PipelineNode answer =
            PipelineNode.of("answer", CATALOG.descriptor("model.simulated").orElseThrow(), Layout.ORIGIN);

    private FieldViewModel field(List<FieldViewModel> fields, String name) {
        return fields.stream()
                .filter(field -> field.spec().name().equals(name))
                .findFirst()
                .orElseThrow();
    }

    @Test
    void aField_editsItsParameter_andFollowsTheDocument() {
        model.show(answer);
        FieldViewModel field = field(model.fields(), "latencyMinMs");

        field.enter("450 ms");
        assertThat(edits).containsExactly(new SetParam("answer", "latencyMinMs", JsonValue.of(450)));
        model.show(answer.withParam("latencyMinMs", JsonValue.of(200)));

        assertThat(field(model.fields(), "latencyMinMs")).as("the same field").isSameAs(field);
        assertThat(field.textProperty().get()).isEqualTo("200");
        assertThat(edits).hasSize(1);
    }

    @Test
    void fields_thatMeanNothingBesideTheOthers_areLeftOut() {
        PipelineNode prompt =
                PipelineNode.of("keep", CATALOG.descriptor("prompt.rolling").orElseThrow(), Layout.ORIGIN);
        model.show(prompt);
        FieldViewModel sentences = field(model.fields(), "sentences");
        assertThat(shown()).contains("policy", "maxParts", "summary", "vocabulary");
        assertThat(shown()).doesNotContain("turns", "tokens", "sentences", "summariser");

        model.show(prompt.withParam("summary", JsonValue.of("sentences")));
        assertThat(shown()).contains("sentences");
        assertThat(field(model.fields(), "sentences")).as("the same field").isSameAs(sentences);

        // what hangs on a field that is left out is left out too
        model.show(prompt.withParam("summary", JsonValue.of("sentences")).withParam("policy", JsonValue.of("turns")));
        assertThat(shown()).contains("turns").doesNotContain("maxParts", "summary", "sentences");
    }

    private List<String> shown() {
        return model.fields().stream()
                .filter(field -> field.relevantProperty().get())
                .map(field -> field.spec().name())
                .toList();
    }

    @Test
    void concurrency_isAFieldOfNodesThatWorkSideBySide() {
        model.show(answer);

        field(model.fields(), "node.concurrency").enter("4");

        assertThat(edits).containsExactly(new SetConcurrency("answer", 4));
    }

    @Test
    void pipelineSettings_areEditedOneByOne_andFollowTheDocument() {
        model.showSettings(PipelineSettings.DEFAULT);

        field(model.settingsFields(), "queue").enter("500");
        field(model.settingsFields(), "share").enter("25");
        field(model.settingsFields(), "mode").enter("high-throughput");

        assertThat(edits)
                .containsExactly(
                        new SetSettings(PipelineSettings.DEFAULT.withMode(StreamMode.of("500/10"))),
                        new SetSettings(PipelineSettings.DEFAULT.withBudgetShare(0.25)),
                        new SetSettings(PipelineSettings.DEFAULT.withMode(StreamMode.HIGH_THROUGHPUT)));
        model.showSettings(PipelineSettings.DEFAULT.withMode(StreamMode.of("500/5")));
        assertThat(field(model.settingsFields(), "mode").textProperty().get()).isEqualTo("custom");
        assertThat(field(model.settingsFields(), "batch").textProperty().get()).isEqualTo("5");
        assertThat(edits).hasSize(3);
    }

    @Test
    void theCache_isSwitchedAndSetByCommands() {
        model.show(answer);
        assertThat(model.cacheOnProperty().get()).isTrue();
        field(model.cacheFields(), "ttl").enter("90 s");
        field(model.cacheFields(), "items").enter("");

        CacheSettings shorter = CacheSettings.DEFAULT.withTtlMillis(90_000);
        assertThat(edits)
                .containsExactly(
                        new SetCache("answer", shorter),
                        new SetCache("answer", CacheSettings.DEFAULT.withMaxItems(null)));
        edits.clear();
        model.show(answer.withCache(shorter));
        model.switchCache();
        assertThat(edits).containsExactly(new SetCache("answer", null));
        model.show(answer.withCache(null));
        assertThat(model.cacheFields()).isEmpty();
        model.switchCache();
        assertThat(edits.getLast()).as("as it was set last").isEqualTo(new SetCache("answer", shorter));
    }

    @Test
    void numbers_comeFromTheSnapshotAlone() {
        model.show(answer);
        assertThat(model.numbersProperty().get().hits()).isEqualTo("-");

        model.sample(null, InspectSamples.run(60, 40, 0, 10), 0);
        assertThat(model.numbersProperty().get().hits()).isEqualTo("60");
        assertThat(model.numbersProperty().get().hitRatio()).isEqualTo(0.6);
        assertThat(model.stateText()).isEqualTo("Running");

        model.sample(InspectSamples.run(60, 40, 0, 10), InspectSamples.run(61, 40, 0, 12), 1_000_000_000L);
        assertThat(model.numbersProperty().get().hits()).isEqualTo("61");
        assertThat(model.numbersProperty().get().busyShare())
                .as("since the sample before")
                .isEqualTo(1.0);
        model.show(null);
        assertThat(model.fields()).isEmpty();
    }

    @Test
    void renamingAndProblems_concernTheNodeShown() {
        model.show(answer);
        model.rename("Simulated model");
        assertThat(edits).as("the name it has").isEmpty();
        model.rename(" Answer ");
        assertThat(edits).containsExactly(new SetTitle("answer", "Answer"));
        Problem own = Problem.ofNode("A", Problem.Severity.ERROR, "answer", null, "m", "r");
        Problem other = Problem.ofNode("A", Problem.Severity.ERROR, "show", null, "m", "r");
        model.showProblems(List.of(own, other));
        assertThat(model.problems()).containsExactly(own);
    }

    @Test
    void whatIsTyped_isHandedOut_beforeAnotherNodeIsShown() {
        model.show(answer);
        field(model.fields(), "latencyMinMs").textProperty().set("7 ms");

        model.show(null);

        assertThat(edits).containsExactly(new SetParam("answer", "latencyMinMs", JsonValue.of(7)));
    }
}
