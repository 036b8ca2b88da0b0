package io.partflow.engine.builtin.nested;

import io.partflow.engine.content.JsonObject;
import io.partflow.engine.processor.BuildContext;
import io.partflow.engine.processor.ParamSpec;
import io.partflow.engine.processor.Params;
import io.partflow.engine.processor.PartProcessor;
import io.partflow.engine.processor.ProcessorCatalog;
import io.partflow.engine.processor.ProcessorDescriptor;
import io.partflow.engine.processor.ProcessorDescriptor.Kind;
import io.partflow.engine.processor.ProcessorEntry;
import io.partflow.engine.processor.StageBody;
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

    private List<String> ids(Set<Kind> kinds) {
        return fitting(catalog, kinds).stream().map(ProcessorDescriptor::id).toList();
    }

    /// The processors of a catalog that may stand inside another one: of these kinds, and nesting none themselves.
    public static List<ProcessorDescriptor> fitting(ProcessorCatalog catalog, Set<Kind> kinds) {
        return catalog.descriptors().stream().filter(each -> fits(each, kinds)).toList();
    }

    private static boolean fits(ProcessorDescriptor descriptor, Set<Kind> kinds) {
        return kinds.contains(descriptor.kind())
                && descriptor.feed() == ProcessorDescriptor.Feed.WIRES
                && descriptor.params().stream().allMatch(spec -> spec.nests().isEmpty());
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
