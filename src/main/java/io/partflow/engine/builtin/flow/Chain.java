package io.partflow.engine.builtin.flow;

import io.partflow.engine.builtin.nested.NestedProcessors;
import io.partflow.engine.content.Substream;
import io.partflow.engine.processor.BuildContext;
import io.partflow.engine.processor.ParamSpec;
import io.partflow.engine.processor.Params;
import io.partflow.engine.processor.PortSpec;
import io.partflow.engine.processor.PortType;
import io.partflow.engine.processor.Processor;
import io.partflow.engine.processor.ProcessorDescriptor;
import io.partflow.engine.processor.ProcessorDescriptor.Category;
import io.partflow.engine.processor.ProcessorDescriptor.Kind;
import io.partflow.engine.processor.ProcessorDescriptor.Work;
import io.partflow.engine.processor.ProcessorEntry;
import io.partflow.engine.processor.StageBody;
import io.partflow.engine.processor.combine.Bounds;
import io.partflow.engine.processor.combine.ErrorsAsParts;
import io.partflow.engine.processor.combine.StreamChain;
import java.util.List;

/// Runs processors one behind the other as one: with one cache for all of them, and wherever one processor is asked
/// for.
public final class Chain {
    static final ProcessorDescriptor DESCRIPTOR = ProcessorDescriptor.builder("flow.chain", 1, "Chain")
            .summary("Runs processors one behind the other as one step, such as the steps of a window or a branch.")
            .category(Category.FLOW)
            .synonyms("then", "sequence", "steps", "one after the other", "compose", "sub-pipeline")
            .icon("link")
            .example("Split a text and sum up its pieces as one branch, cached as a whole.")
            .inputs(PortSpec.required("in", PortType.ANY))
            .outputs(PortSpec.optional("out", PortType.ANY))
            .params(
                    ParamSpec.list(
                                    "steps",
                                    "Steps",
                                    "One processor a line with its parameters: text.summary maxSentences=1.")
                            .withProcessors(NestedProcessors.ANY),
                    ParamSpec.choice(
                            "failure",
                            "A step that fails",
                            "Whether a step that cannot go on ends the run; or the chain alone, with the failure as its"
                                    + " last part on the reserved substream status.",
                            "ends-run",
                            List.of("ends-run", "status")))
            .kind(Kind.STREAM)
            .work(Work.BLOCKING)
            .substreamsOut(Substream.STATUS)
            .build();

    private Chain() {}

    /// @param nested what the steps may name
    public static ProcessorEntry entry(NestedProcessors nested) {
        return new ProcessorEntry(
                DESCRIPTOR,
                (params, context) -> build(params, context, nested),
                params -> nested.complaints("steps", params.list("steps"), NestedProcessors.ANY));
    }

    private static StageBody build(Params params, BuildContext context, NestedProcessors nested) {
        List<StageBody> steps = nested.build(params.list("steps"), NestedProcessors.ANY, context);
        Processor chain = steps.isEmpty() ? new Passing() : StreamChain.of(steps, Bounds.DEFAULT);
        return params.text("failure").equals("status") ? ErrorsAsParts.of(chain) : chain;
    }
}
