package io.partflow.engine.builtin.text;

import io.partflow.engine.content.Part;
import io.partflow.engine.content.text.LexRank;
import io.partflow.engine.content.text.Sentences;
import io.partflow.engine.processor.BuildContext;
import io.partflow.engine.processor.ParamSpec;
import io.partflow.engine.processor.Params;
import io.partflow.engine.processor.PartContext;
import io.partflow.engine.processor.PartProcessor;
import io.partflow.engine.processor.PortSpec;
import io.partflow.engine.processor.PortType;
import io.partflow.engine.processor.ProcessorDescriptor;
import io.partflow.engine.processor.ProcessorDescriptor.Category;
import io.partflow.engine.processor.ProcessorDescriptor.Work;
import io.partflow.engine.processor.ProcessorEntry;
import java.util.List;
import java.util.Locale;

/// Sums a text up by its most central sentences, in their order, word for word.
///
/// A text with no more sentences than asked for comes out whole, on one line. JSON, ends of turns and blank
/// texts pass through. Immutable, thread-safe; an interrupt is noticed within a paragraph or a row of the
/// comparison.
public final class TextSummary extends PartProcessor {
    static final ProcessorDescriptor DESCRIPTOR = ProcessorDescriptor.builder("text.summary", 1, "Summary")
            .summary("Sums a text up by its most central sentences, found by comparing all of them (LexRank).")
            .category(Category.TEXT)
            .synonyms("summarize", "summarise", "abstract", "extract", "LexRank", "shorten")
            .icon("align-left")
            .example("Three sentences that stand for a chapter, without a model and without a network.")
            .inputs(PortSpec.required("in", PortType.TEXT))
            .outputs(PortSpec.required("out", PortType.TEXT))
            .params(
                    ParamSpec.integer("maxSentences", "Sentences", "The most sentences in a summary.", 3)
                            .withUnit("sentences")
                            .withRange(1, 50)
                            .withStep(1),
                    ParamSpec.integer("maxChars", "Characters", "The most characters in a summary; 0 for no limit.", 0)
                            .withUnit("characters")
                            .withRange(0, 100_000)
                            .withStep(100),
                    ParamSpec.real(
                                    "threshold",
                                    "Likeness",
                                    "Two sentences support each other when their likeness, from 0 to 1, is at least"
                                            + " this.",
                                    0.1)
                            .withRange(0.01, 0.9)
                            .withStep(0.05),
                    ParamSpec.real(
                                    "damping",
                                    "Damping",
                                    "How much of a sentence's rank comes from sentences like it; the rest is the same"
                                            + " for all.",
                                    0.85)
                            .withRange(0, 0.99)
                            .withStep(0.05),
                    ParamSpec.text(
                                    "language",
                                    "Language",
                                    "Language tag such as en or de-CH whose rules end sentences; empty for the general"
                                            + " rules.",
                                    "")
                            .withRange(0, 35))
            .work(Work.CPU)
            .cachedByDefault()
            .build();

    public static final ProcessorEntry ENTRY = new ProcessorEntry(DESCRIPTOR, TextSummary::new);

    private record Config(int maxSentences, int maxChars, Locale locale, LexRank ranking) {
        static Config of(Params params) {
            return new Config(
                    params.count("maxSentences"),
                    params.count("maxChars") == 0 ? Integer.MAX_VALUE : params.count("maxChars"),
                    Locale.forLanguageTag(params.text("language")),
                    new LexRank(params.real("threshold"), params.real("damping")));
        }
    }

    private final Config config;

    private TextSummary(Params params, BuildContext context) {
        config = Config.of(params);
    }

    @Override
    public boolean matches(Part part) {
        return part.isText() && !part.isJson() && !part.isException() && !part.isEndOfTurn();
    }

    @Override
    protected void process(Part part, PartContext context) throws InterruptedException {
        String text = part.text();
        if (text.isBlank()) {
            context.emit(part);
            return;
        }
        List<String> sentences = Sentences.of(text, config.locale);
        List<String> chosen = config.ranking.choose(sentences, config.maxSentences, config.maxChars);
        context.emit(part.withText(String.join(" ", chosen)));
    }
}
