package io.partflow.pipeline;

import io.partflow.engine.processor.ParamSpec;
import io.partflow.engine.processor.Params;
import io.partflow.engine.processor.PortSpec;
import io.partflow.engine.processor.PortType;
import io.partflow.engine.processor.ProcessorCatalog;
import io.partflow.engine.processor.ProcessorDescriptor;
import io.partflow.engine.processor.ProcessorDescriptor.Kind;
import io.partflow.engine.processor.ProcessorEntry;
import java.util.List;

/// A small catalog for tests: one processor of every kind that graphs are made of, none of which can run.
public final class SampleCatalog {
    public static final ProcessorCatalog CATALOG = new ProcessorCatalog(List.of(
            entry(ProcessorDescriptor.builder("source.files", 1, "Files")
                    .kind(Kind.SOURCE)
                    .outputs(PortSpec.optional("out", PortType.ANY))
                    .params(
                            ParamSpec.file("path", "Files", "A file or folder.").asRequired(),
                            ParamSpec.text("glob", "Only", "Names to take.", "*"))),
            entry(ProcessorDescriptor.builder("source.text", 1, "Text lines")
                    .kind(Kind.SOURCE)
                    .outputs(PortSpec.optional("out", PortType.TEXT))
                    .params(ParamSpec.text("text", "Text", "What to say.", ""))),
            entry(ProcessorDescriptor.builder("source.audio", 1, "Tone")
                    .kind(Kind.SOURCE)
                    .outputs(PortSpec.optional("out", PortType.AUDIO))),
            entry(ProcessorDescriptor.builder("text.split", 2, "Split text")
                    .inputs(PortSpec.required("in", PortType.TEXT))
                    .outputs(PortSpec.optional("out", PortType.TEXT))
                    .params(
                            ParamSpec.choice("by", "By", "Where to cut.", "paragraph", List.of("paragraph", "length")),
                            ParamSpec.integer("length", "Length", "Characters in a piece.", 1000)
                                    .withRange(1, 100_000),
                            ParamSpec.integer("overlap", "Overlap", "Characters that are repeated.", 0)
                                    .withRange(0, 100_000),
                            ParamSpec.real("share", "Share", "How much to keep.", 0.5)
                                    .withRange(0, 1))
                    .rules(Params.Rule.below("overlap", "length").onlyFor("by", "length"))),
            entry(ProcessorDescriptor.builder("audio.transcribe", 1, "Transcribe")
                    .inputs(PortSpec.required("in", PortType.AUDIO))
                    .outputs(PortSpec.optional("out", PortType.TEXT))),
            entry(ProcessorDescriptor.builder("model.simulated", 1, "Simulated model")
                    .cachedByDefault()
                    .simulated()
                    .inputs(PortSpec.required("in", PortType.TEXT))
                    .outputs(PortSpec.optional("out", PortType.TEXT))
                    .params(
                            ParamSpec.duration("latencyMinMs", "Answer time from", "The least.", 300)
                                    .withRange(0, 60_000),
                            ParamSpec.duration("latencyMaxMs", "Answer time to", "The most.", 1_200)
                                    .withRange(0, 60_000))
                    .rules(Params.Rule.atMost("latencyMinMs", "latencyMaxMs"))),
            entry(ProcessorDescriptor.builder("sink.viewer", 1, "Viewer")
                    .kind(Kind.SINK)
                    .inputs(PortSpec.required("in", PortType.ANY)))));

    private SampleCatalog() {}

    private static ProcessorEntry entry(ProcessorDescriptor.Builder builder) {
        return new ProcessorEntry(builder.build(), (params, context) -> {
            throw new UnsupportedOperationException("a sample does not run");
        });
    }

    /// A node of a sample processor with its defaults.
    public static PipelineNode node(String id, String processor) {
        return PipelineNode.of(id, CATALOG.descriptor(processor).orElseThrow(), Layout.ORIGIN);
    }

    /// Text lines, split, shown: a graph without any problem.
    public static PipelineGraph sound() {
        return PipelineGraph.empty("sound")
                .withNode(node("lines", "source.text"))
                .withNode(node("split", "text.split"))
                .withNode(node("show", "sink.viewer"))
                .withWire(Wire.of("lines", "out", "split", "in"))
                .withWire(Wire.of("split", "out", "show", "in"));
    }
}
