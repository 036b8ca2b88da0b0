package io.partflow.engine.prompt;

import io.partflow.engine.content.Part;
import java.util.List;

/// Makes one part that stands for several.
@FunctionalInterface
public interface Summarizer {
    /// The part that takes the place of these.
    ///
    /// @param parts at least one; may be summaries themselves
    /// @param originalCount how many parts as they came these stand for, at least the number of parts
    Part summarise(List<Part> parts, long originalCount);
}
