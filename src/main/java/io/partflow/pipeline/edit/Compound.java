package io.partflow.pipeline.edit;

import io.partflow.pipeline.PipelineGraph;
import java.util.List;

/// Several changes that are one step for the user.
///
/// @param name what the whole does, such as "paste 3 nodes"
public record Compound(String name, List<EditCommand> commands) implements EditCommand {
    public Compound {
        commands = List.copyOf(commands);
    }

    @Override
    public PipelineGraph apply(PipelineGraph graph) {
        PipelineGraph changed = graph;
        for (EditCommand command : commands) {
            changed = command.apply(changed);
        }
        return changed.equals(graph) ? graph : changed;
    }

    @Override
    public String title() {
        return name;
    }
}
