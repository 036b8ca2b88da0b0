package io.partflow.cli;

import io.partflow.cli.environment.ExitStatus;
import io.partflow.cli.environment.Refusal;
import io.partflow.engine.content.JsonArray;
import io.partflow.engine.content.JsonObject;
import io.partflow.engine.content.JsonString;
import io.partflow.engine.content.JsonValue;
import io.partflow.engine.processor.ParamSpec;
import io.partflow.engine.processor.ParamType;
import io.partflow.engine.processor.ProcessorDescriptor;
import io.partflow.engine.run.RunPlan;
import io.partflow.engine.run.StagePlan;
import io.partflow.pipeline.GraphInputs;
import io.partflow.pipeline.PipelineGraph;
import io.partflow.pipeline.Problem;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/// What a run reads in place of the sources of its pipeline: files, folders, standard input, or a recording.
/// Confined to one thread.
///
/// Standard input is kept in a temporary file until this is closed, because a source wants to look at a file
/// more than once.
final class RunInputs implements AutoCloseable {
    private static final String STANDARD_INPUT = "-";

    private final List<String> inputs;
    private final @Nullable Path recording;
    private final CommandContext context;
    private @Nullable Path kept;

    /// @param inputs files and folders, `-` for standard input; may be empty
    /// @param recording what to replay, or null
    RunInputs(List<String> inputs, @Nullable Path recording, CommandContext context) {
        this.inputs = List.copyOf(inputs);
        this.recording = recording;
        this.context = context;
    }

    /// The graph with its sources replaced; the same graph when nothing was given.
    ///
    /// @throws Refusal when there is no source, or more than one, that could be meant
    PipelineGraph into(PipelineGraph graph) {
        if (recording != null) {
            return orRefuse(
                    GraphInputs.replaceRecording(graph, context.catalog().get(), recording));
        }
        if (inputs.isEmpty()) {
            return graph;
        }
        List<Path> files = new ArrayList<>();
        for (String input : inputs) {
            files.add(input.equals(STANDARD_INPUT) ? standardInput() : Path.of(input));
        }
        return orRefuse(GraphInputs.replaceFiles(graph, context.catalog().get(), files));
    }

    private static PipelineGraph orRefuse(GraphInputs.Replaced replaced) {
        if (replaced.graph() != null) {
            return replaced.graph();
        }
        Problem problem = Objects.requireNonNull(replaced.problem());
        throw new Refusal(ExitStatus.USAGE, problem.message(), problem.remedy());
    }

    private Path standardInput() {
        if (kept != null) {
            return kept;
        }
        try {
            Path folder = Files.createTempDirectory("partflow-");
            kept = folder.resolve("standard-input");
            Files.copy(context.in(), kept);
            return kept;
        } catch (IOException e) {
            throw Refusal.unreadable("standard input", e);
        }
    }

    /// The same text, with standard input called so and not by the file it is kept in.
    String named(String text) {
        return kept == null ? text : text.replace(kept.toString(), "standard input");
    }

    /// What the run reads, as the user or the pipeline names it.
    List<String> names(RunPlan plan) {
        if (recording != null) {
            return List.of(recording.toString());
        }
        if (!inputs.isEmpty()) {
            return inputs;
        }
        List<String> names = new ArrayList<>();
        for (StagePlan stage : plan.stages()) {
            ProcessorDescriptor descriptor = stage.entry().descriptor();
            if (descriptor.kind() == ProcessorDescriptor.Kind.SOURCE) {
                descriptor
                        .params()
                        .forEach(spec -> addNames(spec, stage.params().values(), names));
            }
        }
        return names;
    }

    private static void addNames(ParamSpec spec, JsonObject values, List<String> names) {
        JsonValue value = values.get(spec.name());
        if (spec.type() == ParamType.FILE
                && value instanceof JsonString file
                && !file.value().isBlank()) {
            names.add(file.value());
        } else if (spec.name().equals("paths") && value instanceof JsonArray paths) {
            paths.forEach(each -> names.add(each instanceof JsonString path ? path.value() : each.toJson()));
        }
    }

    @Override
    public void close() throws IOException {
        if (kept != null) {
            Files.deleteIfExists(kept);
            Path folder = kept.getParent();
            if (folder != null) {
                Files.deleteIfExists(folder);
            }
        }
    }
}
