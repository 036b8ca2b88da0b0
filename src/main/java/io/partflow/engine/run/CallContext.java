package io.partflow.engine.run;

import io.partflow.engine.content.Part;
import io.partflow.engine.processor.Failure;
import io.partflow.engine.processor.PartContext;
import io.partflow.engine.processor.PartEmitter;
import io.partflow.engine.processor.PromptSnapshot;
import io.partflow.engine.processor.Usage;
import io.partflow.engine.stream.StreamClock;

/// The context of one call of a processor, be it for one part or for a whole stream. Confined to the thread of the
/// call.
final class CallContext implements PartContext {
    /// Thrown for a call that has reported a failure itself, so that its incomplete output stays out of the cache.
    static final class FailureTold extends Exception {
        private static final long serialVersionUID = 1L;

        FailureTold() {
            super("reported", null, false, false);
        }
    }

    private final StagePlan plan;
    private final StageStats stats;
    private final RunShared shared;
    private final PartEmitter out;
    private Usage usage = Usage.NONE;
    private long emittingNanos;
    private boolean told;

    CallContext(StagePlan plan, StageStats stats, RunShared shared, PartEmitter out) {
        this.plan = plan;
        this.stats = stats;
        this.shared = shared;
        this.out = out;
    }

    @Override
    public void emit(Part part) throws InterruptedException {
        long start = shared.clock().nanos();
        try {
            out.emit(part);
        } finally {
            emittingNanos += shared.clock().nanos() - start;
        }
    }

    @Override
    public StreamClock clock() {
        return shared.clock();
    }

    @Override
    public void spend(Usage more) {
        usage = usage.plus(more);
    }

    @Override
    public void fail(Failure failure) {
        told = true;
        shared.bad(plan, stats, failure);
    }

    @Override
    public void report(PromptSnapshot prompt) {
        stats.prompt = prompt;
    }

    /// How long the call has waited until what it emitted was taken, in nanoseconds: not its work.
    long emittingNanos() {
        return emittingNanos;
    }

    /// What the call has spent, once it has returned.
    ///
    /// @throws FailureTold when it has reported a failure
    Usage usage() throws FailureTold {
        if (told) {
            throw new FailureTold();
        }
        return usage;
    }
}
