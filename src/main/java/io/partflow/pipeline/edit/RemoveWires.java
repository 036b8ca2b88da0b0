package io.partflow.pipeline.edit;

import io.partflow.pipeline.PipelineGraph;
import io.partflow.pipeline.Wire;
import java.util.Set;

/// Removes wires; the nodes stay.
public record RemoveWires(Set<Wire> wires) implements EditCommand {
    public RemoveWires {
        wires = Set.copyOf(wires);
    }

    @Override
    public PipelineGraph apply(PipelineGraph graph) {
        return graph.wires().stream().anyMatch(wires::contains)
                ? graph.withWires(graph.wires().stream()
                        .filter(wire -> !wires.contains(wire))
                        .toList())
                : graph;
    }

    @Override
    public String title() {
        return "delete " + Counted.wires(wires.size());
    }
}
