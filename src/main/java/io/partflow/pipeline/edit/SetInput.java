package io.partflow.pipeline.edit;

import io.partflow.pipeline.NodeInput;
import io.partflow.pipeline.PipelineGraph;
import java.util.Set;

/// Marks a source as one that `--input` replaces, or takes the mark away.
public record SetInput(String node, NodeInput input) implements EditCommand {
    @Override
    public PipelineGraph apply(PipelineGraph graph) {
        return graph.mapNodes(Set.of(node), each -> each.withInput(input));
    }

    @Override
    public String title() {
        return switch (input) {
            case REPLACEABLE -> "make " + node + " an input";
            case FIXED -> "fix the input of " + node;
        };
    }
}
