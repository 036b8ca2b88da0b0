package io.partflow.engine.processor.combine;

import io.partflow.engine.content.Content;
import io.partflow.engine.content.Part;
import io.partflow.engine.processor.PartContext;
import io.partflow.engine.processor.PartStream;
import io.partflow.engine.processor.Processor;
import java.util.function.Supplier;

/// Puts fixed content behind a stream.
public final class Suffix extends Processor {
    private final Supplier<Content> content;

    public Suffix(Content content) {
        this(() -> content);
    }

    /// @param content asked once, when the stream has ended
    public Suffix(Supplier<Content> content) {
        this.content = content;
    }

    @Override
    protected void process(PartStream input, PartContext context) throws Exception {
        for (Part part = input.next(); part != null; part = input.next()) {
            context.emit(part);
        }
        for (Part part : content.get()) {
            context.emit(part);
        }
    }
}
