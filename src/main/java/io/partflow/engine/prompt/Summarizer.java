package io.partflow.engine.prompt;

import io.partflow.engine.content.JsonBoolean;
import io.partflow.engine.content.JsonObject;
import io.partflow.engine.content.JsonValue;
import io.partflow.engine.content.Part;
import java.util.List;

/// Makes one part that stands for several.
@FunctionalInterface
public interface Summarizer {
    /// Metadata entry that marks a summary.
    String COMPRESSED = "compressed";
    /// Metadata entry that says how many parts as they came a summary stands for.
    String ORIGINAL_COUNT = "original_count";

    /// The part that takes the place of these.
    ///
    /// @param parts at least one; may be summaries themselves
    /// @param originalCount how many parts as they came these stand for, at least the number of parts
    Part summarise(List<Part> parts, long originalCount);

    /// A summary of that text: role `system`, metadata `compressed` (true) and `original_count`.
    static Part summary(String text, long originalCount) {
        return Part.text(text, "system")
                .withMetadata(JsonObject.of(COMPRESSED, JsonBoolean.TRUE, ORIGINAL_COUNT, JsonValue.of(originalCount)));
    }
}
