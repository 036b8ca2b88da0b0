package io.partflow.pipeline;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/// Finds wires that run in a circle. Pure functions.
final class GraphCircles {
    private GraphCircles() {}

    /// The nodes of one circle, in order; found by a depth-first search that keeps its own stack, as graphs may be
    /// deep.
    static Optional<List<String>> first(PipelineGraph graph) {
        Map<String, List<String>> next = new HashMap<>();
        graph.wires()
                .forEach(wire -> next.computeIfAbsent(wire.from().node(), node -> new ArrayList<>())
                        .add(wire.to().node()));
        Set<String> finished = new HashSet<>();
        for (PipelineNode start : graph.nodes()) {
            List<String> path = new ArrayList<>(List.of(start.id()));
            Set<String> onPath = new HashSet<>(path);
            List<Integer> at = new ArrayList<>(List.of(0));
            while (!path.isEmpty()) {
                String node = path.getLast();
                List<String> targets = next.getOrDefault(node, List.of());
                int index = at.getLast();
                if (finished.contains(node) || index == targets.size()) {
                    finished.add(node);
                    onPath.remove(node);
                    path.removeLast();
                    at.removeLast();
                    continue;
                }
                at.set(at.size() - 1, index + 1);
                String target = targets.get(index);
                if (!onPath.add(target)) {
                    return Optional.of(List.copyOf(path.subList(path.indexOf(target), path.size())));
                }
                path.add(target);
                at.add(0);
            }
        }
        return Optional.empty();
    }
}
