package io.partflow.pipeline.warm;

import io.partflow.engine.processor.ProcessorCatalog;
import io.partflow.engine.processor.ProcessorDescriptor;
import io.partflow.pipeline.NodeState;
import io.partflow.pipeline.PipelineGraph;
import io.partflow.pipeline.PipelineNode;
import java.util.List;

/// A pipeline that computes and caches as it always does, but from which nothing comes out.
public final class MutedSinks {
    private MutedSinks() {}

    /// The pipeline with all its sinks muted; those of unknown processors stay as they are.
    public static PipelineGraph of(PipelineGraph graph, ProcessorCatalog catalog) {
        List<String> sinks = graph.nodes().stream()
                .filter(node -> catalog.descriptor(node.processor())
                        .filter(known -> known.kind() == ProcessorDescriptor.Kind.SINK)
                        .isPresent())
                .map(PipelineNode::id)
                .toList();
        return graph.mapNodes(sinks, node -> node.withState(NodeState.MUTE));
    }
}
