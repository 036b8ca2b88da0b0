package io.partflow.pipeline.edit;

import io.partflow.pipeline.PipelineGraph;

/// Gives the pipeline another name; its file keeps its own.
public record RenamePipeline(String name) implements EditCommand {
    @Override
    public PipelineGraph apply(PipelineGraph graph) {
        return graph.name().equals(name) ? graph : graph.withName(name);
    }

    @Override
    public String title() {
        return "rename the pipeline to " + name;
    }
}
