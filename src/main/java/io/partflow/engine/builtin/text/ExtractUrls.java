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
import io.partflow.engine.processor.text.UrlExtraction;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// Replaces the web addresses in a text by JSON parts that a later step can fetch.
public final class ExtractUrls {
    static final ProcessorDescriptor DESCRIPTOR = ProcessorDescriptor.builder("text.urls", 1, "Extract links")
            .summary("Replaces web addresses in text by JSON parts {\"url\": ...}, also across part borders.")
            .category(Category.TEXT)
            .synonyms("URL", "link", "http", "address", "web", "fetch", "hyperlink")
            .icon("link")
            .example("Send the links of a message to one step and its words to another.")
            .inputs(PortSpec.required("in", PortType.ANY))
            .outputs(PortSpec.optional("out", PortType.ANY))
            .params(
                    ParamSpec.list(
                            "prefixes",
                            "Beginnings",
                            "Which addresses, one a line: https://docs.example or https://docs.example=DocRequest with"
                                    + " the type of its part; empty for all of http and https."),
                    ParamSpec.text("found", "Links to", "The substream of the links; empty for the ordinary one.", "")
                            .withRange(0, 100),
                    ParamSpec.choice(
                            "mode",
                            "Links",
                            "Whether they are taken out of the text, or stay in it as well.",
                            "remove",
                            List.of("remove", "keep")),
                    ParamSpec.choice(
                            "border",
                            "At the end of a part",
                            "Whether an address there counts as it is; or waits for the next part, as a streamed answer"
                                    + " may go on in the middle of an address.",
                            "cut",
                            List.of("cut", "join")))
            .kind(Kind.STREAM)
            .build();

    private static final ParamsCheck CHECK = params -> {
        try {
            var unused = rule(params);
            return List.of();
        } catch (IllegalArgumentException wrong) {
            return List.of(new ParamsCheck.Complaint("prefixes", wrong.getMessage() + "."));
        }
    };

    public static final ProcessorEntry ENTRY =
            new ProcessorEntry(DESCRIPTOR, (params, context) -> new TextMatch(rule(params)), CHECK);

    private ExtractUrls() {}

    private static MatchRule rule(Params params) {
        Map<String, String> types = new LinkedHashMap<>();
        for (String line : params.list("prefixes")) {
            int equals = line.lastIndexOf('=');
            String prefix = equals < 0 ? line : line.substring(0, equals);
            types.put(
                    prefix.strip(),
                    equals < 0
                            ? UrlExtraction.FETCH_REQUEST
                            : line.substring(equals + 1).strip());
        }
        MatchRule rule = types.isEmpty() ? UrlExtraction.rule() : UrlExtraction.rule(types);
        return rule.withSubstreamOutput(params.text("found"))
                .withBorder(params.text("border").equals("cut") ? MatchRule.Border.CUT : MatchRule.Border.JOIN)
                .withMode(params.text("mode").equals("keep") ? MatchRule.Mode.KEEP_ALL : MatchRule.Mode.REMOVE);
    }
}
