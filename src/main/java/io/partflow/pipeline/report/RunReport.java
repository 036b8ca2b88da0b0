package io.partflow.pipeline.report;

import io.partflow.engine.insight.NodeAnalysis;
import io.partflow.engine.insight.NodeInsight;
import io.partflow.engine.run.RunOptions;
import io.partflow.engine.run.RunSnapshot;
import io.partflow.engine.stream.StreamMode;
import io.partflow.pipeline.Problem;
import java.util.List;

/// All that is said about one run: the last snapshot, under which settings it came about, what went wrong,
/// which assertions held. Immutable.
///
/// @param partflow the version of the program
/// @param pipeline the document as the user named it
/// @param problems in the order they came up, the run's failures included
/// @param assertions in the order they were given
/// @param findings what the history of each node's cache says, by node; empty where nobody watched
public record RunReport(
        String partflow,
        String pipeline,
        Settings settings,
        RunSnapshot snapshot,
        List<Problem> problems,
        List<Assertion.Result> assertions,
        List<Finding> findings) {
    /// What the history of a node's cache says, and what should be changed about it.
    public record Finding(NodeInsight insight, NodeAnalysis analysis) {}

    /// A report of a run whose caches nobody watched.
    public RunReport(
            String partflow,
            String pipeline,
            Settings settings,
            RunSnapshot snapshot,
            List<Problem> problems,
            List<Assertion.Result> assertions) {
        this(partflow, pipeline, settings, snapshot, problems, assertions, List.of());
    }

    /// How the run was started.
    ///
    /// @param speed of replays, relative to the recording; [Double#POSITIVE_INFINITY] is as fast as possible
    /// @param reading whether old cache entries counted
    /// @param sources what was read: files, folders, recordings, `-` for standard input
    public record Settings(StreamMode mode, double speed, RunOptions.Reading reading, List<String> sources) {
        public Settings {
            sources = List.copyOf(sources);
        }
    }

    public RunReport {
        problems = List.copyOf(problems);
        assertions = List.copyOf(assertions);
        findings = List.copyOf(findings);
    }

    public boolean allPassed() {
        return assertions.stream().allMatch(result -> result.verdict() == Assertion.Verdict.PASSED);
    }
}
