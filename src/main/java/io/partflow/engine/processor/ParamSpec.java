package io.partflow.engine.processor;

import io.partflow.engine.content.JsonArray;
import io.partflow.engine.content.JsonBoolean;
import io.partflow.engine.content.JsonInteger;
import io.partflow.engine.content.JsonNull;
import io.partflow.engine.content.JsonObject;
import io.partflow.engine.content.JsonReal;
import io.partflow.engine.content.JsonString;
import io.partflow.engine.content.JsonValue;
import io.partflow.engine.processor.ProcessorDescriptor.Kind;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/// One parameter of a processor: enough to draw its editor, to check a value and to write it down.
///
/// Build one with a factory such as [#integer(String, String, String)] and the `with` methods. Immutable.
///
/// @param name the name in documents: letters and digits, first one lower case
/// @param title the label in forms
/// @param description one sentence: what it does
/// @param unit the unit shown inside the field; empty when there is none
/// @param min the lowest number allowed (for text: the least length), or null
/// @param max the highest number allowed (for text: the greatest length), or null
/// @param step what one click adds, or null
/// @param defaultValue used when a document is silent; [JsonNull] when there is none
/// @param choices the allowed texts of a [ParamType#CHOICE]; empty otherwise
/// @param required whether a document must give a value because no default makes sense
/// @param inKey whether the value belongs to the namespace of the node's cache keys
/// @param nests which kinds of processors a text or a line of a list names; empty where it names none
/// @param cases what a condition before the processor of a line may begin with; empty where lines have no condition
/// @param relevance with which values of another parameter this one means anything; null for all
public record ParamSpec(
        String name,
        String title,
        String description,
        ParamType type,
        String unit,
        @Nullable Double min,
        @Nullable Double max,
        @Nullable Double step,
        JsonValue defaultValue,
        List<String> choices,
        boolean required,
        boolean inKey,
        Set<Kind> nests,
        List<String> cases,
        @Nullable Relevance relevance) {
    public ParamSpec {
        choices = List.copyOf(choices);
        nests = Set.copyOf(nests);
        cases = List.copyOf(cases);
    }

    /// The values of another parameter of the processor with which a parameter means anything.
    ///
    /// @param param the name of the other one, a choice or a flag
    /// @param values some of its choices, or `true` or `false`; at least one
    public record Relevance(String param, List<String> values) {
        public Relevance {
            values = List.copyOf(values);
            if (values.isEmpty()) {
                throw new IllegalArgumentException("a parameter that no value of " + param + " goes with");
            }
        }

        /// Whether the other parameter has one of these values.
        boolean holds(JsonValue value) {
            return switch (value) {
                case JsonString text -> values.contains(text.value());
                case JsonBoolean flag -> values.contains(flag.toString());
                default -> false;
            };
        }

        /// The condition in words: `policy is tokens or bytes`.
        public String inWords() {
            return param + " is " + String.join(" or ", values);
        }
    }

    /// A parameter that names no processors.
    public ParamSpec(
            String name,
            String title,
            String description,
            ParamType type,
            String unit,
            @Nullable Double min,
            @Nullable Double max,
            @Nullable Double step,
            JsonValue defaultValue,
            List<String> choices,
            boolean required,
            boolean inKey) {
        this(
                name,
                title,
                description,
                type,
                unit,
                min,
                max,
                step,
                defaultValue,
                choices,
                required,
                inKey,
                Set.of(),
                List.of(),
                null);
    }

    private static ParamSpec of(
            String name, String title, String description, ParamType type, JsonValue value, List<String> choices) {
        return new ParamSpec(name, title, description, type, "", null, null, null, value, choices, false, true);
    }

    public static ParamSpec integer(String name, String title, String description, long value) {
        return of(name, title, description, ParamType.INT, JsonValue.of(value), List.of());
    }

    public static ParamSpec real(String name, String title, String description, double value) {
        return of(name, title, description, ParamType.REAL, JsonValue.of(value), List.of());
    }

    public static ParamSpec flag(String name, String title, String description, boolean value) {
        return of(name, title, description, ParamType.BOOL, JsonValue.of(value), List.of());
    }

    public static ParamSpec text(String name, String title, String description, String value) {
        return of(name, title, description, ParamType.TEXT, JsonValue.of(value), List.of());
    }

    public static ParamSpec choice(String name, String title, String description, String value, List<String> choices) {
        return of(name, title, description, ParamType.CHOICE, JsonValue.of(value), choices);
    }

    /// A time, in milliseconds.
    public static ParamSpec duration(String name, String title, String description, long millis) {
        return of(name, title, description, ParamType.DURATION, JsonValue.of(millis), List.of())
                .withUnit("ms");
    }

    public static ParamSpec bytes(String name, String title, String description, long bytes) {
        return of(name, title, description, ParamType.BYTES, JsonValue.of(bytes), List.of());
    }

    /// A file or folder, relative to the document, with `/`.
    public static ParamSpec file(String name, String title, String description) {
        return of(name, title, description, ParamType.FILE, JsonNull.NULL, List.of());
    }

    public static ParamSpec list(String name, String title, String description) {
        return of(name, title, description, ParamType.LIST, JsonArray.EMPTY, List.of());
    }

    /// A secret, of which a document holds only the name of the environment variable.
    public static ParamSpec secret(String name, String title, String description) {
        return of(name, title, description, ParamType.SECRET, JsonNull.NULL, List.of())
                .outsideKey();
    }

    public ParamSpec withUnit(String unit) {
        return with(draft -> draft.unit = unit);
    }

    /// The same with bounds, both included.
    public ParamSpec withRange(double min, double max) {
        return with(draft -> {
            draft.min = min;
            draft.max = max;
        });
    }

    public ParamSpec withStep(double step) {
        return with(draft -> draft.step = step);
    }

    /// The same, whose text, or each line of whose list, is a processor of one of these kinds with its parameters:
    /// `text.summary maxSentences=1`.
    public ParamSpec withProcessors(Set<Kind> kinds) {
        return with(draft -> draft.nests = kinds);
    }

    /// The same, each line of whose list is a condition, a colon with a space, and a processor, or `pass`:
    /// `type image/*: image.facts`.
    ///
    /// @param words what a condition may begin with
    public ParamSpec withCases(List<String> words) {
        return with(draft -> draft.cases = words);
    }

    /// The same, but it means something only where another parameter of the processor has one of these values; forms
    /// leave it out elsewhere. Documents may give it all the same.
    public ParamSpec visibleWhen(String param, String... values) {
        return with(draft -> draft.relevance = new Relevance(param, List.of(values)));
    }

    /// The same, without a default that would do.
    public ParamSpec asRequired() {
        return with(draft -> draft.required = true);
    }

    /// The same, but a change of the value leaves the node's cache keys as they are (display and pacing parameters).
    public ParamSpec outsideKey() {
        return with(draft -> draft.inKey = false);
    }

    private ParamSpec with(Consumer<Draft> change) {
        Draft draft = new Draft(this);
        change.accept(draft);
        return draft.spec(this);
    }

    /// What may be given to a parameter after it was made.
    private static final class Draft {
        private String unit;
        private @Nullable Double min;
        private @Nullable Double max;
        private @Nullable Double step;
        private boolean required;
        private boolean inKey;
        private Set<Kind> nests;
        private List<String> cases;
        private @Nullable Relevance relevance;

        Draft(ParamSpec from) {
            unit = from.unit;
            min = from.min;
            max = from.max;
            step = from.step;
            required = from.required;
            inKey = from.inKey;
            nests = from.nests;
            cases = from.cases;
            relevance = from.relevance;
        }

        ParamSpec spec(ParamSpec of) {
            return new ParamSpec(
                    of.name,
                    of.title,
                    of.description,
                    of.type,
                    unit,
                    min,
                    max,
                    step,
                    of.defaultValue,
                    of.choices,
                    required,
                    inKey,
                    nests,
                    cases,
                    relevance);
        }
    }

    /// What is wrong with a value, as a sentence that names the allowed range; empty when the value is good.
    public Optional<String> complaint(JsonValue value) {
        if (value instanceof JsonNull) {
            return required || !(defaultValue instanceof JsonNull)
                    ? Optional.of(title + " needs a value.")
                    : Optional.empty();
        }
        return switch (type) {
            case BOOL -> value instanceof JsonBoolean ? Optional.empty() : wrong("true or false");
            case INT, DURATION, BYTES ->
                value instanceof JsonInteger number ? range(number.doubleValue()) : wrong("a whole number" + allowed());
            case REAL ->
                switch (value) {
                    case JsonInteger number -> range(number.doubleValue());
                    case JsonReal number -> range(number.value());
                    default -> wrong("a number" + allowed());
                };
            case TEXT ->
                value instanceof JsonString text
                        ? length(text.value().codePointCount(0, text.value().length()))
                        : wrong("a text");
            case FILE ->
                value instanceof JsonString text
                        ? (required && text.value().isBlank()
                                ? Optional.of(title + " needs a file.")
                                : Optional.empty())
                        : wrong("a path");
            case CHOICE ->
                value instanceof JsonString text && choices.contains(text.value())
                        ? Optional.empty()
                        : wrong("one of " + String.join(", ", choices));
            case LIST ->
                value instanceof JsonArray list && list.values().stream().allMatch(v -> v instanceof JsonString)
                        ? (required && list.values().isEmpty()
                                ? Optional.of(title + " needs at least one line.")
                                : Optional.empty())
                        : wrong("a list of texts");
            case SECRET ->
                value instanceof JsonObject object && object.get("env") instanceof JsonString
                        ? Optional.empty()
                        : wrong("{\"env\": \"NAME\"}, never the secret itself");
        };
    }

    private Optional<String> range(double number) {
        boolean low = min != null && !(number >= min);
        boolean high = max != null && !(number <= max);
        return low || high || Double.isNaN(number) ? wrong("a number" + allowed()) : Optional.empty();
    }

    private Optional<String> length(int codePoints) {
        boolean low = min != null && codePoints < min;
        boolean high = max != null && codePoints > max;
        return low || high ? wrong("a text of" + allowed() + " characters") : Optional.empty();
    }

    private Optional<String> wrong(String expected) {
        return Optional.of(title + " must be " + expected + ".");
    }

    /// The allowed range in words, with a leading space; empty without bounds.
    public String allowed() {
        String of = unit.isEmpty() ? "" : " " + unit;
        if (min != null && max != null) {
            return " from " + plain(min) + " to " + plain(max) + of;
        }
        if (min != null) {
            return " of at least " + plain(min) + of;
        }
        return max != null ? " of at most " + plain(max) + of : "";
    }

    /// A value with its unit.
    public String shown(double number) {
        return unit.isEmpty() ? plain(number) : plain(number) + " " + unit;
    }

    private static String plain(double number) {
        return number == Math.rint(number) && Math.abs(number) < 1e15
                ? String.format(java.util.Locale.ROOT, "%,d", (long) number)
                : Double.toString(number);
    }
}
