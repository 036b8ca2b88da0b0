package io.partflow.pipeline.edit;

import io.partflow.pipeline.PipelineGraph;

/// Puts another graph in place of the whole: recovered work, or a sample taken over.
///
/// @param title what the user did, such as "restore unsaved changes"
public record ReplaceGraph(PipelineGraph graph, String title) implements EditCommand {
    @Override
    public PipelineGraph apply(PipelineGraph old) {
        return graph.equals(old) ? old : graph;
    }
}
