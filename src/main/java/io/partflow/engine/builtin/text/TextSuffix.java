package io.partflow.engine.builtin.text;

import io.partflow.engine.processor.ProcessorDescriptor;
import io.partflow.engine.processor.ProcessorEntry;
import io.partflow.engine.processor.combine.Suffix;

/// Puts a fixed text behind a stream.
public final class TextSuffix {
    static final ProcessorDescriptor DESCRIPTOR = FixedText.described("text.suffix", "Suffix", "user")
            .summary("Puts a fixed text behind a stream.")
            .synonyms("postfix", "closing", "question", "footer", "after")
            .icon("chevrons-right")
            .example("Ask for a summary when the whole document has gone by.")
            .build();

    public static final ProcessorEntry ENTRY =
            new ProcessorEntry(DESCRIPTOR, (params, context) -> new Suffix(FixedText.content(params)));

    private TextSuffix() {}
}
