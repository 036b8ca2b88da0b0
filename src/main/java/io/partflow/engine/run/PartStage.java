package io.partflow.engine.run;

import io.partflow.engine.cache.CacheKey;
import io.partflow.engine.cache.CacheSnapshot;
import io.partflow.engine.cache.ContentCache;
import io.partflow.engine.cache.Outcome;
import io.partflow.engine.content.Delivery;
import io.partflow.engine.content.Origin;
import io.partflow.engine.content.Part;
import io.partflow.engine.content.Substream;
import io.partflow.engine.processor.Failure;
import io.partflow.engine.processor.PartContext;
import io.partflow.engine.processor.PartEmitter;
import io.partflow.engine.processor.PartProcessor;
import io.partflow.engine.processor.ProcessorDescriptor.Work;
import io.partflow.engine.processor.ProcessorException;
import io.partflow.engine.processor.PromptSnapshot;
import io.partflow.engine.processor.Usage;
import io.partflow.engine.stream.OrderedRing;
import io.partflow.engine.stream.PartInput;
import io.partflow.engine.stream.PartQueue;
import io.partflow.engine.stream.StreamClock;
import io.partflow.engine.trace.PartSpan;
import io.partflow.engine.trace.SpanRecorder;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.concurrent.Semaphore;
import org.jspecify.annotations.Nullable;

/// A part processor at work: cheap work in the stage's own thread, together with that of the cheap stages
/// behind it; other work side by side with results in input order.
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
    private volatile @Nullable OrderedRing ring;
    private @Nullable Crew crew;
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

    @Override
    void flushCache() {
        if (cached != null) {
            cached.flush();
        }
    }

    @Override
    boolean isWorking() {
        OrderedRing places = ring;
        return places == null ? super.isWorking() : places.isBusy();
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
        List<String> processors = new ArrayList<>();
        for (PartStage each = this; each != null; each = each.next) {
            processors.add(each.plan.entry().descriptor().id());
        }
        return inline(InlineWork.Code.ofChain(processors).iterator());
    }

    private InlineWork inline(Iterator<InlineWork.Code> codes) throws InterruptedException, ProcessorException {
        InlineWork.Code code = codes.next();
        InlineWork[] made = new InlineWork[1];
        named(() -> made[0] = code.work(this, opened()));
        if (next != null) {
            InlineWork follower = next.inline(codes);
            outlets.fuse(new Outlets.Fused(follower, next.outlets));
            made[0].leadTo(follower);
        } else {
            made[0].leadOut();
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
        int inWork = Math.clamp(shared.mode().queueParts(), 1, MOST_IN_WORK);
        OrderedRing made = new OrderedRing(
                shared.budget(), new Exit(), inWork + inWork, shared.mode().batchParts());
        int most = cached == null ? Math.min(inWork, callsAtOnce(processor)) : inWork;
        Crew workers = new Crew(input, made, shared, stats, new SideBySide(processor, made), this::fork, most);
        ring = made;
        crew = workers;
        workers.run();
    }

    /// Where results of work side by side leave the stage.
    private final class Exit implements OrderedRing.Exit {
        @Override
        public boolean hasRoom() {
            return outlets.hasRoom();
        }

        /// Where nobody reads it, takes no further part and lets those in work come to their end.
        @Override
        public void pass(Delivery delivery) throws InterruptedException {
            if (route(delivery) == PartQueue.Fate.UNWANTED) {
                input.close();
            }
        }

        @Override
        public void flush() {
            outlets.flush();
        }
    }

    /// The context of a call that is neither cached nor looked at: nothing but the call.
    private static final class PlainCall implements PartContext {
        private final PartStage stage;
        private final OrderedRing places;
        private final OrderedRing.Place place;
        private final Origin computed;

        private PlainCall(PartStage stage, OrderedRing places, OrderedRing.Place place, Origin computed) {
            this.stage = stage;
            this.places = places;
            this.place = place;
            this.computed = computed;
        }

        static void on(PartStage stage, PartProcessor processor, OrderedRing places, OrderedRing.Place place)
                throws InterruptedException {
            Delivery delivery = place.input();
            Part part = delivery.part();
            Origin from = delivery.origin();
            try {
                if (!processor.matches(part)) {
                    places.add(place, delivery);
                    return;
                }
                if (stage.outlets.isUnwanted()) {
                    throw new InterruptedException("nobody reads the answer any more");
                }
                Origin computed =
                        from.serving() == Origin.Serving.COMPUTED ? from : from.withServing(Origin.Serving.COMPUTED);
                processor.apply(part, new PlainCall(stage, places, place, computed));
            } catch (InterruptedException e) {
                throw e;
            } catch (Exception e) {
                stage.shared.bad(stage.plan, stage.stats, named(Failure.of(e), from));
            }
        }

        @Override
        public void emit(Part part) throws InterruptedException {
            places.add(place, new Delivery(part, computed));
        }

        @Override
        public Substream.Reserved reserved() {
            return stage.shared.reserved();
        }

        @Override
        public StreamClock clock() {
            return stage.shared.clock();
        }

        @Override
        public void spend(Usage usage) {
            // Without a cache nothing that is spent can be saved later.
        }

        @Override
        public void fail(Failure failure) {
            stage.shared.bad(stage.plan, stage.stats, failure);
        }

        @Override
        public void report(PromptSnapshot prompt) {
            stage.stats.prompt = prompt;
        }
    }

    /// What a worker does with one part.
    private final class SideBySide implements Crew.Work {
        private final PartProcessor processor;
        private final OrderedRing places;
        private final boolean plain =
                cached == null && plan.entry().descriptor().work() != Work.CPU;

        SideBySide(PartProcessor processor, OrderedRing places) {
            this.processor = processor;
            this.places = places;
        }

        @Override
        public void on(OrderedRing.Place place) throws InterruptedException {
            Delivery delivery = place.input();
            try {
                if (plain && !shared.spans().isOn()) {
                    PlainCall.on(PartStage.this, processor, places, place);
                } else {
                    work(processor, delivery, emitted -> places.add(place, emitted));
                }
            } catch (InterruptedException e) {
                if (!isUnwanted()) {
                    throw e;
                }
                input.close();
            }
        }

        /// Where the call is all there is to a part, its time is that of the work.
        @Override
        public void took(long nanos) {
            if (plain) {
                stats.busyNanos.add(nanos);
            }
        }
    }

    /// Takes what a call passes on.
    @FunctionalInterface
    private interface Passing {
        void accept(Delivery delivery) throws InterruptedException;
    }

    private void work(PartProcessor processor, Delivery delivery, Passing out) throws InterruptedException {
        SpanRecorder.OpenSpan span = shared.spans().begin(plan.id(), delivery.part());
        if (span == null) {
            work(processor, delivery, out, null);
            return;
        }
        Passing timed = emitted -> {
            long start = shared.clock().nanos();
            out.accept(emitted);
            span.emitted(shared.clock().nanos() - start);
        };
        PartSpan.End how = work(processor, delivery, timed, span);
        span.end(span.outcome(), how);
    }

    private PartSpan.End work(
            PartProcessor processor, Delivery delivery, Passing out, SpanRecorder.@Nullable OpenSpan span)
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
        if (crew != null && ring != null) {
            crew.discard();
            ring.discard();
        }
        if (open != null) {
            open.close();
        }
    }

    /// One call of the processor for one part. Its emissions come from one thread at a time.
    private final class Call implements PartEmitter, ContentCache.Computation {
        private final PartProcessor processor;
        private final Delivery delivery;
        private final Passing out;
        private final SpanRecorder.@Nullable OpenSpan span;
        private volatile boolean computing;
        private volatile Origin.@Nullable Entry entry;
        private volatile long workNanos = -1;

        Call(PartProcessor processor, Delivery delivery, Passing out, SpanRecorder.@Nullable OpenSpan span) {
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
            if (span != null) {
                span.keyed(new CacheKey(name.prefix(), name.hash()));
            }
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
                if (ring == null || cached != null || plan.entry().descriptor().work() == Work.CPU) {
                    stats.busyNanos.add(workNanos);
                }
            }
            return context.usage();
        }
    }
}
