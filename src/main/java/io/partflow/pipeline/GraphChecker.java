package io.partflow.pipeline;

import io.partflow.engine.cache.CacheSettings;
import io.partflow.engine.cache.KeyFunction;
import io.partflow.engine.content.JsonObject;
import io.partflow.engine.content.JsonValue;
import io.partflow.engine.processor.ParamSpec;
import io.partflow.engine.processor.PortSpec;
import io.partflow.engine.processor.PortType;
import io.partflow.engine.processor.ProcessorCatalog;
import io.partflow.engine.processor.ProcessorDescriptor;
import io.partflow.pipeline.Problem.Severity;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/// Tells everything that is wrong with a graph. Confined to one call of [#check(PipelineGraph, ProcessorCatalog,
/// Path)].
///
/// Looks at the file system only to see whether a named file exists.
public final class GraphChecker {
    private final PipelineGraph graph;
    private final ProcessorCatalog catalog;
    private final Path folder;
    private final List<Problem> problems = new ArrayList<>();

    private GraphChecker(PipelineGraph graph, ProcessorCatalog catalog, Path folder) {
        this.graph = graph;
        this.catalog = catalog;
        this.folder = folder;
    }

    /// All problems: of nodes in document order, then of wires, then of the whole; empty when there are none.
    ///
    /// @param folder where relative paths start
    public static List<Problem> check(PipelineGraph graph, ProcessorCatalog catalog, Path folder) {
        GraphChecker checker = new GraphChecker(graph, catalog, folder);
        checker.checkNodes();
        checker.checkWires();
        checker.checkWhole();
        return List.copyOf(checker.problems);
    }

    /// Why a wire cannot be: empty when the two ports fit. For an editor that wants to tell before the wire is there.
    public static Optional<Problem> checkWire(PipelineGraph graph, ProcessorCatalog catalog, Wire wire) {
        GraphChecker checker = new GraphChecker(graph, catalog, Path.of(""));
        checker.checkPorts(wire);
        if (checker.problems.isEmpty()
                && graph.reaches(wire.to().node(), wire.from().node())) {
            checker.problems.add(cycle(List.of(wire.to().node(), wire.from().node())));
        }
        return checker.problems.stream().findFirst();
    }

    private void add(
            String code, Severity severity, String node, @Nullable String port, String message, String remedy) {
        problems.add(Problem.ofNode(code, severity, node, port, message, remedy));
    }

    private void checkNodes() {
        Set<String> seen = new HashSet<>();
        for (PipelineNode node : graph.nodes()) {
            if (!seen.add(node.id())) {
                add(
                        "DUPLICATE_ID",
                        Severity.ERROR,
                        node.id(),
                        null,
                        "Two nodes have the id \"" + node.id() + "\".",
                        "Give one of them another id in the document, or delete it.");
            }
            if (!PipelineNode.isId(node.id())) {
                add(
                        "WRONG_ID",
                        Severity.ERROR,
                        node.id(),
                        null,
                        "The id \"" + node.id() + "\" is not allowed.",
                        "Use at most 40 lower-case letters, digits and hyphens, a letter first.");
            }
            Optional<ProcessorDescriptor> descriptor = catalog.descriptor(node.processor());
            if (descriptor.isPresent()) {
                checkNode(node, descriptor.get());
            } else {
                add(
                        "UNKNOWN_PROCESSOR",
                        Severity.ERROR,
                        node.id(),
                        null,
                        "There is no processor \"" + node.processor() + "\" for " + node.id() + ".",
                        "Replace or delete the node, or open the pipeline with a workbench that has the processor.");
            }
        }
    }

    private void checkNode(PipelineNode node, ProcessorDescriptor descriptor) {
        if (node.processorVersion() > descriptor.version()) {
            add(
                    "NEWER_PROCESSOR",
                    Severity.WARNING,
                    node.id(),
                    null,
                    node.id() + " was made with version " + node.processorVersion() + " of " + descriptor.title()
                            + "; this workbench has version " + descriptor.version() + ".",
                    "Results may differ; update the workbench to get the same.");
        }
        checkParams(node, descriptor);
        CacheSettings cache = node.cache();
        if (cache != null && cache.tier() != CacheSettings.Tier.MEMORY) {
            add(
                    "TIER_NOT_AVAILABLE",
                    Severity.ERROR,
                    node.id(),
                    null,
                    "The cache of " + node.id() + " wants the tier \""
                            + cache.tier().name().toLowerCase(java.util.Locale.ROOT)
                            + "\", which this version does not have.",
                    "Choose the tier \"memory\".");
        }
        if (cache != null) {
            checkKeyOptions(node, cache);
        }
        if (node.state() == NodeState.MUTE) {
            return;
        }
        for (PortSpec port : descriptor.inputs()) {
            if (port.presence() == PortSpec.Presence.REQUIRED
                    && graph.wires().stream().noneMatch(wire -> wire.to().equals(node.port(port.name())))) {
                add(
                        "MISSING_INPUT",
                        Severity.ERROR,
                        node.id(),
                        port.name(),
                        "Nothing is connected to " + node.id() + "." + port.name() + ".",
                        "Draw a wire to it from an output that carries " + words(port.types()) + ".");
            }
        }
    }

    private void checkKeyOptions(PipelineNode node, CacheSettings cache) {
        try {
            var unused = KeyFunction.of(cache.key());
        } catch (IllegalArgumentException refused) {
            add(
                    "KEY_OPTION_NOT_AVAILABLE",
                    Severity.ERROR,
                    node.id(),
                    null,
                    "The cache key of " + node.id() + " cannot be made: " + refused.getMessage() + ".",
                    "Take the option out of the node's \"cache\".\"key\".");
        }
    }

    private void checkParams(PipelineNode node, ProcessorDescriptor descriptor) {
        JsonObject params = node.params();
        for (String name : params.names()) {
            if (descriptor.param(name).isEmpty()) {
                add(
                        "UNKNOWN_PARAMETER",
                        Severity.WARNING,
                        node.id(),
                        name,
                        descriptor.title() + " has no parameter \"" + name + "\".",
                        "It is kept and not used; remove it from the document if it is a slip.");
            }
        }
        for (ParamSpec spec : descriptor.params()) {
            JsonValue value = params.get(spec.name());
            if (value == null && !spec.required()) {
                continue;
            }
            Optional<String> complaint = spec.complaint(value == null ? spec.defaultValue() : value);
            if (complaint.isPresent()) {
                boolean missing = value == null;
                add(
                        missing ? "PARAMETER_MISSING" : "PARAMETER_OUT_OF_RANGE",
                        Severity.ERROR,
                        node.id(),
                        spec.name(),
                        node.id() + ": " + complaint.get(),
                        missing
                                ? "Select the node and fill in " + spec.title() + "."
                                : "Select the node and correct " + spec.title() + ".");
            } else if (value != null
                    && GraphPaths.holdsPaths(spec)
                    && descriptor.kind() != ProcessorDescriptor.Kind.SINK) {
                GraphPaths.paths(value).forEach(path -> checkFile(node, spec, path));
            }
        }
    }

    private void checkFile(PipelineNode node, ParamSpec spec, String path) {
        if (path.isBlank()) {
            return;
        }
        Path named = GraphPaths.path(path);
        if (named != null && Files.exists(folder.resolve(named))) {
            return;
        }
        problems.add(new Problem(
                "FILE_MISSING",
                Severity.WARNING,
                node.id(),
                spec.name(),
                path,
                node.id() + " names " + path + ", which is not there.",
                "Put the file there, or choose another in " + spec.title() + "."));
    }

    private void checkWires() {
        Set<Wire> seen = new HashSet<>();
        for (Wire wire : graph.wires()) {
            if (seen.add(wire)) {
                checkPorts(wire);
            } else {
                add(
                        "DUPLICATE_WIRE",
                        Severity.ERROR,
                        wire.from().node(),
                        wire.from().port(),
                        "The wire " + wire + " is there twice.",
                        "Delete one of the two.");
            }
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
                    Severity.ERROR,
                    wire.to().node(),
                    wire.to().port(),
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
                    Severity.ERROR,
                    ref.node(),
                    ref.port(),
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
                    Severity.ERROR,
                    ref.node(),
                    ref.port(),
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

    private static String words(Set<PortType> types) {
        return types.stream().sorted().map(PortType::id).collect(Collectors.joining(" or "));
    }

    private void checkWhole() {
        findCycle().ifPresent(circle -> problems.add(cycle(circle)));
        boolean hasSource = graph.nodes().stream()
                .filter(node -> node.state() == NodeState.NORMAL)
                .map(node -> catalog.descriptor(node.processor()))
                .anyMatch(descriptor ->
                        descriptor.isPresent() && descriptor.get().kind() == ProcessorDescriptor.Kind.SOURCE);
        if (!hasSource) {
            problems.add(Problem.ofPipeline(
                    "NOTHING_TO_RUN",
                    Severity.ERROR,
                    graph.nodes().isEmpty() ? "The pipeline is empty." : "No source gives the pipeline anything to do.",
                    "Drop files on the canvas, or add a source from the palette."));
        }
    }

    private static Problem cycle(List<String> circle) {
        return Problem.ofNode(
                "CYCLE",
                Severity.ERROR,
                circle.getFirst(),
                null,
                "The wires run in a circle: " + String.join(" -> ", circle) + " -> " + circle.getFirst() + ".",
                "Delete one wire of the circle.");
    }

    /// The nodes of one circle, in order; found by a depth-first search that keeps its own stack, as graphs may be
    /// deep.
    private Optional<List<String>> findCycle() {
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
