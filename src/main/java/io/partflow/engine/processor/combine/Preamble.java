package io.partflow.engine.processor.combine;

import io.partflow.engine.content.Content;
import io.partflow.engine.content.Part;
import io.partflow.engine.processor.PartContext;
import io.partflow.engine.processor.PartStream;
import io.partflow.engine.processor.Processor;
import java.util.function.Supplier;

/// Puts fixed content before a stream, without waiting for its first part.
public final class Preamble extends Processor {
    private final Supplier<Content> content;

    public Preamble(Content content) {
        this(() -> content);
    }

    /// @param content asked once, when the stream starts
    public Preamble(Supplier<Content> content) {
        this.content = content;
    }

    @Override
    protected void process(PartStream input, PartContext context) throws Exception {
        for (Part part : content.get()) {
            context.emit(part);
        }
        for (Part part = input.next(); part != null; part = input.next()) {
            context.emit(part);
        }
    }
}
