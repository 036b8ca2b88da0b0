package io.partflow.pipeline;

import io.partflow.engine.processor.PortSpec;
import io.partflow.engine.processor.PortType;
import io.partflow.engine.processor.ProcessorCatalog;
import io.partflow.engine.processor.ProcessorDescriptor;
import io.partflow.pipeline.Problem.Severity;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/// Tells what is wrong with wires: ports that are not there, kinds that do not fit, circles. Confined to one check.
final class WireChecker {
    private final PipelineGraph graph;
    private final ProcessorCatalog catalog;
    private final List<Problem> problems;

    /// @param problems takes what is found
    WireChecker(PipelineGraph graph, ProcessorCatalog catalog, List<Problem> problems) {
        this.graph = graph;
        this.catalog = catalog;
        this.problems = problems;
    }

    private void add(String code, PortRef at, String message, String remedy) {
        problems.add(Problem.ofNode(code, Severity.ERROR, at.node(), at.port(), message, remedy));
    }

    void checkAll() {
        Set<Wire> seen = new HashSet<>();
        for (Wire wire : graph.wires()) {
            if (seen.add(wire)) {
                checkPorts(wire);
            } else {
                add("DUPLICATE_WIRE", wire.from(), "The wire " + wire + " is there twice.", "Delete one of the two.");
            }
        }
    }

    /// Checks a wire that is not in the graph yet.
    void checkNew(Wire wire) {
        checkPorts(wire);
        if (!problems.isEmpty()) {
            return;
        }
        if (graph.hasWire(wire)) {
            add(
                    "DUPLICATE_WIRE",
                    wire.to(),
                    wire.from() + " and " + wire.to() + " are joined already.",
                    "Connect another port.");
        } else if (wire.from().node().equals(wire.to().node())) {
            add("CYCLE", wire.to(), wire.to().node() + " cannot feed itself.", "Connect another node.");
        } else if (graph.reaches(wire.to().node(), wire.from().node())) {
            add(
                    "CYCLE",
                    wire.to(),
                    wire.from() + " cannot feed " + wire.to() + ": "
                            + wire.from().node() + " gets its parts from there, so the wires would run in a circle.",
                    "Connect a node further on, or delete the wire that leads back.");
        }
    }

    private void checkPorts(Wire wire) {
        Optional<PortSpec> from = port(wire.from(), Side.OUTPUT);
        Optional<PortSpec> to = port(wire.to(), Side.INPUT);
        if (from.isPresent()
                && to.isPresent()
                && !PortType.compatible(from.get().types(), to.get().types())) {
            String carries = words(from.get().types());
            String takes = words(to.get().types());
            add(
                    "WRONG_KIND",
                    wire.to(),
                    wire.from() + " carries " + carries + ", but " + wire.to() + " takes " + takes + ".",
                    between(from.get(), to.get())
                            .map(between -> "Put " + between + " between them.")
                            .orElse("Delete the wire, or connect an output that carries " + takes + "."));
        }
    }

    private enum Side {
        INPUT,
        OUTPUT
    }

    /// The port, if its node is known to have it; tells when the node is not there or its processor has no such port.
    private Optional<PortSpec> port(PortRef ref, Side side) {
        Optional<PipelineNode> node = graph.node(ref.node());
        if (node.isEmpty()) {
            add(
                    "UNKNOWN_NODE",
                    ref,
                    "A wire names the node \"" + ref.node() + "\", which is not there.",
                    "Delete the wire.");
            return Optional.empty();
        }
        Optional<ProcessorDescriptor> descriptor = catalog.descriptor(node.get().processor());
        if (descriptor.isEmpty()) {
            return Optional.empty();
        }
        Optional<PortSpec> port = switch (side) {
            case INPUT -> descriptor.get().input(ref.port());
            case OUTPUT -> descriptor.get().output(ref.port());
        };
        if (port.isEmpty()) {
            List<PortSpec> ports = switch (side) {
                case INPUT -> descriptor.get().inputs();
                case OUTPUT -> descriptor.get().outputs();
            };
            String names = ports.stream().map(PortSpec::name).collect(Collectors.joining(", "));
            String word = switch (side) {
                case INPUT -> "input";
                case OUTPUT -> "output";
            };
            add(
                    "UNKNOWN_PORT",
                    ref,
                    descriptor.get().title() + " has no " + word + " \"" + ref.port() + "\".",
                    names.isEmpty() ? "Delete the wire." : "Delete the wire and use " + names + ".");
        }
        return port;
    }

    /// The first processor that takes what one port carries and gives what the other takes.
    private Optional<String> between(PortSpec from, PortSpec to) {
        return catalog.descriptors().stream()
                .filter(each -> each.inputs().stream()
                                .anyMatch(in -> !in.types().contains(PortType.ANY)
                                        && PortType.compatible(from.types(), in.types()))
                        && each.outputs().stream()
                                .anyMatch(out -> !out.types().contains(PortType.ANY)
                                        && PortType.compatible(out.types(), to.types())))
                .map(ProcessorDescriptor::title)
                .findFirst();
    }

    static String words(Set<PortType> types) {
        return types.stream().sorted().map(PortType::id).collect(Collectors.joining(" or "));
    }

    static Problem circle(List<String> circle) {
        return Problem.ofNode(
                "CYCLE",
                Severity.ERROR,
                circle.getFirst(),
                null,
                "The wires run in a circle: " + String.join(" -> ", circle) + " -> " + circle.getFirst() + ".",
                "Delete one wire of the circle.");
    }
}
