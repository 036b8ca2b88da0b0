package io.partflow.engine.builtin;

import io.partflow.engine.content.JsonObject;
import io.partflow.engine.content.Origin;
import io.partflow.engine.content.Part;
import io.partflow.engine.content.Substream;
import io.partflow.engine.processor.BuildContext;
import io.partflow.engine.processor.Failure;
import io.partflow.engine.processor.Params;
import io.partflow.engine.processor.PartProcessor;
import io.partflow.engine.processor.PartSource;
import io.partflow.engine.processor.ProcessorEntry;
import io.partflow.engine.processor.PromptSnapshot;
import io.partflow.engine.processor.SourceContext;
import io.partflow.engine.processor.StageBody;
import io.partflow.engine.processor.Usage;
import io.partflow.engine.stream.StreamClock;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/// Takes what a processor gives and keeps it; its clock goes on by exactly what is slept. Confined to one
/// thread.
public final class FakeContext implements SourceContext {
    public final List<Part> parts = new ArrayList<>();
    public final List<Origin> origins = new ArrayList<>();
    public final List<Failure> failures = new ArrayList<>();
    public final List<Failure> warnings = new ArrayList<>();
    public final List<PromptSnapshot> prompts = new ArrayList<>();
    public final List<Long> admitted = new ArrayList<>();
    public final List<Double> moments = new ArrayList<>();
    public Usage usage = Usage.NONE;
    public long slept;
    public long maxFileBytes = 256L << 20;

    /// Builds a processor of the catalog.
    public static StageBody build(ProcessorEntry entry, JsonObject params, Path folder) {
        return entry.factory().create(Params.of(entry.descriptor(), params), new BuildContext("node", folder, 1));
    }

    /// Applies a part processor with parameters to parts, one after the other.
    public static FakeContext apply(ProcessorEntry entry, JsonObject params, Part... parts) throws Exception {
        FakeContext context = new FakeContext();
        PartProcessor processor = (PartProcessor) build(entry, params, Path.of("."));
        for (Part part : parts) {
            processor.apply(part, context);
        }
        return context;
    }

    /// Runs a source to its end.
    public FakeContext run(ProcessorEntry entry, JsonObject params, Path folder) throws Exception {
        ((PartSource) build(entry, params, folder)).run(this);
        return this;
    }

    /// The codes of all failures, then of all warnings.
    public List<String> codes() {
        return Stream.concat(failures.stream(), warnings.stream())
                .map(Failure::code)
                .toList();
    }

    public List<String> texts() {
        return parts.stream().map(Part::text).toList();
    }

    @Override
    public void emit(Part part) throws InterruptedException {
        if (Thread.interrupted()) {
            throw new InterruptedException();
        }
        parts.add(part);
    }

    @Override
    public void emit(Part part, Origin origin) throws InterruptedException {
        emit(part);
        origins.add(origin);
    }

    @Override
    public void warn(Failure warning) {
        warnings.add(warning);
    }

    @Override
    public void admit(long bytes) {
        admitted.add(bytes);
    }

    @Override
    public void awaitMoment(double atMillis) {
        moments.add(atMillis);
    }

    @Override
    public long maxFileBytes() {
        return maxFileBytes;
    }

    @Override
    public Door door() {
        FakeContext context = this;
        return new Door() {
            @Override
            public void awaitRoom(long bytes) throws InterruptedException {
                if (Thread.interrupted()) {
                    throw new InterruptedException();
                }
                context.admit(bytes);
            }

            @Override
            public void awaitTurn() throws InterruptedException {
                if (Thread.interrupted()) {
                    throw new InterruptedException();
                }
            }

            @Override
            public void awaitMoment(double atMillis) {
                context.awaitMoment(atMillis);
            }

            @Override
            public void warn(Failure warning) {
                context.warn(warning);
            }

            @Override
            public long maxFileBytes() {
                return context.maxFileBytes();
            }
        };
    }

    @Override
    public void spend(Usage more) {
        usage = usage.plus(more);
    }

    @Override
    public void fail(Failure failure) {
        failures.add(failure);
    }

    @Override
    public void report(PromptSnapshot prompt) {
        prompts.add(prompt);
    }

    @Override
    public Substream.Reserved reserved() {
        return Substream.Reserved.USUAL;
    }

    @Override
    public StreamClock clock() {
        return new StreamClock() {
            @Override
            public long nanos() {
                return slept;
            }

            @Override
            public Instant instant() {
                return Instant.EPOCH.plusNanos(slept);
            }

            @Override
            public void sleep(long nanos) throws InterruptedException {
                if (Thread.interrupted()) {
                    throw new InterruptedException();
                }
                slept += Math.max(0, nanos);
            }
        };
    }
}
