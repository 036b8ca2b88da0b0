package io.partflow.pipeline;

import static io.partflow.pipeline.SampleCatalog.CATALOG;
import static io.partflow.pipeline.SampleCatalog.node;
import static io.partflow.pipeline.SampleCatalog.sound;
import static org.assertj.core.api.Assertions.assertThat;

import io.partflow.engine.cache.CacheSettings;
import io.partflow.engine.content.JsonInteger;
import io.partflow.engine.content.JsonObject;
import io.partflow.engine.content.JsonValue;
import io.partflow.engine.run.RunPlan;
import io.partflow.engine.run.StageMode;
import io.partflow.engine.run.StagePlan;
import io.partflow.pipeline.Problem.Severity;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class GraphCheckerTest {
    @TempDir
    Path folder;

    private List<Problem> check(PipelineGraph graph) {
        return GraphChecker.check(graph, CATALOG, folder);
    }

    private Problem only(PipelineGraph graph, String code) {
        List<Problem> problems = check(graph);
        assertThat(problems).extracting(Problem::code).containsExactly(code);
        Problem problem = problems.getFirst();
        assertThat(problem.message()).isNotBlank();
        assertThat(problem.remedy()).isNotBlank();
        return problem;
    }

    @Test
    void aSoundGraph_hasNoProblem() {
        assertThat(check(sound())).isEmpty();
    }

    @Test
    void anOpenRequiredInput_isMissing() {
        Problem problem = only(sound().withWires(List.of(Wire.of("lines", "out", "show", "in"))), "MISSING_INPUT");

        assertThat(problem.node()).isEqualTo("split");
        assertThat(problem.port()).isEqualTo("in");
        assertThat(problem.remedy()).contains("text");
    }

    @Test
    void anOpenRequiredInput_thatTakesAnything_asksForAnyOutput() {
        Problem problem = only(sound().withWires(List.of(Wire.of("lines", "out", "split", "in"))), "MISSING_INPUT");

        assertThat(problem.remedy()).isEqualTo("Draw a wire to it from any output.");
    }

    @Test
    void aMutedNode_needsNoInput() {
        PipelineGraph graph = sound().withWires(List.of(Wire.of("lines", "out", "show", "in")))
                .mapNodes(List.of("split"), node -> node.withState(NodeState.MUTE));

        assertThat(check(graph)).isEmpty();
    }

    @Test
    void audioIntoText_isTheWrongKind_andAStepBetweenIsSuggested() {
        PipelineGraph graph = PipelineGraph.empty("x")
                .withNode(node("tone", "source.audio"))
                .withNode(node("split", "text.split"))
                .withWire(Wire.of("tone", "out", "split", "in"));

        Problem problem = only(graph, "WRONG_KIND");

        assertThat(problem.message()).contains("tone.out carries audio", "split.in takes text");
        assertThat(problem.remedy()).contains("Transcribe");
        assertThat(GraphChecker.checkWire(graph.withWires(List.of()), CATALOG, Wire.of("tone", "out", "split", "in")))
                .isPresent();
    }

    @Test
    void aCircle_isNamedInOrder() {
        PipelineGraph graph = sound().withNode(node("again", "text.split"))
                .withWire(Wire.of("split", "out", "again", "in"))
                .withWire(Wire.of("again", "out", "split", "in"));

        assertThat(only(graph, "CYCLE").message()).contains("again -> split -> again");
        assertThat(GraphChecker.checkWire(sound(), CATALOG, Wire.of("split", "out", "split", "in")))
                .hasValueSatisfying(problem -> assertThat(problem.code()).isEqualTo("CYCLE"));
    }

    @Test
    void aLongChain_isSearchedWithoutRecursion() {
        List<PipelineNode> nodes = new ArrayList<>(List.of(node("lines", "source.text")));
        List<Wire> wires = new ArrayList<>();
        String before = "lines";
        for (int i = 0; i < 1_500; i++) {
            String id = "n" + i;
            nodes.add(node(id, "text.split"));
            wires.add(Wire.of(before, "out", id, "in"));
            before = id;
        }

        assertThat(check(PipelineGraph.empty("x").withNodes(nodes).withWires(wires)))
                .isEmpty();
    }

    @Test
    void anUnknownProcessor_isToldAndItsNodeStays() {
        PipelineNode strange = new PipelineNode(
                "odd",
                "text.dream",
                3,
                JsonObject.EMPTY,
                NodeInput.FIXED,
                null,
                NodeState.NORMAL,
                null,
                Layout.ORIGIN,
                JsonObject.EMPTY);

        Problem problem =
                only(sound().withNode(strange).withWire(Wire.of("lines", "out", "odd", "x")), "UNKNOWN_PROCESSOR");

        assertThat(problem.message()).contains("text.dream", "odd");
    }

    @Test
    void unknownPortsAndNodes_areTold() {
        assertThat(only(sound().withWire(Wire.of("lines", "sideways", "show", "in")), "UNKNOWN_PORT")
                        .remedy())
                .contains("out");
        assertThat(only(sound().withWire(Wire.of("lines", "out", "ghost", "in")), "UNKNOWN_NODE")
                        .message())
                .contains("ghost");
    }

    @Test
    void equalWiresAndIds_areTold() {
        List<Wire> wires = new ArrayList<>(sound().wires());
        wires.add(Wire.of("lines", "out", "split", "in"));
        assertThat(only(sound().withWires(wires), "DUPLICATE_WIRE").message()).contains("lines.out -> split.in");

        List<PipelineNode> nodes = new ArrayList<>(sound().nodes());
        nodes.add(node("split", "text.split"));
        assertThat(only(sound().withNodes(nodes), "DUPLICATE_ID").node()).isEqualTo("split");
    }

    @Test
    void parameters_areCheckedAgainstTheirSpec() {
        PipelineGraph tooLong =
                sound().mapNodes(List.of("split"), node -> node.withParam("length", JsonValue.of(1_000_000)));
        Problem problem = only(tooLong, "PARAMETER_OUT_OF_RANGE");
        assertThat(problem.port()).isEqualTo("length");
        assertThat(problem.message()).contains("from 1 to 100,000");

        PipelineGraph strange = sound().mapNodes(List.of("split"), node -> node.withParam("lenght", JsonValue.of(10)));
        assertThat(only(strange, "UNKNOWN_PARAMETER").severity()).isEqualTo(Severity.WARNING);
    }

    @Test
    void contradictingParameters_areNamedWithTheirValuesAndARemedy() {
        PipelineGraph slow = sound().withNode(node("ask", "model.simulated"))
                .withWire(Wire.of("split", "out", "ask", "in"))
                .mapNodes(List.of("ask"), node -> node.withParam("latencyMinMs", JsonValue.of(5_000)));

        Problem problem = only(slow, "PARAMETERS_CONTRADICT");

        assertThat(problem.node()).isEqualTo("ask");
        assertThat(problem.port()).isEqualTo("latencyMinMs");
        assertThat(problem.message())
                .isEqualTo("ask: Answer time from (5,000 ms) must not be more than Answer time to (1,200 ms).");
        assertThat(problem.remedy()).isEqualTo("Select the node. Lower Answer time from or raise Answer time to.");
        assertThat(problem.severity()).isEqualTo(Severity.ERROR);
    }

    @Test
    void aRule_holdsOnlyForTheChoiceItIsFor() {
        PipelineGraph pieces = sound().mapNodes(
                        List.of("split"),
                        node -> node.withParam("length", JsonValue.of(10)).withParam("overlap", JsonValue.of(10)));

        assertThat(check(pieces)).isEmpty();
        PipelineGraph byLength =
                pieces.mapNodes(List.of("split"), node -> node.withParam("by", JsonValue.of("length")));
        assertThat(only(byLength, "PARAMETERS_CONTRADICT").message())
                .isEqualTo("split: Overlap (10) must be less than Length (10).");
    }

    @Test
    void aParameterOutOfRange_isToldBeforeAnyContradiction() {
        PipelineGraph slow = sound().withNode(node("ask", "model.simulated"))
                .withWire(Wire.of("split", "out", "ask", "in"))
                .mapNodes(List.of("ask"), node -> node.withParam("latencyMinMs", JsonValue.of(90_000)));

        assertThat(only(slow, "PARAMETER_OUT_OF_RANGE").port()).isEqualTo("latencyMinMs");
    }

    @Test
    void aRequiredFile_isMissing_thenNotThere() {
        PipelineGraph open =
                sound().withNode(node("files", "source.files")).withWire(Wire.of("files", "out", "show", "in"));
        assertThat(only(open, "PARAMETER_MISSING").port()).isEqualTo("path");

        PipelineGraph gone =
                open.mapNodes(List.of("files"), node -> node.withParam("path", JsonValue.of("no/such.txt")));
        Problem problem = only(gone, "FILE_MISSING");
        assertThat(problem.severity()).isEqualTo(Severity.WARNING);
        assertThat(problem.file()).isEqualTo("no/such.txt");
        assertThat(only(
                                open.mapNodes(List.of("files"), node -> node.withParam("path", JsonValue.of("a\0b"))),
                                "FILE_MISSING")
                        .isError())
                .isFalse();
    }

    @Test
    void aNewerProcessor_isAWarning() {
        PipelineNode newer = new PipelineNode(
                "split",
                "text.split",
                9,
                JsonObject.EMPTY,
                NodeInput.FIXED,
                null,
                NodeState.NORMAL,
                null,
                Layout.ORIGIN,
                JsonObject.EMPTY);

        assertThat(only(sound().withNode(newer), "NEWER_PROCESSOR").severity()).isEqualTo(Severity.WARNING);
    }

    @Test
    void aKeyOptionThatIsNotThereYet_isAnError() {
        CacheSettings settings = CacheSettings.DEFAULT;
        CacheSettings odd = new CacheSettings(
                settings.scope(),
                settings.tier(),
                settings.ttlMillis(),
                settings.maxItems(),
                settings.maxBytes(),
                settings.policy(),
                settings.prefix(),
                new CacheSettings.KeyOptions(List.of(), List.of(), List.of("rhyme"), null),
                settings.when());

        assertThat(only(sound().mapNodes(List.of("split"), node -> node.withCache(odd)), "KEY_OPTION_NOT_AVAILABLE")
                        .message())
                .contains("split", "rhyme");
    }

    @Test
    void aTierThatIsNotThereYet_isAnError() {
        CacheSettings store = new CacheSettings(
                CacheSettings.Scope.PART,
                CacheSettings.Tier.STORE,
                0,
                null,
                null,
                CacheSettings.Policy.LRU,
                null,
                CacheSettings.KeyOptions.DEFAULT,
                CacheSettings.Conditions.NONE);

        assertThat(only(sound().mapNodes(List.of("split"), node -> node.withCache(store)), "STORE_MISSING")
                        .message())
                .contains("store");
    }

    @Test
    void partitionForNoKind_isTold() {
        CacheSettings odd = CacheSettings.DEFAULT.withBehaviour(CacheSettings.Behaviour.DEFAULT.withPartitions(
                List.of(new CacheSettings.Partition(List.of(), 5, 1L, null))));

        assertThat(only(sound().mapNodes(List.of("split"), node -> node.withCache(odd)), "PARTITION_WITHOUT_KINDS")
                        .isError())
                .isFalse();
    }

    @Test
    void withoutASource_thereIsNothingToRun() {
        assertThat(only(PipelineGraph.empty("x"), "NOTHING_TO_RUN").remedy()).contains("Drop files");
    }

    @Test
    void aSoundGraph_compilesInOrderOfItsWires() {
        PipelineGraph graph = sound().mapNodes(
                        List.of("split"),
                        node -> node.withState(NodeState.BYPASS)
                                .withTitle("Cut")
                                .withParam("share", JsonValue.of(1)));

        RunPlan plan = GraphCompiler.compile(graph, CATALOG, folder).plan();

        assertThat(plan).isNotNull();
        assertThat(plan.stages()).extracting(StagePlan::id).containsExactly("lines", "split", "show");
        assertThat(plan.stages().get(1).mode()).isEqualTo(StageMode.BYPASS);
        assertThat(plan.stages()).extracting(StagePlan::title).containsExactly("Text lines", "Cut", "Viewer");
        assertThat(plan.stages().get(1).params().values().get("share"))
                .as("1 and 1.0 share a namespace")
                .isEqualTo(JsonValue.of(1.0));
        assertThat(plan.stages().get(1).params().values().get("length")).isEqualTo(JsonInteger.of(1000));
        assertThat(plan.wires()).hasSize(2);
        assertThat(plan.folder()).isEqualTo(folder);
    }

    @Test
    void aGraphWithAnError_hasNoPlan() {
        var compiled = GraphCompiler.compile(sound().withWires(List.of()), CATALOG, folder);

        assertThat(compiled.plan()).isNull();
        assertThat(compiled.errors()).isNotEmpty();
    }
}
