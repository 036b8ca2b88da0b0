package io.partflow.engine.builtin.nested;

import io.partflow.engine.content.JsonArray;
import io.partflow.engine.content.JsonObject;
import io.partflow.engine.content.JsonString;
import io.partflow.engine.content.JsonValue;
import io.partflow.engine.processor.BuildContext;
import io.partflow.engine.processor.ParamSpec;
import io.partflow.engine.processor.Params;
import io.partflow.engine.processor.ParamsCheck;
import io.partflow.engine.processor.PartProcessor;
import io.partflow.engine.processor.ProcessorCatalog;
import io.partflow.engine.processor.ProcessorDescriptor;
import io.partflow.engine.processor.ProcessorDescriptor.Kind;
import io.partflow.engine.processor.ProcessorEntry;
import io.partflow.engine.processor.StageBody;
import io.partflow.engine.stream.Gathering;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;
import java.util.stream.Collectors;

/// The processors that may stand inside another one's parameters, written as one line: the id, then `name=value` for
/// each parameter that is not at its default, such as `text.summary maxSentences=1`. Immutable.
///
/// How lists and values with white space are written tells [ProcessorLine].
public final class NestedProcessors {
    /// Work on parts, one by one.
    public static final Set<Kind> PARTS = Set.of(Kind.PART);
    /// Work on parts or on whole streams.
    public static final Set<Kind> ANY = Set.of(Kind.PART, Kind.STREAM);
    /// Make parts.
    public static final Set<Kind> SOURCES = Set.of(Kind.SOURCE);

    private final ProcessorCatalog catalog;

    /// @param catalog what may be named, as far as a parameter admits its kind
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

    /// What is wrong with lines, as complaints of the parameter that holds them.
    public List<ParamsCheck.Complaint> complaints(String param, List<String> lines, Set<Kind> kinds) {
        return lines.stream()
                .flatMap(line -> complaint(line, kinds).stream())
                .map(wrong -> new ParamsCheck.Complaint(param, wrong))
                .toList();
    }

    /// Makes an instance of what each line names.
    ///
    /// @throws IllegalArgumentException when [#complaint(String, Set)] has something to say
    public List<StageBody> build(List<String> lines, Set<Kind> kinds, BuildContext context) {
        return lines.stream().map(line -> resolve(line, kinds).build(context)).toList();
    }

    /// What a line names, with its parameters.
    ///
    /// @throws IllegalArgumentException when [#complaint(String, Set)] has something to say
    public Nested resolve(String line, Set<Kind> kinds) {
        ProcessorLine parsed = ProcessorLine.parse(line);
        ProcessorEntry entry = catalog.find(parsed.id())
                .filter(found -> fits(found.descriptor(), kinds))
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
            values = values.with(value.getKey(), ProcessorLine.value(spec, value.getValue()));
        }
        Params params = Params.of(entry.descriptor(), values);
        entry.check().complaints(params).stream().findFirst().ifPresent(complaint -> {
            throw new IllegalArgumentException(parsed.id() + ": " + complaint.message());
        });
        return new Nested(entry, params);
    }

    /// The same processor, whose cache keys tell of what it runs: each line counts as the id, the version and the
    /// parameters, defaults included, of the processor it names, however it is written.
    public ProcessorEntry keyed(ProcessorEntry outer) {
        return outer.withKeyForm(params -> keyForm(outer, params));
    }

    private JsonObject keyForm(ProcessorEntry outer, Params params) {
        JsonObject form = outer.keyForm().of(params);
        for (ParamSpec spec : outer.descriptor().params()) {
            JsonValue value = form.get(spec.name());
            if (value != null && !spec.nests().isEmpty()) {
                form = form.with(spec.name(), keyForm(spec, value));
            }
        }
        return form;
    }

    private JsonValue keyForm(ParamSpec spec, JsonValue value) {
        return switch (value) {
            case JsonString(String line) -> keyForm(spec, line);
            case JsonArray lines ->
                new JsonArray(
                        lines.values().stream().map(each -> keyForm(spec, each)).toList());
            default -> value;
        };
    }

    private JsonValue keyForm(ParamSpec spec, String line) {
        int colon = spec.cases().isEmpty() ? -1 : line.indexOf(": ");
        String condition = line.substring(0, Math.max(0, colon)).strip();
        try {
            JsonObject form = resolve(line.substring(colon + 1), spec.nests()).keyForm();
            return condition.isEmpty() ? form : form.with("case", JsonValue.of(condition));
        } catch (IllegalArgumentException namesNone) {
            // Such as "pass", or no line at all: then the text is all there is.
            return JsonValue.of(line.strip());
        }
    }

    private List<String> ids(Set<Kind> kinds) {
        return fitting(catalog, kinds).stream().map(ProcessorDescriptor::id).toList();
    }

    /// The processors of a catalog that may stand inside another one's parameters: of these kinds.
    public static List<ProcessorDescriptor> fitting(ProcessorCatalog catalog, Set<Kind> kinds) {
        return catalog.descriptors().stream().filter(each -> fits(each, kinds)).toList();
    }

    /// Those of [#fitting(ProcessorCatalog, Set)] that may stand inside one that is nested itself: they nest no
    /// other.
    public static List<ProcessorDescriptor> innermost(ProcessorCatalog catalog, Set<Kind> kinds) {
        return fitting(catalog, kinds).stream()
                .filter(each ->
                        each.params().stream().allMatch(spec -> spec.nests().isEmpty()))
                .toList();
    }

    // What only forks or joins wires has nothing to do where there are none.
    private static boolean fits(ProcessorDescriptor descriptor, Set<Kind> kinds) {
        return kinds.contains(descriptor.kind())
                && descriptor.feed() == ProcessorDescriptor.Feed.WIRES
                && descriptor.gathering() == Gathering.ARRIVAL
                && descriptor.inputs().size() <= 1
                && descriptor.outputs().size() <= 2;
    }

    /// A processor ready to be built. Immutable.
    public record Nested(ProcessorEntry entry, Params params) {
        /// Makes an instance whose results are those of its first output, and which tells of a bad part instead of
        /// ending the stream.
        public StageBody build(BuildContext context) {
            return Inside.of(entry.factory().create(params, context), entry.descriptor());
        }

        /// What of it belongs to the cache keys of the one that runs it.
        JsonObject keyForm() {
            ProcessorDescriptor inner = entry.descriptor();
            return JsonObject.of("id", JsonValue.of(inner.id()), "version", JsonValue.of(inner.version()))
                    .with("params", entry.keyForm().of(params));
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
