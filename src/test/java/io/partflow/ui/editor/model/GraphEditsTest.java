package io.partflow.ui.editor.model;

import static org.assertj.core.api.Assertions.assertThat;

import io.partflow.pipeline.NodeState;
import io.partflow.pipeline.PipelineGraph;
import io.partflow.pipeline.PortRef;
import io.partflow.pipeline.Wire;
import io.partflow.pipeline.edit.AddNode;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import javafx.geometry.Point2D;
import javafx.geometry.Rectangle2D;
import org.junit.jupiter.api.Test;

class GraphEditsTest {
    private static final Wire ASK_ANSWER = Wire.of("ask", "out", "answer", "in");

    private final PipelineGraph row = EditorFixtures.row();
    private final GraphEdits edits = new GraphEdits(row, EditorFixtures.catalog());

    @Test
    void addWired_fromAnOutput_joinsTheFirstFittingInput() {
        GraphEdits.Edit edit = edits.addWired(
                GraphEdits.template(EditorFixtures.descriptor("text.split")),
                new Point2D(203, 301),
                new PortRef("ask", "out"),
                PortSide.INPUT);
        PipelineGraph after = edit.command().apply(row);
        assertThat(after.wires()).contains(Wire.of("ask", "out", "split", "in"));
        assertThat(after.node("split").orElseThrow().layout().x()).isEqualTo(200);
        assertThat(after.node("split").orElseThrow().layout().y()).isEqualTo(304);
        assertThat(edit.selects()).containsExactly("split");
    }

    @Test
    void splice_unwiredNodeThatFits_goesBetween_andWhatFollowsMakesRoom() {
        PipelineGraph with = new AddNode(EditorFixtures.node("split", "text.split", 160, 120)).apply(row);
        PipelineGraph after = new GraphEdits(with, EditorFixtures.catalog())
                .splice("split", ASK_ANSWER)
                .orElseThrow()
                .apply(with);
        assertThat(after.wires())
                .containsExactlyInAnyOrder(
                        Wire.of("ask", "out", "split", "in"),
                        Wire.of("split", "out", "answer", "in"),
                        Wire.of("answer", "out", "show", "in"));
        double moved = after.node("answer").orElseThrow().layout().x() - 280;
        assertThat(moved).isPositive();
        assertThat(after.node("show").orElseThrow().layout().x() - 520).isEqualTo(moved);
        assertThat(after.node("answer").orElseThrow().layout().x()).isGreaterThanOrEqualTo(160 + 160 + 40);
    }

    @Test
    void splice_nodeWhoseTypesDoNotFit_isNoEdit() {
        PipelineGraph with = new AddNode(EditorFixtures.node("speech", "audio.segments", 160, 120)).apply(row);
        GraphEdits after = new GraphEdits(with, EditorFixtures.catalog());
        assertThat(after.splice("speech", ASK_ANSWER)).isEmpty();
        assertThat(after.splice("show", ASK_ANSWER)).isEmpty();
    }

    @Test
    void deleteAndReconnect_chainOfTwo_joinsBothEnds() {
        PipelineGraph desk = EditorFixtures.supportDesk();
        PipelineGraph after = new GraphEdits(desk, EditorFixtures.catalog())
                .deleteAndReconnect(Set.of("prompt", "model"))
                .orElseThrow()
                .apply(desk);
        assertThat(after.wires())
                .contains(
                        Wire.of("split", "out", "show", "in"),
                        Wire.of("image", "out", "show", "in"),
                        Wire.of("speech", "out", "show", "in"));
        assertThat(after.wires()).hasSize(6);
    }

    @Test
    void deleteAndReconnect_typesThatDoNotFit_stayApart() {
        PipelineGraph graph = PipelineGraph.empty("")
                .withNodes(List.of(
                        EditorFixtures.node("speech", "audio.segments", 0, 0),
                        EditorFixtures.node("prompt", "prompt.rolling", 200, 0),
                        EditorFixtures.node("split", "text.split", 400, 0)))
                .withWires(List.of(Wire.of("speech", "out", "prompt", "in"), Wire.of("prompt", "out", "split", "in")));
        PipelineGraph after = new GraphEdits(graph, EditorFixtures.catalog())
                .deleteAndReconnect(Set.of("prompt"))
                .orElseThrow()
                .apply(graph);
        assertThat(after.wires()).isEmpty();
    }

    @Test
    void duplicate_twoWiredNodes_copiesTheWireBetweenThemOnly() {
        GraphEdits.Edit edit = edits.duplicate(Set.of("ask", "answer")).orElseThrow();
        PipelineGraph after = edit.command().apply(row);
        assertThat(after.nodes()).hasSize(5);
        assertThat(edit.selects()).containsExactlyInAnyOrder("recording", "simulated");
        assertThat(after.wires())
                .contains(Wire.of("recording", "out", "simulated", "in"))
                .hasSize(3);
    }

    @Test
    void toggleState_someBypassed_bypassesAll_thenNone() {
        PipelineGraph some = edits.toggleState(Set.of("answer"), NodeState.BYPASS)
                .orElseThrow()
                .apply(row);
        PipelineGraph all = new GraphEdits(some, EditorFixtures.catalog())
                .toggleState(Set.of("answer", "show"), NodeState.BYPASS)
                .orElseThrow()
                .apply(some);
        assertThat(all.nodes())
                .filteredOn(node -> node.state() == NodeState.BYPASS)
                .hasSize(2);
        PipelineGraph none = new GraphEdits(all, EditorFixtures.catalog())
                .toggleState(Set.of("answer", "show"), NodeState.BYPASS)
                .orElseThrow()
                .apply(all);
        assertThat(none).isEqualTo(row);
    }

    @Test
    void toggleCache_sourcesAndSinks_areLeftAlone() {
        assertThat(edits.toggleCache(Set.of("ask", "show"))).isEmpty();
        PipelineGraph off =
                edits.toggleCache(Set.of("ask", "answer")).orElseThrow().apply(row);
        assertThat(off.node("answer").orElseThrow().cache()).isNull();
        PipelineGraph on = new GraphEdits(off, EditorFixtures.catalog())
                .toggleCache(Set.of("answer"))
                .orElseThrow()
                .apply(off);
        assertThat(on.node("answer").orElseThrow().cache()).isEqualTo(EditorFixtures.usualCache());
    }

    @Test
    void freeSpot_placeTaken_isTheNearestFreeOnTheGrid() {
        Rectangle2D taken = new Rectangle2D(100, 100, 160, 150);
        Point2D spot = GraphEdits.freeSpot(new Point2D(103, 99), 150, List.of(taken));
        assertThat(new Rectangle2D(spot.getX(), spot.getY(), 160, 150).intersects(taken))
                .isFalse();
        assertThat(spot.getX() % 8).isZero();
        assertThat(spot.distance(100, 100)).isLessThan(240);
        assertThat(GraphEdits.freeSpot(new Point2D(502, 502), 150, List.of(taken)))
                .isEqualTo(new Point2D(504, 504));
    }

    @Test
    void refusal_eachReason_isSaid() {
        Wiring wiring = new Wiring(row, EditorFixtures.catalog());
        PortRef answerOut = new PortRef("answer", "out");
        assertThat(wiring.refusal(answerOut, new PortRef("answer", "in"))).contains("A node cannot feed itself");
        assertThat(wiring.refusal(answerOut, new PortRef("show", "in"))).contains("These two are joined already");
        assertThat(wiring.refusal(new PortRef("show", "out"), new PortRef("ask", "in")))
                .contains("This would close a circle");
        assertThat(wiring.refusal(new PortRef("ask", "out"), new PortRef("show", "in")))
                .isEmpty();
        assertThat(wiring.refusal(
                        answerOut, new PortRef("show", "in"), Optional.of(Wire.of("answer", "out", "show", "in"))))
                .isEmpty();
    }

    @Test
    void flowOrder_branches_readFromLeftToRightAndTopToBottom() {
        assertThat(FlowOrder.of(EditorFixtures.supportDesk()))
                .containsExactly("files", "split", "image", "speech", "prompt", "model", "show");
    }

    @Test
    void search_titleBeforeSynonymBeforeSummary() {
        var all = EditorFixtures.catalog().descriptors();
        assertThat(NodeSearch.find(all, "si").getFirst().id()).isEqualTo("model.simulated");
        assertThat(NodeSearch.find(all, "llm")).extracting(each -> each.id()).containsExactly("model.simulated");
        assertThat(NodeSearch.find(all, "no such thing")).isEmpty();
        assertThat(NodeSearch.find(all, " ")).isEqualTo(all);
    }
}
