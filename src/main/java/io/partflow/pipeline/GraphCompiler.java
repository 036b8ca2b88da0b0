package io.partflow.pipeline;

import io.partflow.engine.cache.CacheSettings;
import io.partflow.engine.content.JsonInteger;
import io.partflow.engine.content.JsonObject;
import io.partflow.engine.content.JsonValue;
import io.partflow.engine.processor.ParamSpec;
import io.partflow.engine.processor.ParamType;
import io.partflow.engine.processor.Params;
import io.partflow.engine.processor.ProcessorCatalog;
import io.partflow.engine.processor.ProcessorDescriptor;
import io.partflow.engine.processor.ProcessorEntry;
import io.partflow.engine.run.RunPlan;
import io.partflow.engine.run.StageMode;
import io.partflow.engine.run.StagePlan;
import io.partflow.engine.run.WirePlan;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.PriorityQueue;
import org.jspecify.annotations.Nullable;

/// Turns a graph into a plan that a run can interpret. Keeps no state.
public final class GraphCompiler {
    private GraphCompiler() {}

    /// What came of compiling.
    ///
    /// @param plan null when a problem is an error
    /// @param problems everything the checker found
    public record Compiled(@Nullable RunPlan plan, List<Problem> problems) {
        public Compiled {
            problems = List.copyOf(problems);
        }

        public List<Problem> errors() {
            return problems.stream().filter(Problem::isError).toList();
        }
    }

    /// Checks a graph and compiles it when nothing is in the way.
    ///
    /// @param folder where relative paths start: the document's own
    public static Compiled compile(PipelineGraph graph, ProcessorCatalog catalog, Path folder) {
        List<Problem> problems = GraphChecker.check(graph, catalog, folder);
        if (problems.stream().anyMatch(Problem::isError)) {
            return new Compiled(null, problems);
        }
        List<StagePlan> stages = new ArrayList<>();
        for (PipelineNode node : inOrder(graph)) {
            catalog.find(node.processor()).ifPresent(entry -> stages.add(stage(graph, node, entry, folder)));
        }
        List<WirePlan> wires = graph.wires().stream()
                .map(wire -> new WirePlan(
                        wire.from().node(),
                        wire.from().port(),
                        wire.to().node(),
                        wire.to().port()))
                .toList();
        PipelineSettings settings = graph.settings();
        RunPlan plan = new RunPlan(
                graph.name(),
                folder,
                stages,
                wires,
                settings.mode(),
                settings.budgetBytesOf(Runtime.getRuntime().maxMemory()),
                settings.seed(),
                settings.reserved());
        return new Compiled(plan, problems);
    }

    private static StagePlan stage(PipelineGraph graph, PipelineNode node, ProcessorEntry entry, Path folder) {
        ProcessorDescriptor descriptor = entry.descriptor();
        String title = node.title();
        return new StagePlan(
                node.id(),
                title == null ? descriptor.title() : title,
                entry,
                Params.of(descriptor, withReals(node.params(), descriptor)),
                mode(node.state()),
                cache(graph, node, folder),
                node.concurrency());
    }

    /// The node's settings, with the store and the user's prefix that the pipeline names.
    private static @Nullable CacheSettings cache(PipelineGraph graph, PipelineNode node, Path folder) {
        CacheSettings cache = node.cache();
        String store = graph.settings().store();
        if (cache == null) {
            return null;
        }
        CacheSettings.Behaviour behaviour =
                cache.behaviour().withUserPrefix(graph.settings().userPrefix());
        if (cache.tier() == CacheSettings.Tier.MEMORY || store == null) {
            return cache.withBehaviour(behaviour);
        }
        return cache.withBehaviour(behaviour.withStore(behaviour.store().withFile(folder.resolve(store))));
    }

    private static StageMode mode(NodeState state) {
        return switch (state) {
            case NORMAL -> StageMode.NORMAL;
            case BYPASS -> StageMode.BYPASS;
            case MUTE -> StageMode.MUTE;
        };
    }

    /// Makes `1` a real where a real is asked for, so that `1` and `1.0` share a cache namespace.
    private static JsonObject withReals(JsonObject params, ProcessorDescriptor descriptor) {
        JsonObject all = params;
        for (ParamSpec spec : descriptor.params()) {
            if (spec.type() == ParamType.REAL && params.get(spec.name()) instanceof JsonInteger whole) {
                all = all.with(spec.name(), JsonValue.of(whole.doubleValue()));
            }
        }
        return all;
    }

    /// The nodes so that every wire goes forward; of those that could come next, the one with the least id.
    static List<PipelineNode> inOrder(PipelineGraph graph) {
        Map<String, Integer> open = new HashMap<>();
        graph.wires().forEach(wire -> open.merge(wire.to().node(), 1, Integer::sum));
        PriorityQueue<String> ready = new PriorityQueue<>();
        graph.nodes().stream()
                .map(PipelineNode::id)
                .filter(id -> !open.containsKey(id))
                .forEach(ready::add);
        List<PipelineNode> order = new ArrayList<>();
        while (ready.poll() instanceof String id) {
            graph.node(id).ifPresent(order::add);
            for (Wire wire : graph.wiresFrom(id)) {
                String to = wire.to().node();
                if (open.merge(to, -1, Integer::sum) == 0) {
                    ready.add(to);
                }
            }
        }
        return order;
    }
}
