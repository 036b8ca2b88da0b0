package io.partflow.engine.builtin.flow;

import io.partflow.engine.builtin.nested.NestedProcessors;
import io.partflow.engine.processor.BuildContext;
import io.partflow.engine.processor.ParamSpec;
import io.partflow.engine.processor.Params;
import io.partflow.engine.processor.PartProcessor;
import io.partflow.engine.processor.PortSpec;
import io.partflow.engine.processor.PortType;
import io.partflow.engine.processor.ProcessorDescriptor;
import io.partflow.engine.processor.ProcessorDescriptor.Category;
import io.partflow.engine.processor.ProcessorDescriptor.Work;
import io.partflow.engine.processor.ProcessorEntry;
import io.partflow.engine.processor.StageBody;
import io.partflow.engine.processor.combine.PartParallel;
import io.partflow.engine.processor.combine.Passthrough;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/// Works on each part by several processors side by side; their results follow each other, part by part, in the order
/// of the branches.
public final class Parallel {
    static final ProcessorDescriptor DESCRIPTOR = ProcessorDescriptor.builder("flow.parallel", 1, "Parallel")
            .summary("Gives each part to several processors at once; their results follow each other branch by branch.")
            .category(Category.FLOW)
            .synonyms("fan out", "branches", "side by side", "join in order", "at once", "ordered join")
            .icon("columns")
            .example("Measure a picture and find its colours at once, with both answers behind each other.")
            .inputs(PortSpec.required("in", PortType.ANY))
            .outputs(PortSpec.optional("out", PortType.ANY))
            .params(
                    ParamSpec.list(
                                    "branches",
                                    "Branches",
                                    "One processor a line with its parameters: text.summary maxSentences=1.")
                            .withProcessors(NestedProcessors.PARTS),
                    ParamSpec.choice(
                            "passthrough",
                            "The part itself",
                            "Whether the part goes along last: never (unmatched parts are dropped), as a fallback when"
                                    + " no branch gave anything, or always.",
                            "fallback",
                            List.of("never", "fallback", "always")))
            .work(Work.BLOCKING)
            .build();

    private Parallel() {}

    /// @param nested what the branches may name
    public static ProcessorEntry entry(NestedProcessors nested) {
        return new ProcessorEntry(
                DESCRIPTOR,
                (params, context) -> build(params, context, nested),
                params -> nested.complaints("branches", params.list("branches"), NestedProcessors.PARTS));
    }

    private static StageBody build(Params params, BuildContext context, NestedProcessors nested) {
        List<PartProcessor> members = new ArrayList<>();
        boolean waits = false;
        for (String line : params.list("branches")) {
            NestedProcessors.Nested branch = nested.resolve(line, NestedProcessors.PARTS);
            members.add(branch.buildPart(context));
            waits |= branch.entry().descriptor().work() != Work.INLINE;
        }
        return PartParallel.of(
                members,
                Passthrough.valueOf(params.text("passthrough").toUpperCase(Locale.ROOT)),
                waits ? PartParallel.Work.SIDE_BY_SIDE : PartParallel.Work.INLINE);
    }
}
