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
import io.partflow.engine.stream.PartQueue;
import io.partflow.engine.stream.StreamClock;
import io.partflow.engine.trace.PartSpan;
import io.partflow.engine.trace.SpanRecorder;
import org.jspecify.annotations.Nullable;

/// A part processor's work in the thread that calls it, one part after the other: the stage's own thread,
/// or that of
/// the stage before it, with which it is fused. Confined to that thread.
final class InlineWork implements PartContext {
    /*
     * It is the context of all its calls, because they follow each other; nothing is made for a part but what the
     * processor makes. The results of a fused stage are the next one's parts, by a plain call, so the whole chain is
     * one loop. A failure stays at the stage whose processor threw it: a bad part is counted there, and an error ends
     * the run from there, so that no earlier stage takes it for its own.
     */

    private final PartStage stage;
    private final StagePlan plan;
    private final StageStats stats;
    private final RunShared shared;
    private final Outlets outlets;
    private final PartProcessor processor;
    private final SpanRecorder spans;
    private final boolean recorded;
    private final Substream.Reserved reserved;
    // The next stage, where every part goes to it by a call and is not recorded.
    private @Nullable InlineWork direct;
    private final Origin own;
    // of a part that was computed, between calls
    private Origin origin;
    private boolean timing;
    private SpanRecorder.@Nullable OpenSpan open;
    private long emittingNanos;
    private final StageStats.CallTiming calls = new StageStats.CallTiming();

    InlineWork(PartStage stage, PartProcessor processor) {
        this.stage = stage;
        this.plan = stage.plan;
        this.stats = stage.stats;
        this.shared = stage.shared;
        this.outlets = stage.outlets;
        this.processor = processor;
        this.spans = shared.spans();
        this.reserved = shared.reserved();
        this.recorded = shared.recorder().holdsAll();
        this.own = Origin.ofNode(plan.id());
        this.origin = own;
    }

    /// Says which stage takes all that this one emits, by a call.
    void leadTo(InlineWork next) {
        if (!recorded && outlets.carriesAll()) {
            direct = next;
        }
    }

    /// Takes one part from the stage this one is fused with.
    void take(Part part, Origin from) throws InterruptedException {
        stats.partsIn.increment();
        if (!spans.isOn()) {
            var _ = work(part, from);
            return;
        }
        // Between fused stages no part waits, whatever it did before.
        spans.entered(part);
        onSeen(part, from);
    }

    /// Works on one part; a bad one is counted.
    void on(Part part, Origin from) throws InterruptedException {
        if (spans.isOn()) {
            onSeen(part, from);
        } else {
            var _ = work(part, from);
        }
    }

    private void onSeen(Part part, Origin from) throws InterruptedException {
        SpanRecorder.OpenSpan span = spans.begin(plan.id(), part);
        if (span == null) {
            var _ = work(part, from);
            return;
        }
        open = span;
        try {
            PartSpan.End how = work(part, from);
            span.made();
            span.end(null, how);
        } finally {
            open = null;
        }
    }

    private PartSpan.End work(Part part, Origin from) throws InterruptedException {
        try {
            // Where the origin is that of the part before, it was computed.
            if (from != origin) {
                origin = from;
                if (from.serving() != Origin.Serving.COMPUTED) {
                    if (!processor.matches(part)) {
                        pass(part);
                        origin = own;
                        return PartSpan.End.DONE;
                    }
                    origin = from.withServing(Origin.Serving.COMPUTED);
                }
            }
            if (calls.isDue()) {
                applyTimed(part);
            } else {
                processor.apply(part, this);
            }
            return PartSpan.End.DONE;
        } catch (InterruptedException e) {
            throw e;
        } catch (Exception e) {
            Failure failure = Failure.of(e);
            shared.bad(plan, stats, PartStage.named(failure, from));
            return PartSpan.End.FAILED;
        } catch (Throwable e) {
            throw broken(e);
        }
    }

    private void applyTimed(Part part) throws Exception {
        stats.renewLast();
        timing = true;
        emittingNanos = 0;
        long start = shared.clock().nanos();
        try {
            processor.apply(part, this);
        } finally {
            timing = false;
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

    @Override
    public void emit(Part part) throws InterruptedException {
        InlineWork to = direct;
        if (to != null && !timing && open == null && !reserved.holds(part)) {
            stats.passed(part);
            to.take(part, origin);
            return;
        }
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
