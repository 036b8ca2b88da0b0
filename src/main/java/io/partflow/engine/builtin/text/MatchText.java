package io.partflow.engine.builtin.text;

import io.partflow.engine.processor.ParamSpec;
import io.partflow.engine.processor.Params;
import io.partflow.engine.processor.ParamsCheck;
import io.partflow.engine.processor.PortSpec;
import io.partflow.engine.processor.PortType;
import io.partflow.engine.processor.ProcessorDescriptor;
import io.partflow.engine.processor.ProcessorDescriptor.Category;
import io.partflow.engine.processor.ProcessorDescriptor.Kind;
import io.partflow.engine.processor.ProcessorEntry;
import io.partflow.engine.processor.text.MatchRule;
import io.partflow.engine.processor.text.TextMatch;
import java.util.List;
import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;

/// Finds text by a regular expression, also across the borders of parts, and gives each match as a part of its own.
public final class MatchText {
    static final ProcessorDescriptor DESCRIPTOR = ProcessorDescriptor.builder("text.match", 1, "Match")
            .summary("Finds text by a regular expression, across part borders; each match becomes a part of its own.")
            .category(Category.TEXT)
            .synonyms("regex", "regular expression", "find", "extract", "grep", "pattern", "capture")
            .icon("search")
            .example("Take the order numbers out of an answer that arrives word by word.")
            .inputs(PortSpec.required("in", PortType.ANY))
            .outputs(PortSpec.optional("out", PortType.ANY))
            .params(
                    ParamSpec.text(
                            "pattern",
                            "Pattern",
                            "A regular expression; a dot matches line ends too, and an empty match is none.",
                            ""),
                    ParamSpec.flag("ignoreCase", "Ignore case", "Whether letter case does not count.", false),
                    ParamSpec.choice(
                            "mode",
                            "Found text",
                            "Taken out of the stream; or kept, with the first match of a part or all matches behind"
                                    + " it.",
                            "remove",
                            List.of("remove", "keep-first", "keep-all")),
                    ParamSpec.choice(
                            "border",
                            "At the end of a part",
                            "Whether a match there counts as it is, or waits for text that could make it longer.",
                            "cut",
                            List.of("cut", "join")),
                    ParamSpec.text(
                            "wordStart",
                            "Contains",
                            "Plain text that every match holds, so that other parts need not wait; empty if there is"
                                    + " none.",
                            ""),
                    ParamSpec.text("substream", "Search in", "The substream searched; empty for the ordinary one.", "")
                            .withRange(0, 100),
                    ParamSpec.text("found", "Matches to", "The substream of the matches.", "match")
                            .withRange(0, 100),
                    ParamSpec.integer("buffer", "Buffer", "The most characters that wait for a match.", 65_536)
                            .withUnit("characters")
                            .withRange(1, 16_777_216)
                            .withStep(1024))
            .kind(Kind.STREAM)
            .build();

    private static final ParamsCheck CHECK = params -> {
        try {
            var unused = Pattern.compile(params.text("pattern"));
            return List.of();
        } catch (PatternSyntaxException e) {
            return List.of(new ParamsCheck.Complaint(
                    "pattern",
                    "\"" + params.text("pattern") + "\" is no regular expression: " + e.getDescription() + "."));
        }
    };

    public static final ProcessorEntry ENTRY =
            new ProcessorEntry(DESCRIPTOR, (params, context) -> new TextMatch(rule(params)), CHECK);

    private MatchText() {}

    private static MatchRule rule(Params params) {
        int flags = Pattern.DOTALL | (params.flag("ignoreCase") ? Pattern.CASE_INSENSITIVE | Pattern.UNICODE_CASE : 0);
        return MatchRule.of(Pattern.compile(params.text("pattern"), flags), params.text("found"))
                .withMode(
                        switch (params.text("mode")) {
                            case "keep-first" -> MatchRule.Mode.KEEP_FIRST;
                            case "keep-all" -> MatchRule.Mode.KEEP_ALL;
                            default -> MatchRule.Mode.REMOVE;
                        })
                .withBorder(params.text("border").equals("cut") ? MatchRule.Border.CUT : MatchRule.Border.JOIN)
                .withWordStart(params.text("wordStart"))
                .withSubstreamInput(params.text("substream"))
                .withBufferChars(params.count("buffer"));
    }
}
