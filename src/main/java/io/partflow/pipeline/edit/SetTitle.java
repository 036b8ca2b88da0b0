package io.partflow.pipeline.edit;

import io.partflow.pipeline.PipelineGraph;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// Gives a node the name that is shown; its id stays.
///
/// @param nodeTitle the name, or null for the processor's own
public record SetTitle(String node, @Nullable String nodeTitle) implements EditCommand {
    @Override
    public PipelineGraph apply(PipelineGraph graph) {
        return graph.mapNodes(Set.of(node), each -> each.withTitle(nodeTitle));
    }

    @Override
    public String title() {
        return "rename " + node;
    }
}
