package io.partflow.ui.editor.model;

import io.partflow.pipeline.PipelineGraph;
import io.partflow.pipeline.PipelineNode;
import io.partflow.pipeline.Wire;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.PriorityQueue;

/// The order in which the Tab key walks the nodes: along the flow, and from left to right and top to bottom where
/// the flow does not say.
public final class FlowOrder {
    private static final Comparator<PipelineNode> READING = Comparator.<PipelineNode>comparingDouble(
                    node -> node.layout().x())
            .thenComparing(node -> node.layout().y())
            .thenComparing(PipelineNode::id);

    private FlowOrder() {}

    /// All ids, each once; nodes on a circle come last, in reading order.
    public static List<String> of(PipelineGraph graph) {
        Map<String, Integer> before = new HashMap<>();
        graph.nodes().forEach(node -> before.put(node.id(), 0));
        for (Wire wire : graph.wires()) {
            before.computeIfPresent(wire.to().node(), (id, count) -> count + 1);
        }
        PriorityQueue<PipelineNode> ready = new PriorityQueue<>(READING);
        graph.nodes().stream()
                .filter(node -> before.getOrDefault(node.id(), 0) == 0)
                .forEach(ready::add);
        List<String> order = new ArrayList<>();
        while (!ready.isEmpty()) {
            PipelineNode node = ready.remove();
            order.add(node.id());
            before.remove(node.id());
            for (Wire wire : graph.wiresFrom(node.id())) {
                String next = wire.to().node();
                if (before.computeIfPresent(next, (id, count) -> count - 1) instanceof Integer left && left == 0) {
                    graph.node(next).ifPresent(ready::add);
                }
            }
        }
        graph.nodes().stream()
                .filter(node -> before.containsKey(node.id()))
                .sorted(READING)
                .forEach(node -> {
                    order.add(node.id());
                });
        return order;
    }
}
