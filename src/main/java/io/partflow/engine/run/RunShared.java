package io.partflow.engine.run;

import io.partflow.engine.content.Delivery;
import io.partflow.engine.content.JsonValue;
import io.partflow.engine.content.Origin;
import io.partflow.engine.content.Part;
import io.partflow.engine.content.Substream;
import io.partflow.engine.processor.Failure;
import io.partflow.engine.processor.SourceContext;
import io.partflow.engine.stream.MemoryBudget;
import io.partflow.engine.stream.PartQueue.Fate;
import io.partflow.engine.stream.ProcessorPool;
import io.partflow.engine.stream.RunScope;
import io.partflow.engine.stream.StreamClock;
import io.partflow.engine.stream.StreamMode;
import io.partflow.engine.stream.StreamPace;
import io.partflow.engine.trace.SpanRecorder;
import io.partflow.engine.trace.StreamRecording;
import java.nio.file.Path;

/// What all stages of one run share. Every member is thread-safe.
record RunShared(
        RunOptions options,
        StreamPace pace,
        MemoryBudget budget,
        RunScope scope,
        ProcessorPool pool,
        RunFailure.Recent failures,
        StreamRecording recorder,
        SpanRecorder spans,
        Path folder,
        long seed,
        StreamMode mode,
        Substream.Reserved reserved,
        ReservedLane lane) {
    StreamClock clock() {
        return options.clock();
    }

    /// Counts a bad part and keeps what happened for the snapshot; not once the run is ending, because what
    /// an interrupt breaks is no failure.
    void bad(StagePlan plan, StageStats stats, Failure failure) {
        if (!scope.isCancelled()) {
            stats.failures.increment();
            failures.add(plan.id(), RunFailure.Severity.ERROR, failure);
            Delivery part = statusPart(plan, failure);
            options.tap().accepted(plan.id(), part);
            try {
                lane.put(plan.id(), part);
            } catch (InterruptedException e) {
                // Whoever has failed meets the interrupt at the next part.
                Thread.currentThread().interrupt();
            }
        }
    }

    /// Where parts wait that a stage makes besides those of its input.
    SourceContext.Door door(StagePlan plan) {
        return new SourceContext.Door() {
            @Override
            public void awaitRoom(long bytes) throws InterruptedException {
                budget.admit(bytes).release();
            }

            @Override
            public void awaitTurn() throws InterruptedException {
                pace.awaitTurn();
            }

            @Override
            public void awaitMoment(double atMillis) throws InterruptedException {
                pace.awaitMoment(atMillis);
            }

            @Override
            public void warn(Failure warning) {
                failures.add(plan.id(), RunFailure.Severity.WARNING, warning);
            }

            @Override
            public long maxFileBytes() {
                return options.maxFileBytes();
            }
        };
    }

    /// The failure as a part on the status lane, which goes straight to whoever takes the run's results.
    private static Delivery statusPart(StagePlan plan, Failure failure) {
        Part part = Part.exception(failure.message())
                .withSubstream(Substream.STATUS)
                .withMetadata("code", JsonValue.of(failure.code()))
                .withMetadata("node", JsonValue.of(plan.id()))
                .withMetadata("remedy", JsonValue.of(failure.remedy()));
        Origin origin = Origin.ofNode(plan.id());
        String file = failure.file();
        return new Delivery(part, file == null ? origin : origin.withFile(file));
    }

    /// Lets a part on a reserved substream bypass all later stages: to whoever takes the run's results, and
    /// to the nodes that a pipeline has for such parts.
    void passBy(String node, Delivery delivery) throws InterruptedException {
        options.tap().accepted(delivery.origin().node(), delivery);
        lane.put(node, delivery);
    }

    /// Passes a part on, except one on a reserved substream, which bypasses all later stages.
    ///
    /// @param node the stage that passes it on
    /// @return UNWANTED when nobody reads what this stage passes on any more
    Fate route(String node, Outlets outlets, Delivery delivery) throws InterruptedException {
        if (reserved.holds(delivery.part())) {
            passBy(node, delivery);
            return Fate.TAKEN;
        }
        spans.entered(delivery.part());
        return outlets.emit(delivery, budget);
    }
}
