package io.partflow.engine.run;

import io.partflow.engine.cache.CacheRoom;
import io.partflow.engine.cache.CacheSettings;
import io.partflow.engine.cache.CacheSnapshot;
import io.partflow.engine.cache.CacheWatcher;
import io.partflow.engine.content.Delivery;
import io.partflow.engine.content.Origin;
import io.partflow.engine.content.Part;
import io.partflow.engine.processor.Failure;
import io.partflow.engine.processor.PartEmitter;
import io.partflow.engine.processor.PartProcessor;
import io.partflow.engine.processor.PartStream;
import io.partflow.engine.processor.Processor;
import io.partflow.engine.processor.StageBody;
import io.partflow.engine.stream.PartInput;
import io.partflow.engine.stream.QueuedPart;
import io.partflow.engine.trace.PartSpan;
import io.partflow.engine.trace.SpanRecorder;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/// A stream processor at work, or any processor that is cached for its whole input. Confined to its thread, its
/// counters excepted.
final class StreamStage extends Stage {
    private final @Nullable CachedCalls cached;
    // Between the thread that emits and the one that reads, where a processor has two.
    private final ReentrantLock emitting = new ReentrantLock();
    private final Function<CacheSettings, CachedCalls> lodging;
    // The cache that the processor asks by itself.
    private volatile @Nullable CachedCalls lodged;
    private @Nullable QueuedPart held;
    private SpanRecorder.@Nullable OpenSpan span;
    // A processor may read on one thread and emit on another.
    private volatile Origin origin;
    private boolean keepsPace = true;
    // The bytes of a whole stream that is one request.
    private long aside;

    StreamStage(
            StagePlan plan,
            StageStats stats,
            RunShared shared,
            PartInput input,
            Outlets outlets,
            @Nullable CachedCalls cached,
            Function<CacheSettings, CachedCalls> lodging) {
        super(plan, stats, shared, input, outlets);
        this.cached = cached;
        this.lodging = lodging;
        this.origin = Origin.ofNode(plan.id());
    }

    @Override
    @Nullable
    CacheSnapshot cacheSnapshot() {
        CachedCalls own = cached == null ? lodged : cached;
        return own == null ? null : own.snapshot();
    }

    @Override
    void flushCache() {
        CachedCalls own = cached == null ? lodged : cached;
        if (own != null) {
            own.flush();
        }
    }

    @Override
    boolean isWorking() {
        // Between two reads the processor is at work; while it reads, the input says that it waits.
        return false;
    }

    @Override
    void run() throws Exception {
        input.beforeWaiting(this::flush);
        long start = shared.clock().nanos();
        long waitedBefore = input.waitingNanos();
        try (StageBody body = build()) {
            if (cached == null) {
                lodge(body);
                process(body, this::next, new CallContext(plan, stats, shared, this::emit));
                CachedCalls own = lodged;
                if (own != null) {
                    own.settle();
                }
            } else {
                processWhole(body, cached);
            }
        } finally {
            letGo();
            shared.budget().holdAside(-aside);
            long elsewhere = input.waitingNanos() - waitedBefore + outlets.blockedNanos();
            stats.busyNanos.add(Math.max(0, shared.clock().nanos() - start - elsewhere));
        }
        // What the processor has not read nobody will: reading on for its own sake would never end on a live source.
        endEarly();
    }

    /// Gives the node's cache to a processor that asks it by itself.
    private void lodge(StageBody body) {
        if (body instanceof CacheRoom.Tenant tenant && tenant.cacheSettings() instanceof CacheSettings settings) {
            CachedCalls calls = lodging.apply(settings);
            lodged = calls;
            tenant.moveIn(calls::request);
        }
    }

    private void process(StageBody body, PartStream stream, CallContext context) throws Exception {
        switch (body) {
            case Processor processor -> {
                keepsPace = processor.keepsPace();
                processor.run(stream, context);
            }
            case PartProcessor processor -> {
                for (Part part = stream.next(); part != null; part = stream.next()) {
                    apply(processor, part, context);
                }
            }
            default -> throw new IllegalArgumentException(plan.id() + " is neither a processor nor a part processor");
        }
    }

    private static void apply(PartProcessor processor, Part part, CallContext context) throws InterruptedException {
        try {
            processor.apply(part, context);
        } catch (InterruptedException e) {
            throw e;
        } catch (Exception e) {
            context.fail(Failure.of(e));
        }
    }

    private void processWhole(StageBody body, CachedCalls calls) throws Exception {
        List<Part> parts = new ArrayList<>();
        List<Origin> origins = new ArrayList<>();
        if (read(parts, origins) == Extent.TOO_LARGE) {
            calls.countUncacheable(parts, CacheWatcher.Uncacheable.TOO_LARGE);
            Iterator<Part> begin = parts.iterator();
            process(
                    body,
                    () -> begin.hasNext() ? begin.next() : next(),
                    new CallContext(plan, stats, shared, this::emit));
            return;
        }
        AtomicBoolean computing = new AtomicBoolean();
        AtomicReference<Origin.@Nullable Entry> entry = new AtomicReference<>();
        PartEmitter out = part -> {
            Origin.Serving serving = computing.get() ? Origin.Serving.COMPUTED : Origin.Serving.FROM_CACHE;
            Origin.Entry in = entry.get();
            emit(
                    part,
                    in == null
                            ? origin.withServing(serving)
                            : origin.withServing(serving).withEntry(in));
        };
        try {
            calls.request(parts, origins, entry::set, out, emitter -> {
                computing.set(true);
                Iterator<Part> rest = parts.iterator();
                CallContext context = new CallContext(plan, stats, shared, emitter);
                process(body, () -> rest.hasNext() ? rest.next() : null, context);
                return context.usage();
            });
        } catch (CallContext.FailureTold e) {
            // The failure is counted; throwing only kept the incomplete output out of the cache.
        }
        calls.settle();
    }

    /// How much of the input was read.
    private enum Extent {
        WHOLE,
        TOO_LARGE
    }

    /// Reads the input to its end, or until it is too large to be one request.
    ///
    /// The parts are held aside: a source that waits for the budget would wait for ever for a stage that waits for
    /// the source. Half the budget bounds them instead.
    private Extent read(List<Part> into, List<Origin> origins) throws InterruptedException {
        long left = shared.budget().budgetBytes() / 2;
        for (QueuedPart queued = input.take(); queued != null; queued = input.take()) {
            try {
                shared.pace().passWhenRunning();
                stats.partsIn.increment();
                Part part = queued.delivery().part();
                into.add(part);
                if (queued.delivery().origin().entry() != null) {
                    origins.add(queued.delivery().origin());
                }
                left -= part.sizeBytes();
                aside += part.sizeBytes();
                shared.budget().holdAside(part.sizeBytes());
            } finally {
                queued.release();
            }
            if (left < 0) {
                return Extent.TOO_LARGE;
            }
        }
        return Extent.WHOLE;
    }

    private @Nullable Part next() throws InterruptedException {
        letGo();
        QueuedPart queued = input.take();
        if (queued == null) {
            return null;
        }
        held = queued;
        span = shared.spans().begin(plan.id(), queued.delivery().part());
        Origin came = queued.delivery().origin();
        origin = keepsPace ? came : came.withoutPlace();
        shared.pace().passWhenRunning();
        stats.partsIn.increment();
        return queued.delivery().part();
    }

    private void emit(Part part) throws InterruptedException {
        emit(part, origin);
    }

    private void emit(Part part, Origin from) throws InterruptedException {
        emitting.lockInterruptibly();
        try {
            emitAlone(part, from);
        } finally {
            emitting.unlock();
        }
    }

    /// Hands over what waits for a full batch, unless another thread emits just now: it will do so itself.
    private void flush() {
        if (emitting.tryLock()) {
            try {
                outlets.flush();
            } finally {
                emitting.unlock();
            }
        }
    }

    private void emitAlone(Part part, Origin from) throws InterruptedException {
        SpanRecorder.OpenSpan now = span;
        if (now == null) {
            pass(new Delivery(part, from));
            return;
        }
        long start = shared.clock().nanos();
        pass(new Delivery(part, from));
        now.emitted(shared.clock().nanos() - start);
    }

    private void letGo() {
        SpanRecorder.OpenSpan done = span;
        span = null;
        if (done != null) {
            done.made();
            done.end(null, PartSpan.End.DONE);
        }
        QueuedPart before = held;
        held = null;
        if (before != null) {
            before.release();
        }
    }
}
