package io.partflow.ui.inspect.form;

import static org.assertj.core.api.Assertions.assertThat;

import io.partflow.engine.builtin.BuiltinProcessors;
import io.partflow.engine.builtin.nested.NestedProcessors;
import io.partflow.engine.content.JsonArray;
import io.partflow.engine.content.JsonString;
import io.partflow.engine.content.JsonValue;
import io.partflow.engine.processor.ParamSpec;
import io.partflow.engine.processor.ProcessorDescriptor;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/// Processors inside a parameter, chosen and filled in rather than typed.
class StepFormTest {
    private static final List<ProcessorDescriptor> CHOICES =
            NestedProcessors.fitting(BuiltinProcessors.catalog(), NestedProcessors.ANY);

    private final List<Optional<JsonValue>> edits = new ArrayList<>();

    private FieldViewModel step(String line) {
        return new FieldViewModel(
                ParamSpec.text("summariser", "Summariser", "", "").withProcessors(NestedProcessors.ANY),
                JsonValue.of(line),
                value -> edits.add(Optional.ofNullable(value)),
                CHOICES);
    }

    private FieldViewModel steps(String... lines) {
        JsonArray list = new JsonArray(
                List.of(lines).stream().<JsonValue>map(JsonValue::of).toList());
        return new FieldViewModel(
                ParamSpec.list("branches", "Branches", "").withProcessors(NestedProcessors.ANY),
                list,
                value -> edits.add(Optional.ofNullable(value)),
                CHOICES);
    }

    private static FieldViewModel param(StepForm form, String name) {
        return form.fields().stream()
                .filter(field -> field.spec().name().equals(name))
                .findFirst()
                .orElseThrow();
    }

    private static ProcessorDescriptor named(String id) {
        return CHOICES.stream().filter(each -> each.id().equals(id)).findFirst().orElseThrow();
    }

    private JsonValue last() {
        return edits.getLast().orElseThrow();
    }

    @Test
    void parameterOfAStep_isShownWhereItMeansSomething() {
        StepForm form = step("text.split").steps().getFirst();

        assertThat(param(form, "length").relevantProperty().get()).isFalse();
        param(form, "by").enter("length");

        assertThat(param(form, "length").relevantProperty().get()).isTrue();
        assertThat(param(form, "language").relevantProperty().get()).isFalse();
    }

    private CasesForm cases(String... lines) {
        JsonArray list = new JsonArray(
                List.of(lines).stream().<JsonValue>map(JsonValue::of).toList());
        ParamSpec spec = BuiltinProcessors.catalog()
                .descriptor("flow.part-switch")
                .flatMap(found -> found.param("cases"))
                .orElseThrow();
        return new CasesForm(new FieldViewModel(
                spec,
                list,
                value -> edits.add(Optional.ofNullable(value)),
                NestedProcessors.fitting(BuiltinProcessors.catalog(), spec.nests())));
    }

    private List<String> lastLines() {
        return ((JsonArray) last())
                .values().stream().map(each -> ((JsonString) each).value()).toList();
    }

    @Test
    void cases_areRowsOfAConditionAndAProcessor_andWriteTheirLines() {
        CasesForm form = cases("type image/*: image.facts thumbnailSize=64", "otherwise: pass");
        CaseForm first = form.cases().getFirst();
        assertThat(first.word()).isEqualTo("type");
        assertThat(first.value()).isEqualTo("image/*");
        assertThat(param(first.step(), "thumbnailSize").textProperty().get()).isEqualTo("64");
        assertThat(form.cases().get(1).hasValue()).isFalse();
        assertThat(Objects.requireNonNull(
                                form.cases().get(1).step().chosenProperty().get())
                        .title())
                .isEqualTo("Pass as it is");

        param(first.step(), "thumbnailSize").enter("128");
        assertThat(lastLines()).containsExactly("type image/*: image.facts thumbnailSize=128", "otherwise: pass");
        first.enterValue(" image/png, image/webp ");
        first.chooseWord("metadata");
        assertThat(lastLines().getFirst()).isEqualTo("metadata image/png, image/webp: image.facts thumbnailSize=128");
        form.add();
        form.moveUp(form.cases().getLast());
        assertThat(lastLines().subList(1, 3)).containsExactly("type text/*: pass", "otherwise: pass");
        form.cases().get(1).step().choose(named("text.summary"));
        form.remove(form.cases().getFirst());
        assertThat(lastLines()).containsExactly("type text/*: text.summary", "otherwise: pass");
    }

    @Test
    void caseThatCannotBeRead_staysAsItIs_untilItIsEdited() {
        CasesForm form = cases("what is this");

        assertThat(form.cases().getFirst().line()).isEqualTo("what is this");
        assertThat(edits).isEmpty();
        form.cases().getFirst().enterValue("text/");
        assertThat(lastLines()).containsExactly("type text/: pass");
    }

    @Test
    void choices_areThoseThatFit_andInsideThemThoseThatNestNothing() {
        assertThat(CHOICES)
                .extracting(ProcessorDescriptor::id)
                .contains("text.summary", "image.facts", "flow.chain", "flow.stream-switch", "flow.source")
                .doesNotContain("source.text", "sink.viewer", "flow.reserved");
        assertThat(inner(ParamSpec.list("steps", "Steps", "").withProcessors(NestedProcessors.ANY)))
                .extracting(ProcessorDescriptor::id)
                .contains("text.summary", "image.facts")
                .doesNotContain("flow.parallel", "flow.chain", "prompt.window");
    }

    private static List<ProcessorDescriptor> inner(ParamSpec spec) {
        return spec.nests().isEmpty()
                ? List.of()
                : NestedProcessors.innermost(BuiltinProcessors.catalog(), spec.nests());
    }

    @Test
    void stepsInsideAStep_areFilledInToo() {
        FieldViewModel field = new FieldViewModel(
                ParamSpec.text("processor", "Processor", "", "").withProcessors(NestedProcessors.ANY),
                JsonValue.of("flow.chain steps=\"text.split,text.summary maxSentences=2\""),
                value -> edits.add(Optional.ofNullable(value)),
                CHOICES,
                StepFormTest::inner);
        FieldViewModel inside = param(field.steps().getFirst(), "steps");

        assertThat(inside.shape()).isEqualTo(FieldViewModel.Shape.STEPS);
        assertThat(inside.steps()).hasSize(2);
        param(inside.steps().getLast(), "maxSentences").enter("4");

        assertThat(last()).isEqualTo(JsonValue.of("flow.chain steps=\"text.split,text.summary maxSentences=4\""));
    }

    @Test
    void aLine_isShownAsItsProcessorWithItsParameters() {
        StepForm form = step("text.summary maxSentences=2").steps().getFirst();

        assertThat(Objects.requireNonNull(form.chosenProperty().get()).id()).isEqualTo("text.summary");
        assertThat(param(form, "maxSentences").textProperty().get()).isEqualTo("2");
    }

    @Test
    void aParameter_goesOutInTheLine_andItsDefaultDoesNot() {
        FieldViewModel field = step("text.summary maxSentences=2");
        StepForm form = field.steps().getFirst();

        param(form, "maxSentences").enter("5");
        assertThat(last()).isEqualTo(JsonValue.of("text.summary maxSentences=5"));

        param(form, "maxSentences").enter("");
        assertThat(last()).isEqualTo(JsonValue.of("text.summary"));
    }

    @Test
    void anotherProcessor_beginsWithItsDefaults() {
        FieldViewModel field = step("text.summary maxSentences=2");

        field.steps().getFirst().choose(named("image.facts"));

        assertThat(last()).isEqualTo(JsonValue.of("image.facts"));
        assertThat(field.steps().getFirst().fields())
                .extracting(FieldViewModel::title)
                .isNotEmpty();
    }

    @Test
    void textsWithSpacesQuotesAndCommas_surviveTheLine() {
        FieldViewModel field = step("text.match");
        StepForm form = field.steps().getFirst();

        param(form, "pattern").enter("say \"hi, you\" \\d\\");
        String line = field.textProperty().get();

        assertThat(param(step(line).steps().getFirst(), "pattern")
                        .textProperty()
                        .get())
                .isEqualTo("say \"hi, you\" \\d\\");
    }

    @Test
    void undo_isShownWithoutNewFields() {
        FieldViewModel field = step("text.summary maxSentences=2");
        StepForm form = field.steps().getFirst();
        FieldViewModel param = param(form, "maxSentences");
        param.enter("5");

        field.show(JsonValue.of("text.summary maxSentences=2"));

        assertThat(param(form, "maxSentences")).isSameAs(param);
        assertThat(param.textProperty().get()).isEqualTo("2");
    }

    @Test
    void aLineThatNamesNothing_leavesTheChoiceOpen() {
        StepForm form = step("no.such x").steps().getFirst();

        assertThat(form.chosenProperty().get()).isNull();
        assertThat(form.fields()).isEmpty();
    }

    @Test
    void aList_growsAndShrinksByItsButtons() {
        FieldViewModel field = steps("text.summary maxSentences=2", "image.facts");

        field.removeStep(field.steps().getFirst());
        assertThat(last()).isEqualTo(new JsonArray(List.of(JsonValue.of("image.facts"))));
        field.addStep();
        assertThat(field.steps()).hasSize(2);
        field.steps().getLast().choose(named("text.urls"));

        assertThat(last()).isEqualTo(new JsonArray(List.of(JsonValue.of("image.facts"), JsonValue.of("text.urls"))));
    }
}
