package io.partflow.engine.builtin.flow;

import io.partflow.engine.builtin.nested.NestedProcessors;
import io.partflow.engine.processor.BuildContext;
import io.partflow.engine.processor.ParamSpec;
import io.partflow.engine.processor.Params;
import io.partflow.engine.processor.PartSource;
import io.partflow.engine.processor.PortSpec;
import io.partflow.engine.processor.PortType;
import io.partflow.engine.processor.ProcessorDescriptor;
import io.partflow.engine.processor.ProcessorDescriptor.Category;
import io.partflow.engine.processor.ProcessorDescriptor.Kind;
import io.partflow.engine.processor.ProcessorDescriptor.Work;
import io.partflow.engine.processor.ProcessorEntry;
import io.partflow.engine.processor.StageBody;
import io.partflow.engine.processor.combine.Bounds;
import io.partflow.engine.processor.combine.MergeEnd;
import io.partflow.engine.processor.combine.SourceMerge;
import java.util.List;
import java.util.Locale;

/// Merges what a source makes into the stream, by arrival.
public final class SourceAside {
    // What waits here is not charged to the budget.
    private static final Bounds BOUNDS = Bounds.DEFAULT.withLaneParts(1);

    static final ProcessorDescriptor DESCRIPTOR = ProcessorDescriptor.builder("flow.source", 1, "Source beside")
            .summary("Merges the parts of a source into the stream by arrival, to the end of both or of the first.")
            .category(Category.FLOW)
            .synonyms("merge", "stop on first", "inject", "mix in", "add", "until")
            .icon("log-in")
            .example("Mix a recorded camera into a talk, and stop when either of them is over.")
            .inputs(PortSpec.required("in", PortType.ANY))
            .outputs(PortSpec.optional("out", PortType.ANY))
            .params(
                    ParamSpec.text("source", "Source", "What makes the parts, with its parameters.", "source.text")
                            .withProcessors(NestedProcessors.SOURCES),
                    ParamSpec.choice(
                            "until",
                            "Ends with",
                            "Whether the stream ends when both have ended, or with the first of them.",
                            "all",
                            List.of("all", "first")))
            .kind(Kind.STREAM)
            .work(Work.BLOCKING)
            .notDeterministic()
            .build();

    private SourceAside() {}

    /// @param nested what may be the source
    public static ProcessorEntry entry(NestedProcessors nested) {
        return new ProcessorEntry(
                DESCRIPTOR,
                (params, context) -> build(params, context, nested),
                params -> nested.complaints("source", List.of(params.text("source")), NestedProcessors.SOURCES));
    }

    private static StageBody build(Params params, BuildContext context, NestedProcessors nested) {
        NestedProcessors.Nested source = nested.resolve(params.text("source"), NestedProcessors.SOURCES);
        MergeEnd end = MergeEnd.valueOf(params.text("until").toUpperCase(Locale.ROOT));
        return new SourceMerge(
                made -> {
                    try (PartSource body = (PartSource) source.build(context)) {
                        body.run(new MergedSource(made));
                    }
                },
                end,
                BOUNDS);
    }
}
