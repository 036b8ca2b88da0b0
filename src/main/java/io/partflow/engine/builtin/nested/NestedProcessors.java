package io.partflow.engine.builtin.nested;

import io.partflow.engine.content.JsonArray;
import io.partflow.engine.content.JsonObject;
import io.partflow.engine.content.JsonValue;
import io.partflow.engine.processor.BuildContext;
import io.partflow.engine.processor.ParamSpec;
import io.partflow.engine.processor.Params;
import io.partflow.engine.processor.PartProcessor;
import io.partflow.engine.processor.ProcessorCatalog;
import io.partflow.engine.processor.ProcessorDescriptor.Kind;
import io.partflow.engine.processor.ProcessorEntry;
import io.partflow.engine.processor.StageBody;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;
import java.util.stream.Collectors;

/// The processors that may stand inside another one's parameters, written as one line: the id, then `name=value` for
/// each parameter that is not at its default, such as `text.summary maxSentences=1`. Immutable.
///
/// Lists are written with commas; a value with white space stands in double quotes.
public final class NestedProcessors {
    /// Work on parts, one by one.
    public static final Set<Kind> PARTS = Set.of(Kind.PART);
    /// Work on parts or on whole streams.
    public static final Set<Kind> ANY = Set.of(Kind.PART, Kind.STREAM);

    private final ProcessorCatalog catalog;

    /// @param catalog what may be named; sources and sinks in it may not
    public NestedProcessors(ProcessorCatalog catalog) {
        this.catalog = catalog;
    }

    /// What is wrong with a line, as one sentence; empty when it names a processor of these kinds with good
    /// parameters.
    public Optional<String> complaint(String line, Set<Kind> kinds) {
        try {
            var unused = resolve(line, kinds);
            return Optional.empty();
        } catch (IllegalArgumentException wrong) {
            return Optional.of(wrong.getMessage() + ".");
        }
    }

    /// What a line names, with its parameters.
    ///
    /// @throws IllegalArgumentException when [#complaint(String, Set)] has something to say
    public Nested resolve(String line, Set<Kind> kinds) {
        ProcessorLine parsed = ProcessorLine.parse(line);
        ProcessorEntry entry = catalog.find(parsed.id())
                .filter(found -> kinds.contains(found.descriptor().kind()))
                .orElseThrow(() -> new IllegalArgumentException("There is no processor \"" + parsed.id()
                        + "\" to use here; there are " + String.join(", ", ids(kinds))));
        JsonObject values = JsonObject.EMPTY;
        for (Map.Entry<String, String> value : parsed.values().entrySet()) {
            ParamSpec spec = entry.descriptor()
                    .param(value.getKey())
                    .orElseThrow(() -> new IllegalArgumentException(
                            parsed.id() + " has no parameter \"" + value.getKey() + "\"; it has "
                                    + entry.descriptor().params().stream()
                                            .map(ParamSpec::name)
                                            .collect(Collectors.joining(", "))));
            values = values.with(value.getKey(), value(spec, value.getValue()));
        }
        Params params = Params.of(entry.descriptor(), values);
        entry.check().complaints(params).stream().findFirst().ifPresent(complaint -> {
            throw new IllegalArgumentException(parsed.id() + ": " + complaint.message());
        });
        return new Nested(entry, params);
    }

    private List<String> ids(Set<Kind> kinds) {
        return catalog.descriptors().stream()
                .filter(each -> kinds.contains(each.kind()))
                .map(each -> each.id())
                .toList();
    }

    private static JsonValue value(ParamSpec spec, String text) {
        try {
            return switch (spec.type()) {
                case BOOL -> JsonValue.of(text.equals("true"));
                case INT, DURATION, BYTES -> JsonValue.of(Long.parseLong(text));
                case REAL -> JsonValue.of(Double.parseDouble(text));
                case TEXT, CHOICE, FILE -> JsonValue.of(text);
                case LIST ->
                    new JsonArray(Arrays.stream(text.split(","))
                            .map(String::strip)
                            .map(JsonValue::of)
                            .toList());
                case SECRET -> JsonObject.of("env", JsonValue.of(text));
            };
        } catch (NumberFormatException e) {
            throw new IllegalArgumentException(
                    spec.title() + " must be a number" + spec.allowed() + ", not \"" + text + "\"", e);
        }
    }

    /// A processor ready to be built. Immutable.
    public record Nested(ProcessorEntry entry, Params params) {
        /// Makes an instance.
        public StageBody build(BuildContext context) {
            return entry.factory().create(params, context);
        }

        /// Makes an instance of what [#PARTS] admits.
        public PartProcessor buildPart(BuildContext context) {
            return (PartProcessor) build(context);
        }

        /// Makes an instance for every call.
        public Supplier<StageBody> supplier(BuildContext context) {
            return () -> build(context);
        }
    }
}
