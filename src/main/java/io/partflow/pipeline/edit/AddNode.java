package io.partflow.pipeline.edit;

import io.partflow.pipeline.PipelineGraph;
import io.partflow.pipeline.PipelineNode;

/// Adds a node. Nothing happens when its id is taken.
public record AddNode(PipelineNode node) implements EditCommand {
    @Override
    public PipelineGraph apply(PipelineGraph graph) {
        return graph.hasNode(node.id()) ? graph : graph.withNode(node);
    }

    @Override
    public String title() {
        return "add " + node.id();
    }
}
