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
import io.partflow.engine.processor.combine.Preamble;
import java.util.List;

/// Puts a fixed text before a stream.
public final class TextPreamble {
    static final ProcessorDescriptor DESCRIPTOR = ProcessorDescriptor.builder("text.preamble", 1, "Preamble")
            .summary("Puts a fixed text before a stream, without waiting for its first part.")
            .category(Category.TEXT)
            .synonyms("prefix", "system prompt", "instruction", "header", "before")
            .icon("log-in")
            .example("Tell a model who it is before the questions come.")
            .inputs(PortSpec.required("in", PortType.ANY))
            .outputs(PortSpec.optional("out", PortType.ANY))
            .params(
                    ParamSpec.text("text", "Text", "What is put there; empty for nothing.", ""),
                    ParamSpec.choice("role", "Role", "Who says it.", "system", List.of("system", "user", "model")),
                    ParamSpec.text("substream", "Substream", "Where it goes; empty for the ordinary one.", "")
                            .withRange(0, 100))
            .kind(Kind.STREAM)
            .build();

    public static final ProcessorEntry ENTRY =
            new ProcessorEntry(DESCRIPTOR, (params, context) -> new Preamble(content(params)));

    private TextPreamble() {}

    private static Content content(Params params) {
        String text = params.text("text");
        return text.isEmpty()
                ? Content.EMPTY
                : Content.of(Part.text(text, params.text("role")).withSubstream(params.text("substream")));
    }
}
