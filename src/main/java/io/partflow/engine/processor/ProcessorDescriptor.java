package io.partflow.engine.processor;

import io.partflow.engine.content.JsonObject;
import io.partflow.engine.content.JsonValue;
import io.partflow.engine.stream.Gathering;
import java.util.List;
import java.util.Optional;

/// All that palette, form, document, checker and listing know of a processor without making one. Immutable.
///
/// Build one with [#builder(String, int, String)].
///
/// @param id such as `text.split`: category, dot, name
/// @param version raised whenever the same input would give another output; part of the cache namespace
/// @param title the name shown
/// @param summary one sentence
/// @param synonyms further words to find it by
/// @param icon a Feather icon name without `fth-`
/// @param example one sentence with a concrete use
/// @param rules how parameters must stand to each other
/// @param deterministic whether equal input and parameters always give equal output
/// @param cacheByDefault whether a new node of it starts with its cache on
/// @param simulated whether results are made up, which the interface always says
/// @param needs outside programs that must be installed, such as `ffmpeg`
/// @param substreamsOut the substreams it writes to besides the main one
/// @param feed where its parts come from; a source's from itself
/// @param gathering how its wires are put together; in the order of its inputs, then of the wires into each
public record ProcessorDescriptor(
        String id,
        int version,
        String title,
        String summary,
        Category category,
        List<String> synonyms,
        String icon,
        String example,
        List<PortSpec> inputs,
        List<PortSpec> outputs,
        List<ParamSpec> params,
        List<Params.Rule> rules,
        Kind kind,
        Work work,
        boolean deterministic,
        boolean cacheByDefault,
        boolean simulated,
        List<String> needs,
        List<String> substreamsOut,
        Feed feed,
        Gathering gathering) {
    /// Where a processor stands in the palette, in this order.
    public enum Category {
        SOURCES("Sources"),
        FLOW("Flow"),
        TEXT("Text"),
        MEDIA("Image and audio"),
        PROMPT("Prompt and model"),
        SINKS("Sinks");

        private final String title;

        Category(String title) {
            this.title = title;
        }

        public String title() {
            return title;
        }
    }

    /// What a processor is made of: one part to many, stream to stream, or one of the two ends.
    public enum Kind {
        PART,
        STREAM,
        SOURCE,
        SINK
    }

    /// How its work is to be run: in the stage's own thread, on the bounded processor pool, or on a virtual thread
    /// that may wait.
    public enum Work {
        INLINE,
        CPU,
        BLOCKING
    }

    /// Where the parts of a stream processor come from.
    public enum Feed {
        /// What its wires bring.
        WIRES,
        /// What bypasses all other nodes: parts on reserved substreams, told by the metadata `reserved_substream` and
        /// `reserved_node`. They come as ordinary parts.
        RESERVED
    }

    public ProcessorDescriptor {
        synonyms = List.copyOf(synonyms);
        inputs = List.copyOf(inputs);
        outputs = List.copyOf(outputs);
        params = List.copyOf(params);
        rules = List.copyOf(rules);
        needs = List.copyOf(needs);
        substreamsOut = List.copyOf(substreamsOut);
        if (!id.matches("[a-z][a-z0-9-]*\\.[a-z][a-z0-9-]*")) {
            throw new IllegalArgumentException("processor id \"" + id + "\" is not of the form category.name");
        }
        for (Params.Rule rule : rules) {
            if (params.stream()
                            .map(ParamSpec::name)
                            .filter(List.of(rule.lower(), rule.upper())::contains)
                            .count()
                    != 2) {
                throw new IllegalArgumentException(id + " has no parameters " + rule.lower() + " and " + rule.upper());
            }
        }
        for (ParamSpec spec : params) {
            ParamSpec.Relevance relevance = spec.relevance();
            if (relevance != null) {
                ParamSpec other = params.stream()
                        .filter(each -> each.name().equals(relevance.param()))
                        .findFirst()
                        .orElseThrow(() -> new IllegalArgumentException(id + " has no parameter " + relevance.param()
                                + ", on which " + spec.name() + " hangs"));
                List<String> possible = other.type() == ParamType.BOOL ? List.of("true", "false") : other.choices();
                if (!possible.containsAll(relevance.values())) {
                    throw new IllegalArgumentException(
                            id + "." + other.name() + " is never one of " + relevance.values());
                }
            }
        }
        if (version < 1) {
            throw new IllegalArgumentException("version of " + id + " is " + version + "; it must be at least 1");
        }
    }

    public Optional<ParamSpec> param(String name) {
        return params.stream().filter(p -> p.name().equals(name)).findFirst();
    }

    /// Whether a parameter means anything beside the others: the ones on which it hangs have the values it needs, and
    /// mean something themselves.
    ///
    /// @param given what a document gives; defaults stand for the rest
    public boolean isRelevant(ParamSpec spec, JsonObject given) {
        ParamSpec.Relevance relevance = spec.relevance();
        if (relevance == null) {
            return true;
        }
        ParamSpec other = param(relevance.param()).orElseThrow();
        JsonValue value = given.get(other.name());
        return relevance.holds(value == null ? other.defaultValue() : value) && isRelevant(other, given);
    }

    public Optional<PortSpec> input(String name) {
        return inputs.stream().filter(p -> p.name().equals(name)).findFirst();
    }

    public Optional<PortSpec> output(String name) {
        return outputs.stream().filter(p -> p.name().equals(name)).findFirst();
    }

    /// Starts a descriptor.
    public static Builder builder(String id, int version, String title) {
        return new Builder(id, version, title);
    }

    /// Gathers a descriptor step by step; confined to one thread.
    public static final class Builder {
        private final String id;
        private final int version;
        private final String title;
        private String summary = "";
        private Category category = Category.TEXT;
        private List<String> synonyms = List.of();
        private String icon = "box";
        private String example = "";
        private List<PortSpec> inputs = List.of();
        private List<PortSpec> outputs = List.of();
        private List<ParamSpec> params = List.of();
        private List<Params.Rule> rules = List.of();
        private Kind kind = Kind.PART;
        private Work work = Work.INLINE;
        private boolean deterministic = true;
        private boolean cacheByDefault;
        private boolean simulated;
        private List<String> needs = List.of();
        private List<String> substreamsOut = List.of();
        private Feed feed = Feed.WIRES;
        private Gathering gathering = Gathering.ARRIVAL;

        private Builder(String id, int version, String title) {
            this.id = id;
            this.version = version;
            this.title = title;
        }

        public Builder summary(String sentence) {
            summary = sentence;
            return this;
        }

        public Builder category(Category value) {
            category = value;
            return this;
        }

        public Builder synonyms(String... words) {
            synonyms = List.of(words);
            return this;
        }

        public Builder icon(String name) {
            icon = name;
            return this;
        }

        public Builder example(String sentence) {
            example = sentence;
            return this;
        }

        public Builder inputs(PortSpec... ports) {
            inputs = List.of(ports);
            return this;
        }

        public Builder outputs(PortSpec... ports) {
            outputs = List.of(ports);
            return this;
        }

        public Builder params(ParamSpec... specs) {
            params = List.of(specs);
            return this;
        }

        /// What must hold between parameters, beyond the range each has by itself.
        public Builder rules(Params.Rule... some) {
            rules = List.of(some);
            return this;
        }

        public Builder kind(Kind value) {
            kind = value;
            return this;
        }

        public Builder work(Work value) {
            work = value;
            return this;
        }

        public Builder notDeterministic() {
            deterministic = false;
            return this;
        }

        public Builder cachedByDefault() {
            cacheByDefault = true;
            return this;
        }

        public Builder simulated() {
            simulated = true;
            return this;
        }

        public Builder needs(String... programs) {
            needs = List.of(programs);
            return this;
        }

        public Builder substreamsOut(String... names) {
            substreamsOut = List.of(names);
            return this;
        }

        public Builder feed(Feed value) {
            feed = value;
            return this;
        }

        public Builder gathering(Gathering value) {
            gathering = value;
            return this;
        }

        public ProcessorDescriptor build() {
            return new ProcessorDescriptor(
                    id,
                    version,
                    title,
                    summary,
                    category,
                    synonyms,
                    icon,
                    example,
                    inputs,
                    outputs,
                    params,
                    rules,
                    kind,
                    work,
                    deterministic,
                    cacheByDefault,
                    simulated,
                    needs,
                    substreamsOut,
                    feed,
                    gathering);
        }
    }
}
