package io.partflow.engine.builtin.prompt;

import io.partflow.engine.builtin.nested.NestedProcessors;
import io.partflow.engine.content.Part;
import io.partflow.engine.processor.BuildContext;
import io.partflow.engine.processor.ParamSpec;
import io.partflow.engine.processor.Params;
import io.partflow.engine.processor.PartContext;
import io.partflow.engine.processor.PartStream;
import io.partflow.engine.processor.PortSpec;
import io.partflow.engine.processor.PortType;
import io.partflow.engine.processor.Processor;
import io.partflow.engine.processor.ProcessorDescriptor;
import io.partflow.engine.processor.ProcessorDescriptor.Category;
import io.partflow.engine.processor.ProcessorDescriptor.Kind;
import io.partflow.engine.processor.ProcessorEntry;
import io.partflow.engine.prompt.HistoryPolicy;
import io.partflow.engine.prompt.RollingPrompt;
import java.util.List;

/// Gathers a conversation into a prompt that stays short, and tells what it weighs before and after each step of its
/// policy.
///
/// Every part is added to the prompt; what is passed on is the part unchanged, or at the end of each turn the whole
/// prompt. The prompt's state is reported after each part. Confined to its stage's thread.
public final class RollingPromptStage extends Processor {
    static final ProcessorDescriptor DESCRIPTOR = ProcessorDescriptor.builder("prompt.rolling", 1, "Rolling prompt")
            .summary("Gathers a conversation into a prompt that stays short: old parts go, or a summary stands for"
                    + " them.")
            .category(Category.PROMPT)
            .synonyms("history", "context window", "memory", "conversation", "compress", "tokens", "chat")
            .icon("layers")
            .example("See how many tokens a long chat would send, and how many it sends when old turns are summarised.")
            .inputs(PortSpec.required("in", PortType.ANY))
            .outputs(PortSpec.optional("out", PortType.ANY))
            .params(HistoryParams.specs(ParamSpec.choice(
                    "emit",
                    "Passes on",
                    "Each part as it came, or the whole prompt whenever a turn ends and at the end of the stream.",
                    "parts",
                    List.of("parts", "prompt"))))
            .kind(Kind.STREAM)
            .build();

    private enum Emit {
        PARTS,
        PROMPT
    }

    private final Params params;
    private final NestedProcessors nested;
    private final BuildContext build;
    private final Emit emit;

    private RollingPromptStage(Params params, BuildContext build, NestedProcessors nested) {
        this.params = params;
        this.nested = nested;
        this.build = build;
        this.emit = params.text("emit").equals("parts") ? Emit.PARTS : Emit.PROMPT;
    }

    /// @param nested what may sum up
    public static ProcessorEntry entry(NestedProcessors nested) {
        return new ProcessorEntry(
                DESCRIPTOR,
                (params, build) -> new RollingPromptStage(params, build, nested),
                params -> HistoryParams.complaints(params, nested));
    }

    @Override
    protected void process(PartStream input, PartContext context) throws InterruptedException {
        HistoryPolicy policy = HistoryParams.policy(params, nested, build, context);
        RollingPrompt prompt = params.text("policy").equals("age")
                ? new RollingPrompt(policy, HistoryParams.counter(params), context.clock())
                : new RollingPrompt(policy, HistoryParams.counter(params));
        prompt.noteSteps();
        boolean unsent = false;
        for (Part part = input.next(); part != null; part = input.next()) {
            prompt.add(part);
            unsent = true;
            if (part.isEndOfTurn()) {
                send(prompt, context);
                unsent = false;
                prompt.finish();
            }
            context.report(prompt.snapshot());
            if (emit == Emit.PARTS) {
                context.emit(part);
            }
        }
        if (unsent) {
            send(prompt, context);
        }
    }

    private void send(RollingPrompt prompt, PartContext context) throws InterruptedException {
        if (emit == Emit.PROMPT) {
            for (Part part : prompt.parts()) {
                context.emit(part);
            }
        }
    }
}
