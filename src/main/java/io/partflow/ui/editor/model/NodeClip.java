package io.partflow.ui.editor.model;

import io.partflow.engine.processor.ProcessorCatalog;
import io.partflow.pipeline.Layout;
import io.partflow.pipeline.PipelineDocument;
import io.partflow.pipeline.PipelineGraph;
import io.partflow.pipeline.PipelineNode;
import io.partflow.pipeline.PortRef;
import io.partflow.pipeline.Wire;
import io.partflow.pipeline.edit.AddNode;
import io.partflow.pipeline.edit.AddWire;
import io.partflow.pipeline.edit.Compound;
import io.partflow.pipeline.edit.EditCommand;
import io.partflow.ui.support.Messages;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/// Some nodes of a graph and the wires that end at them, to be put into a graph once more, be it another one.
/// Immutable.
///
/// As text it is a pipeline document, so that what was copied can be pasted into an editor or a message too.
///
/// @param inputs wires that come from nodes which are not among them
public record NodeClip(List<PipelineNode> nodes, List<Wire> wires, List<Wire> inputs) {
    private static final double OFFSET = 24;

    /// Whether copies are fed by the same nodes as what they were copied from.
    public enum Inputs {
        SEVERED,
        KEPT
    }

    public NodeClip {
        nodes = List.copyOf(nodes);
        wires = List.copyOf(wires);
        inputs = List.copyOf(inputs);
    }

    static NodeClip of(PipelineGraph graph, Set<String> ids) {
        return new NodeClip(
                graph.nodes().stream().filter(node -> ids.contains(node.id())).toList(),
                graph.wires().stream()
                        .filter(wire -> ids.contains(wire.to().node())
                                && ids.contains(wire.from().node()))
                        .toList(),
                graph.wires().stream()
                        .filter(wire -> ids.contains(wire.to().node())
                                && !ids.contains(wire.from().node()))
                        .toList());
    }

    /// As a pipeline document.
    public String toText(ProcessorCatalog catalog) {
        List<Wire> all = new ArrayList<>(wires);
        all.addAll(inputs);
        PipelineGraph clip = PipelineGraph.empty("copied").withNodes(nodes).withWires(all);
        return new PipelineDocument(catalog).write(clip);
    }

    /// What a text holds; empty when it is no pipeline document or one without nodes.
    public static Optional<NodeClip> parse(String text, ProcessorCatalog catalog) {
        if (!text.stripLeading().startsWith("{")) {
            return Optional.empty();
        }
        PipelineDocument.Reading reading = new PipelineDocument(catalog).parse(text);
        PipelineGraph graph = reading.graph();
        return reading.access() == PipelineDocument.Access.UNREADABLE
                        || graph.nodes().isEmpty()
                ? Optional.empty()
                : Optional.of(of(
                                graph,
                                Set.copyOf(graph.nodes().stream()
                                        .map(PipelineNode::id)
                                        .toList()))
                        .withInputs(graph));
    }

    private NodeClip withInputs(PipelineGraph graph) {
        return new NodeClip(
                nodes,
                wires,
                graph.wires().stream()
                        .filter(wire -> !graph.hasNode(wire.from().node())
                                && graph.hasNode(wire.to().node()))
                        .toList());
    }

    /// Puts copies into a graph, lower and to the right of whatever stands where they stood.
    ///
    /// @param title what the step is called
    GraphEdits.Edit into(PipelineGraph graph, Inputs keep, String title) {
        Map<String, String> copies = new HashMap<>();
        List<EditCommand> steps = new ArrayList<>();
        double offset = offset(graph);
        for (PipelineNode node : nodes) {
            String id = graph.freshId(node.processor(), Set.copyOf(copies.values()));
            copies.put(node.id(), id);
            Layout layout = node.layout().movedBy(offset, offset);
            steps.add(new AddNode(node.withId(id).withLayout(layout)));
        }
        for (Wire wire : wires) {
            steps.add(new AddWire(new Wire(copied(copies, wire.from()), copied(copies, wire.to()))));
        }
        if (keep == Inputs.KEPT) {
            inputs.stream()
                    .filter(wire -> graph.hasNode(wire.from().node()))
                    .forEach(wire -> steps.add(new AddWire(new Wire(wire.from(), copied(copies, wire.to())))));
        }
        return new GraphEdits.Edit(new Compound(title, steps), Set.copyOf(copies.values()));
    }

    private static PortRef copied(Map<String, String> copies, PortRef port) {
        return new PortRef(copies.getOrDefault(port.node(), port.node()), port.port());
    }

    private double offset(PipelineGraph graph) {
        Set<Layout> taken = Set.copyOf(
                graph.nodes().stream().map(PipelineNode::layout).distinct().toList());
        double offset = 0;
        while (isTaken(taken, offset)) {
            offset += OFFSET;
        }
        return offset;
    }

    private boolean isTaken(Set<Layout> taken, double offset) {
        return nodes.stream().map(node -> node.layout().movedBy(offset, offset)).anyMatch(taken::contains);
    }

    /// What one or several nodes are called in the name of a step.
    String named() {
        return nodes.size() == 1 ? nodes.getFirst().id() : Messages.text("editor.edit.nodes", nodes.size());
    }
}
