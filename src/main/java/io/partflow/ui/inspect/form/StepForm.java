package io.partflow.ui.inspect.form;

import io.partflow.engine.builtin.nested.ProcessorLine;
import io.partflow.engine.content.JsonObject;
import io.partflow.engine.content.JsonValue;
import io.partflow.engine.processor.ParamSpec;
import io.partflow.engine.processor.ProcessorDescriptor;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Function;
import javafx.beans.property.ReadOnlyObjectProperty;
import javafx.beans.property.ReadOnlyObjectWrapper;
import javafx.collections.FXCollections;
import javafx.collections.ObservableList;
import org.jspecify.annotations.Nullable;

/// A processor inside a parameter, such as a summariser: which one it is, and a field for each of its parameters.
///
/// It stands for a line of text, which every edit hands out anew. FX thread.
public final class StepForm {
    private final List<ProcessorDescriptor> choices;
    private final Function<ParamSpec, List<ProcessorDescriptor>> inner;
    private final Consumer<String> edits;
    private final ReadOnlyObjectWrapper<@Nullable ProcessorDescriptor> chosen =
            new ReadOnlyObjectWrapper<>(this, "chosen");
    private final ObservableList<FieldViewModel> fields = FXCollections.observableArrayList();
    private final ObservableList<FieldViewModel> readOnlyFields = FXCollections.unmodifiableObservableList(fields);
    private ProcessorLine line = new ProcessorLine("", Map.of());

    /// @param choices what may be chosen
    /// @param inner what a parameter of the chosen one may name in turn
    /// @param text the line
    /// @param edits takes each new line
    StepForm(
            List<ProcessorDescriptor> choices,
            Function<ParamSpec, List<ProcessorDescriptor>> inner,
            String text,
            Consumer<String> edits) {
        this.choices = List.copyOf(choices);
        this.inner = inner;
        this.edits = edits;
        show(text);
    }

    /// What may be chosen, in palette order.
    public List<ProcessorDescriptor> choices() {
        return choices;
    }

    /// The processor that is chosen; null where the line names none of the choices.
    public ReadOnlyObjectProperty<@Nullable ProcessorDescriptor> chosenProperty() {
        return chosen.getReadOnlyProperty();
    }

    /// The chosen processor's parameters, in its descriptor's order.
    public ObservableList<FieldViewModel> fields() {
        return readOnlyFields;
    }

    /// Chooses another processor, with its defaults.
    public void choose(ProcessorDescriptor other) {
        ProcessorDescriptor now = chosen.get();
        if (now == null || !now.id().equals(other.id())) {
            change(new ProcessorLine(other.id(), Map.of()));
            build();
        }
    }

    /// Shows another line, unless it is the same.
    void show(String text) {
        ProcessorLine other = read(text);
        if (other.equals(line) && (chosen.get() != null || other.id().isEmpty())) {
            return;
        }
        boolean same = other.id().equals(line.id()) && chosen.get() != null;
        line = other;
        if (same) {
            fields.forEach(field -> field.show(value(field.spec())));
            judgeRelevance();
        } else {
            build();
        }
    }

    /// Hands out what is typed in its fields.
    void commit() {
        List.copyOf(fields).forEach(FieldViewModel::commit);
    }

    /// A line that cannot be read is one of an unknown processor; the document says what is wrong with it.
    private static ProcessorLine read(String text) {
        try {
            return ProcessorLine.parse(text);
        } catch (IllegalArgumentException wrong) {
            return new ProcessorLine(text.strip(), Map.of());
        }
    }

    private void build() {
        Optional<ProcessorDescriptor> found =
                choices.stream().filter(each -> each.id().equals(line.id())).findFirst();
        chosen.set(found.orElse(null));
        List<FieldViewModel> all = new ArrayList<>();
        found.map(ProcessorDescriptor::params)
                .orElse(List.of())
                .forEach(spec -> all.add(new FieldViewModel(
                        spec, value(spec), value -> change(line.with(spec.name(), value)), inner.apply(spec))));
        fields.setAll(all);
        judgeRelevance();
    }

    private void judgeRelevance() {
        ProcessorDescriptor of = chosen.get();
        if (of != null) {
            JsonObject.Builder given = JsonObject.builder();
            for (ParamSpec spec : of.params()) {
                JsonValue value = value(spec);
                if (value != null) {
                    given.put(spec.name(), value);
                }
            }
            JsonObject values = given.build();
            fields.forEach(field -> field.judgeRelevance(of, values));
        }
    }

    private @Nullable JsonValue value(ParamSpec spec) {
        String text = line.values().get(spec.name());
        try {
            return text == null ? null : ProcessorLine.value(spec, text);
        } catch (IllegalArgumentException wrong) {
            return null;
        }
    }

    private void change(ProcessorLine other) {
        line = other;
        judgeRelevance();
        edits.accept(other.text());
    }
}
