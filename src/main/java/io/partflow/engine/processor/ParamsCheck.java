package io.partflow.engine.processor;

import java.util.List;

/// Tells what is wrong with parameters each of which is within its own range: a pattern that is none, two that do not
/// go together. Pure, cheap; any thread.
@FunctionalInterface
public interface ParamsCheck {
    /// One thing that is wrong.
    ///
    /// @param param the parameter to correct
    /// @param message one sentence that names what was found and what is wanted
    record Complaint(String param, String message) {}

    /// For processors that need no such check.
    ParamsCheck NONE = params -> List.of();

    /// Everything that is wrong; empty when all is well.
    List<Complaint> complaints(Params params);
}
