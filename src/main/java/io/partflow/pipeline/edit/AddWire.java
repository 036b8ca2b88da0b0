package io.partflow.pipeline.edit;

import io.partflow.pipeline.PipelineGraph;
import io.partflow.pipeline.Wire;

/// Connects two ports. Nothing happens when the wire exists, when a node is missing, or when it would close a circle.
///
/// Ports that do not fit may be connected: the wire is a draft until the checker is content.
public record AddWire(Wire wire) implements EditCommand {
    @Override
    public PipelineGraph apply(PipelineGraph graph) {
        String from = wire.from().node();
        String to = wire.to().node();
        boolean possible = graph.hasNode(from) && graph.hasNode(to) && !graph.reaches(to, from);
        return possible ? graph.withWire(wire) : graph;
    }

    @Override
    public String title() {
        return "connect " + wire.from().node() + " to " + wire.to().node();
    }
}
