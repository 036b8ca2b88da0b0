package io.partflow.engine.builtin.prompt;

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
import io.partflow.engine.prompt.ClippingSummarizer;
import io.partflow.engine.prompt.CompressingHistory;
import io.partflow.engine.prompt.RollingPrompt;
import io.partflow.engine.prompt.TokenCounter;
import java.util.List;

/// Gathers a conversation into a prompt that stays short, and tells what it weighs before and after
/// compression.
///
/// Every part is added to the prompt and passes on unchanged; the prompt's state is reported after each.
/// Confined to its stage's thread.
public final class RollingPromptStage extends Processor {
    static final ProcessorDescriptor DESCRIPTOR = ProcessorDescriptor.builder("prompt.rolling", 1, "Rolling prompt")
            .summary("Gathers a conversation into a prompt that stays short: old parts give way to a summary.")
            .category(Category.PROMPT)
            .synonyms("history", "context window", "memory", "conversation", "compress", "tokens", "chat")
            .icon("layers")
            .example("See how many tokens a long chat would send, and how many it sends when old turns are summarised.")
            .inputs(PortSpec.required("in", PortType.ANY))
            .outputs(PortSpec.optional("out", PortType.ANY))
            .params(
                    ParamSpec.integer(
                                    "maxParts",
                                    "Most parts",
                                    "The most parts that stand in the prompt as they came.",
                                    CompressingHistory.DEFAULT_MAX_PARTS)
                            .withUnit("parts")
                            .withRange(1, 10_000)
                            .withStep(10),
                    ParamSpec.real(
                                    "threshold",
                                    "Compress at",
                                    "The share of the most parts at which the oldest are summarised, above 0 up to 1.",
                                    CompressingHistory.DEFAULT_THRESHOLD)
                            .withRange(0.05, 1)
                            .withStep(0.05),
                    ParamSpec.real(
                                    "ratio",
                                    "Compressed share",
                                    "The share of the parts that one compression takes, from 0 (none: old parts are"
                                            + " dropped) to 1 (all).",
                                    CompressingHistory.DEFAULT_RATIO)
                            .withRange(0, 1)
                            .withStep(0.05),
                    ParamSpec.choice(
                            "vocabulary",
                            "Vocabulary",
                            "By which model's vocabulary tokens are counted.",
                            TokenCounter.Vocabulary.O200K_BASE.id(),
                            List.of(TokenCounter.Vocabulary.O200K_BASE.id(), TokenCounter.Vocabulary.CL100K_BASE.id())))
            .kind(Kind.STREAM)
            .build();

    public static final ProcessorEntry ENTRY = new ProcessorEntry(DESCRIPTOR, RollingPromptStage::new);

    private record Config(int maxParts, double threshold, double ratio, TokenCounter.Vocabulary vocabulary) {
        static Config of(Params params) {
            return new Config(
                    params.count("maxParts"),
                    params.real("threshold"),
                    params.real("ratio"),
                    TokenCounter.Vocabulary.of(params.text("vocabulary")));
        }
    }

    private final RollingPrompt prompt;

    private RollingPromptStage(Params params, BuildContext context) {
        Config config = Config.of(params);
        prompt = new RollingPrompt(
                new CompressingHistory(config.maxParts, config.threshold, config.ratio, ClippingSummarizer.INSTANCE),
                new TokenCounter(config.vocabulary));
    }

    @Override
    protected void process(PartStream input, PartContext context) throws InterruptedException {
        for (Part part = input.next(); part != null; part = input.next()) {
            prompt.add(part);
            context.report(prompt.snapshot());
            context.emit(part);
        }
    }
}
