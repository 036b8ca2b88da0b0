package io.partflow.engine.builtin.flow;

import io.partflow.engine.content.ContentHash;
import io.partflow.engine.content.Part;
import io.partflow.engine.processor.BuildContext;
import io.partflow.engine.processor.ParamSpec;
import io.partflow.engine.processor.Params;
import io.partflow.engine.processor.PartContext;
import io.partflow.engine.processor.PartProcessor;
import io.partflow.engine.processor.PortSpec;
import io.partflow.engine.processor.PortType;
import io.partflow.engine.processor.ProcessorDescriptor;
import io.partflow.engine.processor.ProcessorDescriptor.Category;
import io.partflow.engine.processor.ProcessorDescriptor.Work;
import io.partflow.engine.processor.ProcessorEntry;
import java.util.SplittableRandom;

/// Holds each part back for a while, drawn from its content: the same part waits equally long in every run. Parts
/// keep their order. Immutable, thread-safe.
public final class Delay extends PartProcessor {
    static final ProcessorDescriptor DESCRIPTOR = ProcessorDescriptor.builder("flow.delay", 1, "Delay")
            .summary("Holds each part back for a time, always the same for the same part, as a slow step would.")
            .category(Category.FLOW)
            .synonyms("latency", "wait", "sleep", "slow", "throttle", "rate", "simulate")
            .icon("clock")
            .example("See which queue fills up when a step takes half a second.")
            .inputs(PortSpec.required("in", PortType.ANY))
            .outputs(PortSpec.optional("out", PortType.ANY))
            .params(
                    ParamSpec.duration("minMs", "Wait from", "The shortest wait.", 100)
                            .withRange(0, 600_000)
                            .withStep(50)
                            .outsideKey(),
                    ParamSpec.duration("maxMs", "Wait to", "The longest wait.", 100)
                            .withRange(0, 600_000)
                            .withStep(50)
                            .outsideKey(),
                    ParamSpec.integer("atOnce", "At once", "How many parts wait at the same time.", 1)
                            .withUnit("parts")
                            .withRange(1, 1_000)
                            .withStep(1)
                            .outsideKey())
            .rules(Params.Rule.atMost("minMs", "maxMs"))
            .work(Work.BLOCKING)
            .build();

    public static final ProcessorEntry ENTRY = new ProcessorEntry(DESCRIPTOR, Delay::new);

    private static final long NANOS_PER_MILLI = 1_000_000;

    private final long minMillis;
    private final long maxMillis;
    private final int atOnce;
    private final long seed;

    private Delay(Params params, BuildContext context) {
        minMillis = params.integer("minMs");
        maxMillis = params.integer("maxMs");
        atOnce = params.count("atOnce");
        seed = context.seed();
    }

    @Override
    public int maxInFlight() {
        return atOnce;
    }

    @Override
    protected void process(Part part, PartContext context) throws InterruptedException {
        ContentHash content = ContentHash.of(part.bytes().toArray());
        double share = new SplittableRandom(content.low() ^ seed).nextDouble();
        context.clock().sleep(Math.round((minMillis + share * (maxMillis - minMillis)) * NANOS_PER_MILLI));
        context.emit(part);
    }
}
