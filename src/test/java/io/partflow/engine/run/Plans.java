package io.partflow.engine.run;

import io.partflow.engine.cache.CacheSettings;
import io.partflow.engine.content.Delivery;
import io.partflow.engine.content.JsonObject;
import io.partflow.engine.content.Part;
import io.partflow.engine.processor.Params;
import io.partflow.engine.processor.PartContext;
import io.partflow.engine.processor.PartProcessor;
import io.partflow.engine.processor.PartSink;
import io.partflow.engine.processor.PartSource;
import io.partflow.engine.processor.PortSpec;
import io.partflow.engine.processor.PortType;
import io.partflow.engine.processor.ProcessorDescriptor;
import io.partflow.engine.processor.ProcessorDescriptor.Kind;
import io.partflow.engine.processor.ProcessorDescriptor.Work;
import io.partflow.engine.processor.ProcessorEntry;
import io.partflow.engine.processor.SourceContext;
import io.partflow.engine.processor.StageBody;
import io.partflow.engine.stream.StreamMode;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/// Small plans for tests of runs: sources of given texts, processors of one lambda, a sink that takes everything.
final class Plans {
    private Plans() {}

    static RunPlan plan(List<StagePlan> chain) {
        List<WirePlan> wires = new ArrayList<>();
        for (int i = 1; i < chain.size(); i++) {
            wires.add(new WirePlan(chain.get(i - 1).id(), "out", chain.get(i).id(), "in"));
        }
        return new RunPlan("test", Path.of("."), chain, wires, StreamMode.BALANCED, 1 << 20, 1);
    }

    static StagePlan in(StagePlan stage, StageMode mode) {
        return new StagePlan(stage.id(), stage.title(), stage.entry(), stage.params(), mode, stage.cache());
    }

    static StagePlan source(List<String> texts) {
        return stage(
                "from",
                Kind.SOURCE,
                Work.BLOCKING,
                () -> new PartSource() {
                    @Override
                    protected void produce(SourceContext context) throws Exception {
                        for (String text : texts) {
                            context.emit(Part.text(text));
                        }
                    }
                },
                null);
    }

    static StagePlan sink() {
        return stage(
                "to",
                Kind.SINK,
                Work.INLINE,
                () -> new PartSink() {
                    @Override
                    protected void accept(Delivery delivery, PartContext context) {}
                },
                null);
    }

    static StagePlan typed(String id, PortType type) {
        ProcessorEntry entry =
                entry("test." + id, Kind.PART, Work.INLINE, () -> processor((p, c) -> c.emit(p)), type, PortType.ANY);
        return new StagePlan(id, id, entry, params(entry), StageMode.NORMAL, null);
    }

    static StagePlan stage(
            String id, Kind kind, Work work, Supplier<? extends StageBody> body, @Nullable CacheSettings cache) {
        ProcessorEntry entry = entry("test." + id, kind, work, body, PortType.ANY, PortType.ANY);
        return new StagePlan(id, id, entry, params(entry), StageMode.NORMAL, cache);
    }

    static Params params(ProcessorEntry entry) {
        return Params.of(entry.descriptor(), JsonObject.EMPTY);
    }

    static ProcessorEntry entry(
            String id, Kind kind, Work work, Supplier<? extends StageBody> body, PortType in, PortType out) {
        ProcessorDescriptor descriptor = ProcessorDescriptor.builder(id, 1, id)
                .summary("for a test")
                .kind(kind)
                .work(work)
                .inputs(PortSpec.optional("in", in))
                .outputs(PortSpec.optional("out", out))
                .build();
        return new ProcessorEntry(descriptor, (params, context) -> body.get());
    }

    /// What a test's part processor does.
    @FunctionalInterface
    interface Work1 {
        void on(Part part, PartContext context) throws Exception;
    }

    static PartProcessor processor(Work1 work) {
        return new PartProcessor() {
            @Override
            protected void process(Part part, PartContext context) throws Exception {
                work.on(part, context);
            }
        };
    }
}
