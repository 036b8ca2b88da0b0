package io.partflow.ui.inspect.form;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import javafx.collections.FXCollections;
import javafx.collections.ObservableList;

/// The cases of a field, in the order in which they are tried. FX thread.
public final class CasesForm {
    private static final String FIRST = "type text/*: pass";

    private final FieldViewModel field;
    private final ObservableList<CaseForm> cases = FXCollections.observableArrayList();
    private final ObservableList<CaseForm> readOnlyCases = FXCollections.unmodifiableObservableList(cases);

    public CasesForm(FieldViewModel field) {
        this.field = field;
        field.textProperty().subscribe(this::show);
    }

    /// In order; the first that a part fulfils counts.
    public ObservableList<CaseForm> cases() {
        return readOnlyCases;
    }

    /// Adds a case at the end.
    public void add() {
        cases.add(made(FIRST));
        edited();
    }

    void remove(CaseForm some) {
        cases.remove(some);
        edited();
    }

    /// Lets a case be tried before the one above it; the first stays where it is.
    void moveUp(CaseForm some) {
        int at = cases.indexOf(some);
        if (at > 0) {
            List<CaseForm> order = new ArrayList<>(cases);
            Collections.swap(order, at - 1, at);
            cases.setAll(order);
            edited();
        }
    }

    private CaseForm made(String line) {
        return new CaseForm(line, field.spec().cases(), field.choices(), field.inner(), this::edited);
    }

    private void edited() {
        field.enter(text());
    }

    private String text() {
        return String.join("\n", cases.stream().map(CaseForm::line).toList());
    }

    /// Follows the document; what the form itself has written is there already.
    private void show(String shown) {
        if (!shown.equals(text())) {
            cases.setAll(shown.lines().map(this::made).toList());
        }
    }
}
