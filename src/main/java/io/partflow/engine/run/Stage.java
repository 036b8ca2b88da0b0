package io.partflow.engine.run;

import io.partflow.engine.cache.CacheSnapshot;
import io.partflow.engine.processor.BuildContext;
import io.partflow.engine.processor.StageBody;
import io.partflow.engine.stream.PartInput;
import io.partflow.engine.stream.QueuedPart;
import org.jspecify.annotations.Nullable;

/// One node at work. [#run()] is called once, on a thread of the run's scope; [#cleanUp()] once, after every thread
/// of the run is gone.
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

    /// Releases what an interrupted run left behind.
    void cleanUp() {
        input.close();
    }

    StageBody build() {
        return plan.entry()
                .factory()
                .create(plan.params(), new BuildContext(plan.id(), shared.folder(), shared.seed()));
    }

    /// The cache's counters for this run, or null without cache.
    @Nullable
    CacheSnapshot cacheSnapshot() {
        return null;
    }

    /// Whether a part is in work at this moment.
    boolean isWorking() {
        return stats.atWork.get() > 0;
    }

    final StageState state() {
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
        if (!stats.started) {
            return StageState.IDLE;
        }
        if (outlets.isBlocked()) {
            return StageState.BLOCKED;
        }
        return input.isWaiting() && !isWorking() ? StageState.WAITING : StageState.RUNNING;
    }

    final NodeSnapshot snapshot() {
        return new NodeSnapshot(
                plan.id(),
                plan.entry().descriptor().id(),
                plan.entry().descriptor().version(),
                state(),
                stats.partsIn.sum(),
                stats.partsOut.sum(),
                stats.unrouted.sum(),
                stats.failures.sum(),
                stats.busyNanos.sum(),
                input.waitingNanos(),
                outlets.blockedNanos(),
                cacheSnapshot(),
                stats.prompt,
                stats.savings(),
                stats.lastPart,
                stats.lastOutcome);
    }

    /// A node that is bypassed or muted: passes its input on untouched, or takes it and passes on nothing.
    static final class Drain extends Stage {
        Drain(StagePlan plan, StageStats stats, RunShared shared, PartInput input, Outlets outlets) {
            super(plan, stats, shared, input, outlets);
        }

        @Override
        void run() throws InterruptedException {
            for (QueuedPart queued = input.take(); queued != null; queued = input.take()) {
                try {
                    shared.pace().passWhenRunning();
                    stats.partsIn.increment();
                    if (plan.mode() == StageMode.BYPASS) {
                        shared.route(outlets, queued.delivery());
                    }
                } finally {
                    queued.release();
                }
            }
            outlets.end();
        }
    }
}
