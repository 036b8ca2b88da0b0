package io.partflow.engine.run;

import io.partflow.engine.cache.CacheSnapshot;
import io.partflow.engine.cache.ContentCache;
import io.partflow.engine.cache.Outcome;
import io.partflow.engine.content.Delivery;
import io.partflow.engine.content.Origin;
import io.partflow.engine.content.Part;
import io.partflow.engine.processor.Failure;
import io.partflow.engine.processor.PartEmitter;
import io.partflow.engine.processor.PartProcessor;
import io.partflow.engine.processor.ProcessorDescriptor.Work;
import io.partflow.engine.processor.ProcessorException;
import io.partflow.engine.processor.Usage;
import io.partflow.engine.stream.MemoryBudget;
import io.partflow.engine.stream.OrderedSlot;
import io.partflow.engine.stream.PartInput;
import io.partflow.engine.stream.PartQueue;
import io.partflow.engine.stream.QueuedPart;
import io.partflow.engine.trace.PartSpan;
import io.partflow.engine.trace.SpanRecorder;
import java.util.List;
import java.util.Set;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.Semaphore;
import org.jspecify.annotations.Nullable;

/// A part processor at work: cheap work in the stage's own thread, together with that of the cheap stages
/// behind it;
/// other work side by side with results in input order.
final class PartStage extends Stage {
    /*
     * Side by side: the stage's thread takes parts, gives each a slot and a virtual thread of its own, and puts the
     * slots in a queue in
     * input order; a second thread empties the slots in that order. A semaphore bounds the parts in work. Work that
     * keeps a processor busy
     * goes from its virtual thread to the pool, so that waiting (for the cache, for another's computation) never
     * holds a pool thread.
     */
    private static final int MOST_IN_WORK = 1_000;

    private final @Nullable CachedCalls cached;
    private final Set<OrderedSlot> slots = ConcurrentHashMap.newKeySet();
    private Semaphore calls = new Semaphore(Integer.MAX_VALUE);
    private @Nullable PartProcessor open;
    private @Nullable PartStage next;
    private @Nullable PartStage leader;

    PartStage(
            StagePlan plan,
            StageStats stats,
            RunShared shared,
            PartInput input,
            Outlets outlets,
            @Nullable CachedCalls cached) {
        super(plan, stats, shared, input, outlets);
        this.cached = cached;
    }

    @Override
    @Nullable
    CacheSnapshot cacheSnapshot() {
        return cached == null ? null : cached.snapshot();
    }

    /// Whether this stage and the one at the other end of its only wire may be one loop: both cheap,
    /// neither cached.
    boolean canBeFused() {
        return cached == null && plan.entry().descriptor().work() == Work.INLINE;
    }

    /// Makes the next stage's work part of this one's.
    void fuse(PartStage follower) {
        next = follower;
        follower.leader = this;
    }

    @Override
    boolean isFollower() {
        return leader != null;
    }

    /// A fused stage waits when the one before it does.
    @Override
    PartInput awaited() {
        return leader == null ? input : leader.awaited();
    }

    @Override
    void began() {
        super.began();
        if (next != null) {
            next.began();
        }
    }

    @Override
    void finished() {
        super.finished();
        if (next != null) {
            next.finished();
        }
    }

    private PartProcessor opened() {
        PartProcessor processor = (PartProcessor) build();
        open = processor;
        return processor;
    }

    private void closed() throws Exception {
        PartProcessor processor = open;
        open = null;
        if (processor != null) {
            processor.close();
        }
    }

    /// Builds the processors of this stage and of those fused with it.
    InlineWork inline() throws InterruptedException, ProcessorException {
        InlineWork[] made = new InlineWork[1];
        named(() -> made[0] = new InlineWork(this, opened()));
        if (next != null) {
            outlets.fuse(new Outlets.Fused(next.inline(), next.outlets));
        }
        return made[0];
    }

    private void closeFollowers() throws InterruptedException, ProcessorException {
        for (PartStage each = next; each != null; each = each.next) {
            each.named(each::closed);
        }
    }

    @Override
    void run() throws Exception {
        if (canBeFused()) {
            InlineWork work = inline();
            forEach(delivery -> work.on(delivery.part(), delivery.origin()));
            closeFollowers();
            closed();
            endEarly();
            return;
        }
        PartProcessor processor = opened();
        calls = new Semaphore(callsAtOnce(processor), true);
        if (plan.entry().descriptor().work() == Work.INLINE) {
            runInline(processor);
        } else {
            runSideBySide(processor);
        }
        if (cached != null) {
            cached.settle();
        }
        closed();
        endEarly();
    }

    /// How many computations may go on at once. Requests that the cache answers, or that wait for another's
    /// computation, do not count.
    private int callsAtOnce(PartProcessor processor) {
        Integer bound = plan.concurrency();
        int most = bound == null ? processor.maxInFlight() : Math.min(bound, processor.maxInFlight());
        return plan.entry().descriptor().work() == Work.CPU
                // No more than can run, so that a stage with much to do leaves the pool's queue to others
                // as well.
                ? Math.min(most, Runtime.getRuntime().availableProcessors())
                : most;
    }

    private void runInline(PartProcessor processor) throws Exception {
        forEach(delivery -> work(processor, delivery, this::pass));
    }

    private void runSideBySide(PartProcessor processor) throws InterruptedException {
        Semaphore room = new Semaphore(Math.clamp(shared.mode().queueParts(), 1, MOST_IN_WORK));
        BlockingQueue<OrderedSlot> order = new LinkedBlockingQueue<>();
        Semaphore ended = new Semaphore(0);
        OrderedSlot end = new OrderedSlot(NOTHING, shared.budget());
        fork(() -> {
            for (OrderedSlot slot = next(order); slot != end; slot = next(order)) {
                slot.drainTo(this::passOrStop, outlets::flush);
                slot.close();
                slots.remove(slot);
                room.release();
            }
            ended.release();
        });
        for (QueuedPart queued = input.take(); queued != null; queued = input.take()) {
            Delivery delivery = queued.delivery();
            OrderedSlot slot = new OrderedSlot(queued, shared.budget());
            slots.add(slot);
            shared.pace().passWhenRunning();
            stats.partsIn.increment();
            room.acquire();
            order.put(slot);
            fork(() -> {
                try {
                    work(processor, delivery, slot::add);
                } catch (InterruptedException e) {
                    if (!isUnwanted()) {
                        throw e;
                    }
                    input.close();
                } finally {
                    slot.finish();
                }
            });
        }
        order.put(end);
        ended.acquire();
    }

    /// The slot whose results leave next; before waiting for it, hands over what waits for a full batch.
    private OrderedSlot next(BlockingQueue<OrderedSlot> order) throws InterruptedException {
        OrderedSlot slot = order.poll();
        if (slot == null) {
            outlets.flush();
            slot = order.take();
        }
        return slot;
    }

    /// Passes a result on; where nobody reads it, takes no further part and lets those in work come to
    /// their end.
    private void passOrStop(Delivery delivery) throws InterruptedException {
        if (route(delivery) == PartQueue.Fate.UNWANTED) {
            input.close();
        }
    }

    private static final QueuedPart NOTHING =
            new QueuedPart(new Delivery(Part.text(""), Origin.ofNode("")), new MemoryBudget(1).charge(0));

    private void work(PartProcessor processor, Delivery delivery, OrderedSlot.Drain out) throws InterruptedException {
        SpanRecorder.OpenSpan span = shared.spans().begin(plan.id(), delivery.part());
        if (span == null) {
            work(processor, delivery, out, null);
            return;
        }
        OrderedSlot.Drain timed = emitted -> {
            long start = shared.clock().nanos();
            out.accept(emitted);
            span.emitted(shared.clock().nanos() - start);
        };
        PartSpan.End how = work(processor, delivery, timed, span);
        span.end(span.outcome(), how);
    }

    private PartSpan.End work(
            PartProcessor processor, Delivery delivery, OrderedSlot.Drain out, SpanRecorder.@Nullable OpenSpan span)
            throws InterruptedException {
        stats.atWork.incrementAndGet();
        try {
            if (!processor.matches(delivery.part())) {
                out.accept(delivery);
            } else if (cached == null) {
                Call call = new Call(processor, delivery, out, span);
                var _ = call.compute(part -> out.accept(call.computed(part)));
            } else {
                Call call = new Call(processor, delivery, out, span);
                Outcome outcome =
                        cached.request(List.of(delivery.part()), List.of(delivery.origin()), call::isIn, call, call);
                if (span != null) {
                    span.answered(outcome);
                }
            }
            return PartSpan.End.DONE;
        } catch (InterruptedException e) {
            throw e;
        } catch (CallContext.FailureTold e) {
            // The failure is counted; throwing only kept the incomplete output out of the cache.
            return PartSpan.End.FAILED;
        } catch (Exception e) {
            Failure failure = Failure.of(e);
            shared.bad(plan, stats, named(failure, delivery.origin()));
            return PartSpan.End.FAILED;
        } finally {
            stats.atWork.decrementAndGet();
        }
    }

    /// The failure with the file the part came from, unless it names one itself.
    static Failure named(Failure failure, Origin origin) {
        if (failure.file() != null) {
            return failure;
        }
        return new Failure(failure.code(), failure.message(), failure.remedy(), origin.file());
    }

    /// Closes the processor only now if the run was interrupted: until then a call might still be at work
    /// with it.
    @Override
    void cleanUp() throws Exception {
        super.cleanUp();
        slots.forEach(OrderedSlot::discard);
        slots.clear();
        if (open != null) {
            open.close();
        }
    }

    /// One call of the processor for one part. Its emissions come from one thread at a time.
    private final class Call implements PartEmitter, ContentCache.Computation {
        private final PartProcessor processor;
        private final Delivery delivery;
        private final OrderedSlot.Drain out;
        private final SpanRecorder.@Nullable OpenSpan span;
        private volatile boolean computing;
        private volatile Origin.@Nullable Entry entry;
        private volatile long workNanos = -1;

        Call(PartProcessor processor, Delivery delivery, OrderedSlot.Drain out, SpanRecorder.@Nullable OpenSpan span) {
            this.span = span;
            this.processor = processor;
            this.delivery = delivery;
            this.out = out;
        }

        Delivery computed(Part part) {
            return new Delivery(part, delivery.origin().withServing(Origin.Serving.COMPUTED));
        }

        /// Takes what the cache passes on, be it computed just now or served.
        @Override
        public void emit(Part part) throws InterruptedException {
            if (span != null) {
                span.lookedUp();
            }
            Origin.Serving serving = computing ? Origin.Serving.COMPUTED : Origin.Serving.FROM_CACHE;
            Origin origin = delivery.origin().withServing(serving);
            Origin.Entry in = entry;
            out.accept(new Delivery(part, in == null ? origin : origin.withEntry(in)));
        }

        /// Takes the name of the cache entry that the answer is or will be.
        void isIn(Origin.Entry name) {
            entry = name;
        }

        @Override
        public Usage compute(PartEmitter emitter) throws Exception {
            if (span != null) {
                span.lookedUp();
            }
            calls.acquire();
            try {
                if (outlets.isUnwanted()) {
                    throw new InterruptedException("nobody reads the answer any more");
                }
                computing = true;
                return plan.entry().descriptor().work() == Work.CPU
                        ? shared.pool().call(() -> applied(emitter))
                        : applied(emitter);
            } finally {
                calls.release();
                if (span != null) {
                    span.made();
                }
            }
        }

        @Override
        public long workNanos() {
            return workNanos;
        }

        private Usage applied(PartEmitter emitter) throws Exception {
            CallContext context = new CallContext(plan, stats, shared, emitter);
            long start = shared.clock().nanos();
            try {
                processor.apply(delivery.part(), context);
            } finally {
                workNanos = shared.clock().nanos() - start - context.emittingNanos();
                stats.busyNanos.add(workNanos);
            }
            return context.usage();
        }
    }
}
