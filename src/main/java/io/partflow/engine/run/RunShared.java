package io.partflow.engine.run;

import io.partflow.engine.content.Delivery;
import io.partflow.engine.content.Part;
import io.partflow.engine.processor.Failure;
import io.partflow.engine.processor.PartContext;
import io.partflow.engine.processor.PromptSnapshot;
import io.partflow.engine.processor.Usage;
import io.partflow.engine.stream.MemoryBudget;
import io.partflow.engine.stream.ProcessorPool;
import io.partflow.engine.stream.RunScope;
import io.partflow.engine.stream.StreamClock;
import io.partflow.engine.stream.StreamPace;
import java.nio.file.Path;

/// What all stages of one run share. Every member is thread-safe.
record RunShared(
        RunOptions options,
        StreamPace pace,
        MemoryBudget budget,
        RunScope scope,
        ProcessorPool pool,
        RunFailure.Recent failures,
        SourceRecorder recorder,
        Path folder,
        long seed,
        int queueParts) {
    StreamClock clock() {
        return options.clock();
    }

    /// Counts a bad part and keeps what happened for the snapshot.
    void bad(StagePlan plan, StageStats stats, Failure failure) {
        stats.failures.increment();
        failures.add(plan.id(), RunFailure.Severity.ERROR, failure);
    }

    /// A context for calls whose results go to `emit`.
    PartContext context(StagePlan plan, StageStats stats, Emission emit) {
        return new PartContext() {
            @Override
            public void emit(Part part) throws InterruptedException {
                emit.accept(part);
            }

            @Override
            public StreamClock clock() {
                return RunShared.this.clock();
            }

            @Override
            public void spend(Usage usage) {
                // Only what a cache may later save is kept; a stage without a cache has nothing to save.
            }

            @Override
            public void fail(Failure failure) {
                bad(plan, stats, failure);
            }

            @Override
            public void report(PromptSnapshot prompt) {
                stats.prompt = prompt;
            }
        };
    }

    /// Where a context's results go.
    @FunctionalInterface
    interface Emission {
        void accept(Part part) throws InterruptedException;
    }

    /// Passes a part on, except one on a reserved substream, which bypasses all later stages.
    void route(Outlets outlets, Delivery delivery) throws InterruptedException {
        if (delivery.part().isReserved()) {
            options.tap().accepted(delivery.origin().node(), delivery);
        } else {
            outlets.emit(delivery, budget);
        }
    }
}
