package io.partflow.pipeline;

import io.partflow.engine.builtin.BuiltinProcessors;
import io.partflow.engine.cache.CacheRoom;
import io.partflow.engine.cache.CacheSettings;
import io.partflow.engine.content.JsonObject;
import io.partflow.engine.content.JsonValue;
import io.partflow.engine.content.Part;
import io.partflow.engine.insight.RecordedHistories;
import io.partflow.engine.insight.advice.ProposedChange;
import io.partflow.engine.insight.history.CacheHistory;
import io.partflow.engine.processor.PartContext;
import io.partflow.engine.processor.PartProcessor;
import io.partflow.engine.processor.PortSpec;
import io.partflow.engine.processor.PortType;
import io.partflow.engine.processor.ProcessorCatalog;
import io.partflow.engine.processor.ProcessorDescriptor;
import io.partflow.engine.processor.ProcessorEntry;
import io.partflow.engine.run.Run;
import io.partflow.engine.run.RunOptions;
import io.partflow.engine.run.RunPlan;
import io.partflow.engine.run.RunSnapshot;
import io.partflow.engine.stream.StreamClock;
import io.partflow.engine.trace.RecordingHeader;
import io.partflow.engine.trace.RecordingLevel;
import io.partflow.engine.trace.RecordingWriter;
import io.partflow.pipeline.edit.SetCache;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.function.Function;

/// A pipeline of a recorded source, a cached step and a sink, written as a document and run as the product
/// does: makes recordings, and applies changes to the document.
final class RecordedProduct {
    static final String NODE = "answer";

    private final Path folder;
    private final StreamClock clock;
    private final PipelineDocument documents;
    private final ProcessorCatalog catalog;
    private String document;
    double speed = Double.POSITIVE_INFINITY;
    RunOptions.Reading reading = RunOptions.Reading.ALL;
    private int runs;

    /// @param answering what the step makes of a part
    RecordedProduct(Path folder, StreamClock clock, CacheSettings settings, Function<Part, Part> answering) {
        this.folder = folder;
        this.clock = clock;
        ProcessorDescriptor answer = ProcessorDescriptor.builder("test.answer", 1, "Answer")
                .summary("for a test")
                .inputs(PortSpec.required("in", PortType.ANY))
                .outputs(PortSpec.required("out", PortType.ANY))
                .build();
        catalog = BuiltinProcessors.catalog().plus(new ProcessorEntry(answer, (params, context) -> new PartProcessor() {
            @Override
            protected void process(Part part, PartContext out) throws InterruptedException {
                out.emit(answering.apply(part));
            }
        }));
        documents = new PipelineDocument(catalog);
        Layout layout = Layout.ORIGIN;
        PipelineGraph graph = PipelineGraph.empty("recorded")
                .withNode(node("ask", "source.recording", layout)
                        .withParams(JsonObject.of("file", JsonValue.of("ask.parts.jsonl"))))
                .withNode(node(NODE, "test.answer", layout).withCache(settings))
                .withNode(node("show", "sink.viewer", layout))
                .withWire(new Wire(new PortRef("ask", "out"), new PortRef(NODE, "in")))
                .withWire(new Wire(new PortRef(NODE, "out"), new PortRef("show", "in")));
        document = documents.write(graph);
    }

    private PipelineNode node(String id, String processor, Layout layout) {
        return PipelineNode.of(id, catalog.descriptor(processor).orElseThrow(), layout);
    }

    /// Writes what the source will emit, one part every so many milliseconds.
    void asks(List<Part> parts, long pauseMillis) throws IOException {
        RecordingHeader header =
                RecordingHeader.of(Instant.EPOCH, "0.1.0", "ask", RecordingLevel.INPUTS, List.of("ask"));
        try (RecordingWriter writer = RecordingWriter.create(folder.resolve("ask.parts.jsonl"), header)) {
            for (int i = 0; i < parts.size(); i++) {
                writer.source(i * pauseMillis * 1_000_000L, "ask", "out", parts.get(i));
            }
            writer.end(parts.size() * pauseMillis * 1_000_000L, "completed");
        }
    }

    private PipelineGraph graph() {
        return documents.parse(document).graph();
    }

    /// Changes the document as the advice proposes.
    void apply(ProposedChange change) {
        PipelineGraph graph = graph();
        CacheSettings settings =
                Objects.requireNonNull(graph.node(NODE).orElseThrow().cache());
        document = documents.write(new SetCache(NODE, change.applyTo(settings).orElse(null)).apply(graph));
    }

    /// What one run came to.
    record Ran(RunSnapshot snapshot, Path recording) {
        double hitRatio() {
            return snapshot.cache().hitRatio().orElseThrow();
        }

        CacheHistory history() throws Exception {
            return Objects.requireNonNull(
                    RecordedHistories.read(recording).histories().get(NODE));
        }
    }

    /// Runs the document with empty caches, and records what happens.
    Ran run() throws Exception {
        try (CacheRoom room = new CacheRoom(clock)) {
            return run(room);
        }
    }

    Ran run(CacheRoom room) throws Exception {
        GraphCompiler.Compiled compiled = GraphCompiler.compile(graph(), catalog, folder);
        RunPlan plan = compiled.plan();
        if (plan == null) {
            throw new AssertionError(compiled.problems());
        }
        Path recording = folder.resolve("run-" + runs++ + ".parts.jsonl");
        RunOptions options = RunOptions.DEFAULT
                .withClock(clock)
                .withSpeed(speed)
                .withReading(reading)
                .withRecordTo(recording)
                .withRecordLevel(RecordingLevel.EVENTS);
        try (Run run = Run.start(plan, room, options)) {
            return new Ran(run.await(), recording);
        }
    }
}
