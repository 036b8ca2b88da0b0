package io.partflow.engine.run;

import io.partflow.engine.processor.Failure;
import io.partflow.engine.processor.PartContext;
import io.partflow.engine.processor.PartException;
import io.partflow.engine.processor.PartSink;
import io.partflow.engine.stream.PartInput;
import io.partflow.engine.stream.QueuedPart;

/// A sink at work. Confined to its thread, its counters excepted.
final class SinkStage extends Stage {
    SinkStage(StagePlan plan, StageStats stats, RunShared shared, PartInput input, Outlets outlets) {
        super(plan, stats, shared, input, outlets);
    }

    @Override
    void run() throws Exception {
        PartContext context = new CallContext(plan, stats, shared, part -> {});
        try (PartSink sink = (PartSink) build()) {
            takeAll(sink, context);
        } catch (PartSink.Broken e) {
            stats.failed = !shared.scope().isCancelled();
            shared.bad(plan, stats, e.failure());
            endEarly();
            return;
        }
        outlets.end();
    }

    private void takeAll(PartSink sink, PartContext context) throws Exception {
        for (QueuedPart queued = input.take(); queued != null; queued = input.take()) {
            try {
                shared.pace().passWhenRunning();
                stats.partsIn.increment();
                take(sink, queued, context);
            } finally {
                queued.release();
            }
        }
        sink.end(context);
    }

    private void take(PartSink sink, QueuedPart queued, PartContext context) throws Exception {
        long start = shared.clock().nanos();
        stats.atWork.incrementAndGet();
        try {
            sink.take(queued.delivery(), context);
            stats.partsOut.increment();
            stats.lastPart = queued.delivery().part();
            shared.options().tap().accepted(plan.id(), queued.delivery());
        } catch (PartException e) {
            shared.bad(plan, stats, Failure.of(e));
        } finally {
            stats.atWork.decrementAndGet();
            stats.busyNanos.add(shared.clock().nanos() - start);
        }
    }
}
