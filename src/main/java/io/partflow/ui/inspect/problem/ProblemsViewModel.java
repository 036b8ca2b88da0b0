package io.partflow.ui.inspect.problem;

import io.partflow.engine.run.RunFailure;
import io.partflow.engine.run.RunSnapshot;
import io.partflow.pipeline.Problem;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import javafx.beans.property.ReadOnlyLongProperty;
import javafx.beans.property.ReadOnlyLongWrapper;
import javafx.collections.FXCollections;
import javafx.collections.ObservableList;

/// The list of what is wrong: with the pipeline as it stands, and with the run that was last. FX thread; knows no
/// scene.
public final class ProblemsViewModel {
    private final ObservableList<ProblemRow> rows = FXCollections.observableArrayList();
    // Held here: a view that nobody holds is collected, and its listeners with it.
    private final ObservableList<ProblemRow> readOnlyRows = FXCollections.unmodifiableObservableList(rows);
    private List<Problem> problems = List.of();
    private List<RunFailure> failures = List.of();
    private final ReadOnlyLongWrapper earlier = new ReadOnlyLongWrapper(this, "earlier", 0);

    /// Takes all problems of document and graph.
    public void showProblems(List<Problem> all) {
        problems = List.copyOf(all);
        rebuild();
    }

    /// How many failures of the run came before those that are listed.
    public ReadOnlyLongProperty earlierProperty() {
        return earlier.getReadOnlyProperty();
    }

    /// Takes what went wrong in a run: its latest failures, and how many came before.
    public void showRun(RunSnapshot run) {
        earlier.set(run.earlierFailures());
        showFailures(run.recentFailures());
    }

    /// Forgets what went wrong in a run.
    public void clearRun() {
        earlier.set(0);
        showFailures(List.of());
    }

    /// Takes the latest failures of the run, oldest first; empty when a run begins.
    public void showFailures(List<RunFailure> latest) {
        if (!latest.equals(failures)) {
            failures = List.copyOf(latest);
            rebuild();
        }
    }

    private void rebuild() {
        List<ProblemRow> all = new ArrayList<>();
        problems.forEach(problem -> all.add(ProblemRow.of(problem)));
        failures.reversed().forEach(failure -> all.add(ProblemRow.of(failure)));
        // Stable: of equal weight, what stops the next run stands before what went wrong in the last.
        all.sort(Comparator.comparing(ProblemRow::weight));
        if (!all.equals(rows)) {
            rows.setAll(all);
        }
    }

    /// The gravest first.
    public ObservableList<ProblemRow> rows() {
        return readOnlyRows;
    }
}
