package io.partflow.pipeline;

import io.partflow.engine.content.JsonArray;
import io.partflow.engine.content.JsonObject;
import io.partflow.engine.content.JsonValue;
import io.partflow.engine.processor.ProcessorCatalog;
import io.partflow.engine.processor.ProcessorDescriptor;
import io.partflow.engine.processor.ProcessorDescriptor.Kind;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/// Replaces what a pipeline's sources read, for one run from the command line or a drop. Keeps no state; the
/// document stays as it is.
public final class GraphInputs {
    /// The processor that reads files and folders; its parameter `paths` lists them.
    public static final String FILES = "source.files";
    /// The processor that emits typed text.
    public static final String TEXT = "source.text";
    /// The processor that replays a recording; its parameter `file` names it.
    public static final String RECORDING = "source.recording";

    private GraphInputs() {}

    /// What came of a replacement.
    ///
    /// @param graph null when there was nothing it could replace without guessing
    /// @param problem why, then; null otherwise
    public record Replaced(
            @Nullable PipelineGraph graph, @Nullable Problem problem) {
        private static Replaced by(PipelineGraph graph) {
            return new Replaced(graph, null);
        }

        private static Replaced not(String code, String message, String remedy) {
            return new Replaced(null, Problem.ofPipeline(code, Problem.Severity.ERROR, message, remedy));
        }
    }

    /// Lets these files and folders, in this order, be what every file or text source marked `input` reads; with
    /// none marked, what the
    /// only source reads. A source of another kind becomes a file source under its own id.
    public static Replaced replaceFiles(PipelineGraph graph, ProcessorCatalog catalog, List<Path> files) {
        List<PipelineNode> sources = sources(graph, catalog);
        List<PipelineNode> marked = sources.stream()
                .filter(node -> node.input() == NodeInput.REPLACEABLE)
                .filter(node ->
                        node.processor().equals(FILES) || node.processor().equals(TEXT))
                .toList();
        List<PipelineNode> chosen = marked.isEmpty() && sources.size() == 1 ? sources : marked;
        if (chosen.isEmpty()) {
            return Replaced.not(
                    "NO_INPUT",
                    sources.isEmpty()
                            ? "The pipeline has no source that files could replace."
                            : "None of the " + sources.size() + " sources is marked as the input: " + ids(sources)
                                    + ".",
                    "Mark the source that files should replace with \"input\": true.");
        }
        JsonValue paths = new JsonArray(files.stream()
                .map(file ->
                        JsonValue.of(GraphPaths.slashed(file.toAbsolutePath().normalize())))
                .toList());
        return Replaced.by(graph.mapNodes(
                chosen.stream().map(PipelineNode::id).toList(),
                node -> node.processor().equals(FILES)
                        ? node.withParam("paths", paths)
                        : as(node, FILES, JsonObject.of("paths", paths))));
    }

    /// Lets this recording be what the recording source replays: the only one, else those marked `input`.
    public static Replaced replaceRecording(PipelineGraph graph, ProcessorCatalog catalog, Path recording) {
        List<PipelineNode> all = sources(graph, catalog).stream()
                .filter(node -> node.processor().equals(RECORDING))
                .toList();
        List<PipelineNode> chosen = all.size() == 1
                ? all
                : all.stream()
                        .filter(node -> node.input() == NodeInput.REPLACEABLE)
                        .toList();
        if (chosen.isEmpty()) {
            return Replaced.not(
                    "NO_INPUT",
                    all.isEmpty()
                            ? "The pipeline has no recording source."
                            : "None of the recording sources is marked as the input: " + ids(all) + ".",
                    all.isEmpty()
                            ? "Add a recording source, or give files with --input."
                            : "Mark the one to replace with \"input\": true.");
        }
        JsonValue path =
                JsonValue.of(GraphPaths.slashed(recording.toAbsolutePath().normalize()));
        return Replaced.by(
                graph.mapNodes(chosen.stream().map(PipelineNode::id).toList(), node -> node.withParam("file", path)));
    }

    private static List<PipelineNode> sources(PipelineGraph graph, ProcessorCatalog catalog) {
        Set<String> kinds = catalog.descriptors().stream()
                .filter(descriptor -> descriptor.kind() == Kind.SOURCE)
                .map(ProcessorDescriptor::id)
                .collect(Collectors.toSet());
        return graph.nodes().stream()
                .filter(node -> kinds.contains(node.processor()))
                .toList();
    }

    private static String ids(List<PipelineNode> nodes) {
        return nodes.stream().map(PipelineNode::id).collect(Collectors.joining(", "));
    }

    private static PipelineNode as(PipelineNode node, String processor, JsonObject params) {
        return new PipelineNode(
                node.id(),
                processor,
                1,
                params,
                node.input(),
                node.title(),
                node.state(),
                null,
                node.layout(),
                node.unknown());
    }
}
