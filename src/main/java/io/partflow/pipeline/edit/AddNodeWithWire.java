package io.partflow.pipeline.edit;

import io.partflow.pipeline.PipelineGraph;
import io.partflow.pipeline.PipelineNode;
import io.partflow.pipeline.Wire;

/// Adds a node together with a wire to or from it, as when a wire is dropped on empty canvas.
public record AddNodeWithWire(PipelineNode node, Wire wire) implements EditCommand {
    @Override
    public PipelineGraph apply(PipelineGraph graph) {
        PipelineGraph added = new AddNode(node).apply(graph);
        return added == graph ? graph : new AddWire(wire).apply(added);
    }

    @Override
    public String title() {
        return "add " + node.id() + " with a wire";
    }
}
