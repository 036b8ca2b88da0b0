package io.partflow.pipeline.edit;

import io.partflow.pipeline.Layout;
import io.partflow.pipeline.PipelineGraph;
import io.partflow.pipeline.PipelineNode;
import io.partflow.pipeline.Wire;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.ToDoubleFunction;

/// Places all nodes in layers from left to right. Keeps no state.
public final class AutoLayout {
    // Idea: a node's layer is the length of the longest way to it from a source; inside a layer nodes are ordered
    // by the mean position of
    // their neighbours in the layer before, then after (the barycentre rule), a few sweeps each way; layers are
    // centred on one line.
    // A circle is cut where the search meets it again. Layering is O(nodes x wires) at worst, a sweep O(wires +
    // nodes log nodes).
    // Source: Sugiyama, Tagawa, Toda, "Methods for visual understanding of hierarchical system structures", 1981.
    private static final double COLUMN_WIDTH = 240;
    private static final double ROW_HEIGHT = 160;
    private static final double GRID = 8;
    private static final int SWEEPS = 4;

    private AutoLayout() {}

    /// The command that places every node; positions lie on the 8 px grid, the topmost leftmost node keeps the
    /// graph's corner.
    public static EditCommand of(PipelineGraph graph) {
        Map<String, Integer> layerOf = layers(graph);
        List<List<PipelineNode>> layers = new ArrayList<>();
        for (PipelineNode node : graph.nodes()) {
            int layer = layerOf.getOrDefault(node.id(), 0);
            while (layers.size() <= layer) {
                layers.add(new ArrayList<>());
            }
            layers.get(layer).add(node);
        }
        // What stands above what today is where the sweeps start, so that a layout resembles the one before.
        layers.forEach(layer ->
                layer.sort(Comparator.comparingDouble(node -> node.layout().y())));
        for (int sweep = 0; sweep < SWEEPS; sweep++) {
            for (int i = 1; i < layers.size(); i++) {
                order(layers.get(i), neighbours(graph, layers.get(i - 1), Side.BEFORE));
            }
            for (int i = layers.size() - 2; i >= 0; i--) {
                order(layers.get(i), neighbours(graph, layers.get(i + 1), Side.AFTER));
            }
        }
        return new ArrangeNodes(positions(graph, layers), "lay out all nodes");
    }

    private enum Side {
        BEFORE,
        AFTER
    }

    private static Map<String, Integer> layers(PipelineGraph graph) {
        Map<String, Integer> layerOf = new HashMap<>();
        graph.nodes().forEach(node -> layerOf.put(node.id(), 0));
        // Longest way by relaxation; with a circle it would never settle, so it stops after as many rounds as there
        // are nodes.
        boolean moved = true;
        for (int round = 0; moved && round < graph.nodes().size(); round++) {
            moved = false;
            for (Wire wire : graph.wires()) {
                Integer from = layerOf.get(wire.from().node());
                Integer to = layerOf.get(wire.to().node());
                if (from != null
                        && to != null
                        && to <= from
                        && from + 1 < graph.nodes().size()) {
                    layerOf.put(wire.to().node(), from + 1);
                    moved = true;
                }
            }
        }
        return compacted(layerOf);
    }

    private static Map<String, Integer> compacted(Map<String, Integer> layerOf) {
        List<Integer> used = layerOf.values().stream().distinct().sorted().toList();
        Map<String, Integer> result = new HashMap<>();
        layerOf.forEach((id, layer) -> result.put(id, used.indexOf(layer)));
        return result;
    }

    private static ToDoubleFunction<PipelineNode> neighbours(PipelineGraph graph, List<PipelineNode> other, Side side) {
        Map<String, Integer> position = new HashMap<>();
        for (int i = 0; i < other.size(); i++) {
            position.put(other.get(i).id(), i);
        }
        return node -> {
            List<String> ids = switch (side) {
                case BEFORE ->
                    graph.wiresTo(node.id()).stream()
                            .map(wire -> wire.from().node())
                            .toList();
                case AFTER ->
                    graph.wiresFrom(node.id()).stream()
                            .map(wire -> wire.to().node())
                            .toList();
            };
            return ids.stream()
                    .map(position::get)
                    .filter(at -> at != null)
                    .mapToInt(Integer::intValue)
                    .average()
                    .orElse(Double.NaN);
        };
    }

    private static void order(List<PipelineNode> layer, ToDoubleFunction<PipelineNode> wanted) {
        Map<String, Double> key = new HashMap<>();
        for (int i = 0; i < layer.size(); i++) {
            double mean = wanted.applyAsDouble(layer.get(i));
            key.put(layer.get(i).id(), Double.isNaN(mean) ? i : mean);
        }
        layer.sort(Comparator.comparingDouble(node -> key.getOrDefault(node.id(), 0.0)));
    }

    private static Map<String, Layout> positions(PipelineGraph graph, List<List<PipelineNode>> layers) {
        double left = graph.nodes().stream()
                .mapToDouble(node -> node.layout().x())
                .min()
                .orElse(0);
        double top = graph.nodes().stream()
                .mapToDouble(node -> node.layout().y())
                .min()
                .orElse(0);
        int tallest = layers.stream().mapToInt(List::size).max().orElse(0);
        Map<String, Layout> places = new HashMap<>();
        for (int column = 0; column < layers.size(); column++) {
            List<PipelineNode> layer = layers.get(column);
            double start = (tallest - layer.size()) * ROW_HEIGHT / 2;
            for (int row = 0; row < layer.size(); row++) {
                PipelineNode node = layer.get(row);
                double x = snap(left + column * COLUMN_WIDTH);
                double y = snap(top + start + row * ROW_HEIGHT);
                places.put(node.id(), new Layout(x, y, node.layout().shape()));
            }
        }
        return places;
    }

    private static double snap(double at) {
        return Math.rint(at / GRID) * GRID;
    }
}
