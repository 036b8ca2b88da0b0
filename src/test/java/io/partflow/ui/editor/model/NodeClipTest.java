package io.partflow.ui.editor.model;

import static org.assertj.core.api.Assertions.assertThat;

import io.partflow.engine.processor.ProcessorCatalog;
import io.partflow.pipeline.PipelineGraph;
import io.partflow.pipeline.Wire;
import java.util.Set;
import org.junit.jupiter.api.Test;

class NodeClipTest {
    private final ProcessorCatalog catalog = EditorFixtures.catalog();
    private final PipelineGraph row = EditorFixtures.row();

    private static PipelineGraph after(GraphEdits.Edit edit, PipelineGraph graph) {
        return edit.command().apply(graph);
    }

    @Test
    void clip_throughText_isTheSame() {
        NodeClip clip = NodeClip.of(row, Set.of("answer", "show"));

        assertThat(clip.wires()).containsExactly(Wire.of("answer", "out", "show", "in"));
        assertThat(clip.inputs()).containsExactly(Wire.of("ask", "out", "answer", "in"));
        assertThat(NodeClip.parse(clip.toText(catalog), catalog)).contains(clip);
    }

    @Test
    void paste_intoTheSameGraph_makesNewNodesBesideTheOldOnes() {
        NodeClip clip = NodeClip.of(row, Set.of("answer", "show"));
        GraphEdits.Edit edit = clip.into(row, NodeClip.Inputs.SEVERED, "paste 2 nodes");

        PipelineGraph once = after(edit, row);

        assertThat(edit.selects()).hasSize(2).doesNotContain("answer", "show");
        assertThat(once.nodes()).hasSize(5);
        assertThat(once.wires()).hasSize(3);
        assertThat(once.nodes().stream().map(node -> node.layout()).distinct()).hasSize(5);
        PipelineGraph twice = after(clip.into(once, NodeClip.Inputs.SEVERED, "paste 2 nodes"), once);
        assertThat(twice.nodes().stream().map(node -> node.layout()).distinct()).hasSize(7);
    }

    @Test
    void pasteKeepingInputs_isFedByTheSameNodes() {
        NodeClip clip = NodeClip.of(row, Set.of("answer"));
        GraphEdits.Edit edit = clip.into(row, NodeClip.Inputs.KEPT, "paste answer");
        String copy = edit.selects().iterator().next();

        assertThat(after(edit, row).wires())
                .contains(Wire.of("ask", "out", copy, "in"))
                .hasSize(3);
        PipelineGraph other = PipelineGraph.empty("other");
        assertThat(after(clip.into(other, NodeClip.Inputs.KEPT, "paste answer"), other)
                        .wires())
                .isEmpty();
    }

    @Test
    void anyOtherText_isNoClip() {
        assertThat(NodeClip.parse("hello", catalog)).isEmpty();
        assertThat(NodeClip.parse("{\"a\":1}", catalog)).isEmpty();
        assertThat(NodeClip.parse("", catalog)).isEmpty();
    }
}
