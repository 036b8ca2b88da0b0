package io.partflow.pipeline;

import io.partflow.engine.cache.CacheSettings;
import io.partflow.engine.content.JsonNull;
import io.partflow.engine.content.JsonObject;
import io.partflow.engine.content.JsonValue;
import io.partflow.engine.processor.ProcessorDescriptor;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// One step of a pipeline: a processor with its parameters, its cache and its place on the canvas. Immutable.
///
/// A node may name a processor that does not exist, or hold parameters that are wrong: [GraphChecker] says so,
/// nothing is thrown away.
///
/// @param id unique in its graph, `[a-z][a-z0-9-]{0,39}`, never changed by a title
/// @param processor the processor's id
/// @param processorVersion the version it was made with, at least 1
/// @param params only values that differ from the processor's defaults, by name
/// @param title the name shown, or null for the processor's own
/// @param cache null when the cache is off
/// @param concurrency the most parts in work at once, from 1 to [#MOST_CONCURRENCY]; null for what the processor and
///     the queues allow
/// @param unknown what the document says beyond all this, shaped like the document's node
public record PipelineNode(
        String id,
        String processor,
        int processorVersion,
        JsonObject params,
        NodeInput input,
        @Nullable String title,
        NodeState state,
        @Nullable CacheSettings cache,
        @Nullable Integer concurrency,
        Layout layout,
        JsonObject unknown) {
    /// The highest [#concurrency()].
    public static final int MOST_CONCURRENCY = 1_000;

    private static final Pattern ID = Pattern.compile("[a-z][a-z0-9-]{0,39}");

    public PipelineNode {
        title = title == null || title.isBlank() ? null : title.strip();
        // What stood beside the settings of a cache goes with the cache: kept alone, it would turn the cache on
        // again.
        unknown = cache == null ? unknown.without("cache") : unknown;
    }

    /// A node without a bound of its own on how many parts are in work.
    public PipelineNode(
            String id,
            String processor,
            int processorVersion,
            JsonObject params,
            NodeInput input,
            @Nullable String title,
            NodeState state,
            @Nullable CacheSettings cache,
            Layout layout,
            JsonObject unknown) {
        this(id, processor, processorVersion, params, input, title, state, cache, null, layout, unknown);
    }

    /// A new node of a processor, with its defaults; its cache is on where the descriptor says so.
    public static PipelineNode of(String id, ProcessorDescriptor descriptor, Layout layout) {
        return new PipelineNode(
                id,
                descriptor.id(),
                descriptor.version(),
                JsonObject.EMPTY,
                descriptor.kind() == ProcessorDescriptor.Kind.SOURCE ? NodeInput.REPLACEABLE : NodeInput.FIXED,
                null,
                NodeState.NORMAL,
                descriptor.cacheByDefault() ? CacheSettings.DEFAULT : null,
                layout,
                JsonObject.EMPTY);
    }

    /// Whether a text may be a node's id.
    public static boolean isId(String text) {
        return ID.matcher(text).matches();
    }

    public PortRef port(String name) {
        return new PortRef(id, name);
    }

    /// The same with one parameter set; null or a JSON null takes it back to its default.
    public PipelineNode withParam(String name, @Nullable JsonValue value) {
        return withParams(value == null || value instanceof JsonNull ? params.without(name) : params.with(name, value));
    }

    public PipelineNode withId(String other) {
        return new PipelineNode(
                other, processor, processorVersion, params, input, title, state, cache, concurrency, layout, unknown);
    }

    public PipelineNode withParams(JsonObject other) {
        return new PipelineNode(
                id, processor, processorVersion, other, input, title, state, cache, concurrency, layout, unknown);
    }

    public PipelineNode withInput(NodeInput other) {
        return new PipelineNode(
                id, processor, processorVersion, params, other, title, state, cache, concurrency, layout, unknown);
    }

    /// The same with another title; null or blank means the processor's own.
    public PipelineNode withTitle(@Nullable String other) {
        return new PipelineNode(
                id, processor, processorVersion, params, input, other, state, cache, concurrency, layout, unknown);
    }

    public PipelineNode withState(NodeState other) {
        return new PipelineNode(
                id, processor, processorVersion, params, input, title, other, cache, concurrency, layout, unknown);
    }

    public PipelineNode withCache(@Nullable CacheSettings other) {
        return new PipelineNode(
                id, processor, processorVersion, params, input, title, state, other, concurrency, layout, unknown);
    }

    public PipelineNode withLayout(Layout other) {
        return new PipelineNode(
                id, processor, processorVersion, params, input, title, state, cache, concurrency, other, unknown);
    }

    /// The same with another bound on how many parts are in work at once; null for none of its own.
    public PipelineNode withConcurrency(@Nullable Integer other) {
        return new PipelineNode(
                id, processor, processorVersion, params, input, title, state, cache, other, layout, unknown);
    }
}
