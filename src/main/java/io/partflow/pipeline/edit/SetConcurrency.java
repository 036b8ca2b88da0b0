package io.partflow.pipeline.edit;

import io.partflow.pipeline.PipelineGraph;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Sets how many parts a node works on at once; null takes the bound away.
public record SetConcurrency(String id, @Nullable Integer concurrency) implements EditCommand {
    @Override
    public PipelineGraph apply(PipelineGraph graph) {
        return graph.mapNodes(List.of(id), node -> node.withConcurrency(concurrency));
    }

    @Override
    public String title() {
        return "change how much " + id + " does at once";
    }
}
