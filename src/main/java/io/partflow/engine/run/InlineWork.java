package io.partflow.engine.run;

import io.partflow.engine.content.Delivery;
import io.partflow.engine.content.Origin;
import io.partflow.engine.content.Part;
import io.partflow.engine.content.Substream;
import io.partflow.engine.processor.Failure;
import io.partflow.engine.processor.PartContext;
import io.partflow.engine.processor.PartProcessor;
import io.partflow.engine.processor.ProcessorException;
import io.partflow.engine.processor.PromptSnapshot;
import io.partflow.engine.processor.Usage;
import io.partflow.engine.stream.OwnCode;
import io.partflow.engine.stream.PartQueue;
import io.partflow.engine.stream.StreamClock;
import io.partflow.engine.trace.PartSpan;
import io.partflow.engine.trace.SpanRecorder;
import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/// A part processor's work in the thread that calls it, one part after the other: the stage's own thread,
/// or that of
/// the stage before it, with which it is fused. Confined to that thread.
abstract class InlineWork implements PartContext, Outlets.Way {
    /*
     * It is the context of all its calls, because they follow each other; nothing is made for a part but what the
     * processor makes. The results of a fused stage are the next one's parts, by a plain call, so the whole chain is
     * one loop. A failure stays at the stage whose processor threw it: a bad part is counted there, and an error ends
     * the run from there, so that no earlier stage takes it for its own.
     * Every stage of a chain runs the steps that each part takes in a copy of their code, see [Code]; what few parts
     * need stays here, so that the steps are small enough to be compiled into one another.
     */

    private final PartStage stage;
    private final StagePlan plan;
    private final StageStats stats;
    private final RunShared shared;
    private final Outlets outlets;
    private final boolean recorded;
    private final Origin own;
    // Where every part goes by a call, if there is one such way and nothing is recorded.
    private Outlets.@Nullable Way direct;
    private boolean timing;
    private SpanRecorder.@Nullable OpenSpan open;
    private long emittingNanos;

    final PartProcessor processor;
    final PartProcessor.Call call;
    final SpanRecorder spans;
    final Substream.Reserved reserved;
    final StageStats.CallTiming calls = new StageStats.CallTiming();
    final StageStats.Count partsOut;
    AtomicReference<@Nullable Part> last;
    // of a part that was computed, between calls
    Origin origin;
    // `direct` while nothing is to be noted about a call
    Outlets.@Nullable Way next;

    InlineWork(PartStage stage, PartProcessor processor, PartProcessor.Call call) {
        this.stage = stage;
        this.plan = stage.plan;
        this.stats = stage.stats;
        this.shared = stage.shared;
        this.outlets = stage.outlets;
        this.processor = processor;
        this.call = call;
        this.spans = shared.spans();
        this.reserved = shared.reserved();
        this.recorded = shared.recorder().holdsAll();
        this.own = Origin.ofNode(plan.id());
        this.origin = own;
        this.partsOut = stats.partsOut;
        this.last = stats.renewLast();
    }

    /// Says which stage takes all that this one emits, by a call.
    void leadTo(InlineWork follower) {
        if (!recorded && outlets.carriesAll()) {
            follower.stats.followAll(stats);
            direct = follower;
            next = follower;
        }
    }

    /// Says that no stage is fused with this one, so that what it emits leaves the loop.
    void leadOut() {
        if (!recorded) {
            direct = outlets.wayOut(plan.id());
            next = direct;
        }
    }

    /// Takes one part from the stage this one is fused with, which counts it.
    @Override
    public abstract void take(Part part, Origin from) throws InterruptedException;

    /// Takes one part from the stage this one is fused with, and counts it.
    final void takeCounted(Part part, Origin from) throws InterruptedException {
        stats.partsIn.increment();
        take(part, from);
    }

    /// Works on one part of the stage's own input; a bad one is counted.
    final void on(Part part, Origin from) throws InterruptedException {
        if (spans.isOn()) {
            onSeen(part, from);
        } else {
            take(part, from);
        }
    }

    /// The steps of every part. What calls the next step of a part must be in here, and only that.
    private static final class Steps extends InlineWork {
        Steps(PartStage stage, PartProcessor processor, PartProcessor.Call call) {
            super(stage, processor, call);
        }

        @Override
        public void take(Part part, Origin from) throws InterruptedException {
            if (spans.isOn()) {
                takeSeen(part, from);
                return;
            }
            try {
                // Where the origin is that of the part before, it was computed.
                if (from != origin && isPassedFrom(part, from)) {
                    return;
                }
                if (calls.isDue()) {
                    applyTimed(part);
                } else {
                    call.apply(processor, part, this);
                }
            } catch (Throwable e) {
                var _ = thrown(e, from);
            }
        }

        @Override
        public void emit(Part part) throws InterruptedException {
            Outlets.Way to = next;
            if (to == null || reserved.holds(part)) {
                emitSlowly(part);
                return;
            }
            // It is the next one's count of parts that came, too.
            partsOut.increment();
            last.setRelease(part);
            to.take(part, origin);
        }
    }

    /// The code that one stage of a chain works with: its own where the chain is one that was met before.
    ///
    /// All runs of a chain of the same processors share it, so that it is compiled once.
    static final class Code {
        private static final int MOST_CHAINS = 64;

        // the least recently used first
        private static final Map<List<String>, List<Code>> CHAINS = new LinkedHashMap<>(MOST_CHAINS, 0.75f, true) {
            private static final long serialVersionUID = 1L;

            @Override
            protected boolean removeEldestEntry(Map.Entry<List<String>, List<Code>> eldest) {
                return size() > MOST_CHAINS;
            }
        };

        private final PartProcessor.Call call = PartProcessor.Call.own();
        private final MethodHandle steps = OwnCode.constructor(
                MethodHandles.lookup(), Steps.class, PartStage.class, PartProcessor.class, PartProcessor.Call.class);

        /// The code of each stage of a chain.
        ///
        /// @param processors the ids of its processors
        static List<Code> ofChain(List<String> processors) {
            synchronized (CHAINS) {
                return CHAINS.computeIfAbsent(
                        List.copyOf(processors),
                        chain -> chain.stream().map(each -> new Code()).toList());
            }
        }

        InlineWork work(PartStage stage, PartProcessor processor) {
            try {
                return (InlineWork) steps.invoke(stage, processor, call);
            } catch (RuntimeException | Error e) {
                throw e;
            } catch (Throwable e) {
                throw new IllegalStateException(e);
            }
        }
    }

    private PartSpan.End work(Part part, Origin from) throws InterruptedException {
        try {
            if (from != origin && isPassedFrom(part, from)) {
                return PartSpan.End.DONE;
            }
            if (calls.isDue()) {
                applyTimed(part);
            } else {
                call.apply(processor, part, this);
            }
            return PartSpan.End.DONE;
        } catch (Throwable e) {
            return thrown(e, from);
        }
    }

    final void takeSeen(Part part, Origin from) throws InterruptedException {
        // Between fused stages no part waits, whatever it did before.
        spans.entered(part);
        onSeen(part, from);
    }

    private void onSeen(Part part, Origin from) throws InterruptedException {
        SpanRecorder.OpenSpan span = spans.begin(plan.id(), part);
        if (span == null) {
            var _ = work(part, from);
            return;
        }
        open = span;
        next = null;
        try {
            PartSpan.End how = work(part, from);
            span.made();
            span.end(null, how);
        } finally {
            open = null;
            next = direct;
        }
    }

    /// Takes note of an origin; where it is not that of a computed part, passes by the processor what it is
    /// not for.
    final boolean isPassedFrom(Part part, Origin from) throws InterruptedException {
        origin = from;
        if (from.serving() != Origin.Serving.COMPUTED) {
            if (!processor.matches(part)) {
                pass(part);
                origin = own;
                return true;
            }
            origin = from.withServing(Origin.Serving.COMPUTED);
        }
        return false;
    }

    /// What a call that threw comes to.
    final PartSpan.End thrown(Throwable e, Origin from) throws InterruptedException {
        return switch (e) {
            case InterruptedException interrupt -> throw interrupt;
            case Exception bad -> {
                shared.bad(plan, stats, PartStage.named(Failure.of(bad), from));
                yield PartSpan.End.FAILED;
            }
            default -> throw broken(e);
        };
    }

    final void applyTimed(Part part) throws Exception {
        last = stats.renewLast();
        timing = true;
        next = null;
        emittingNanos = 0;
        long start = shared.clock().nanos();
        try {
            call.apply(processor, part, this);
        } finally {
            timing = false;
            next = open == null ? direct : null;
            stats.busyNanos.add(calls.took(shared.clock().nanos() - start - emittingNanos));
        }
    }

    /// Ends the run, unless it is being ended already; the interrupt then travels up through the earlier
    /// stages.
    private InterruptedException broken(Throwable e) {
        if (!shared.scope().isCancelled()) {
            stats.failed = true;
            shared.scope().fail(new ProcessorException(plan.id(), Failure.of(e), e));
        }
        return new InterruptedException(plan.id() + " has broken");
    }

    final void emitSlowly(Part part) throws InterruptedException {
        if (!timing) {
            pass(part);
            return;
        }
        long start = shared.clock().nanos();
        try {
            pass(part);
        } finally {
            emittingNanos += shared.clock().nanos() - start;
        }
    }

    private void pass(Part part) throws InterruptedException {
        SpanRecorder.OpenSpan span = open;
        if (span == null) {
            passOn(part);
            return;
        }
        long start = shared.clock().nanos();
        spans.entered(part);
        passOn(part);
        span.emitted(shared.clock().nanos() - start);
    }

    private void passOn(Part part) throws InterruptedException {
        if (recorded) {
            shared.recorder().emitted(plan.id(), stage.portOf(part), part);
        }
        if (shared.reserved().holds(part)) {
            shared.passBy(plan.id(), new Delivery(part, origin));
            return;
        }
        if (outlets.emit(part, origin, shared.budget()) == PartQueue.Fate.UNWANTED) {
            throw new InterruptedException("nobody reads what " + plan.id() + " emits any more");
        }
    }

    @Override
    public StreamClock clock() {
        return shared.clock();
    }

    @Override
    public Substream.Reserved reserved() {
        return shared.reserved();
    }

    @Override
    public void spend(Usage usage) {
        // Without a cache nothing that is spent can be saved later.
    }

    @Override
    public void fail(Failure failure) {
        shared.bad(plan, stats, failure);
    }

    @Override
    public void report(PromptSnapshot prompt) {
        stats.prompt = prompt;
    }
}
