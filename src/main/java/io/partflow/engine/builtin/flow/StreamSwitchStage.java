package io.partflow.engine.builtin.flow;

import io.partflow.engine.builtin.nested.NestedProcessors;
import io.partflow.engine.content.Part;
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
import io.partflow.engine.processor.combine.Cases;
import io.partflow.engine.processor.combine.StreamChain;
import io.partflow.engine.processor.combine.StreamSwitch;
import java.util.List;

/// Divides the stream among the processors of its cases, each of which reads its share as a stream of its own.
public final class StreamSwitchStage {
    static final ProcessorDescriptor DESCRIPTOR = ProcessorDescriptor.builder(
                    "flow.stream-switch", 1, "Switch of streams")
            .summary("Divides the stream by cases; each processor reads its share, results come by arrival.")
            .category(Category.FLOW)
            .synonyms("route", "case", "choose", "dispatch", "triage", "divide", "by kind")
            .icon("shuffle")
            .example("Sum up all that the user said while all that the model said is counted.")
            .inputs(PortSpec.required("in", PortType.ANY))
            .outputs(PortSpec.optional("out", PortType.ANY))
            .params(
                    ParamSpec.list(
                                    "cases",
                                    "Cases",
                                    "One a line: role user: text.summary maxSentences=1; the first that fits counts,"
                                            + " and pass stands for the parts as they are.")
                            .withProcessors(NestedProcessors.ANY)
                            .withCases(CaseLine.WORDS),
                    ParamSpec.choice(
                            "unmatched",
                            "Other parts",
                            "What becomes of a part of no case.",
                            "pass",
                            List.of("pass", "drop")))
            .kind(Kind.STREAM)
            .work(Work.BLOCKING)
            .notDeterministic()
            .build();

    private StreamSwitchStage() {}

    /// @param nested what the cases may name
    public static ProcessorEntry entry(NestedProcessors nested) {
        return new ProcessorEntry(
                DESCRIPTOR,
                (params, context) -> build(params, context, nested),
                CaseLine.check(nested, NestedProcessors.ANY));
    }

    private static StageBody build(Params params, BuildContext context, NestedProcessors nested) {
        Cases<Part, Processor, StreamSwitch> cases = StreamSwitch.cases(Bounds.DEFAULT);
        for (String line : params.list("cases")) {
            CaseLine each = CaseLine.parse(line);
            cases.when(
                    each.condition(),
                    each.passes()
                            ? new Passing()
                            : StreamChain.of(nested.resolve(each.processor(), NestedProcessors.ANY)
                                    .build(context)));
        }
        if (params.text("unmatched").equals("pass")) {
            cases.otherwise(new Passing());
        }
        return cases.build();
    }
}
