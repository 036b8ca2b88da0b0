package io.partflow.engine.builtin.flow;

import io.partflow.engine.builtin.nested.NestedProcessors;
import io.partflow.engine.processor.BuildContext;
import io.partflow.engine.processor.ParamSpec;
import io.partflow.engine.processor.Params;
import io.partflow.engine.processor.PortSpec;
import io.partflow.engine.processor.PortType;
import io.partflow.engine.processor.ProcessorDescriptor;
import io.partflow.engine.processor.ProcessorDescriptor.Category;
import io.partflow.engine.processor.ProcessorDescriptor.Kind;
import io.partflow.engine.processor.ProcessorDescriptor.Work;
import io.partflow.engine.processor.ProcessorEntry;
import io.partflow.engine.processor.StageBody;
import io.partflow.engine.processor.combine.Bounds;
import io.partflow.engine.processor.combine.ParallelConcat;
import java.util.List;

/// Gives the whole stream to several processors at once; the results of the first come first, then those of the
/// second.
public final class Branches {
    private static final double MOST_BYTES = 1L << 34;

    static final ProcessorDescriptor DESCRIPTOR = ProcessorDescriptor.builder("flow.branches", 1, "Branches")
            .summary("Gives the whole stream to several processors at once; their outputs follow each other in order.")
            .category(Category.FLOW)
            .synonyms("parallel", "concat", "tee", "split", "side by side", "ordered join", "fan out")
            .icon("columns")
            .example("All that was said, and behind it a summary of the whole.")
            .inputs(PortSpec.required("in", PortType.ANY))
            .outputs(PortSpec.optional("out", PortType.ANY))
            .params(
                    ParamSpec.list(
                                    "branches",
                                    "Branches",
                                    "One processor a line with its parameters: text.preamble text=Summary.")
                            .withProcessors(NestedProcessors.ANY),
                    ParamSpec.bytes(
                                    "holdBytes",
                                    "Hold back",
                                    "How much later branches may give before the earlier ones have ended; more ends"
                                            + " the run.",
                                    64L << 20)
                            .withRange(1, MOST_BYTES)
                            .withStep(1 << 20)
                            .outsideKey())
            .kind(Kind.STREAM)
            .work(Work.BLOCKING)
            .build();

    private Branches() {}

    /// @param nested what the branches may name
    public static ProcessorEntry entry(NestedProcessors nested) {
        return new ProcessorEntry(
                DESCRIPTOR,
                (params, context) -> build(params, context, nested),
                params -> nested.complaints("branches", params.list("branches"), NestedProcessors.ANY));
    }

    private static StageBody build(Params params, BuildContext context, NestedProcessors nested) {
        List<StageBody> branches = nested.build(params.list("branches"), NestedProcessors.ANY, context);
        return branches.isEmpty()
                ? new Passing()
                : ParallelConcat.of(branches, Bounds.DEFAULT.withBufferBytes(params.integer("holdBytes")));
    }
}
