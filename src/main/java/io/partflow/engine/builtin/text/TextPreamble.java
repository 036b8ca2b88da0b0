package io.partflow.engine.builtin.text;

import io.partflow.engine.processor.ProcessorDescriptor;
import io.partflow.engine.processor.ProcessorEntry;
import io.partflow.engine.processor.combine.Preamble;

/// Puts a fixed text before a stream.
public final class TextPreamble {
    static final ProcessorDescriptor DESCRIPTOR = FixedText.described("text.preamble", "Preamble", "system")
            .summary("Puts a fixed text before a stream, without waiting for its first part.")
            .synonyms("prefix", "system prompt", "instruction", "header", "before")
            .icon("log-in")
            .example("Tell a model who it is before the questions come.")
            .build();

    public static final ProcessorEntry ENTRY =
            new ProcessorEntry(DESCRIPTOR, (params, context) -> new Preamble(FixedText.content(params)));

    private TextPreamble() {}
}
