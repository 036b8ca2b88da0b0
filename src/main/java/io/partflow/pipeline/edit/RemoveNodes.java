package io.partflow.pipeline.edit;

import io.partflow.pipeline.PipelineGraph;
import java.util.Set;

/// Removes nodes and every wire at them.
public record RemoveNodes(Set<String> nodes) implements EditCommand {
    public RemoveNodes {
        nodes = Set.copyOf(nodes);
    }

    @Override
    public PipelineGraph apply(PipelineGraph graph) {
        if (graph.nodes().stream().noneMatch(node -> nodes.contains(node.id()))) {
            return graph;
        }
        return graph.withNodes(graph.nodes().stream()
                        .filter(node -> !nodes.contains(node.id()))
                        .toList())
                .withWires(graph.wires().stream()
                        .filter(wire -> !nodes.contains(wire.from().node())
                                && !nodes.contains(wire.to().node()))
                        .toList());
    }

    @Override
    public String title() {
        return "delete " + Counted.nodes(nodes);
    }
}
