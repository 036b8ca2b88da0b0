package io.partflow.bench;

import io.partflow.engine.cache.CacheRoom;
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
import io.partflow.engine.run.Run;
import io.partflow.engine.run.RunOptions;
import io.partflow.engine.run.RunPlan;
import io.partflow.engine.run.RunSnapshot;
import io.partflow.engine.run.StageMode;
import io.partflow.engine.run.StagePlan;
import io.partflow.engine.run.WirePlan;
import io.partflow.engine.stream.StreamClock;
import io.partflow.engine.stream.StreamMode;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.LongConsumer;
import java.util.function.Supplier;

/// Whole runs for benchmarks: a source of equal parts, part processors, a sink that takes everything.
final class RunPlans {
    private RunPlans() {}

    /// What a part processor does.
    @FunctionalInterface
    interface PartWork {
        void on(Part part, PartContext context) throws Exception;
    }

    static StagePlan source(long parts, Part part) {
        return stage("from", Kind.SOURCE, Work.BLOCKING, () -> new PartSource() {
            @Override
            protected void produce(SourceContext context) throws Exception {
                for (long i = 0; i < parts; i++) {
                    context.emit(part);
                }
            }
        });
    }

    static StagePlan parts(String id, Work work, PartWork does) {
        return stage(id, Kind.PART, work, () -> new PartProcessor() {
            @Override
            protected void process(Part part, PartContext context) throws Exception {
                does.on(part, context);
            }
        });
    }

    /// A cheap stage whose processor has a class of its own, as all processors but those of a measurement have.
    static StagePlan cheap(String id, Supplier<PartProcessor> processor) {
        return stage(id, Kind.PART, Work.INLINE, processor);
    }

    static StagePlan sink() {
        return stage("to", Kind.SINK, Work.INLINE, () -> new PartSink() {
            @Override
            protected void accept(Delivery delivery, PartContext context) {
                // Taking it is all.
            }
        });
    }

    /// A sink that calls somebody with the number of each part, from 1.
    static StagePlan sink(LongConsumer taken) {
        return stage("to", Kind.SINK, Work.INLINE, () -> new PartSink() {
            private long number;

            @Override
            protected void accept(Delivery delivery, PartContext context) {
                number++;
                taken.accept(number);
            }
        });
    }

    private static StagePlan stage(String id, Kind kind, Work work, Supplier<? extends StageBody> body) {
        ProcessorDescriptor descriptor = ProcessorDescriptor.builder("bench." + id, 1, id)
                .summary("for a measurement")
                .kind(kind)
                .work(work)
                .inputs(PortSpec.optional("in", PortType.ANY))
                .outputs(PortSpec.optional("out", PortType.ANY))
                .build();
        ProcessorEntry entry = new ProcessorEntry(descriptor, (params, context) -> body.get());
        return new StagePlan(id, id, entry, Params.of(descriptor, JsonObject.EMPTY), StageMode.NORMAL, null);
    }

    /// Stages one behind the other.
    static RunPlan plan(StreamMode mode, List<StagePlan> stages) {
        List<WirePlan> wires = new ArrayList<>();
        for (int i = 1; i < stages.size(); i++) {
            wires.add(new WirePlan(stages.get(i - 1).id(), "out", stages.get(i).id(), "in"));
        }
        return new RunPlan("bench", Path.of("."), stages, wires, mode, RunPlan.DEFAULT_BUDGET_BYTES, 1);
    }

    /// Runs stages one behind the other to the end.
    static RunSnapshot run(StreamMode mode, List<StagePlan> stages) throws InterruptedException {
        try (Run run = Run.start(plan(mode, stages), new CacheRoom(StreamClock.system()), RunOptions.DEFAULT)) {
            return run.await();
        }
    }
}
