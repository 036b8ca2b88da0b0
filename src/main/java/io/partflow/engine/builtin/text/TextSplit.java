package io.partflow.engine.builtin.text;

import io.partflow.engine.content.Part;
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
import io.partflow.engine.processor.ProcessorEntry;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/// Splits a text into paragraphs, sentences or pieces of one length; each piece keeps role, substream, MIME
/// type and metadata.
///
/// JSON, ends of turns and blank texts pass through whole. Immutable, thread-safe.
public final class TextSplit extends PartProcessor {
    static final ProcessorDescriptor DESCRIPTOR = ProcessorDescriptor.builder("text.split", 1, "Split text")
            .summary("Splits a text into paragraphs, sentences or pieces of one length.")
            .category(Category.TEXT)
            .synonyms("chunk", "segment", "paragraph", "sentence", "tokenize", "cut")
            .icon("scissors")
            .example("Split a chapter into paragraphs, so that only the paragraphs that changed are summarised again.")
            .inputs(PortSpec.required("in", PortType.TEXT))
            .outputs(PortSpec.required("out", PortType.TEXT))
            .params(
                    ParamSpec.choice(
                            "by",
                            "Split by",
                            "Where to cut: at blank lines, at the ends of sentences, or after a number of characters.",
                            "paragraphs",
                            List.of("paragraphs", "sentences", "length")),
                    ParamSpec.integer("length", "Length", "Characters in a piece when splitting by length.", 1000)
                            .withUnit("characters")
                            .withRange(1, 1_000_000)
                            .withStep(100)
                            .visibleWhen("by", "length"),
                    ParamSpec.integer(
                                    "overlap",
                                    "Overlap",
                                    "Characters that a piece repeats from the one before when splitting by length;"
                                            + " always less than the length.",
                                    0)
                            .withUnit("characters")
                            .withRange(0, 999_999)
                            .withStep(10)
                            .visibleWhen("by", "length"),
                    ParamSpec.text(
                                    "language",
                                    "Language",
                                    "Language tag such as en or de-CH whose rules end sentences; empty for the general"
                                            + " rules.",
                                    "")
                            .withRange(0, 35)
                            .visibleWhen("by", "sentences"))
            .rules(Params.Rule.below("overlap", "length").onlyFor("by", "length"))
            .build();

    public static final ProcessorEntry ENTRY = new ProcessorEntry(DESCRIPTOR, TextSplit::new);

    private enum By {
        PARAGRAPHS,
        SENTENCES,
        LENGTH
    }

    private record Config(By by, int length, int overlap, Locale locale) {
        static Config of(Params params) {
            int length = params.count("length");
            return new Config(
                    By.valueOf(params.text("by").toUpperCase(Locale.ROOT)),
                    length,
                    Math.min(params.count("overlap"), length - 1),
                    Locale.forLanguageTag(params.text("language")));
        }
    }

    private final Config config;

    private TextSplit(Params params, BuildContext context) {
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
        List<String> pieces = switch (config.by) {
            case PARAGRAPHS -> Sentences.paragraphs(text);
            case SENTENCES -> Sentences.of(text, config.locale);
            case LENGTH -> ofLength(text, config.length, config.overlap);
        };
        for (String piece : pieces) {
            context.emit(part.withText(piece));
        }
    }

    /// Pieces of `length` code points, the last one shorter, each beginning `length - overlap` after the
    /// one before.
    static List<String> ofLength(String text, int length, int overlap) {
        List<String> pieces = new ArrayList<>();
        int start = 0;
        while (true) {
            int end = forward(text, start, length);
            pieces.add(text.substring(start, end));
            if (end == text.length()) {
                return pieces;
            }
            start = forward(text, start, length - overlap);
        }
    }

    private static int forward(String text, int from, int codePoints) {
        int index = from;
        for (int i = 0; i < codePoints && index < text.length(); i++) {
            index += Character.charCount(text.codePointAt(index));
        }
        return index;
    }
}
