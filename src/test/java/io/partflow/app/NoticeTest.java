package io.partflow.app;

import static org.assertj.core.api.Assertions.assertThat;

import io.partflow.engine.processor.Failure;
import io.partflow.engine.run.RunFailure;
import io.partflow.engine.run.RunSnapshot;
import io.partflow.engine.run.RunStatus;
import io.partflow.pipeline.PipelineGraph;
import io.partflow.pipeline.Problem;
import io.partflow.ui.support.RunSnapshots;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class NoticeTest {
    private static RunSnapshot ended(RunStatus status, RunFailure... failures) {
        RunSnapshot run = RunSnapshots.run("r1", 75, RunSnapshots.cache(300, 56, 44, 0));
        return new RunSnapshot(
                run.runId(),
                run.pipeline(),
                status,
                run.startedAt(),
                run.elapsedNanos(),
                run.nodes(),
                run.wires(),
                run.memory(),
                run.cache(),
                run.savings(),
                run.partsIn(),
                run.partsOut(),
                failures.length,
                List.of(failures));
    }

    private static RunFailure failure(RunFailure.Severity severity) {
        return new RunFailure("answer", severity, Failure.of("NO_KEY", "The key is missing.", "Set it."), 12);
    }

    @Test
    void endedRun_saysHowItWent() {
        Notice fine = Notice.ended(ended(RunStatus.COMPLETED), Optional.empty());
        assertThat(fine.tone()).isEqualTo(Notice.Tone.SUCCESS);
        assertThat(fine.text()).contains("400 requests", "86.0 %");

        Notice recorded = Notice.ended(ended(RunStatus.COMPLETED), Optional.of(Path.of("some/calls.parts.jsonl")));
        assertThat(recorded.text()).contains("400 requests", "calls.parts.jsonl");

        Notice cancelled = Notice.ended(ended(RunStatus.CANCELLED), Optional.empty());
        assertThat(cancelled.tone()).as("not an error").isEqualTo(Notice.Tone.INFORMATION);
    }

    @Test
    void endedRun_withBadParts_isAWarningThatCountsThem() {
        Notice notice = Notice.ended(ended(RunStatus.COMPLETED, failure(RunFailure.Severity.ERROR)), Optional.empty());

        assertThat(notice.tone()).isEqualTo(Notice.Tone.WARNING);
        assertThat(notice.text()).contains("1 problem");
    }

    @Test
    void failedRun_namesTheNodeAndWhatHappened() {
        Notice notice = Notice.ended(ended(RunStatus.FAILED, failure(RunFailure.Severity.FATAL)), Optional.empty());

        assertThat(notice.tone()).isEqualTo(Notice.Tone.ERROR);
        assertThat(notice.text()).contains("answer", "The key is missing.");
        assertThat(notice.staysUntilClosed()).isTrue();
    }

    @Test
    void refusedEdit_isNoError_andOverWithTheNextEdit() {
        Problem circle = Problem.ofNode("CYCLE", Problem.Severity.ERROR, "filter", null, "It feeds itself.", "Do not.");
        Notice refused = Notice.refused(circle);

        assertThat(refused.staysUntilClosed()).isFalse();
        assertThat(refused.isOverWith(PipelineGraph.empty("any"))).isTrue();
        assertThat(Notice.error("Odd", "It is").isOverWith(PipelineGraph.empty("any")))
                .isFalse();
        assertThat(Notice.of(circle).isAboutPipeline()).isTrue();
    }

    @Test
    void problem_isToldWithItsRemedy() {
        Notice notice = Notice.of(Problem.ofFile("X", Problem.Severity.WARNING, "a.txt", "It is odd.", "Mend it."));

        assertThat(notice.tone()).isEqualTo(Notice.Tone.WARNING);
        assertThat(notice.title()).isEqualTo("It is odd.");
        assertThat(notice.text()).isEqualTo("Mend it.");
        assertThat(notice.staysUntilClosed()).as("there is nothing to decide").isFalse();
    }
}
