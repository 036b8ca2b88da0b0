package io.partflow.pipeline;

import io.partflow.engine.content.JsonObject;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.function.UnaryOperator;

/// A whole pipeline: nodes, wires and settings. Immutable; two graphs are equal when their documents are.
///
/// A graph may be wrong in any way a document can be wrong, equal ids and equal wires included: [GraphChecker] tells.
///
/// @param nodes by id
/// @param wires by start, then by end
/// @param unknown what the document says beyond all this (frames, notes, contracts, and fields of later versions)
public record PipelineGraph(
        String name, PipelineSettings settings, List<PipelineNode> nodes, List<Wire> wires, JsonObject unknown) {
    public PipelineGraph {
        nodes = sorted(nodes, Comparator.comparing(PipelineNode::id));
        wires = sorted(wires, Comparator.naturalOrder());
    }

    private static <T> List<T> sorted(List<T> values, Comparator<T> order) {
        for (int i = 1; i < values.size(); i++) {
            if (order.compare(values.get(i - 1), values.get(i)) > 0) {
                return values.stream().sorted(order).toList();
            }
        }
        return List.copyOf(values);
    }

    public static PipelineGraph empty(String name) {
        return new PipelineGraph(name, PipelineSettings.DEFAULT, List.of(), List.of(), JsonObject.EMPTY);
    }

    public Optional<PipelineNode> node(String id) {
        for (PipelineNode node : nodes) {
            if (node.id().equals(id)) {
                return Optional.of(node);
            }
        }
        return Optional.empty();
    }

    public boolean hasNode(String id) {
        return node(id).isPresent();
    }

    public boolean hasWire(Wire wire) {
        return wires.contains(wire);
    }

    /// The wires that start at a node, in document order.
    public List<Wire> wiresFrom(String node) {
        return wires.stream().filter(wire -> wire.from().node().equals(node)).toList();
    }

    /// The wires that end at a node, in document order.
    public List<Wire> wiresTo(String node) {
        return wires.stream().filter(wire -> wire.to().node().equals(node)).toList();
    }

    /// The wires at one port, whichever side it is on, in document order.
    public List<Wire> wiresAt(PortRef port) {
        return wires.stream()
                .filter(wire -> wire.from().equals(port) || wire.to().equals(port))
                .toList();
    }

    /// Whether a node can be reached from another by following wires; every node reaches itself.
    public boolean reaches(String from, String to) {
        Set<String> seen = new HashSet<>();
        List<String> open = new ArrayList<>(List.of(from));
        while (!open.isEmpty()) {
            String at = open.removeLast();
            if (at.equals(to)) {
                return true;
            }
            if (seen.add(at)) {
                wiresFrom(at).forEach(wire -> open.add(wire.to().node()));
            }
        }
        return false;
    }

    /// An id that no node has, made from a processor's id: `text.split` gives `split`, then `split-2`.
    public String freshId(String processor) {
        return freshId(processor, Set.of());
    }

    /// The same, avoiding further ids that are about to be used.
    public String freshId(String processor, Set<String> taken) {
        String last = processor
                .substring(processor.lastIndexOf('.') + 1)
                .toLowerCase(Locale.ROOT)
                .replaceAll("[^a-z0-9-]", "-")
                .replaceFirst("^[^a-z]+", "");
        String stem = last.isEmpty() ? "node" : last.substring(0, Math.min(last.length(), 32));
        for (int number = 1; ; number++) {
            String id = number == 1 ? stem : stem + "-" + number;
            if (!taken.contains(id) && !hasNode(id)) {
                return id;
            }
        }
    }

    public PipelineGraph withName(String other) {
        return new PipelineGraph(other, settings, nodes, wires, unknown);
    }

    public PipelineGraph withSettings(PipelineSettings other) {
        return new PipelineGraph(name, other, nodes, wires, unknown);
    }

    public PipelineGraph withNodes(List<PipelineNode> other) {
        return new PipelineGraph(name, settings, other, wires, unknown);
    }

    public PipelineGraph withWires(List<Wire> other) {
        return new PipelineGraph(name, settings, nodes, other, unknown);
    }

    /// The same with one more node; a node of that id is replaced.
    public PipelineGraph withNode(PipelineNode node) {
        List<PipelineNode> all = new ArrayList<>(nodes);
        all.removeIf(each -> each.id().equals(node.id()));
        all.add(node);
        return withNodes(all);
    }

    /// The same with one more wire; the same graph when it is there already.
    public PipelineGraph withWire(Wire wire) {
        if (hasWire(wire)) {
            return this;
        }
        List<Wire> all = new ArrayList<>(wires);
        all.add(wire);
        return withWires(all);
    }

    /// The same with the nodes of these ids changed; the same graph when nothing differs.
    public PipelineGraph mapNodes(Collection<String> ids, UnaryOperator<PipelineNode> change) {
        List<PipelineNode> all = new ArrayList<>(nodes);
        all.replaceAll(node -> ids.contains(node.id()) ? change.apply(node) : node);
        return all.equals(nodes) ? this : withNodes(all);
    }
}
