package io.partflow.ui.editor.model;

import io.partflow.engine.content.JsonArray;
import io.partflow.engine.content.JsonString;
import io.partflow.engine.content.JsonValue;
import io.partflow.engine.processor.ParamSpec;
import io.partflow.engine.processor.ParamType;
import io.partflow.engine.processor.PortSpec;
import io.partflow.engine.processor.PortType;
import io.partflow.engine.processor.ProcessorDescriptor;
import io.partflow.pipeline.PipelineNode;
import io.partflow.pipeline.PortRef;
import io.partflow.pipeline.Wire;
import io.partflow.pipeline.edit.SetParam;
import io.partflow.ui.support.Messages;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import javafx.geometry.Point2D;

/// What dropping files at a place would do, told from the names of the files and what lies there. Immutable; reads
/// no file.
///
/// @param words what to say while the files are held over the place
/// @param node the node to light up
/// @param wire the wire to light up
/// @param opens the pipeline document to open instead of an edit
/// @param edit what changes
public record DropPlan(
        String words,
        Optional<String> node,
        Optional<Wire> wire,
        Optional<Path> opens,
        Optional<GraphEdits.Edit> edit) {
    private static final String FILES = "source.files";
    private static final String RECORDING = "source.recording";
    private static final double WIRE_REACH = 14;

    /// Whether a file of that name is a recording, or a trace of genai-processors: those end in an id of 22
    /// characters.
    public static boolean isReplayable(String name) {
        return name.endsWith(".parts.jsonl") || name.matches(".+_[2-9A-HJ-NP-Za-km-z]{22}\\.json");
    }

    /// Plans a drop.
    ///
    /// @param written how a path is written into the document
    public static DropPlan of(CanvasModel model, List<Path> files, Point2D world, Function<Path, String> written) {
        Optional<Path> pipeline = files.stream()
                .filter(file -> name(file).endsWith(".partflow.json"))
                .findFirst();
        if (pipeline.isPresent()) {
            return new DropPlan(
                    Messages.text("editor.drop.open"), Optional.empty(), Optional.empty(), pipeline, Optional.empty());
        }
        boolean recording =
                !files.isEmpty() && files.stream().allMatch(file -> isReplayable(String.valueOf(file.getFileName())));
        Optional<ProcessorDescriptor> source = model.catalog().descriptor(recording ? RECORDING : FILES);
        Optional<PipelineNode> below = model.nodeAt(world);
        Optional<DropPlan> added = below.flatMap(node -> addTo(model, node, files, written));
        if (added.isPresent()) {
            return added.get();
        }
        if (files.isEmpty() || source.isEmpty()) {
            return new DropPlan("", Optional.empty(), Optional.empty(), Optional.empty(), Optional.empty());
        }
        PipelineNode template = GraphEdits.template(source.get());
        template = with(template, source.get(), files, written).orElse(template);
        Optional<Wire> wire = below.isPresent() ? Optional.empty() : model.wireAt(world, WIRE_REACH);
        Optional<PipelineNode> fed =
                below.or(() -> wire.flatMap(each -> model.graph().node(each.to().node())));
        if (fed.isPresent()) {
            return feed(model, template, files, fed.get(), wire, recording);
        }
        Point2D corner = model.freeSpot(world.subtract(NodeMeasures.WIDTH / 2, NodeMeasures.HEADER / 2));
        return new DropPlan(
                Messages.text("editor.drop.new"),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.of(model.edits().add(template, corner)));
    }

    /// A source that takes files gets these as well.
    private static Optional<DropPlan> addTo(
            CanvasModel model, PipelineNode node, List<Path> files, Function<Path, String> written) {
        Optional<ProcessorDescriptor> descriptor = model.catalog()
                .descriptor(node.processor())
                .filter(each -> each.kind() == ProcessorDescriptor.Kind.SOURCE);
        Optional<ParamSpec> param = descriptor.flatMap(DropPlan::fileParam);
        if (param.isEmpty() || files.isEmpty()) {
            return Optional.empty();
        }
        String name = param.get().name();
        JsonValue value = value(param.get(), node.params().get(name), files, written);
        return Optional.of(new DropPlan(
                Messages.text("editor.drop.add", model.title(node)),
                Optional.of(node.id()),
                Optional.empty(),
                Optional.empty(),
                Optional.of(new GraphEdits.Edit(new SetParam(node.id(), name, value), Set.of(node.id())))));
    }

    private static DropPlan feed(
            CanvasModel model,
            PipelineNode template,
            List<Path> files,
            PipelineNode fed,
            Optional<Wire> wire,
            boolean recording) {
        Set<PortType> types = recording ? EnumSet.of(PortType.ANY) : types(files);
        List<PortSpec> inputs = model.wiring().ports(fed, PortSide.INPUT);
        Optional<PortSpec> port = inputs.stream()
                .filter(each ->
                        wire.isEmpty() || each.name().equals(wire.get().to().port()))
                .filter(each -> PortType.compatible(types, each.types()))
                .findFirst();
        Point2D left = model.freeSpot(new Point2D(
                model.box(fed).getMinX() - NodeMeasures.WIDTH - 64,
                model.box(fed).getMinY()));
        if (port.isEmpty()) {
            String takes = inputs.isEmpty()
                    ? Messages.text("editor.drop.nothing")
                    : Wiring.words(inputs.getFirst().types());
            return new DropPlan(
                    Messages.text("editor.drop.misfit", model.title(fed), takes),
                    Optional.empty(),
                    Optional.empty(),
                    Optional.empty(),
                    Optional.of(model.edits().add(template, left)));
        }
        PortRef end = fed.port(port.get().name());
        return new DropPlan(
                Messages.text("editor.drop.feed", model.title(fed)),
                wire.isPresent() ? Optional.empty() : Optional.of(fed.id()),
                wire,
                Optional.empty(),
                Optional.of(model.edits().addWired(template, left, end, PortSide.OUTPUT)));
    }

    private static Optional<PipelineNode> with(
            PipelineNode template, ProcessorDescriptor descriptor, List<Path> files, Function<Path, String> written) {
        return fileParam(descriptor).map(param -> template.withParam(param.name(), value(param, null, files, written)));
    }

    private static Optional<ParamSpec> fileParam(ProcessorDescriptor descriptor) {
        return descriptor.params().stream()
                .filter(param -> param.type() == ParamType.LIST || param.type() == ParamType.FILE)
                .findFirst();
    }

    private static JsonValue value(
            ParamSpec param,
            @org.jspecify.annotations.Nullable JsonValue before,
            List<Path> files,
            Function<Path, String> written) {
        if (param.type() == ParamType.FILE) {
            return JsonValue.of(written.apply(files.getFirst()));
        }
        Set<JsonValue> all = new LinkedHashSet<>();
        if (before instanceof JsonArray list) {
            list.values().stream().filter(JsonString.class::isInstance).forEach(all::add);
        }
        files.forEach(file -> all.add(JsonValue.of(written.apply(file))));
        return new JsonArray(new ArrayList<>(all));
    }

    /// What the files hold, as far as their names tell.
    static Set<PortType> types(List<Path> files) {
        Set<PortType> types = EnumSet.noneOf(PortType.class);
        for (Path file : files) {
            String name = name(file);
            String ending = name.substring(name.lastIndexOf('.') + 1);
            types.add(
                    switch (ending) {
                        case "txt", "md", "csv", "html", "htm", "xml", "log", "srt", "vtt", "tex", "py", "java", "js" ->
                            PortType.TEXT;
                        case "json", "jsonl", "geojson" -> PortType.JSON;
                        case "png", "jpg", "jpeg", "gif", "bmp", "webp", "tif", "tiff" -> PortType.IMAGE;
                        case "wav", "flac", "mp3", "ogg", "oga", "opus", "m4a", "aac", "aiff" -> PortType.AUDIO;
                        case "mp4", "mov", "webm", "mkv", "avi" -> PortType.VIDEO;
                        default -> PortType.ANY;
                    });
        }
        return types;
    }

    private static String name(Path file) {
        Path last = file.getFileName();
        return last == null ? "" : last.toString().toLowerCase(Locale.ROOT);
    }
}
