package io.partflow.pipeline.edit;

import io.partflow.pipeline.Layout;
import io.partflow.pipeline.PipelineGraph;
import java.util.Map;

/// Gives nodes their places and shapes: auto layout, aligning, collapsing.
///
/// @param layouts by node id; ids that are not there are skipped
/// @param title what the user did, such as "lay out all nodes"
public record ArrangeNodes(Map<String, Layout> layouts, String title) implements EditCommand {
    public ArrangeNodes {
        layouts = Map.copyOf(layouts);
    }

    @Override
    public PipelineGraph apply(PipelineGraph graph) {
        return graph.mapNodes(
                layouts.keySet(), node -> node.withLayout(layouts.getOrDefault(node.id(), node.layout())));
    }
}
