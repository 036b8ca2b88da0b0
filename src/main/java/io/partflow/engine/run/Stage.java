package io.partflow.engine.run;

import io.partflow.engine.cache.CacheSnapshot;
import io.partflow.engine.content.Delivery;
import io.partflow.engine.content.Part;
import io.partflow.engine.content.Substream;
import io.partflow.engine.processor.BuildContext;
import io.partflow.engine.processor.Failure;
import io.partflow.engine.processor.PartContext;
import io.partflow.engine.processor.PartEmitter;
import io.partflow.engine.processor.PortSpec;
import io.partflow.engine.processor.PortType;
import io.partflow.engine.processor.ProcessorException;
import io.partflow.engine.processor.PromptSnapshot;
import io.partflow.engine.processor.SourceContext;
import io.partflow.engine.processor.StageBody;
import io.partflow.engine.processor.Usage;
import io.partflow.engine.stream.MemoryBudget;
import io.partflow.engine.stream.PartBatch;
import io.partflow.engine.stream.PartInput;
import io.partflow.engine.stream.PartQueue;
import io.partflow.engine.stream.RunScope;
import io.partflow.engine.stream.StreamClock;
import org.jspecify.annotations.Nullable;

/// One node at work. [#run()] is called once, on a thread of the run's scope; [#cleanUp()] once, after
/// every thread of the run is gone.
abstract sealed class Stage permits SourceStage, SinkStage, StreamStage, PartStage, Stage.Drain {
    final StagePlan plan;
    final StageStats stats;
    final RunShared shared;
    final PartInput input;
    final Outlets outlets;

    Stage(StagePlan plan, StageStats stats, RunShared shared, PartInput input, Outlets outlets) {
        this.plan = plan;
        this.stats = stats;
        this.shared = shared;
        this.input = input;
        this.outlets = outlets;
    }

    /// Does the node's work to the end of its input and ends its wires.
    abstract void run() throws Exception;

    /// Does part of the node's work on a further thread of the run's scope.
    final void fork(RunScope.Task task) {
        shared.scope().fork(() -> named(task));
    }

    /// Runs a part of the node's work; what ends it, other than an interrupt, ends the run and names the
    /// node.
    final void named(RunScope.Task task) throws InterruptedException, ProcessorException {
        try {
            task.run();
        } catch (InterruptedException | ProcessorException e) {
            throw e;
        } catch (Throwable e) {
            broke();
            throw new ProcessorException(plan.id(), Failure.of(e), e);
        }
    }

    /// Notes that the node has broken, but what breaks while the run is being ended breaks because of that.
    final void broke() {
        // Never back to false: of several threads that break, the later ones find the run ended by the first.
        if (!shared.scope().isCancelled()) {
            stats.failed = true;
        }
    }

    /// Passes a part on, in the thread that emits for the stage.
    ///
    /// @throws InterruptedException when nobody reads what this stage emits any more, too: [#endEarly()]
    /// then
    final void pass(Delivery delivery) throws InterruptedException {
        wanted(route(delivery));
    }

    /// Passes a part on, and records it where a whole run is recorded.
    final PartQueue.Fate route(Delivery delivery) throws InterruptedException {
        if (shared.recorder().holdsAll()) {
            shared.recorder().emitted(plan.id(), portOf(delivery.part()), delivery.part());
        }
        return shared.route(plan.id(), outlets, delivery);
    }

    /// The output that a part leaves by.
    final String portOf(Part part) {
        String chosen = outlets.chosenFor(part);
        if (chosen != null) {
            return chosen;
        }
        for (PortSpec output : plan.entry().descriptor().outputs()) {
            if (PortType.anyAdmits(output.types(), part)) {
                return output.name();
            }
        }
        return "out";
    }

    /// What is done with one part.
    @FunctionalInterface
    interface PartWork {
        void on(Delivery delivery) throws Exception;
    }

    /// Does something with every part of the input, in this thread, which is the one that emits for the
    /// stage.
    final void forEach(PartWork work) throws Exception {
        input.beforeWaiting(outlets::flush);
        PartBatch batch = PartBatch.of(shared.mode());
        try {
            while (input.takeBatch(batch)) {
                for (int i = 0; i < batch.size(); i++) {
                    shared.pace().passWhenRunning();
                    stats.partsIn.increment();
                    work.on(batch.get(i));
                    batch.done(i);
                }
            }
        } finally {
            batch.release();
        }
    }

    final void wanted(PartQueue.Fate fate) throws InterruptedException {
        if (fate == PartQueue.Fate.UNWANTED) {
            throw new InterruptedException("nobody reads what " + plan.id() + " emits any more");
        }
    }

    /// Whether work that was interrupted was so because nobody reads its results, which is a good end.
    final boolean isUnwanted() {
        return outlets.isUnwanted() && !shared.scope().isCancelled();
    }

    /// Where the node's parts come from.
    PartInput awaited() {
        return input;
    }

    /// Whether another stage does this one's work in its own thread, so that it has none.
    boolean isFollower() {
        return false;
    }

    /// Notes that the node has begun, and with it those whose work it does.
    void began() {
        stats.started = true;
    }

    /// Notes that the node has done all it had to.
    void finished() {
        stats.done = true;
        shared.lane().ended(plan.id());
    }

    /// Ends the node before its input has ended, so that its producers need not work for nobody.
    final void endEarly() {
        input.close();
        outlets.end();
    }

    /// Releases what an interrupted run left behind.
    ///
    /// @throws Exception when the processor cannot be closed
    void cleanUp() throws Exception {
        input.close();
    }

    StageBody build() {
        StageBody body = plan.entry()
                .factory()
                .create(plan.params(), new BuildContext(plan.id(), shared.folder(), shared.seed()));
        outlets.routeBy(body, plan.entry().descriptor().outputs());
        return body;
    }

    /// The cache's counters for this run, or null without cache.
    @Nullable
    CacheSnapshot cacheSnapshot() {
        return null;
    }

    /// Waits until what the node's cache was given is where it shall stay.
    void flushCache() {}

    /// How long the node has worked so far.
    long busyNanos() {
        return stats.busyNanos.sum();
    }

    /// How long the node has waited so far for something to work on.
    long waitingNanos() {
        return awaited().waitingNanos();
    }

    /// Whether a part is in work at this moment.
    boolean isWorking() {
        return stats.atWork.get() > 0;
    }

    /// @param run how the run stands that it works in
    final StageState state(RunStatus run) {
        if (plan.mode() == StageMode.MUTE) {
            return StageState.MUTED;
        }
        if (plan.mode() == StageMode.BYPASS) {
            return StageState.BYPASSED;
        }
        if (stats.failed) {
            return StageState.FAILED;
        }
        if (stats.done) {
            return StageState.DONE;
        }
        if (run.isEnded()) {
            return StageState.CANCELLED;
        }
        if (!stats.started) {
            return StageState.IDLE;
        }
        if (run == RunStatus.PAUSED) {
            return StageState.PAUSED;
        }
        if (outlets.isBlocked()) {
            return StageState.BLOCKED;
        }
        return awaited().isWaiting() && !isWorking() ? StageState.WAITING : StageState.RUNNING;
    }

    final NodeSnapshot snapshot(RunStatus run) {
        return new NodeSnapshot(
                plan.id(),
                plan.entry().descriptor().id(),
                plan.entry().descriptor().version(),
                state(run),
                stats.partsTaken(),
                stats.partsOut.sum(),
                stats.unrouted.sum(),
                stats.failures.sum(),
                busyNanos(),
                waitingNanos(),
                outlets.blockedNanos(),
                cacheSnapshot(),
                stats.prompt,
                stats.savings(),
                stats.lastPart(),
                stats.lastOutcome);
    }

    /// A node that is bypassed or muted: passes its input on untouched, or takes it and passes on nothing.
    static final class Drain extends Stage {
        Drain(StagePlan plan, StageStats stats, RunShared shared, PartInput input, Outlets outlets) {
            super(plan, stats, shared, input, outlets);
        }

        @Override
        void run() throws Exception {
            forEach(delivery -> {
                if (plan.mode() == StageMode.BYPASS) {
                    pass(delivery);
                }
            });
            outlets.end();
        }
    }

    /// The context of one call of a processor, be it for one part or for a whole stream. Confined to the
    /// thread of the call.
    static final class CallContext implements PartContext {
        /// Thrown for a call that has reported a failure itself, so that its incomplete output stays out of
        /// the cache.
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
        public Substream.Reserved reserved() {
            return shared.reserved();
        }

        @Override
        public SourceContext.Door door() {
            return shared.door(plan);
        }

        @Override
        public Held hold(long bytes, Holding how) {
            MemoryBudget budget = shared.budget();
            return switch (how) {
                case CHARGED -> budget.charge(bytes)::release;
                case ASIDE -> {
                    budget.holdAside(bytes);
                    yield () -> budget.holdAside(-bytes);
                }
            };
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
}
