package io.partflow.pipeline;

import io.partflow.engine.processor.ParamsCheck;
import io.partflow.engine.processor.ProcessorCatalog;
import io.partflow.engine.processor.ProcessorDescriptor;
import io.partflow.pipeline.Problem.Severity;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/// Tells everything that is wrong with a graph: of each node what [NodeChecker] finds, of the wires what
/// [WireChecker] finds, and what concerns the whole. Confined to one call of [#check(PipelineGraph, ProcessorCatalog,
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
        new WireChecker(graph, catalog, checker.problems).checkAll();
        checker.checkWhole();
        return List.copyOf(checker.problems);
    }

    /// Why a wire cannot be: empty when the two ports fit. For an editor that wants to tell before the wire is there.
    public static Optional<Problem> checkWire(PipelineGraph graph, ProcessorCatalog catalog, Wire wire) {
        List<Problem> problems = new ArrayList<>();
        new WireChecker(graph, catalog, problems).checkNew(wire);
        return problems.stream().findFirst();
    }

    private void add(String code, String node, String message, String remedy) {
        problems.add(Problem.ofNode(code, Severity.ERROR, node, null, message, remedy));
    }

    private void checkNodes() {
        Set<String> seen = new HashSet<>();
        for (PipelineNode node : graph.nodes()) {
            if (!seen.add(node.id())) {
                add(
                        "DUPLICATE_ID",
                        node.id(),
                        "Two nodes have the id \"" + node.id() + "\".",
                        "Give one of them another id in the document, or delete it.");
            }
            if (!PipelineNode.isId(node.id())) {
                add(
                        "WRONG_ID",
                        node.id(),
                        "The id \"" + node.id() + "\" is not allowed.",
                        "Use at most 40 lower-case letters, digits and hyphens, a letter first.");
            }
            Optional<ProcessorDescriptor> descriptor = catalog.descriptor(node.processor());
            if (descriptor.isPresent()) {
                ParamsCheck check = catalog.find(node.processor()).orElseThrow().check();
                new NodeChecker(graph, folder, node, descriptor.get(), check, problems).check();
            } else {
                add(
                        "UNKNOWN_PROCESSOR",
                        node.id(),
                        "There is no processor \"" + node.processor() + "\" for " + node.id() + ".",
                        "Replace or delete the node, or open the pipeline with a workbench that has the processor.");
            }
        }
    }

    private void checkWhole() {
        GraphCircles.first(graph).ifPresent(circle -> problems.add(WireChecker.circle(circle)));
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
}
