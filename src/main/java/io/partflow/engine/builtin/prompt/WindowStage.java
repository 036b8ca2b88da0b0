package io.partflow.engine.builtin.prompt;

import io.partflow.engine.builtin.nested.NestedProcessors;
import io.partflow.engine.processor.BuildContext;
import io.partflow.engine.processor.ParamSpec;
import io.partflow.engine.processor.Params;
import io.partflow.engine.processor.ParamsCheck;
import io.partflow.engine.processor.PartContext;
import io.partflow.engine.processor.PartStream;
import io.partflow.engine.processor.PortSpec;
import io.partflow.engine.processor.PortType;
import io.partflow.engine.processor.Processor;
import io.partflow.engine.processor.ProcessorDescriptor;
import io.partflow.engine.processor.ProcessorDescriptor.Category;
import io.partflow.engine.processor.ProcessorDescriptor.Kind;
import io.partflow.engine.processor.ProcessorDescriptor.Work;
import io.partflow.engine.processor.ProcessorEntry;
import io.partflow.engine.prompt.Window;
import java.util.ArrayList;
import java.util.List;

/// Runs a processor on each turn together with what a policy leaves of the turns before it. Confined to its stage's
/// thread.
public final class WindowStage extends Processor {
    static final ProcessorDescriptor DESCRIPTOR = ProcessorDescriptor.builder("prompt.window", 1, "Window")
            .summary("Runs a processor on each turn with the history before it; windows work side by side, in order.")
            .category(Category.PROMPT)
            .synonyms("sliding window", "stride", "context", "turns", "history", "rolling")
            .icon("maximize")
            .example("Answer each question of a talk with the last three turns in view.")
            .inputs(PortSpec.required("in", PortType.ANY))
            .outputs(PortSpec.optional("out", PortType.ANY))
            .params(HistoryParams.specs(
                    ParamSpec.text(
                                    "processor",
                                    "Processor",
                                    "What is run on each window, with its parameters.",
                                    "text.summary maxSentences=1")
                            .withProcessors(NestedProcessors.ANY),
                    ParamSpec.integer("stride", "Stride", "One window for every so many turns.", 1)
                            .withUnit("turns")
                            .withRange(1, 10_000)
                            .withStep(1),
                    ParamSpec.integer("atOnce", "At once", "The most windows under way at the same time.", 16)
                            .withUnit("windows")
                            .withRange(1, 1_000)
                            .withStep(1)
                            .outsideKey()))
            .kind(Kind.STREAM)
            .work(Work.BLOCKING)
            .build();

    private final Params params;
    private final NestedProcessors nested;
    private final BuildContext build;

    private WindowStage(Params params, BuildContext build, NestedProcessors nested) {
        this.params = params;
        this.nested = nested;
        this.build = build;
    }

    /// @param nested what may be run on a window, and what may sum up
    public static ProcessorEntry entry(NestedProcessors nested) {
        ParamsCheck check = params -> {
            List<ParamsCheck.Complaint> complaints = new ArrayList<>(HistoryParams.complaints(params, nested));
            nested.complaint(params.text("processor"), NestedProcessors.ANY)
                    .ifPresent(wrong -> complaints.add(new ParamsCheck.Complaint("processor", wrong)));
            return complaints;
        };
        return new ProcessorEntry(DESCRIPTOR, (params, build) -> new WindowStage(params, build, nested), check);
    }

    @Override
    public boolean keepsPace() {
        return false;
    }

    @Override
    protected void process(PartStream input, PartContext context) throws Exception {
        new Window(
                        nested.resolve(params.text("processor"), NestedProcessors.ANY)
                                .supplier(build),
                        HistoryParams.policy(params, nested, build, context),
                        HistoryParams.counter(params),
                        Window.Settings.DEFAULT
                                .withStride(params.count("stride"))
                                .withMaxConcurrent(params.count("atOnce")))
                .run(input, context);
    }
}
