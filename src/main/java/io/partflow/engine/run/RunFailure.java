package io.partflow.engine.run;

import io.partflow.engine.processor.Failure;

/// A failure with the node it happened at and when.
///
/// @param severity what it means for the run
/// @param atNanos since the run's start
public record RunFailure(String node, Severity severity, Failure failure, long atNanos) {
    /// How grave it is.
    public enum Severity {
        /// Worth knowing; nothing is missing from the result.
        WARNING,
        /// A part or file is missing from the result; the run went on.
        ERROR,
        /// It ended the run.
        FATAL
    }
}
