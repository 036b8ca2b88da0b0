package io.partflow.pipeline;

import io.partflow.engine.processor.Failure;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/// Something a user should know about a document or a graph, and what to do about it. Immutable.
///
/// @param code a stable upper-case name such as `CYCLE`
/// @param node the node concerned, or null
/// @param port the port or parameter concerned, or null
/// @param file the file concerned, or null
/// @param message what is the matter, one sentence that names the node or file
/// @param remedy what the user can do, one sentence
public record Problem(
        String code,
        Severity severity,
        @Nullable String node,
        @Nullable String port,
        @Nullable String file,
        String message,
        String remedy) {
    public Problem {
        message = Failure.sentence(message);
        remedy = Failure.sentence(remedy);
    }

    /// What a problem means for a run.
    public enum Severity {
        /// Nothing can run until it is gone.
        ERROR,
        /// A run is possible, and may not be what was meant.
        WARNING,
        /// Good to know.
        INFO;

        /// The name used in reports.
        public String id() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    /// A problem of a node.
    public static Problem ofNode(
            String code, Severity severity, String node, @Nullable String port, String message, String remedy) {
        return new Problem(code, severity, node, port, null, message, remedy);
    }

    /// A problem of a file.
    public static Problem ofFile(String code, Severity severity, String file, String message, String remedy) {
        return new Problem(code, severity, null, null, file, message, remedy);
    }

    /// A problem of the pipeline as a whole.
    public static Problem ofPipeline(String code, Severity severity, String message, String remedy) {
        return new Problem(code, severity, null, null, null, message, remedy);
    }

    /// The same matter as a failure of a run, for whoever shows both in one list.
    public Failure asFailure() {
        return new Failure(code, message, remedy, file);
    }

    public boolean isError() {
        return severity == Severity.ERROR;
    }
}
