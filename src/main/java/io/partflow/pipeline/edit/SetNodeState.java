package io.partflow.pipeline.edit;

import io.partflow.pipeline.NodeState;
import io.partflow.pipeline.PipelineGraph;
import java.util.Set;

/// Bypasses or mutes nodes, or makes them run normally.
public record SetNodeState(Set<String> nodes, NodeState state) implements EditCommand {
    public SetNodeState {
        nodes = Set.copyOf(nodes);
    }

    @Override
    public PipelineGraph apply(PipelineGraph graph) {
        return graph.mapNodes(nodes, node -> node.withState(state));
    }

    @Override
    public String title() {
        String verb = switch (state) {
            case NORMAL -> "turn on ";
            case BYPASS -> "bypass ";
            case MUTE -> "mute ";
        };
        return verb + Counted.nodes(nodes);
    }
}
