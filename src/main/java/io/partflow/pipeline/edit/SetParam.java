package io.partflow.pipeline.edit;

import io.partflow.engine.content.JsonValue;
import io.partflow.pipeline.PipelineGraph;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// Sets one parameter of a node.
///
/// @param value null takes it back to its default, which is also how a value equal to the default is to be given
public record SetParam(String node, String name, @Nullable JsonValue value) implements EditCommand {
    @Override
    public PipelineGraph apply(PipelineGraph graph) {
        return graph.mapNodes(Set.of(node), each -> each.withParam(name, value));
    }

    @Override
    public String title() {
        return (value == null ? "reset " : "set ") + name + " of " + node;
    }
}
