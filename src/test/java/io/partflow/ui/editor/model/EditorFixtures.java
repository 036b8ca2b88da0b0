package io.partflow.ui.editor.model;

import io.partflow.engine.cache.CacheSettings;
import io.partflow.engine.cache.CacheSnapshot;
import io.partflow.engine.cache.LatencySnapshot;
import io.partflow.engine.cache.Outcome;
import io.partflow.engine.cache.SavingsSnapshot;
import io.partflow.engine.content.JsonArray;
import io.partflow.engine.content.JsonValue;
import io.partflow.engine.content.Part;
import io.partflow.engine.processor.ParamSpec;
import io.partflow.engine.processor.PortSpec;
import io.partflow.engine.processor.PortType;
import io.partflow.engine.processor.ProcessorCatalog;
import io.partflow.engine.processor.ProcessorDescriptor;
import io.partflow.engine.processor.ProcessorDescriptor.Category;
import io.partflow.engine.processor.ProcessorDescriptor.Kind;
import io.partflow.engine.processor.ProcessorEntry;
import io.partflow.engine.processor.PromptSnapshot;
import io.partflow.engine.run.NodeSnapshot;
import io.partflow.engine.run.RunSnapshot;
import io.partflow.engine.run.RunStatus;
import io.partflow.engine.run.StageState;
import io.partflow.engine.run.WireSnapshot;
import io.partflow.engine.stream.MemorySnapshot;
import io.partflow.pipeline.Layout;
import io.partflow.pipeline.PipelineGraph;
import io.partflow.pipeline.PipelineNode;
import io.partflow.pipeline.Wire;
import java.awt.Color;
import java.awt.Graphics2D;
import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import javax.imageio.ImageIO;
import org.jspecify.annotations.Nullable;

/// A catalog, a support desk of seven nodes, and snapshots of a run of it.
public final class EditorFixtures {
    public static final long SECOND = 1_000_000_000L;

    private EditorFixtures() {}

    public static ProcessorCatalog catalog() {
        return new ProcessorCatalog(List.of(
                entry(builder("source.files", "Files", "folder", Category.SOURCES)
                        .kind(Kind.SOURCE)
                        .synonyms("folder", "open")
                        .outputs(PortSpec.required("out", PortType.ANY))
                        .params(ParamSpec.list("paths", "Paths", "Files and folders.")
                                .asRequired())),
                entry(builder("source.recording", "Recording", "repeat", Category.SOURCES)
                        .kind(Kind.SOURCE)
                        .outputs(PortSpec.required("out", PortType.ANY))
                        .params(ParamSpec.file("file", "File", "A recording.").asRequired())),
                entry(builder("text.split", "Split text", "scissors", Category.TEXT)
                        .synonyms("chunk")
                        .inputs(PortSpec.required("in", PortType.TEXT))
                        .outputs(PortSpec.required("out", PortType.TEXT))),
                entry(builder("image.facts", "Image facts", "image", Category.MEDIA)
                        .cachedByDefault()
                        .inputs(PortSpec.required("in", PortType.IMAGE))
                        .outputs(PortSpec.required("out", PortType.JSON))),
                entry(builder("audio.segments", "Speech segments", "wave", Category.MEDIA)
                        .inputs(PortSpec.required("in", PortType.AUDIO))
                        .outputs(PortSpec.required("out", PortType.AUDIO))),
                entry(builder("prompt.rolling", "Rolling prompt", "layers", Category.PROMPT)
                        .kind(Kind.STREAM)
                        .inputs(PortSpec.required("in", PortType.ANY))
                        .outputs(PortSpec.required("out", PortType.TEXT))),
                entry(builder("model.simulated", "Simulated model", "cpu", Category.PROMPT)
                        .cachedByDefault()
                        .simulated()
                        .synonyms("llm", "answer")
                        .inputs(PortSpec.required("in", PortType.TEXT))
                        .outputs(PortSpec.required("out", PortType.TEXT))
                        .params(
                                ParamSpec.duration("latencyMinMs", "Fastest answer", "The shortest time.", 300),
                                ParamSpec.duration("latencyMaxMs", "Slowest answer", "The longest time.", 1_200),
                                ParamSpec.integer("tokens", "Output limit", "The most tokens.", 512)
                                        .withUnit("tokens"))),
                entry(builder("sink.viewer", "Viewer", "monitor", Category.SINKS)
                        .kind(Kind.SINK)
                        .inputs(PortSpec.required("in", PortType.ANY)))));
    }

    private static ProcessorDescriptor.Builder builder(String id, String title, String icon, Category category) {
        return ProcessorDescriptor.builder(id, 1, title)
                .icon(icon)
                .category(category)
                .summary(title + " does one thing well.");
    }

    private static ProcessorEntry entry(ProcessorDescriptor.Builder builder) {
        return new ProcessorEntry(builder.build(), (params, context) -> {
            throw new UnsupportedOperationException("the editor never makes a processor");
        });
    }

    public static ProcessorDescriptor descriptor(String id) {
        return catalog().descriptor(id).orElseThrow();
    }

    public static PipelineNode node(String id, String processor, double x, double y) {
        return PipelineNode.of(id, descriptor(processor), Layout.at(x, y));
    }

    /// Files, three branches, a prompt, a model and a viewer.
    public static PipelineGraph supportDesk() {
        PipelineNode files = node("files", "source.files", 0, 240)
                .withParam(
                        "paths",
                        JsonArray.of(
                                JsonValue.of("inbox/ticket-0412.txt"),
                                JsonValue.of("inbox/charger-07.png"),
                                JsonValue.of("inbox/call-0412.wav")));
        return PipelineGraph.empty("support-desk")
                .withNodes(List.of(
                        files,
                        node("split", "text.split", 224, 0),
                        node("image", "image.facts", 224, 168),
                        node("speech", "audio.segments", 224, 376),
                        node("prompt", "prompt.rolling", 448, 208),
                        node("model", "model.simulated", 672, 64).withTitle("Answer"),
                        node("show", "sink.viewer", 672, 304)))
                .withWires(List.of(
                        Wire.of("files", "out", "split", "in"),
                        Wire.of("files", "out", "image", "in"),
                        Wire.of("files", "out", "speech", "in"),
                        Wire.of("split", "out", "prompt", "in"),
                        Wire.of("image", "out", "prompt", "in"),
                        Wire.of("speech", "out", "prompt", "in"),
                        Wire.of("prompt", "out", "model", "in"),
                        Wire.of("model", "out", "show", "in")));
    }

    /// Ask, answer, show: all in a row.
    public static PipelineGraph row() {
        return PipelineGraph.empty("row")
                .withNodes(List.of(
                        node("ask", "source.recording", 40, 120),
                        node("answer", "model.simulated", 280, 120),
                        node("show", "sink.viewer", 520, 120)))
                .withWires(List.of(Wire.of("ask", "out", "answer", "in"), Wire.of("answer", "out", "show", "in")));
    }

    /// The run `beat` quarter seconds after its middle.
    public static RunSnapshot run(int beat) {
        List<NodeSnapshot> nodes = new ArrayList<>();
        nodes.add(snapshot(
                "files",
                "source.files",
                StageState.RUNNING,
                0,
                1200 + 10L * beat,
                34,
                66,
                0,
                beat,
                null,
                null,
                Part.text("ticket-0412.txt: My charger stopped after two days and smells burnt."),
                null));
        nodes.add(snapshot(
                "split",
                "text.split",
                StageState.RUNNING,
                400,
                5200 + 5L * beat,
                22,
                62,
                16,
                beat,
                null,
                null,
                Part.text("Charger stopped after two days, smells burnt.\nOrder 88-1042"),
                null));
        nodes.add(snapshot(
                "image",
                "image.facts",
                StageState.RUNNING,
                5900,
                5900 + 2L * beat,
                58,
                30,
                12,
                beat,
                cache(4738 + 2 * beat, 958, 204),
                null,
                Part.blob(png(), "image/png"),
                Outcome.HIT));
        nodes.add(snapshot(
                "speech",
                "audio.segments",
                StageState.RUNNING,
                310,
                930 + beat,
                41,
                44,
                15,
                beat,
                null,
                null,
                Part.blob(wav(), "audio/wav"),
                null));
        nodes.add(snapshot(
                "prompt",
                "prompt.rolling",
                StageState.BLOCKED,
                12_030,
                14_700,
                18,
                44,
                38,
                beat,
                null,
                new PromptSnapshot(212, 40, 18, 2_918, 2_342, 1_640),
                Part.text("..."),
                null));
        nodes.add(snapshot(
                "model",
                "model.simulated",
                StageState.RUNNING,
                14_700 + 2L * beat,
                14_690 + 2L * beat,
                97,
                3,
                0,
                beat,
                cache(9_888, 4_110 + 2 * beat, 702),
                null,
                Part.text("Please stop using it. A new one arrives on Tuesday, and the old one is picked up for"
                        + " nothing."),
                Outcome.MISS));
        nodes.add(snapshot(
                "show",
                "sink.viewer",
                StageState.WAITING,
                14_690,
                14_690 + 2L * beat,
                6,
                94,
                0,
                beat,
                null,
                null,
                Part.text("#411 Refund, #412 Swap, #413 Photo?"),
                null));
        List<WireSnapshot> wires = List.of(
                wire("files.out", "split.in", 4),
                wire("files.out", "image.in", 15),
                wire("files.out", "speech.in", 12),
                wire("split.out", "prompt.in", 35),
                wire("image.out", "prompt.in", 31),
                wire("speech.out", "prompt.in", 33),
                wire("prompt.out", "model.in", 46),
                wire("model.out", "show.in", 0));
        return run("run-1", RunStatus.RUNNING, nodes, wires);
    }

    public static RunSnapshot run(String id, RunStatus status, List<NodeSnapshot> nodes, List<WireSnapshot> wires) {
        return new RunSnapshot(
                id,
                "support-desk",
                status,
                Instant.EPOCH,
                768 * SECOND,
                nodes,
                wires,
                new MemorySnapshot(100 << 20, 16 << 20, 40 << 20),
                CacheSnapshot.EMPTY,
                SavingsSnapshot.NONE,
                0,
                0,
                0,
                List.of());
    }

    public static CacheSnapshot cache(long hits, long misses, long coalesced) {
        return new CacheSnapshot(
                hits,
                misses,
                coalesced,
                0,
                0,
                misses,
                0,
                0,
                0,
                0,
                misses,
                0,
                1_000L,
                null,
                LatencySnapshot.NONE,
                LatencySnapshot.NONE);
    }

    public static WireSnapshot wire(String from, String to, int depth) {
        return new WireSnapshot(from, to, 1_000 + depth, depth, 50, depth * 100L, 50, 5_000, 0, 0);
    }

    public static NodeSnapshot snapshot(
            String id,
            String processor,
            StageState state,
            long in,
            long out,
            long busy,
            long waiting,
            long blocked,
            int beat,
            @Nullable CacheSnapshot cache,
            @Nullable PromptSnapshot prompt,
            @Nullable Part last,
            @Nullable Outcome outcome) {
        long unit = SECOND / 400 * (1 + beat);
        return new NodeSnapshot(
                id,
                processor,
                1,
                state,
                in,
                out,
                0,
                0,
                busy * unit,
                waiting * unit,
                blocked * unit,
                cache,
                prompt,
                SavingsSnapshot.NONE,
                last,
                outcome);
    }

    public static byte[] png() {
        BufferedImage image = new BufferedImage(320, 200, BufferedImage.TYPE_INT_RGB);
        Graphics2D pen = image.createGraphics();
        pen.setColor(new Color(0x6f8796));
        pen.fillRect(0, 0, 320, 130);
        pen.setColor(new Color(0x8d7256));
        pen.fillRect(0, 130, 320, 70);
        pen.setColor(new Color(0xe9e6df));
        pen.fillRoundRect(110, 50, 100, 90, 16, 16);
        pen.setColor(new Color(0xb0413e));
        pen.fillOval(140, 80, 40, 30);
        pen.dispose();
        try (ByteArrayOutputStream bytes = new ByteArrayOutputStream()) {
            ImageIO.write(image, "png", bytes);
            return bytes.toByteArray();
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }

    /// One second of three bursts of a tone.
    public static byte[] wav() {
        int frames = 16_000;
        ByteBuffer data = ByteBuffer.allocate(44 + 2 * frames).order(ByteOrder.LITTLE_ENDIAN);
        data.put("RIFF".getBytes(java.nio.charset.StandardCharsets.US_ASCII)).putInt(36 + 2 * frames);
        data.put("WAVEfmt ".getBytes(java.nio.charset.StandardCharsets.US_ASCII))
                .putInt(16);
        data.putShort((short) 1)
                .putShort((short) 1)
                .putInt(16_000)
                .putInt(32_000)
                .putShort((short) 2)
                .putShort((short) 16);
        data.put("data".getBytes(java.nio.charset.StandardCharsets.US_ASCII)).putInt(2 * frames);
        for (int i = 0; i < frames; i++) {
            boolean loud = i % 6_000 < 4_000;
            double swell = 0.3 + 0.6 * Math.abs(Math.sin(i / 700.0));
            data.putShort((short) (loud ? swell * 30_000 * Math.sin(i / 5.0) : 40 * Math.sin(i / 5.0)));
        }
        return data.array();
    }

    /// The cache settings that K turns on.
    public static CacheSettings usualCache() {
        return CacheSettings.DEFAULT;
    }
}
