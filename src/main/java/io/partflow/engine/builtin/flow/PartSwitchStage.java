package io.partflow.engine.builtin.flow;

import io.partflow.engine.builtin.nested.NestedProcessors;
import io.partflow.engine.content.Part;
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
import io.partflow.engine.processor.combine.Cases;
import io.partflow.engine.processor.combine.PartChain;
import io.partflow.engine.processor.combine.PartFilter;
import io.partflow.engine.processor.combine.PartSwitch;
import java.util.List;

/// Works on each part by the processor of the first case it fulfils, and keeps the order of the parts.
public final class PartSwitchStage {
    static final ProcessorDescriptor DESCRIPTOR = ProcessorDescriptor.builder("flow.part-switch", 1, "Switch in order")
            .summary("Works on each part by the processor of its case; results leave in the order of the parts.")
            .category(Category.FLOW)
            .synonyms("route", "case", "choose", "dispatch", "by kind", "part switch")
            .icon("git-pull-request")
            .example("Describe pictures and sum up texts, with the answers still in the order of the files.")
            .inputs(PortSpec.required("in", PortType.ANY))
            .outputs(PortSpec.optional("out", PortType.ANY))
            .params(
                    ParamSpec.list(
                                    "cases",
                                    "Cases",
                                    "One a line: type image/*: image.facts thumbnailSize=64; the first that fits"
                                            + " counts, and pass stands for the part as it is.")
                            .withProcessors(NestedProcessors.PARTS)
                            .withCases(CaseLine.WORDS),
                    ParamSpec.choice(
                            "unmatched",
                            "Other parts",
                            "What becomes of a part of no case.",
                            "pass",
                            List.of("pass", "drop")))
            .work(Work.BLOCKING)
            .build();

    private PartSwitchStage() {}

    /// @param nested what the cases may name
    public static ProcessorEntry entry(NestedProcessors nested) {
        return new ProcessorEntry(
                DESCRIPTOR,
                (params, context) -> build(params, context, nested),
                CaseLine.check(nested, NestedProcessors.PARTS));
    }

    private static StageBody build(Params params, BuildContext context, NestedProcessors nested) {
        Cases<Part, PartProcessor, PartSwitch> cases = PartSwitch.cases();
        for (String line : params.list("cases")) {
            CaseLine each = CaseLine.parse(line);
            cases.when(
                    each.condition(),
                    each.passes()
                            ? passing()
                            : nested.resolve(each.processor(), NestedProcessors.PARTS)
                                    .buildPart(context));
        }
        if (params.text("unmatched").equals("pass")) {
            cases.otherwise(passing());
        }
        // A chain of one keeps the switch from seeing reserved parts, as everywhere.
        return PartChain.of(List.of(cases.build()));
    }

    private static PartProcessor passing() {
        return new PartFilter(part -> true);
    }
}
