package io.partflow.ui.inspect.problem;

import io.partflow.engine.run.RunFailure;
import io.partflow.pipeline.Problem;
import io.partflow.ui.support.Formats;
import io.partflow.ui.support.Messages;
import org.jspecify.annotations.Nullable;

/// A problem of the document or a failure of the run, as one line of the list. Immutable.
///
/// @param node the node to go to, or null
/// @param where node and file, in words; may be empty
/// @param when since the start of the run, or empty
public record ProblemRow(
        String code, Weight weight, @Nullable String node, String where, String when, String message, String remedy) {
    /// How grave it is, the gravest first.
    public enum Weight {
        ERROR("alert-circle", "danger"),
        WARNING("alert-triangle", "warning"),
        INFO("info", "accent");

        private final String icon;
        private final String tone;

        Weight(String icon, String tone) {
            this.icon = icon;
            this.tone = tone;
        }

        String icon() {
            return icon;
        }

        /// The prefix of the style classes that colour it.
        String tone() {
            return tone;
        }
    }

    static ProblemRow of(Problem problem) {
        Weight weight = switch (problem.severity()) {
            case ERROR -> Weight.ERROR;
            case WARNING -> Weight.WARNING;
            case INFO -> Weight.INFO;
        };
        String port = problem.port();
        String place = problem.node() == null ? "" : problem.node() + (port == null ? "" : "." + port);
        return new ProblemRow(
                problem.code(),
                weight,
                problem.node(),
                where(place, problem.file()),
                "",
                problem.message(),
                problem.remedy());
    }

    static ProblemRow of(RunFailure failure) {
        Weight weight = switch (failure.severity()) {
            case WARNING -> Weight.WARNING;
            case ERROR, FATAL -> Weight.ERROR;
        };
        String node = failure.node().isEmpty() ? null : failure.node();
        return new ProblemRow(
                failure.failure().code(),
                weight,
                node,
                where(failure.node(), failure.failure().file()),
                Messages.text("inspect.problems.at", Formats.clock(failure.atNanos() / 1e9)),
                failure.failure().message(),
                failure.failure().remedy());
    }

    private static String where(String place, @Nullable String file) {
        if (file == null || file.isEmpty()) {
            return place;
        }
        return place.isEmpty() ? file : place + ", " + file;
    }

    /// Everything about it, for a report.
    public String details() {
        return code + " (" + weight.name().toLowerCase(java.util.Locale.ROOT) + ")\n"
                + (where.isEmpty() ? "" : where + (when.isEmpty() ? "" : ", " + when) + "\n")
                + message + "\n" + remedy + "\n";
    }
}
