package io.partflow.cli;

import io.partflow.engine.insight.history.PriceTable;
import io.partflow.engine.run.RunOptions;
import io.partflow.engine.run.RunPlan;
import io.partflow.engine.trace.RecordingLevel;
import io.partflow.pipeline.Problem;
import io.partflow.pipeline.report.Assertion;
import io.partflow.pipeline.report.RunReport;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/// One run as it was asked for. Immutable.
///
/// @param pipeline the document as the user named it
/// @param problems found before the run; none of them is in its way
/// @param recording where to record the run, and how much of it
/// @param caching which entries may answer beyond what the settings say, and whether answers are kept
/// @param out where results go; null for standard output, or for nowhere when there is a report
/// @param report the form of the report, or null for none
/// @param naming puts what the user calls an input in place of where it is kept, in any text
record RunOrder(
        String pipeline,
        RunPlan plan,
        RunReport.Settings settings,
        List<Problem> problems,
        List<Assertion> assertions,
        Recording recording,
        Caching caching,
        @Nullable Path out,
        @Nullable ReportForm report,
        UnaryOperator<String> naming) {
    /// The forms of a report.
    enum ReportForm {
        TEXT,
        JSON;

        @Override
        public String toString() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    /// A recording as it was asked for.
    ///
    /// @param file where to, or null for nowhere
    record Recording(@Nullable Path file, RecordingLevel level) {}

    /// How a run may use caches.
    ///
    /// @param maxAgeMillis how old an entry may be that answers; [Long#MAX_VALUE] for any age
    /// @param prices what the report counts as saved
    record Caching(RunOptions.Writing writing, long maxAgeMillis, PriceTable prices) {}

    RunOrder {
        problems = List.copyOf(problems);
        assertions = List.copyOf(assertions);
    }
}
