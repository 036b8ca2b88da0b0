package io.partflow.pipeline;

import io.partflow.engine.cache.CacheSettings;
import io.partflow.engine.content.JsonArray;
import io.partflow.engine.content.JsonObject;
import io.partflow.engine.content.JsonValue;
import io.partflow.engine.content.Substream;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/// Makes a document's JSON of a graph. Keeps no state.
final class DocumentWriter {
    static final String KINDS = "mimeTypes";

    private static final double LARGEST_EXACT_INTEGER = 1L << 53;

    private DocumentWriter() {}

    static JsonObject write(PipelineGraph graph) {
        JsonObject.Builder known = JsonObject.builder()
                .put("budgetBytes", graph.settings().budgetBytes())
                .put("mode", graph.settings().mode().id())
                .put("seed", graph.settings().seed());
        Double share = graph.settings().budgetShare();
        if (share != null) {
            known.put("budgetShare", share.doubleValue());
        }
        String store = graph.settings().store();
        if (store != null) {
            known.put("store", store);
        }
        if (!graph.settings().userPrefix().isEmpty()) {
            known.put("userPrefix", graph.settings().userPrefix());
        }
        Substream.Reserved reserved = graph.settings().reserved();
        if (!reserved.equals(Substream.Reserved.USUAL)) {
            known.put(
                    "reservedSubstreams",
                    new JsonArray(reserved.names().stream().map(JsonValue::of).toList()));
        }
        JsonObject settings = known.build();
        List<JsonValue> nodes = new ArrayList<>();
        graph.nodes().forEach(node -> nodes.add(node(node)));
        List<JsonValue> wires = new ArrayList<>();
        graph.wires().forEach(wire -> wires.add(wire(wire)));
        JsonObject document = JsonObject.builder()
                .put("format", DocumentReader.FORMAT)
                .put("version", DocumentReader.VERSION)
                .put("name", graph.name())
                .put("settings", settings)
                .put("nodes", new JsonArray(nodes))
                .put("wires", new JsonArray(wires))
                .build();
        return merged(document, graph.unknown());
    }

    private static JsonObject node(PipelineNode node) {
        JsonObject.Builder known = JsonObject.builder()
                .put("id", node.id())
                .put("processor", node.processor())
                .put("processorVersion", node.processorVersion())
                .put("params", node.params());
        if (node.input() == NodeInput.REPLACEABLE) {
            known.put("input", true);
        }
        String title = node.title();
        if (title != null) {
            known.put("title", title);
        }
        if (node.state() != NodeState.NORMAL) {
            known.put("state", node.state().id());
        }
        CacheSettings cache = node.cache();
        if (cache != null) {
            known.put("cache", cache(cache));
        }
        JsonObject.Builder layout = JsonObject.builder()
                .put("x", position(node.layout().x()))
                .put("y", position(node.layout().y()));
        if (node.layout().collapsed()) {
            layout.put("collapsed", true);
        }
        Integer concurrency = node.concurrency();
        if (concurrency != null) {
            known.put("concurrency", concurrency.longValue());
        }
        known.put("layout", layout.build());
        return merged(known.build(), node.unknown());
    }

    private static JsonObject cache(CacheSettings cache) {
        CacheSettings.KeyOptions options = cache.key();
        Integer distance = options.imageHammingDistance();
        JsonObject key = JsonObject.builder()
                .put("ignoreMetadata", texts(options.ignoreMetadata()))
                .put("skipPartsWithMetadata", texts(options.skipPartsWithMetadata()))
                .put("normalise", texts(options.normalise()))
                .put("imageHammingDistance", number(distance == null ? null : distance.longValue()))
                .build();
        JsonObject when = JsonObject.builder()
                .put("mimeTypes", texts(cache.when().mimeTypes()))
                .put("minTextLength", cache.when().minTextLength())
                .put("neverWithMetadata", texts(cache.when().neverWithMetadata()))
                .build();
        String prefix = cache.prefix();
        JsonObject.Builder all = JsonObject.builder()
                .put("scope", word(cache.scope()))
                .put("tier", word(cache.tier()))
                .put("ttlMs", cache.ttlMillis())
                .put("maxItems", number(cache.maxItems()))
                .put("maxBytes", number(cache.maxBytes()))
                .put("policy", word(cache.policy()))
                .put("prefix", prefix == null ? JsonValue.ofNull() : JsonValue.of(prefix))
                .put("key", key)
                .put("when", when);
        putBehaviour(all, cache.behaviour());
        return all.build();
    }

    /// What differs from the default alone, so that documents that know nothing of it stay as they are.
    private static void putBehaviour(JsonObject.Builder all, CacheSettings.Behaviour behaviour) {
        CacheSettings.StoreUse store = behaviour.store();
        putIf(all, "negativeTtlMs", behaviour.negativeTtlMillis());
        putIf(all, "refreshAheadMs", behaviour.refreshAheadMillis() == 0 ? null : behaviour.refreshAheadMillis());
        putIf(all, "staleMs", behaviour.staleMillis() == 0 ? null : behaviour.staleMillis());
        putIf(all, "storeMaxItems", store.maxItems());
        putIf(all, "storeMaxBytes", store.maxBytes());
        Double share = behaviour.heapShare();
        if (share != null) {
            all.put("heapShare", share);
        }
        if (store.writing() != CacheSettings.Writing.THROUGH) {
            all.put("writing", word(store.writing()));
        }
        if (!behaviour.partitions().isEmpty()) {
            List<JsonValue> partitions = new ArrayList<>();
            for (CacheSettings.Partition each : behaviour.partitions()) {
                partitions.add(JsonObject.builder()
                        .put(KINDS, texts(each.mimeTypes()))
                        .put("ttlMs", each.ttlMillis())
                        .put("maxItems", number(each.maxItems()))
                        .put("maxBytes", number(each.maxBytes()))
                        .build());
            }
            all.put("partitions", new JsonArray(partitions));
        }
    }

    private static void putIf(JsonObject.Builder all, String name, @Nullable Long value) {
        if (value != null) {
            all.put(name, value);
        }
    }

    private static JsonObject wire(Wire wire) {
        return merged(
                JsonObject.of(
                        "from",
                        JsonValue.of(wire.from().text()),
                        "to",
                        JsonValue.of(wire.to().text())),
                wire.unknown());
    }

    private static String word(Enum<?> constant) {
        return constant.name().toLowerCase(Locale.ROOT);
    }

    private static JsonValue number(@Nullable Long value) {
        return value == null ? JsonValue.ofNull() : JsonValue.of(value);
    }

    private static JsonArray texts(List<String> texts) {
        return new JsonArray(texts.stream().map(JsonValue::of).toList());
    }

    private static JsonValue position(double at) {
        return at == Math.rint(at) && Math.abs(at) < LARGEST_EXACT_INTEGER ? JsonValue.of((long) at) : JsonValue.of(at);
    }

    /// What is known, with what is not known in the same places; where both say something, the known counts.
    private static JsonObject merged(JsonObject known, JsonObject unknown) {
        JsonObject all = known;
        for (String name : unknown.names()) {
            JsonValue ours = known.get(name);
            JsonValue theirs = unknown.get(name);
            if (theirs == null) {
                continue;
            }
            if (ours == null) {
                all = all.with(name, theirs);
            } else if (ours instanceof JsonObject a && theirs instanceof JsonObject b) {
                all = all.with(name, merged(a, b));
            } else if (ours instanceof JsonArray a && theirs instanceof JsonArray b) {
                all = all.with(name, merged(a, b));
            }
        }
        return all;
    }

    /// Objects in a list belong together when they are for the same kinds.
    private static JsonArray merged(JsonArray known, JsonArray unknown) {
        List<JsonValue> rest = new ArrayList<>(unknown.values());
        List<JsonValue> all = new ArrayList<>();
        for (JsonValue each : known.values()) {
            JsonValue merged = each;
            for (JsonValue other : rest) {
                if (each instanceof JsonObject a
                        && other instanceof JsonObject b
                        && b.get(KINDS) != null
                        && Objects.equals(a.get(KINDS), b.get(KINDS))) {
                    merged = merged(a, b);
                    rest.remove(other);
                    break;
                }
            }
            all.add(merged);
        }
        return new JsonArray(all);
    }
}
