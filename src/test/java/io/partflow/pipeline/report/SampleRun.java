package io.partflow.pipeline.report;

import io.partflow.engine.cache.CacheSnapshot;
import io.partflow.engine.cache.LatencySnapshot;
import io.partflow.engine.cache.SavingsSnapshot;
import io.partflow.engine.processor.Failure;
import io.partflow.engine.processor.PromptSnapshot;
import io.partflow.engine.processor.Usage;
import io.partflow.engine.run.NodeSnapshot;
import io.partflow.engine.run.RunFailure;
import io.partflow.engine.run.RunOptions;
import io.partflow.engine.run.RunSnapshot;
import io.partflow.engine.run.RunStatus;
import io.partflow.engine.run.StageState;
import io.partflow.engine.run.WireSnapshot;
import io.partflow.engine.stream.MemorySnapshot;
import io.partflow.engine.stream.StreamMode;
import io.partflow.pipeline.Problem;
import java.time.Instant;
import java.util.List;

/// A run of two nodes with every section of a report filled in: 400 questions, 56 of them computed.
final class SampleRun {
    static final CacheSnapshot CACHE = new CacheSnapshot(
            300,
            56,
            44,
            2,
            1,
            56,
            3,
            0,
            1,
            0,
            52,
            45_000,
            1_000L,
            67_108_864L,
            new LatencySnapshot(5, 0.012_345, 0.02, 0.03),
            new LatencySnapshot(56, 612.5, 1_150, 1_190));

    static final SavingsSnapshot SAVINGS = new SavingsSnapshot(
            new SavingsSnapshot.Saved(344, 250_123_456_789L, new Usage(12_000, 34_000, 123_456)),
            SavingsSnapshot.Saved.NONE,
            8_400_000);

    private SampleRun() {}

    static RunSnapshot snapshot() {
        return snapshot(CACHE);
    }

    /// A run of which so many parts failed; the last alone is known.
    static RunSnapshot withFailures(long failures) {
        return snapshot(CACHE, failures);
    }

    static RunSnapshot snapshot(CacheSnapshot cache) {
        return snapshot(cache, 1);
    }

    private static RunSnapshot snapshot(CacheSnapshot cache, long failures) {
        NodeSnapshot ask = new NodeSnapshot(
                "ask",
                "source.recording",
                1,
                StageState.DONE,
                0,
                400,
                0,
                0,
                1_000_000,
                0,
                2_500_000,
                null,
                null,
                SavingsSnapshot.NONE,
                null,
                null);
        NodeSnapshot answer = new NodeSnapshot(
                "answer",
                "model.simulated",
                2,
                StageState.DONE,
                400,
                399,
                0,
                1,
                34_000_000_000L,
                0,
                0,
                cache,
                new PromptSnapshot(10, 2, 30, 4_000, 900, 750),
                SAVINGS,
                null,
                null);
        return new RunSnapshot(
                "run-1",
                "Hello, hits",
                RunStatus.COMPLETED,
                Instant.parse("2026-11-22T07:00:00Z"),
                1_830_412_345L,
                List.of(ask, answer),
                List.of(new WireSnapshot("ask.out", "answer.in", 400, 0, 1_000, 0, 37, 9_120, 1_250_000, 0)),
                new MemorySnapshot(104_857_600, 0, 913_408),
                cache,
                SAVINGS,
                400,
                400,
                failures,
                List.of(new RunFailure(
                        "ask",
                        RunFailure.Severity.ERROR,
                        new Failure("FILE_EMPTY", "x.wav is empty.", "Check it.", "x.wav"),
                        12)));
    }

    static RunReport report(RunSnapshot snapshot) {
        return new RunReport(
                "0.1.0",
                "samples/hello-hits.partflow.json",
                new RunReport.Settings(
                        StreamMode.BALANCED,
                        Double.POSITIVE_INFINITY,
                        RunOptions.Reading.ALL,
                        List.of("streams/hello-hits.parts.jsonl")),
                snapshot,
                List.of(new Problem(
                        "FILE_EMPTY", Problem.Severity.ERROR, "ask", null, "x.wav", "x.wav is empty.", "Check it.")),
                List.of(
                        new Assertion.Result("hitRatio>=0.6", 0.86, Assertion.Verdict.PASSED),
                        new Assertion.Result("nodes.ask.cache.hits>1", null, Assertion.Verdict.FAILED)));
    }
}
