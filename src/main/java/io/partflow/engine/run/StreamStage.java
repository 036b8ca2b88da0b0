package io.partflow.engine.run;

import io.partflow.engine.cache.CacheSnapshot;
import io.partflow.engine.content.Delivery;
import io.partflow.engine.content.Origin;
import io.partflow.engine.content.Part;
import io.partflow.engine.processor.PartEmitter;
import io.partflow.engine.processor.PartProcessor;
import io.partflow.engine.processor.PartStream;
import io.partflow.engine.processor.Processor;
import io.partflow.engine.processor.StageBody;
import io.partflow.engine.processor.Usage;
import io.partflow.engine.stream.PartInput;
import io.partflow.engine.stream.QueuedPart;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// A stream processor at work, or any processor that is cached for its whole input. Confined to its thread, its
/// counters excepted.
final class StreamStage extends Stage {
    private final @Nullable CachedCalls cached;
    private @Nullable QueuedPart held;
    private Origin origin;

    StreamStage(
            StagePlan plan,
            StageStats stats,
            RunShared shared,
            PartInput input,
            Outlets outlets,
            @Nullable CachedCalls cached) {
        super(plan, stats, shared, input, outlets);
        this.cached = cached;
        this.origin = Origin.ofNode(plan.id());
    }

    @Override
    @Nullable
    CacheSnapshot cacheSnapshot() {
        return cached == null ? null : cached.snapshot();
    }

    @Override
    boolean isWorking() {
        // Between two reads the processor is at work; while it reads, the input says that it waits.
        return false;
    }

    @Override
    void run() throws Exception {
        long start = shared.clock().nanos();
        long waitedBefore = input.waitingNanos();
        try (StageBody body = build()) {
            if (cached == null) {
                process(body, this::next, this::emit);
            } else {
                processWhole(body, cached);
            }
        } finally {
            letGo();
        }
        long elsewhere = input.waitingNanos() - waitedBefore + outlets.blockedNanos();
        stats.busyNanos.add(Math.max(0, shared.clock().nanos() - start - elsewhere));
        outlets.end();
    }

    private void process(StageBody body, PartStream stream, PartEmitter out) throws Exception {
        var context = shared.context(plan, stats, out::emit);
        switch (body) {
            case Processor processor -> processor.run(stream, context);
            case PartProcessor processor -> {
                for (Part part = stream.next(); part != null; part = stream.next()) {
                    processor.apply(part, context);
                }
            }
            default -> throw new IllegalArgumentException(plan.id() + " is neither a processor nor a part processor");
        }
    }

    private void processWhole(StageBody body, CachedCalls calls) throws Exception {
        List<QueuedPart> all = new ArrayList<>();
        try {
            for (QueuedPart queued = input.take(); queued != null; queued = input.take()) {
                shared.pace().passWhenRunning();
                stats.partsIn.increment();
                all.add(queued);
            }
            List<Part> parts =
                    all.stream().map(queued -> queued.delivery().part()).toList();
            boolean[] computing = new boolean[1];
            PartEmitter out = part ->
                    emit(part, origin.withServing(computing[0] ? Origin.Serving.COMPUTED : Origin.Serving.FROM_CACHE));
            calls.request(parts, out, emitter -> {
                computing[0] = true;
                Iterator<Part> rest = parts.iterator();
                process(body, () -> rest.hasNext() ? rest.next() : null, emitter);
                return Usage.NONE;
            });
        } finally {
            all.forEach(QueuedPart::release);
        }
    }

    private @Nullable Part next() throws InterruptedException {
        letGo();
        QueuedPart queued = input.take();
        if (queued == null) {
            return null;
        }
        held = queued;
        origin = queued.delivery().origin();
        shared.pace().passWhenRunning();
        stats.partsIn.increment();
        return queued.delivery().part();
    }

    private void emit(Part part) throws InterruptedException {
        emit(part, origin);
    }

    private void emit(Part part, Origin from) throws InterruptedException {
        shared.route(outlets, new Delivery(part, from));
    }

    private void letGo() {
        QueuedPart before = held;
        held = null;
        if (before != null) {
            before.release();
        }
    }
}
