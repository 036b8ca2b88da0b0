package io.partflow.engine.builtin.prompt;

import io.partflow.engine.builtin.nested.NestedProcessors;
import io.partflow.engine.processor.BuildContext;
import io.partflow.engine.processor.ParamSpec;
import io.partflow.engine.processor.Params;
import io.partflow.engine.processor.ParamsCheck;
import io.partflow.engine.processor.PartContext;
import io.partflow.engine.prompt.BudgetHistory;
import io.partflow.engine.prompt.ClippingSummarizer;
import io.partflow.engine.prompt.CompressingHistory;
import io.partflow.engine.prompt.DropOldParts;
import io.partflow.engine.prompt.ExtractiveSummarizer;
import io.partflow.engine.prompt.HistoryPolicy;
import io.partflow.engine.prompt.KeepLastTurns;
import io.partflow.engine.prompt.ProcessorSummarizer;
import io.partflow.engine.prompt.Summarizer;
import io.partflow.engine.prompt.TokenCounter;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/// The parameters that choose a history policy, and the policy they choose; shared by all nodes that hold a prompt.
final class HistoryParams {
    private static final int SUMMARY_CHARS = 100_000;

    private static final List<ParamSpec> SPECS = List.of(
            ParamSpec.choice(
                    "policy",
                    "Policy",
                    "What becomes of old parts: summarised when they are many, all kept, dropped by age, by turns, or"
                            + " cut to a number of tokens or bytes.",
                    "compress",
                    List.of("compress", "all", "age", "turns", "tokens", "bytes")),
            ParamSpec.integer(
                            "maxParts",
                            "Most parts",
                            "Compress: the most parts that stand in the prompt as they came.",
                            CompressingHistory.DEFAULT_MAX_PARTS)
                    .withUnit("parts")
                    .withRange(1, 10_000)
                    .withStep(10)
                    .visibleWhen("policy", "compress"),
            ParamSpec.real(
                            "threshold",
                            "Compress at",
                            "Compress: the share of the most parts at which the oldest are summarised, above 0 up to"
                                    + " 1.",
                            CompressingHistory.DEFAULT_THRESHOLD)
                    .withRange(0.05, 1)
                    .withStep(0.05)
                    .visibleWhen("policy", "compress"),
            ParamSpec.real(
                            "ratio",
                            "Compressed share",
                            "Compress: the share of the parts that one compression takes, from 0 (none: old parts are"
                                    + " dropped) to 1 (all).",
                            CompressingHistory.DEFAULT_RATIO)
                    .withRange(0, 1)
                    .withStep(0.05)
                    .visibleWhen("policy", "compress"),
            ParamSpec.duration(
                            "ageMs", "Age", "Age: parts that came longer ago are dropped at the end of a turn.", 60_000)
                    .withRange(0, 86_400_000)
                    .withStep(1_000)
                    .visibleWhen("policy", "age"),
            ParamSpec.integer("turns", "Turns", "Turns: how many stay; the one about to start counts.", 8)
                    .withUnit("turns")
                    .withRange(1, 10_000)
                    .withStep(1)
                    .visibleWhen("policy", "turns"),
            ParamSpec.integer("tokens", "Tokens", "Tokens: the most the prompt may take.", 4_000)
                    .withUnit("tokens")
                    .withRange(1, 100_000_000)
                    .withStep(100)
                    .visibleWhen("policy", "tokens"),
            ParamSpec.bytes("bytes", "Bytes", "Bytes: the most the prompt may take.", 1 << 20)
                    .withRange(1, 1L << 40)
                    .withStep(1024)
                    .visibleWhen("policy", "bytes"),
            ParamSpec.real(
                            "share",
                            "Cut to",
                            "Tokens and bytes: how much of the budget a cut leaves, so that cuts are rare.",
                            BudgetHistory.DEFAULT_SHARE)
                    .withRange(0.05, 1)
                    .withStep(0.05)
                    .visibleWhen("policy", "tokens", "bytes"),
            ParamSpec.choice(
                            "summary",
                            "Summary",
                            "Compress, tokens, bytes: what stands for old parts: the beginning of their texts, their"
                                + " most central sentences (LexRank), what a processor answers, or nothing (they are"
                                + " dropped).",
                            "beginning",
                            List.of("beginning", "sentences", "processor", "none"))
                    .visibleWhen("policy", "compress", "tokens", "bytes"),
            ParamSpec.integer("sentences", "Sentences", "How many sentences a summary by sentences has.", 3)
                    .withUnit("sentences")
                    .withRange(1, 50)
                    .withStep(1)
                    .visibleWhen("summary", "sentences"),
            ParamSpec.text(
                            "summariser",
                            "Summariser",
                            "The processor of a summary by processor, with its parameters.",
                            "text.summary maxSentences=3")
                    .withProcessors(NestedProcessors.ANY)
                    .visibleWhen("summary", "processor"),
            ParamSpec.choice(
                    "vocabulary",
                    "Vocabulary",
                    "By which model's vocabulary tokens are counted.",
                    TokenCounter.Vocabulary.O200K_BASE.id(),
                    List.of(TokenCounter.Vocabulary.O200K_BASE.id(), TokenCounter.Vocabulary.CL100K_BASE.id())));

    private HistoryParams() {}

    /// These parameters, with further ones of a node before them.
    static ParamSpec[] specs(ParamSpec... own) {
        List<ParamSpec> all = new ArrayList<>();
        Collections.addAll(all, own);
        all.addAll(SPECS);
        return all.toArray(ParamSpec[]::new);
    }

    /// What is wrong with them together.
    static List<ParamsCheck.Complaint> complaints(Params params, NestedProcessors nested) {
        List<ParamsCheck.Complaint> complaints = new ArrayList<>();
        String policy = params.text("policy");
        if (policy.equals("compress") && params.text("summary").equals("none")) {
            complaints.add(new ParamsCheck.Complaint(
                    "summary",
                    "the policy \"compress\" needs a summary; \"none\" goes with \"tokens\" and \"bytes\"."));
        }
        if (params.text("summary").equals("processor")) {
            nested.complaint(params.text("summariser"), NestedProcessors.ANY)
                    .ifPresent(wrong -> complaints.add(new ParamsCheck.Complaint("summariser", wrong)));
        }
        return complaints;
    }

    /// The policy they choose, for one stream.
    ///
    /// @param context of the stage that holds the prompt
    static HistoryPolicy policy(Params params, NestedProcessors nested, BuildContext build, PartContext context) {
        return switch (params.text("policy")) {
            case "all" -> HistoryPolicy.KEEP_ALL;
            case "age" -> new DropOldParts(Duration.ofMillis(params.integer("ageMs")), context.clock());
            case "turns" -> new KeepLastTurns(params.count("turns"));
            case "tokens" ->
                new BudgetHistory(
                        BudgetHistory.Unit.TOKENS,
                        params.integer("tokens"),
                        params.real("share"),
                        summarizer(params, nested, build, context));
            case "bytes" ->
                new BudgetHistory(
                        BudgetHistory.Unit.BYTES,
                        params.integer("bytes"),
                        params.real("share"),
                        summarizer(params, nested, build, context));
            default -> {
                Summarizer summarizer = summarizer(params, nested, build, context);
                yield new CompressingHistory(
                        params.count("maxParts"),
                        params.real("threshold"),
                        params.real("ratio"),
                        summarizer == null ? ClippingSummarizer.INSTANCE : summarizer);
            }
        };
    }

    private static @Nullable Summarizer summarizer(
            Params params, NestedProcessors nested, BuildContext build, PartContext context) {
        return switch (params.text("summary")) {
            case "sentences" -> ExtractiveSummarizer.lexRank(params.count("sentences"), SUMMARY_CHARS, Locale.ROOT);
            case "processor" ->
                new ProcessorSummarizer(
                        nested.resolve(params.text("summariser"), NestedProcessors.ANY)
                                .supplier(build),
                        context);
            case "none" -> null;
            default -> ClippingSummarizer.INSTANCE;
        };
    }

    /// The counter of the chosen vocabulary.
    static TokenCounter counter(Params params) {
        return new TokenCounter(TokenCounter.Vocabulary.of(params.text("vocabulary")));
    }
}
