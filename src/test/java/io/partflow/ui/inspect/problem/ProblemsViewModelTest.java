package io.partflow.ui.inspect.problem;

import static org.assertj.core.api.Assertions.assertThat;

import io.partflow.engine.processor.Failure;
import io.partflow.engine.run.RunFailure;
import io.partflow.engine.run.RunSnapshot;
import io.partflow.pipeline.Problem;
import io.partflow.ui.support.RunSnapshots;
import java.util.List;
import org.junit.jupiter.api.Test;

class ProblemsViewModelTest {
    private final ProblemsViewModel model = new ProblemsViewModel();

    @Test
    void documentAndRun_shareOneList_theGravestFirst() {
        model.showProblems(List.of(
                Problem.ofNode("NEWER_PROCESSOR", Problem.Severity.WARNING, "a", null, "old", "update"),
                Problem.ofNode("MISSING_INPUT", Problem.Severity.ERROR, "b", "in", "open", "connect")));
        model.showFailures(List.of(failure("FIRST", 1), failure("SECOND", 65)));

        assertThat(model.rows())
                .extracting(ProblemRow::code)
                .containsExactly("MISSING_INPUT", "SECOND", "FIRST", "NEWER_PROCESSOR");
        assertThat(model.rows().get(1).where()).isEqualTo("files, x.png");
        assertThat(model.rows().get(1).details()).contains("SECOND", "x.png", "01:05", "message", "remedy");
        model.showFailures(List.of());
        assertThat(model.rows()).hasSize(2);
    }

    @Test
    void failuresThatAreNotListed_areCounted() {
        RunSnapshot before = RunSnapshots.run("run-1", 1, RunSnapshots.cache(0, 0, 0, 0));
        RunSnapshot many = new RunSnapshot(
                before.runId(),
                before.pipeline(),
                before.status(),
                before.startedAt(),
                before.elapsedNanos(),
                before.nodes(),
                before.wires(),
                before.memory(),
                before.cache(),
                before.savings(),
                0,
                0,
                500,
                List.of(failure("LAST", 1)));

        model.showRun(many);

        assertThat(model.rows()).hasSize(1);
        assertThat(model.earlierProperty().get()).isEqualTo(499);
        model.showRun(before);
        assertThat(model.rows()).isEmpty();
        assertThat(model.earlierProperty().get()).isZero();
    }

    private static RunFailure failure(String code, long seconds) {
        return new RunFailure(
                "files",
                RunFailure.Severity.ERROR,
                new Failure(code, "message", "remedy", "x.png"),
                seconds * 1_000_000_000L);
    }
}
