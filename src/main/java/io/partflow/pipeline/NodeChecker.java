package io.partflow.pipeline;

import io.partflow.engine.cache.CacheSettings;
import io.partflow.engine.cache.KeyFunction;
import io.partflow.engine.content.JsonObject;
import io.partflow.engine.content.JsonValue;
import io.partflow.engine.processor.ParamSpec;
import io.partflow.engine.processor.Params;
import io.partflow.engine.processor.ParamsCheck;
import io.partflow.engine.processor.PortSpec;
import io.partflow.engine.processor.PortType;
import io.partflow.engine.processor.ProcessorDescriptor;
import io.partflow.pipeline.Problem.Severity;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// Tells what is wrong with one node whose processor is known: its version, parameters, cache and open inputs.
/// Confined to one check.
final class NodeChecker {
    private final PipelineGraph graph;
    private final Path folder;
    private final PipelineNode node;
    private final ProcessorDescriptor descriptor;
    private final ParamsCheck check;
    private final List<Problem> problems;

    /// @param folder where relative paths start
    /// @param check what the parameters must keep to beyond their own ranges
    /// @param problems takes what is found
    NodeChecker(
            PipelineGraph graph,
            Path folder,
            PipelineNode node,
            ProcessorDescriptor descriptor,
            ParamsCheck check,
            List<Problem> problems) {
        this.graph = graph;
        this.folder = folder;
        this.node = node;
        this.descriptor = descriptor;
        this.check = check;
        this.problems = problems;
    }

    private void add(String code, Severity severity, @Nullable String port, String message, String remedy) {
        problems.add(Problem.ofNode(code, severity, node.id(), port, message, remedy));
    }

    void check() {
        if (node.processorVersion() > descriptor.version()) {
            add(
                    "NEWER_PROCESSOR",
                    Severity.WARNING,
                    null,
                    node.id() + " was made with version " + node.processorVersion() + " of " + descriptor.title()
                            + "; this workbench has version " + descriptor.version() + ".",
                    "Results may differ; update the workbench to get the same.");
        }
        checkParams();
        CacheSettings cache = node.cache();
        if (cache != null) {
            checkStore(cache);
            checkPartitions(cache);
            checkKeyOptions(cache);
        }
        checkInputs();
    }

    private void checkStore(CacheSettings cache) {
        if (cache.tier() == CacheSettings.Tier.MEMORY) {
            return;
        }
        if (graph.settings().store() == null) {
            add(
                    "STORE_MISSING",
                    Severity.ERROR,
                    null,
                    "The cache of " + node.id() + " is to be kept in a store, and the pipeline names none.",
                    "Name a file in \"settings\".\"store\", run with --cache FILE.db, or choose the tier \"memory\".");
        }
        if (cache.tier() == CacheSettings.Tier.STORE
                && !cache.behaviour().partitions().isEmpty()) {
            add(
                    "PARTITIONS_NOT_USED",
                    Severity.WARNING,
                    null,
                    "The cache of " + node.id() + " has partitions, which a store alone does not keep apart.",
                    "Choose the tier \"tiered\", whose memory does.");
        }
    }

    private void checkPartitions(CacheSettings cache) {
        if (cache.behaviour().partitions().stream()
                .anyMatch(each -> each.mimeTypes().isEmpty())) {
            add(
                    "PARTITION_WITHOUT_KINDS",
                    Severity.WARNING,
                    null,
                    "The cache of " + node.id() + " has a partition for no kind of input, which nothing will be in.",
                    "Name kinds in its \"mimeTypes\", such as \"image/*\", or take the partition out.");
        }
    }

    private void checkInputs() {
        if (node.state() == NodeState.MUTE) {
            return;
        }
        for (PortSpec port : descriptor.inputs()) {
            if (port.presence() == PortSpec.Presence.REQUIRED
                    && graph.wires().stream().noneMatch(wire -> wire.to().equals(node.port(port.name())))) {
                add(
                        "MISSING_INPUT",
                        Severity.ERROR,
                        port.name(),
                        "Nothing is connected to " + node.id() + "." + port.name() + ".",
                        port.types().contains(PortType.ANY)
                                ? "Draw a wire to it from any output."
                                : "Draw a wire to it from an output that carries " + WireChecker.words(port.types())
                                        + ".");
            }
        }
    }

    private void checkKeyOptions(CacheSettings cache) {
        try {
            var _ = KeyFunction.of(cache.key());
        } catch (IllegalArgumentException refused) {
            add(
                    "KEY_OPTION_NOT_AVAILABLE",
                    Severity.ERROR,
                    null,
                    "The cache key of " + node.id() + " cannot be made: " + refused.getMessage() + ".",
                    "Take the option out of the node's \"cache\".\"key\".");
        }
    }

    private void checkParams() {
        int before = problems.size();
        JsonObject params = node.params();
        for (String name : params.names()) {
            if (descriptor.param(name).isEmpty()) {
                add(
                        "UNKNOWN_PARAMETER",
                        Severity.WARNING,
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
                        spec.name(),
                        node.id() + ": " + complaint.get(),
                        missing
                                ? "Select the node and fill in " + spec.title() + "."
                                : "Select the node and correct " + spec.title() + ".");
            } else if (value != null
                    && GraphPaths.holdsPaths(spec)
                    && descriptor.kind() != ProcessorDescriptor.Kind.SINK) {
                GraphPaths.paths(value).forEach(path -> checkFile(spec, path));
            }
        }
        if (problems.stream().skip(before).noneMatch(Problem::isError)) {
            checkRules();
        }
    }

    private void checkRules() {
        Params params = Params.of(descriptor, node.params());
        for (Params.Rule rule : descriptor.rules()) {
            rule.complaint(params)
                    .ifPresent(complaint -> add(
                            "PARAMETERS_CONTRADICT",
                            Severity.ERROR,
                            rule.lower(),
                            node.id() + ": " + complaint.message(),
                            "Select the node. " + complaint.remedy()));
        }
        for (ParamsCheck.Complaint complaint : check.complaints(params)) {
            String title =
                    descriptor.param(complaint.param()).map(ParamSpec::title).orElse(complaint.param());
            add(
                    "PARAMETER_WRONG",
                    Severity.ERROR,
                    complaint.param(),
                    node.id() + ": " + complaint.message(),
                    "Select the node and correct " + title + ".");
        }
    }

    private void checkFile(ParamSpec spec, String path) {
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
}
