package io.partflow.pipeline.edit;

import io.partflow.engine.cache.CacheSettings;
import io.partflow.pipeline.PipelineGraph;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// Turns a node's cache on with these settings, or off.
///
/// @param cache null for off
public record SetCache(String node, @Nullable CacheSettings cache) implements EditCommand {
    @Override
    public PipelineGraph apply(PipelineGraph graph) {
        return graph.mapNodes(Set.of(node), each -> each.withCache(cache));
    }

    @Override
    public String title() {
        return cache == null ? "turn the cache of " + node + " off" : "set the cache of " + node;
    }
}
