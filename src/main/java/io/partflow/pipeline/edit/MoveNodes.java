package io.partflow.pipeline.edit;

import io.partflow.pipeline.PipelineGraph;
import java.util.Set;

/// Moves nodes together by one distance; a whole drag is one of these.
///
/// @param dx to the right, in canvas units
/// @param dy downwards
public record MoveNodes(Set<String> nodes, double dx, double dy) implements EditCommand {
    public MoveNodes {
        nodes = Set.copyOf(nodes);
    }

    @Override
    public PipelineGraph apply(PipelineGraph graph) {
        return graph.mapNodes(nodes, node -> node.withLayout(node.layout().movedBy(dx, dy)));
    }

    @Override
    public String title() {
        return "move " + Counted.nodes(nodes);
    }
}
