package io.partflow.pipeline.edit;

import io.partflow.pipeline.PipelineGraph;
import io.partflow.pipeline.PipelineSettings;

/// Sets budget, stream mode and seed of the pipeline.
public record SetSettings(PipelineSettings settings) implements EditCommand {
    @Override
    public PipelineGraph apply(PipelineGraph graph) {
        return graph.settings().equals(settings) ? graph : graph.withSettings(settings);
    }

    @Override
    public String title() {
        return "change the pipeline's settings";
    }
}
