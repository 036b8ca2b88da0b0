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
import io.partflow.engine.prompt.Dialogue;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/// Has a processor answer turn by turn, with the conversation so far in view. Confined to its stage's thread.
public final class DialogueStage extends Processor {
    static final ProcessorDescriptor DESCRIPTOR = ProcessorDescriptor.builder("prompt.dialogue", 1, "Dialogue")
            .summary("Has a processor answer each turn, seeing the conversation so far with its own answers.")
            .category(Category.PROMPT)
            .synonyms(
                    "chat",
                    "conversation",
                    "live",
                    "assistant",
                    "answers",
                    "stash",
                    "history",
                    "turns",
                    "interrupt",
                    "barge in",
                    "speech")
            .icon("message-square")
            .example("Talk with a model that remembers what it said, while its prompt stays short.")
            .inputs(PortSpec.required("in", PortType.ANY))
            .outputs(PortSpec.optional("out", PortType.ANY))
            .params(HistoryParams.specs(
                    ParamSpec.text(
                                    "processor",
                                    "Processor",
                                    "What answers, with its parameters.",
                                    "model.simulated maxTokens=60")
                            .withProcessors(NestedProcessors.ANY),
                    ParamSpec.choice(
                            "arriving",
                            "Meanwhile",
                            "What becomes of parts that arrive during an answer: they wait, and each question is"
                                    + " answered by itself; they are stashed, and answered together; or whoever speaks"
                                    + " up, or completes another question, interrupts the answer.",
                            "wait",
                            List.of("wait", "stash", "interrupt")),
                    ParamSpec.choice(
                                    "speech",
                                    "Speech is answered",
                                    "When nobody speaks any more, for what understands sound; or when the final"
                                            + " transcription is there.",
                                    "transcribed",
                                    List.of("ended", "transcribed"))
                            .visibleWhen("arriving", "interrupt")))
            .kind(Kind.STREAM)
            .work(Work.BLOCKING)
            .build();

    private final Params params;
    private final NestedProcessors nested;
    private final BuildContext build;

    private DialogueStage(Params params, BuildContext build, NestedProcessors nested) {
        this.params = params;
        this.nested = nested;
        this.build = build;
    }

    /// @param nested what may answer, and what may sum up
    public static ProcessorEntry entry(NestedProcessors nested) {
        ParamsCheck check = params -> {
            List<ParamsCheck.Complaint> complaints = new ArrayList<>(HistoryParams.complaints(params, nested));
            nested.complaint(params.text("processor"), NestedProcessors.ANY)
                    .ifPresent(wrong -> complaints.add(new ParamsCheck.Complaint("processor", wrong)));
            return complaints;
        };
        return new ProcessorEntry(DESCRIPTOR, (params, build) -> new DialogueStage(params, build, nested), check);
    }

    @Override
    protected void process(PartStream input, PartContext context) throws Exception {
        new Dialogue(
                        nested.resolve(params.text("processor"), NestedProcessors.ANY)
                                .supplier(build),
                        HistoryParams.policy(params, nested, build, context),
                        HistoryParams.counter(params),
                        Dialogue.Arriving.valueOf(params.text("arriving").toUpperCase(Locale.ROOT)),
                        Dialogue.Speech.valueOf(params.text("speech").toUpperCase(Locale.ROOT)))
                .run(input, context);
    }
}
