package io.partflow.pipeline;

import io.partflow.engine.content.JsonArray;
import io.partflow.engine.content.JsonString;
import io.partflow.engine.content.JsonValue;
import io.partflow.engine.processor.ParamSpec;
import io.partflow.engine.processor.ParamType;
import io.partflow.engine.processor.ProcessorCatalog;
import io.partflow.engine.processor.ProcessorDescriptor;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/// The paths that a pipeline's parameters hold: relative to the document where that is sensible, always with `/`.
/// Keeps no state.
public final class GraphPaths {
    // Further up than this, a relative path says less than an absolute one.
    private static final int MOST_STEPS_UP = 3;

    private GraphPaths() {}

    /// How a document in a folder names a file.
    public static String name(Path folder, Path file) {
        Path absolute = file.toAbsolutePath().normalize();
        Path base = folder.toAbsolutePath().normalize();
        Path named = absolute;
        if (absolute.getRoot() != null && absolute.getRoot().equals(base.getRoot())) {
            Path relative = base.relativize(absolute);
            int up = 0;
            while (up < relative.getNameCount()
                    && relative.getName(up).toString().equals("..")) {
                up++;
            }
            named = up <= MOST_STEPS_UP ? relative : absolute;
        }
        String text = slashed(named);
        return text.isEmpty() ? "." : text;
    }

    /// A path with `/` between its names; on Linux a backslash is a letter like any other.
    static String slashed(Path path) {
        return path.toString().replace(path.getFileSystem().getSeparator(), "/");
    }

    /// The same pipeline for a document in another folder: relative paths lead to the same files as before.
    public static PipelineGraph moved(PipelineGraph graph, ProcessorCatalog catalog, Path from, Path to) {
        if (from.toAbsolutePath().normalize().equals(to.toAbsolutePath().normalize())) {
            return graph;
        }
        UnaryOperator<String> move = text -> {
            Path path = path(text);
            return path == null || text.isBlank() || path.isAbsolute() ? text : name(to, from.resolve(path));
        };
        String store = graph.settings().store();
        PipelineGraph settled =
                store == null ? graph : graph.withSettings(graph.settings().withStore(move.apply(store)));
        return settled.mapNodes(settled.nodes().stream().map(PipelineNode::id).toList(), node -> {
            Optional<ProcessorDescriptor> descriptor = catalog.descriptor(node.processor());
            PipelineNode changed = node;
            for (ParamSpec spec : descriptor.map(ProcessorDescriptor::params).orElse(List.of())) {
                JsonValue value = node.params().get(spec.name());
                if (value != null && holdsPaths(spec)) {
                    changed = changed.withParam(spec.name(), mapped(value, move));
                }
            }
            return changed;
        });
    }

    /// Whether a parameter holds a path, or a list of them.
    static boolean holdsPaths(ParamSpec spec) {
        return spec.type() == ParamType.FILE
                || (spec.type() == ParamType.LIST && spec.name().equals("paths"));
    }

    /// The paths in the value of such a parameter.
    static List<String> paths(JsonValue value) {
        return switch (value) {
            case JsonString text -> List.of(text.value());
            case JsonArray list ->
                list.values().stream()
                        .filter(JsonString.class::isInstance)
                        .map(each -> ((JsonString) each).value())
                        .toList();
            default -> List.of();
        };
    }

    private static JsonValue mapped(JsonValue value, UnaryOperator<String> change) {
        return switch (value) {
            case JsonString text -> JsonValue.of(change.apply(text.value()));
            case JsonArray list ->
                new JsonArray(list.values().stream()
                        .map(each -> each instanceof JsonString ? mapped(each, change) : each)
                        .toList());
            default -> value;
        };
    }

    /// The path a text names; null when it cannot be one.
    static @Nullable Path path(String text) {
        try {
            return Path.of(text);
        } catch (InvalidPathException e) {
            return null;
        }
    }
}
