package io.partflow.engine.prompt.event;

import io.partflow.engine.content.Part;
import io.partflow.engine.processor.PartContext;
import io.partflow.engine.processor.StageBody;
import io.partflow.engine.prompt.NestedCall;
import java.util.List;
import java.util.function.Supplier;

/// Looks at images and says what it sees. Thread-safe.
@FunctionalInterface
public interface Detector {
    /// Emits what it sees, such as the name of a state as text; nothing when it sees nothing.
    ///
    /// @param content the images, oldest first, each followed by a text `mm:ss` that tells how long after
    /// the first it came
    /// @throws Exception when it could not look; that is reported, and the stream goes on
    void detect(List<Part> content, PartContext context) throws Exception;

    /// Any processor as a detector.
    ///
    /// @param processor makes an instance for each detection
    static Detector of(Supplier<? extends StageBody> processor) {
        return (content, context) -> new NestedCall(context, context).run(processor, content);
    }
}
