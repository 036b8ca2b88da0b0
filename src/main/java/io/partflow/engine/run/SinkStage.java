package io.partflow.engine.run;

import io.partflow.engine.content.Delivery;
import io.partflow.engine.processor.Failure;
import io.partflow.engine.processor.PartContext;
import io.partflow.engine.processor.PartException;
import io.partflow.engine.processor.PartSink;
import io.partflow.engine.stream.PartInput;
import io.partflow.engine.trace.PartSpan;
import io.partflow.engine.trace.SpanRecorder;

/// A sink at work. Confined to its thread, its counters excepted.
final class SinkStage extends Stage {
    private final StageStats.CallTiming timing = new StageStats.CallTiming();

    SinkStage(StagePlan plan, StageStats stats, RunShared shared, PartInput input, Outlets outlets) {
        super(plan, stats, shared, input, outlets);
    }

    @Override
    void run() throws Exception {
        PartContext context = new CallContext(plan, stats, shared, part -> {});
        try (PartSink sink = (PartSink) build()) {
            takeAll(sink, context);
        } catch (PartSink.Broken e) {
            broke();
            shared.bad(plan, stats, e.failure());
            endEarly();
            return;
        }
        outlets.end();
    }

    private void takeAll(PartSink sink, PartContext context) throws Exception {
        forEach(delivery -> take(sink, delivery, context));
        sink.end(context);
    }

    private void take(PartSink sink, Delivery delivery, PartContext context) throws Exception {
        SpanRecorder.OpenSpan span = shared.spans().begin(plan.id(), delivery.part());
        PartSpan.End how = PartSpan.End.FAILED;
        boolean timed = timing.isDue();
        if (timed) {
            stats.renewLast();
        }
        long start = timed ? shared.clock().nanos() : 0;
        try {
            sink.take(delivery, context);
            stats.passed(delivery.part());
            shared.options().tap().accepted(plan.id(), delivery);
            how = PartSpan.End.DONE;
        } catch (PartException e) {
            shared.bad(plan, stats, Failure.of(e));
        } finally {
            if (timed) {
                stats.busyNanos.add(timing.took(shared.clock().nanos() - start));
            }
            if (span != null) {
                span.made();
                span.end(null, how);
            }
        }
    }
}
