package io.partflow.engine.processor.combine;

import io.partflow.engine.cache.CacheRoom;
import io.partflow.engine.content.Delivery;
import io.partflow.engine.content.JsonObject;
import io.partflow.engine.content.Part;
import io.partflow.engine.content.Substream;
import io.partflow.engine.processor.Failure;
import io.partflow.engine.processor.Params;
import io.partflow.engine.processor.PartContext;
import io.partflow.engine.processor.PartSink;
import io.partflow.engine.processor.PartSource;
import io.partflow.engine.processor.PortSpec;
import io.partflow.engine.processor.PortType;
import io.partflow.engine.processor.Processor;
import io.partflow.engine.processor.ProcessorDescriptor;
import io.partflow.engine.processor.ProcessorDescriptor.Kind;
import io.partflow.engine.processor.ProcessorDescriptor.Work;
import io.partflow.engine.processor.ProcessorEntry;
import io.partflow.engine.processor.PromptSnapshot;
import io.partflow.engine.processor.SourceContext;
import io.partflow.engine.processor.StageBody;
import io.partflow.engine.processor.Usage;
import io.partflow.engine.run.Run;
import io.partflow.engine.run.RunFailure;
import io.partflow.engine.run.RunOptions;
import io.partflow.engine.run.RunPlan;
import io.partflow.engine.run.RunSnapshot;
import io.partflow.engine.run.RunStatus;
import io.partflow.engine.run.StageMode;
import io.partflow.engine.run.StagePlan;
import io.partflow.engine.run.WirePlan;
import io.partflow.engine.stream.StreamClock;
import io.partflow.engine.stream.StreamMode;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Iterator;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Supplier;

/// Runs one processor over a list of parts: as the middle stage of a pipeline, or by itself.
public final class OneStage {
    /// What came of it.
    ///
    /// @param parts all parts in the order they came out, without the reserved ones
    /// @param reserved parts on reserved substreams, in any order
    /// @param failure what ended it, if anything did
    /// @param bad bad parts that were reported
    public record Outcome(List<Part> parts, List<Part> reserved, List<Failure> failure, List<Failure> bad) {}

    private static final Duration LONG = Duration.ofSeconds(60);

    private OneStage() {}

    /// Source, processor, sink: a pipeline's run.
    public static Outcome inPipeline(Processor body, List<Part> input, StreamClock clock) throws InterruptedException {
        return inPipeline(List.of(body), Work.BLOCKING, input, clock);
    }

    /// Source, one stage for each processor, sink.
    ///
    /// @param work of those that work on parts: inline stages are fused, others work on several parts at once
    static Outcome inPipeline(List<? extends StageBody> bodies, Work work, List<Part> input, StreamClock clock)
            throws InterruptedException {
        List<Part> parts = Collections.synchronizedList(new ArrayList<>());
        List<Part> reserved = Collections.synchronizedList(new ArrayList<>());
        List<StagePlan> stages = new ArrayList<>();
        stages.add(stage("from", Kind.SOURCE, Work.BLOCKING, () -> source(input)));
        for (StageBody body : bodies) {
            Kind kind = body instanceof Processor ? Kind.STREAM : Kind.PART;
            stages.add(stage("work" + stages.size(), kind, kind == Kind.PART ? work : Work.BLOCKING, () -> body));
        }
        stages.add(stage("to", Kind.SINK, Work.BLOCKING, OneStage::sink));
        List<WirePlan> wires = new ArrayList<>();
        for (int i = 1; i < stages.size(); i++) {
            wires.add(new WirePlan(stages.get(i - 1).id(), "out", stages.get(i).id(), "in"));
        }
        RunOptions options = RunOptions.DEFAULT.withClock(clock).withTap((node, delivery) -> {
            (Substream.Reserved.USUAL.holds(delivery.part()) ? reserved : parts).add(delivery.part());
        });
        RunPlan plan = new RunPlan("test", Path.of("."), stages, wires, StreamMode.BALANCED, 64 << 20, 1);
        try (Run run = Run.start(plan, new CacheRoom(clock), options)) {
            if (!run.await(LONG)) {
                throw new AssertionError("did not end: " + run.snapshot());
            }
            RunSnapshot end = run.snapshot();
            if (end.memory().inFlightBytes() != 0) {
                throw new AssertionError(end.memory());
            }
            return new Outcome(parts, reserved, fatal(end), bad(end));
        }
    }

    private static List<Failure> bad(RunSnapshot end) {
        return end.recentFailures().stream()
                .filter(failure -> failure.severity() != RunFailure.Severity.FATAL)
                .map(RunFailure::failure)
                .toList();
    }

    private static List<Failure> fatal(RunSnapshot end) {
        List<Failure> failures = end.recentFailures().stream()
                .filter(failure -> failure.severity() == RunFailure.Severity.FATAL)
                .map(RunFailure::failure)
                .toList();
        if (failures.isEmpty() != (end.status() == RunStatus.COMPLETED)) {
            throw new AssertionError(end.status() + " with " + failures);
        }
        return failures;
    }

    /// The processor alone, in the calling thread.
    public static Outcome alone(Processor body, List<Part> input, StreamClock clock) throws Exception {
        Collected context = new Collected(clock);
        Iterator<Part> rest = input.iterator();
        List<Failure> failure = new ArrayList<>();
        try (body) {
            body.run(() -> rest.hasNext() ? rest.next() : null, context);
        } catch (InterruptedException e) {
            throw e;
        } catch (Exception e) {
            failure.add(Failure.of(e));
        }
        return new Outcome(context.parts(false), context.parts(true), failure, context.bad);
    }

    /// Keeps what is emitted. Confined to one thread, as a real context is.
    public static final class Collected implements PartContext {
        public final List<Part> all = new ArrayList<>();
        public final List<Failure> bad = new ArrayList<>();
        public Usage usage = Usage.NONE;
        public final AtomicLong heldBytes = new AtomicLong();
        private final StreamClock clock;
        private final Thread owner = Thread.currentThread();

        public Collected(StreamClock clock) {
            this.clock = clock;
        }

        List<Part> parts(boolean reserved) {
            return all.stream()
                    .filter(part -> Substream.Reserved.USUAL.holds(part) == reserved)
                    .toList();
        }

        public List<String> texts() {
            return all.stream().map(Part::text).toList();
        }

        @Override
        public void emit(Part part) throws InterruptedException {
            if (Thread.currentThread() != owner) {
                throw new AssertionError("emitted from " + Thread.currentThread());
            }
            if (Thread.interrupted()) {
                throw new InterruptedException();
            }
            all.add(part);
        }

        @Override
        public StreamClock clock() {
            return clock;
        }

        @Override
        public Substream.Reserved reserved() {
            return Substream.Reserved.USUAL;
        }

        @Override
        public Held hold(long bytes, Holding how) {
            heldBytes.addAndGet(bytes);
            return () -> heldBytes.addAndGet(-bytes);
        }

        @Override
        public void spend(Usage more) {
            usage = usage.plus(more);
        }

        @Override
        public void fail(Failure failure) {
            bad.add(failure);
        }

        @Override
        public void report(PromptSnapshot prompt) {}
    }

    private static PartSource source(List<Part> parts) {
        return new PartSource() {
            @Override
            protected void produce(SourceContext context) throws Exception {
                for (Part part : parts) {
                    context.emit(part);
                }
            }
        };
    }

    private static PartSink sink() {
        return new PartSink() {
            @Override
            protected void accept(Delivery delivery, PartContext context) {}
        };
    }

    private static StagePlan stage(String id, Kind kind, Work work, Supplier<? extends StageBody> body) {
        ProcessorDescriptor descriptor = ProcessorDescriptor.builder("test." + id, 1, id)
                .summary("for a test")
                .kind(kind)
                .work(work)
                .inputs(PortSpec.optional("in", PortType.ANY))
                .outputs(PortSpec.optional("out", PortType.ANY))
                .build();
        ProcessorEntry entry = new ProcessorEntry(descriptor, (params, context) -> body.get());
        return new StagePlan(id, id, entry, Params.of(descriptor, JsonObject.EMPTY), StageMode.NORMAL, null);
    }
}
