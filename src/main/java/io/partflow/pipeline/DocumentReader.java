package io.partflow.pipeline;

import io.partflow.engine.cache.CacheSettings;
import io.partflow.engine.content.JsonArray;
import io.partflow.engine.content.JsonObject;
import io.partflow.engine.content.JsonString;
import io.partflow.engine.content.JsonValue;
import io.partflow.engine.content.Substream;
import io.partflow.engine.stream.StreamMode;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// Makes a graph of a document's JSON. Confined to one thread and one document.
final class DocumentReader {
    static final String FORMAT = "partflow-pipeline";
    static final int VERSION = 1;

    private static final List<String> STATES = words(NodeState.values());

    private final DocumentProblems problems;

    DocumentReader(DocumentProblems problems) {
        this.problems = problems;
    }

    private static List<String> words(Enum<?>[] values) {
        return Arrays.stream(values)
                .map(value -> value.name().toLowerCase(Locale.ROOT))
                .toList();
    }

    private static <E extends Enum<E>> E constant(Class<E> type, String word) {
        return Enum.valueOf(type, word.toUpperCase(Locale.ROOT));
    }

    /// Reads the whole.
    ///
    /// @param document the top of the document
    /// @param fallbackName the pipeline's name where the document gives none
    /// @return the graph and whether a newer version wrote it
    Result read(JsonObject document, String fallbackName) {
        Fields top = new Fields(document, "", problems);
        if (!FORMAT.equals(top.text("format"))) {
            problems.lossy(
                    "NOT_A_PIPELINE",
                    "The file does not say \"format\": \"" + FORMAT + "\".",
                    "Choose a file that Partflow Workbench saved, or add the line if it is one.");
        }
        long version = top.integer("version", 1, VERSION);
        String name = top.text("name", fallbackName);
        Beside<PipelineSettings> settings = settings(top);
        List<PipelineNode> nodes = nodes(top);
        List<Wire> wires = wires(top);
        JsonObject unknown = top.rest();
        if (!settings.unknown().isEmpty()) {
            unknown = unknown.with("settings", settings.unknown());
        }
        return new Result(new PipelineGraph(name, settings.value(), nodes, wires, unknown), version);
    }

    /// @param version the format version the document says it has
    record Result(PipelineGraph graph, long version) {}

    /// A value with what stood beside it unread.
    private record Beside<T>(T value, JsonObject unknown) {}

    private Beside<PipelineSettings> settings(Fields top) {
        JsonObject object = top.object("settings");
        Fields fields = new Fields(object == null ? JsonObject.EMPTY : object, "settings.", problems);
        PipelineSettings standard = PipelineSettings.DEFAULT;
        PipelineSettings settings = new PipelineSettings(
                fields.integer("budgetBytes", 1, standard.budgetBytes()),
                mode(fields, standard.mode()),
                fields.integer("seed", Long.MIN_VALUE, standard.seed()),
                share(fields),
                fields.text("store"),
                reserved(fields),
                fields.text("userPrefix", standard.userPrefix()));
        return new Beside<>(settings, fields.rest());
    }

    private static StreamMode mode(Fields settings, StreamMode standard) {
        String mode = settings.text("mode", standard.id());
        try {
            return StreamMode.of(mode);
        } catch (IllegalArgumentException wrong) {
            settings.wrong("mode", "low-latency, balanced, high-throughput, or queue and batch such as 500/5");
            return standard;
        }
    }

    private static Substream.Reserved reserved(Fields settings) {
        JsonValue value = settings.take("reservedSubstreams");
        if (value == null) {
            return Substream.Reserved.USUAL;
        }
        List<String> names = new ArrayList<>();
        if (value instanceof JsonArray list) {
            for (JsonValue each : list.values()) {
                names.add(each instanceof JsonString(String name) ? name : "");
            }
        }
        if (!(value instanceof JsonArray) || names.stream().anyMatch(String::isBlank)) {
            settings.wrong("reservedSubstreams", "a list of names, none of them empty");
            return Substream.Reserved.USUAL;
        }
        return new Substream.Reserved(names);
    }

    private static @Nullable Double share(Fields settings) {
        double share = settings.real("budgetShare", 0);
        if (share < 0 || share > 1) {
            settings.wrong("budgetShare", "a share of the heap, above 0 and at most 1");
            return null;
        }
        return share == 0 ? null : share;
    }

    private static @Nullable Integer concurrency(Fields node) {
        Long most = node.integer("concurrency", 1);
        if (most != null && most > PipelineNode.MOST_CONCURRENCY) {
            node.wrong("concurrency", "from 1 to " + PipelineNode.MOST_CONCURRENCY);
            return null;
        }
        return most == null ? null : most.intValue();
    }

    private List<PipelineNode> nodes(Fields top) {
        List<PipelineNode> nodes = new ArrayList<>();
        List<JsonValue> list = top.list("nodes");
        for (int i = 0; i < list.size(); i++) {
            String path = "nodes[" + i + "]";
            if (list.get(i) instanceof JsonObject object) {
                PipelineNode node = node(new Fields(object, path + ".", problems));
                if (node != null) {
                    nodes.add(node);
                }
            } else {
                problems.wrongField(path, "an object in { }");
            }
        }
        return nodes;
    }

    private @Nullable PipelineNode node(Fields fields) {
        String id = fields.text("id", "");
        String processor = fields.text("processor", "");
        if (id.isBlank() || processor.isBlank()) {
            problems.wrongField(fields.path() + (id.isBlank() ? "id" : "processor"), "given");
            return null;
        }
        int version = fields.count("processorVersion", 1, 1);
        JsonObject params = Objects.requireNonNullElse(fields.object("params"), JsonObject.EMPTY);
        NodeInput input = fields.flag("input") ? NodeInput.REPLACEABLE : NodeInput.FIXED;
        String title = fields.text("title");
        NodeState state = constant(NodeState.class, fields.word("state", "normal", STATES));
        JsonObject cacheObject = fields.object("cache");
        Beside<CacheSettings> cache =
                cacheObject == null ? null : cache(new Fields(cacheObject, fields.path() + "cache.", problems));
        Beside<Layout> layout = layout(fields);
        Integer concurrency = concurrency(fields);
        JsonObject unknown = fields.rest();
        if (cache != null && !cache.unknown().isEmpty()) {
            unknown = unknown.with("cache", cache.unknown());
        }
        if (!layout.unknown().isEmpty()) {
            unknown = unknown.with("layout", layout.unknown());
        }
        return new PipelineNode(
                id,
                processor,
                version,
                params,
                input,
                title,
                state,
                cache == null ? null : cache.value(),
                concurrency,
                layout.value(),
                unknown);
    }

    private Beside<Layout> layout(Fields node) {
        JsonObject object = node.object("layout");
        Fields fields = new Fields(object == null ? JsonObject.EMPTY : object, node.path() + "layout.", problems);
        Layout layout = new Layout(
                fields.real("x", 0),
                fields.real("y", 0),
                fields.flag("collapsed") ? Layout.Shape.COLLAPSED : Layout.Shape.EXPANDED);
        return new Beside<>(layout, fields.rest());
    }

    private Beside<CacheSettings> cache(Fields fields) {
        CacheSettings standard = CacheSettings.DEFAULT;
        JsonObject given = fields.rest();
        var scope =
                constant(CacheSettings.Scope.class, fields.word("scope", "part", words(CacheSettings.Scope.values())));
        var tier =
                constant(CacheSettings.Tier.class, fields.word("tier", "memory", words(CacheSettings.Tier.values())));
        long ttlMillis = fields.integer("ttlMs", 0, standard.ttlMillis());
        Long maxItems = given.has("maxItems") ? fields.integer("maxItems", 1) : standard.maxItems();
        Long maxBytes = given.has("maxBytes") ? fields.integer("maxBytes", 1) : standard.maxBytes();
        var policy = constant(
                CacheSettings.Policy.class, fields.word("policy", "tinylfu", words(CacheSettings.Policy.values())));
        String prefix = fields.text("prefix");
        // A null that is written stands for "no limit"; it has been read, so nothing of it is left over.
        Beside<CacheSettings.KeyOptions> key = keyOptions(fields);
        Beside<CacheSettings.Conditions> when = conditions(fields);
        Beside<CacheSettings.Behaviour> behaviour = behaviour(fields);
        JsonObject unknown = fields.rest();
        JsonValue partitions = behaviour.unknown().get("partitions");
        unknown = partitions == null ? unknown : unknown.with("partitions", partitions);
        unknown = key.unknown().isEmpty() ? unknown : unknown.with("key", key.unknown());
        unknown = when.unknown().isEmpty() ? unknown : unknown.with("when", when.unknown());
        return new Beside<>(
                new CacheSettings(
                        scope,
                        tier,
                        ttlMillis,
                        maxItems,
                        maxBytes,
                        policy,
                        prefix,
                        key.value(),
                        when.value(),
                        behaviour.value()),
                unknown);
    }

    private Beside<CacheSettings.Behaviour> behaviour(Fields cache) {
        double share = cache.real("heapShare", 0);
        if (share < 0 || share > 1) {
            cache.wrong("heapShare", "above 0 and at most 1");
            share = 0;
        }
        Long negative = cache.integer("negativeTtlMs", 0);
        long ahead = cache.integer("refreshAheadMs", 0, 0);
        long stale = cache.integer("staleMs", 0, 0);
        Beside<List<CacheSettings.Partition>> partitions = partitions(cache);
        CacheSettings.StoreUse store = new CacheSettings.StoreUse(
                null,
                cache.integer("storeMaxItems", 1),
                cache.integer("storeMaxBytes", 1),
                constant(
                        CacheSettings.Writing.class,
                        cache.word("writing", "through", words(CacheSettings.Writing.values()))));
        return new Beside<>(
                new CacheSettings.Behaviour(
                        negative, ahead, stale, share == 0 ? null : share, partitions.value(), store),
                partitions.unknown());
    }

    /// Limits that are not written are those of a cache. What is not known of a partition stays with the
    /// kinds that it is for.
    private Beside<List<CacheSettings.Partition>> partitions(Fields cache) {
        List<CacheSettings.Partition> partitions = new ArrayList<>();
        List<JsonValue> unknown = new ArrayList<>();
        List<JsonValue> list = cache.list("partitions");
        for (int i = 0; i < list.size(); i++) {
            String path = "partitions[" + i + "]";
            if (list.get(i) instanceof JsonObject object) {
                Fields fields = new Fields(object, cache.path() + path + ".", problems);
                partitions.add(new CacheSettings.Partition(
                        fields.texts("mimeTypes"),
                        fields.integer("ttlMs", 0, CacheSettings.DEFAULT_TTL_MILLIS),
                        object.has("maxItems") ? fields.integer("maxItems", 1) : CacheSettings.DEFAULT.maxItems(),
                        object.has("maxBytes") ? fields.integer("maxBytes", 1) : CacheSettings.DEFAULT.maxBytes()));
                JsonValue kinds = object.get(DocumentWriter.KINDS);
                if (!fields.rest().isEmpty() && kinds != null) {
                    unknown.add(fields.rest().with(DocumentWriter.KINDS, kinds));
                }
            } else {
                cache.wrong(path, "an object in { }");
            }
        }
        JsonObject rest = unknown.isEmpty() ? JsonObject.EMPTY : JsonObject.of("partitions", new JsonArray(unknown));
        return new Beside<>(partitions, rest);
    }

    private Beside<CacheSettings.KeyOptions> keyOptions(Fields cache) {
        JsonObject object = cache.object("key");
        Fields fields = new Fields(object == null ? JsonObject.EMPTY : object, cache.path() + "key.", problems);
        Long distance = fields.integer("imageHammingDistance", 0);
        if (distance != null && distance > 64) {
            fields.wrong("imageHammingDistance", "from 0 to 64");
            distance = null;
        }
        return new Beside<>(
                new CacheSettings.KeyOptions(
                        fields.texts("ignoreMetadata"),
                        fields.texts("skipPartsWithMetadata"),
                        fields.texts("normalise"),
                        distance == null ? null : distance.intValue()),
                fields.rest());
    }

    private Beside<CacheSettings.Conditions> conditions(Fields cache) {
        JsonObject object = cache.object("when");
        Fields fields = new Fields(object == null ? JsonObject.EMPTY : object, cache.path() + "when.", problems);
        return new Beside<>(
                new CacheSettings.Conditions(
                        fields.texts("mimeTypes"),
                        fields.count("minTextLength", 0, 0),
                        fields.texts("neverWithMetadata")),
                fields.rest());
    }

    private List<Wire> wires(Fields top) {
        List<Wire> wires = new ArrayList<>();
        List<JsonValue> list = top.list("wires");
        for (int i = 0; i < list.size(); i++) {
            String path = "wires[" + i + "]";
            if (list.get(i) instanceof JsonObject object
                    && port(object, "from") instanceof PortRef from
                    && port(object, "to") instanceof PortRef to) {
                wires.add(new Wire(from, to, object.without("from").without("to")));
            } else {
                problems.wrongField(path, "{\"from\": \"node.port\", \"to\": \"node.port\"}");
            }
        }
        return wires;
    }

    private static @Nullable PortRef port(JsonObject wire, String name) {
        Optional<PortRef> port =
                wire.get(name) instanceof JsonString text ? PortRef.parse(text.value()) : Optional.empty();
        return port.orElse(null);
    }
}
