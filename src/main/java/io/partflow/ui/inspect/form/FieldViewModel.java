package io.partflow.ui.inspect.form;

import io.partflow.engine.content.JsonArray;
import io.partflow.engine.content.JsonBoolean;
import io.partflow.engine.content.JsonNull;
import io.partflow.engine.content.JsonObject;
import io.partflow.engine.content.JsonString;
import io.partflow.engine.content.JsonValue;
import io.partflow.engine.processor.ParamSpec;
import io.partflow.engine.processor.ParamType;
import io.partflow.engine.processor.ProcessorDescriptor;
import io.partflow.ui.support.Messages;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Function;
import javafx.beans.property.BooleanProperty;
import javafx.beans.property.ReadOnlyBooleanProperty;
import javafx.beans.property.ReadOnlyBooleanWrapper;
import javafx.beans.property.ReadOnlyStringProperty;
import javafx.beans.property.ReadOnlyStringWrapper;
import javafx.beans.property.SimpleBooleanProperty;
import javafx.beans.property.SimpleStringProperty;
import javafx.beans.property.StringProperty;
import javafx.collections.FXCollections;
import javafx.collections.ObservableList;
import org.jspecify.annotations.Nullable;

/// One field of a form: the text a user edits, what is wrong with it, and the value it stands for.
///
/// What is typed is judged at once and handed out only on [#commit()], and only when it is right and new. FX thread.
public final class FieldViewModel {
    /// The shape of a field.
    public enum Shape {
        FLAG,
        NUMBER,
        CHOICE,
        LINE,
        AREA,
        LIST,
        FILE,
        SECRET,
        /// One processor with its own form.
        STEP,
        /// Any number of them.
        STEPS,
        /// Any number of conditions, each with a processor.
        CASES
    }

    private final ParamSpec spec;
    private final Consumer<@Nullable JsonValue> edits;
    private final StringProperty text = new SimpleStringProperty(this, "text", "");
    private final BooleanProperty flag = new SimpleBooleanProperty(this, "flag");
    private final ReadOnlyStringWrapper unit = new ReadOnlyStringWrapper(this, "unit", "");
    private final ReadOnlyBooleanWrapper relevant = new ReadOnlyBooleanWrapper(this, "relevant", true);
    private final ReadOnlyStringWrapper error = new ReadOnlyStringWrapper(this, "error", "");
    private final List<ProcessorDescriptor> choices;
    private final Function<ParamSpec, List<ProcessorDescriptor>> inner;
    private final ObservableList<StepForm> steps = FXCollections.observableArrayList();
    private final ObservableList<StepForm> readOnlySteps = FXCollections.unmodifiableObservableList(steps);
    private JsonValue value;
    private String shownText = "";
    private final Map<StepForm, String> lines = new HashMap<>();
    private boolean editingSteps;

    /// A field that names no processors, or shows them as text.
    ///
    /// @param given the value the document gives, or null for the default
    /// @param edits takes each new value; null means back to the default
    public FieldViewModel(ParamSpec spec, @Nullable JsonValue given, Consumer<@Nullable JsonValue> edits) {
        this(spec, given, edits, List.of());
    }

    /// @param given the value the document gives, or null for the default
    /// @param edits takes each new value; null means back to the default
    /// @param choices the processors that the parameter may name; empty where it names none
    public FieldViewModel(
            ParamSpec spec,
            @Nullable JsonValue given,
            Consumer<@Nullable JsonValue> edits,
            List<ProcessorDescriptor> choices) {
        this(spec, given, edits, choices, inside -> List.of());
    }

    /// @param given the value the document gives, or null for the default
    /// @param edits takes each new value; null means back to the default
    /// @param choices the processors that the parameter may name; empty where it names none
    /// @param inner the processors that a parameter of those may name in turn
    public FieldViewModel(
            ParamSpec spec,
            @Nullable JsonValue given,
            Consumer<@Nullable JsonValue> edits,
            List<ProcessorDescriptor> choices,
            Function<ParamSpec, List<ProcessorDescriptor>> inner) {
        this.spec = spec;
        this.edits = edits;
        this.choices = List.copyOf(choices);
        this.inner = inner;
        this.value = given == null ? spec.defaultValue() : given;
        present();
        text.subscribe(ignored -> judge());
    }

    public ParamSpec spec() {
        return spec;
    }

    public String title() {
        return spec.title();
    }

    /// The shape that suits the parameter's type and its present text.
    public Shape shape() {
        if (!choices.isEmpty()) {
            if (!spec.cases().isEmpty()) {
                return Shape.CASES;
            }
            return spec.type() == ParamType.LIST ? Shape.STEPS : Shape.STEP;
        }
        return switch (spec.type()) {
            case BOOL -> Shape.FLAG;
            case INT, REAL, DURATION, BYTES -> Shape.NUMBER;
            case CHOICE -> Shape.CHOICE;
            case LIST -> Shape.LIST;
            case FILE -> Shape.FILE;
            case SECRET -> Shape.SECRET;
            case TEXT -> isLong() ? Shape.AREA : Shape.LINE;
        };
    }

    private boolean isLong() {
        String name = spec.name().toLowerCase(Locale.ROOT);
        return shownText.indexOf('\n') >= 0
                || name.endsWith("text")
                || name.endsWith("prompt")
                || name.endsWith("instructions")
                || name.endsWith("template");
    }

    /// What the user edits; for a choice the chosen word, for a list one text a line.
    public StringProperty textProperty() {
        return text;
    }

    /// The processors that the value names, of a [Shape#STEP] or [Shape#STEPS].
    public ObservableList<StepForm> steps() {
        return readOnlySteps;
    }

    /// The processors that the parameter may name; empty where it names none.
    List<ProcessorDescriptor> choices() {
        return choices;
    }

    /// What a parameter of one of the choices may name in turn.
    Function<ParamSpec, List<ProcessorDescriptor>> inner() {
        return inner;
    }

    /// Adds a processor to a list of them: the first that may be chosen.
    void addStep() {
        steps.add(step(choices.getFirst().id()));
        stepsEdited();
    }

    void removeStep(StepForm step) {
        steps.remove(step);
        stepsEdited();
    }

    private StepForm step(String line) {
        StepForm[] made = new StepForm[1];
        made[0] = new StepForm(choices, inner, line, edited -> {
            lines.put(Objects.requireNonNull(made[0]), edited);
            stepsEdited();
        });
        lines.put(made[0], line);
        return made[0];
    }

    /// Hands out the lines of all steps.
    private void stepsEdited() {
        editingSteps = true;
        try {
            enter(String.join(
                    "\n",
                    steps.stream().map(each -> lines.getOrDefault(each, "")).toList()));
        } finally {
            editingSteps = false;
        }
    }

    private void presentSteps() {
        if (choices.isEmpty() || editingSteps || shape() == Shape.CASES) {
            return;
        }
        List<String> shown = shape() == Shape.STEPS ? text.get().lines().toList() : List.of(text.get());
        if (shown.size() == steps.size()) {
            for (int i = 0; i < shown.size(); i++) {
                lines.put(steps.get(i), shown.get(i));
                steps.get(i).show(shown.get(i));
            }
        } else {
            lines.clear();
            steps.setAll(shown.stream().map(this::step).toList());
        }
    }

    /// What the user switches, of a [Shape#FLAG].
    public BooleanProperty flagProperty() {
        return flag;
    }

    /// The unit beside the figures; empty when there is none.
    public ReadOnlyStringProperty unitProperty() {
        return unit.getReadOnlyProperty();
    }

    /// What is wrong with what is typed, with the allowed range; empty when nothing is.
    public ReadOnlyStringProperty errorProperty() {
        return error.getReadOnlyProperty();
    }

    /// Whether the form shows the field; it leaves out what means nothing beside the other values.
    public ReadOnlyBooleanProperty relevantProperty() {
        return relevant.getReadOnlyProperty();
    }

    /// Shows the field or leaves it out, as its processor says.
    ///
    /// @param given the values of all parameters that the document gives
    public void judgeRelevance(ProcessorDescriptor of, JsonObject given) {
        relevant.set(of.isRelevant(spec, given));
    }

    /// The value that was shown or committed last.
    public JsonValue value() {
        return value;
    }

    /// Shows another value, unless the user is typing one.
    public void show(@Nullable JsonValue given) {
        JsonValue other = given == null ? spec.defaultValue() : given;
        if (!other.equals(value) && !isEdited()) {
            value = other;
            present();
        }
    }

    /// Whether the text differs from the value that was shown.
    public boolean isEdited() {
        return spec.type() != ParamType.BOOL && !text.get().equals(shownText);
    }

    /// Hands the value out if it is right and new, and writes it as it is always written; a wrong text stays, with
    /// its error.
    public void commit() {
        List.copyOf(steps).forEach(StepForm::commit);
        Optional<JsonValue> read = read();
        if (read.isEmpty() || !error.get().isEmpty()) {
            return;
        }
        JsonValue fresh = read.get();
        boolean changed = !fresh.equals(value);
        value = fresh;
        present();
        if (changed) {
            edits.accept(fresh.equals(spec.defaultValue()) ? null : fresh);
        }
    }

    /// Sets a value in one step, as a chooser or a reset does.
    public void enter(String newText) {
        text.set(newText);
        commit();
    }

    /// Goes back to the value that was shown.
    public void revert() {
        present();
    }

    private void present() {
        Quantity quantity = switch (shape()) {
            case NUMBER -> Quantity.of(spec.type(), spec.unit(), value);
            case LIST, STEPS, CASES -> new Quantity(lines(value), "");
            case SECRET ->
                new Quantity(
                        value instanceof JsonObject object && object.get("env") instanceof JsonString name
                                ? name.value()
                                : "",
                        Messages.text("inspect.form.env"));
            case FLAG, CHOICE, LINE, AREA, FILE, STEP ->
                new Quantity(value instanceof JsonString string ? string.value() : "", spec.unit());
        };
        shownText = quantity.figures();
        unit.set(quantity.unit());
        text.set(shownText);
        flag.set(value instanceof JsonBoolean on && on.value());
        presentSteps();
        judge();
    }

    private static String lines(JsonValue value) {
        return value instanceof JsonArray list
                ? String.join(
                        "\n",
                        list.values().stream()
                                .map(each -> each instanceof JsonString line ? line.value() : each.toJson())
                                .toList())
                : "";
    }

    private void judge() {
        error.set(read().map(this::complaint)
                .orElseGet(() -> Messages.text("inspect.form.nonumber", spec.title(), allowed())));
    }

    private String complaint(JsonValue read) {
        return spec.complaint(read)
                .map(sentence ->
                        hasUnits() ? Messages.text("inspect.form.outofrange", spec.title(), allowed()) : sentence)
                .orElse("");
    }

    private boolean hasUnits() {
        return spec.type() == ParamType.BYTES || spec.type() == ParamType.DURATION;
    }

    /// The allowed range in the units of the field, with a leading space; empty without bounds.
    private String allowed() {
        Double min = spec.min();
        Double max = spec.max();
        if (!hasUnits()) {
            return spec.allowed();
        }
        if (min != null && max != null) {
            return Messages.text("inspect.form.fromto", quantity(min), quantity(max));
        }
        return min == null ? "" : Messages.text("inspect.form.atleast", quantity(min));
    }

    private String quantity(double bound) {
        Quantity quantity = Quantity.of(spec.type(), spec.unit(), JsonValue.of((long) bound));
        return quantity.figures() + " " + quantity.unit();
    }

    /// The value of the text; empty when it is no value of the type at all.
    private Optional<JsonValue> read() {
        String typed = Objects.requireNonNullElse(text.get(), "");
        boolean blank = typed.isBlank();
        return switch (shape()) {
            case FLAG -> Optional.of(JsonValue.of(flag.get()));
            case NUMBER -> blank ? Optional.of(spec.defaultValue()) : Quantity.parse(spec.type(), typed, unit.get());
            case CHOICE -> Optional.of(blank ? spec.defaultValue() : JsonValue.of(typed));
            case LINE, AREA, STEP -> Optional.of(JsonValue.of(typed));
            case FILE -> Optional.of(blank ? JsonValue.ofNull() : JsonValue.of(typed.strip()));
            case LIST, STEPS, CASES -> Optional.of(new JsonArray(lines(typed)));
            case SECRET -> Optional.of(blank ? JsonNull.NULL : JsonObject.of("env", JsonValue.of(typed.strip())));
        };
    }

    private static List<JsonValue> lines(String typed) {
        return typed.lines()
                .map(String::strip)
                .filter(line -> !line.isEmpty())
                .map(JsonValue::of)
                .toList();
    }
}
