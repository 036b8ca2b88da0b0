package io.partflow.engine.builtin.text;

import io.partflow.engine.content.Content;
import io.partflow.engine.content.Part;
import io.partflow.engine.processor.ParamSpec;
import io.partflow.engine.processor.Params;
import io.partflow.engine.processor.PortSpec;
import io.partflow.engine.processor.PortType;
import io.partflow.engine.processor.ProcessorDescriptor;
import io.partflow.engine.processor.ProcessorDescriptor.Category;
import io.partflow.engine.processor.ProcessorDescriptor.Kind;
import io.partflow.engine.processor.ProcessorEntry;
import io.partflow.engine.processor.combine.Suffix;
import java.util.List;

/// Puts a fixed text behind a stream.
public final class TextSuffix {
    static final ProcessorDescriptor DESCRIPTOR = ProcessorDescriptor.builder("text.suffix", 1, "Suffix")
            .summary("Puts a fixed text behind a stream.")
            .category(Category.TEXT)
            .synonyms("postfix", "closing", "question", "footer", "after")
            .icon("chevrons-right")
            .example("Ask for a summary when the whole document has gone by.")
            .inputs(PortSpec.required("in", PortType.ANY))
            .outputs(PortSpec.optional("out", PortType.ANY))
            .params(
                    ParamSpec.text("text", "Text", "What is put there; empty for nothing.", ""),
                    ParamSpec.choice("role", "Role", "Who says it.", "user", List.of("system", "user", "model")),
                    ParamSpec.text("substream", "Substream", "Where it goes; empty for the ordinary one.", "")
                            .withRange(0, 100))
            .kind(Kind.STREAM)
            .build();

    public static final ProcessorEntry ENTRY =
            new ProcessorEntry(DESCRIPTOR, (params, context) -> new Suffix(content(params)));

    private TextSuffix() {}

    private static Content content(Params params) {
        String text = params.text("text");
        return text.isEmpty()
                ? Content.EMPTY
                : Content.of(Part.text(text, params.text("role")).withSubstream(params.text("substream")));
    }
}
