package io.partflow.ui.editor.model;

import io.partflow.engine.processor.PortSpec;
import io.partflow.engine.processor.PortType;
import io.partflow.engine.processor.ProcessorCatalog;
import io.partflow.engine.processor.ProcessorDescriptor;
import io.partflow.pipeline.PipelineGraph;
import io.partflow.pipeline.PipelineNode;
import io.partflow.pipeline.PortRef;
import io.partflow.pipeline.Wire;
import io.partflow.ui.support.Messages;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/// What fits to what in one graph: which ports a wire may join, the reason when it may not, and the type a wire is
/// drawn in. Immutable.
public final class Wiring {
    private final PipelineGraph graph;
    private final ProcessorCatalog catalog;
    private final Map<String, PipelineNode> nodes = new HashMap<>();

    public Wiring(PipelineGraph graph, ProcessorCatalog catalog) {
        this.graph = graph;
        this.catalog = catalog;
        graph.nodes().forEach(node -> nodes.put(node.id(), node));
    }

    /// The ports of a node on one side, in order. A node whose processor is unknown has the ports that wires speak
    /// of.
    public List<PortSpec> ports(PipelineNode node, PortSide side) {
        Optional<ProcessorDescriptor> descriptor = catalog.descriptor(node.processor());
        if (descriptor.isPresent()) {
            return ports(descriptor.get(), side);
        }
        return (side == PortSide.INPUT ? graph.wiresTo(node.id()) : graph.wiresFrom(node.id()))
                .stream()
                        .map(wire -> (side == PortSide.INPUT ? wire.to() : wire.from()).port())
                        .distinct()
                        .map(name -> PortSpec.optional(name, PortType.ANY))
                        .toList();
    }

    public static List<PortSpec> ports(ProcessorDescriptor descriptor, PortSide side) {
        return switch (side) {
            case INPUT -> descriptor.inputs();
            case OUTPUT -> descriptor.outputs();
        };
    }

    public Optional<PortSpec> port(PortRef ref, PortSide side) {
        return Optional.ofNullable(nodes.get(ref.node()))
                .flatMap(node -> ports(node, side).stream()
                        .filter(port -> port.name().equals(ref.port()))
                        .findFirst());
    }

    /// Why a new wire cannot join the two ports; empty when it can.
    ///
    /// @param from an output
    /// @param to an input
    public Optional<String> refusal(PortRef from, PortRef to) {
        return refusal(from, to, Optional.empty());
    }

    /// As [#refusal(PortRef, PortRef)], for a wire that takes the place of another.
    public Optional<String> refusal(PortRef from, PortRef to, Optional<Wire> replaced) {
        if (from.node().equals(to.node())) {
            return Optional.of(Messages.text("editor.wire.same-node"));
        }
        PipelineGraph rest = replaced.map(this::without).orElse(graph);
        if (rest.hasWire(new Wire(from, to))) {
            return Optional.of(Messages.text("editor.wire.exists"));
        }
        if (rest.reaches(to.node(), from.node())) {
            return Optional.of(Messages.text("editor.wire.circle"));
        }
        Optional<PortSpec> start = port(from, PortSide.OUTPUT);
        Optional<PortSpec> end = port(to, PortSide.INPUT);
        if (start.isEmpty() || end.isEmpty()) {
            return Optional.of(Messages.text("editor.wire.no-port"));
        }
        if (!PortType.compatible(start.get().types(), end.get().types())) {
            return Optional.of(Messages.text(
                    "editor.wire.types",
                    words(start.get().types()),
                    words(end.get().types())));
        }
        return Optional.empty();
    }

    /// Whether a wire that exists can carry anything; one that cannot is drawn as a draft.
    public boolean carries(Wire wire) {
        Optional<PortSpec> start = port(wire.from(), PortSide.OUTPUT);
        Optional<PortSpec> end = port(wire.to(), PortSide.INPUT);
        return start.isPresent()
                && end.isPresent()
                && PortType.compatible(start.get().types(), end.get().types());
    }

    /// The type whose colour a wire has: that of its start, or of its end where the start lets everything out.
    public PortType type(Wire wire) {
        PortType start =
                port(wire.from(), PortSide.OUTPUT).map(PortSpec::mainType).orElse(PortType.ANY);
        return start == PortType.ANY
                ? port(wire.to(), PortSide.INPUT).map(PortSpec::mainType).orElse(PortType.ANY)
                : start;
    }

    /// The first input of `node` that a wire from `from` may join; a free one before an occupied one.
    public Optional<PortRef> inputFor(PortRef from, PipelineNode node, Optional<Wire> replaced) {
        return best(ports(node, PortSide.INPUT).stream()
                .map(port -> node.port(port.name()))
                .filter(to -> refusal(from, to, replaced).isEmpty())
                .toList());
    }

    /// The first output of `node` from which a wire may go to `to`; a free one before an occupied one.
    public Optional<PortRef> outputFor(PortRef to, PipelineNode node, Optional<Wire> replaced) {
        return best(ports(node, PortSide.OUTPUT).stream()
                .map(port -> node.port(port.name()))
                .filter(from -> refusal(from, to, replaced).isEmpty())
                .toList());
    }

    /// The first port of a processor, on one side, that fits to a port with the given types on the other side.
    public static Optional<PortSpec> fitting(ProcessorDescriptor descriptor, PortSide side, Set<PortType> other) {
        return ports(descriptor, side).stream()
                .filter(port -> switch (side) {
                    case INPUT -> PortType.compatible(other, port.types());
                    case OUTPUT -> PortType.compatible(port.types(), other);
                })
                .findFirst();
    }

    private Optional<PortRef> best(List<PortRef> candidates) {
        return candidates.stream()
                .filter(port -> graph.wiresAt(port).isEmpty())
                .findFirst()
                .or(() -> candidates.stream().findFirst());
    }

    private PipelineGraph without(Wire wire) {
        List<Wire> rest = new ArrayList<>(graph.wires());
        rest.remove(wire);
        return graph.withWires(rest);
    }

    /// "text" or "image or audio".
    public static String words(Set<PortType> types) {
        return types.stream()
                .sorted()
                .map(PortType::id)
                .collect(Collectors.joining(" " + Messages.text("editor.or") + " "));
    }
}
