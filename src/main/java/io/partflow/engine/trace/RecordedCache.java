package io.partflow.engine.trace;

import io.partflow.engine.cache.CacheSettings;
import io.partflow.engine.cache.KeyFunction.TextNormalisation;
import io.partflow.engine.content.JsonArray;
import io.partflow.engine.content.JsonInteger;
import io.partflow.engine.content.JsonNull;
import io.partflow.engine.content.JsonObject;
import io.partflow.engine.content.JsonString;
import io.partflow.engine.content.JsonValue;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// How a node was cached while a run was recorded, as far as that decides what its requests mean. Immutable.
///
/// @param processor the id of the node's processor; empty if unknown
/// @param settings with the values of the document where they were written down, else the default ones
public record RecordedCache(String processor, CacheSettings settings) {
    /// The names are those of a pipeline document.
    public JsonObject toJson() {
        CacheSettings.KeyOptions key = settings.key();
        Integer distance = key.imageHammingDistance();
        return JsonObject.builder()
                .put("processor", processor)
                .put("scope", settings.scope().name().toLowerCase(Locale.ROOT))
                .put("ttlMs", settings.ttlMillis())
                .put("maxItems", number(settings.maxItems()))
                .put("maxBytes", number(settings.maxBytes()))
                .put("policy", settings.policy().name().toLowerCase(Locale.ROOT))
                .put(
                        "key",
                        JsonObject.builder()
                                .put("ignoreMetadata", array(key.ignoreMetadata()))
                                .put("skipPartsWithMetadata", array(key.skipPartsWithMetadata()))
                                .put("normalise", array(key.normalise()))
                                .put("imageHammingDistance", number(distance == null ? null : (long) distance))
                                .build())
                .build();
    }

    private static JsonValue number(@Nullable Long value) {
        return value == null ? JsonNull.NULL : JsonValue.of(value);
    }

    private static JsonArray array(List<String> texts) {
        return new JsonArray(texts.stream().map(JsonValue::of).toList());
    }

    /// Reads what [#toJson] wrote; what is left out or cannot be understood is as in [CacheSettings#DEFAULT].
    static RecordedCache read(JsonObject json) {
        CacheSettings some = CacheSettings.DEFAULT;
        JsonObject key = json.get("key") instanceof JsonObject object ? object : JsonObject.EMPTY;
        Long distance = number(key, "imageHammingDistance", null);
        try {
            CacheSettings settings = some.withScope(
                            text(json, "scope").equals("stream") ? CacheSettings.Scope.STREAM : some.scope())
                    .withPolicy(text(json, "policy").equals("lru") ? CacheSettings.Policy.LRU : some.policy())
                    .withTtlMillis(json.get("ttlMs") instanceof JsonInteger ttl ? ttl.longValue() : some.ttlMillis())
                    .withMaxItems(number(json, "maxItems", some.maxItems()))
                    .withMaxBytes(number(json, "maxBytes", some.maxBytes()))
                    .withKey(new CacheSettings.KeyOptions(
                            texts(key, "ignoreMetadata"),
                            texts(key, "skipPartsWithMetadata"),
                            texts(key, "normalise").stream()
                                    .filter(RecordedCache::isKnown)
                                    .toList(),
                            distance == null ? null : Integer.valueOf(Math.toIntExact(distance))));
            return new RecordedCache(text(json, "processor"), settings);
        } catch (IllegalArgumentException | ArithmeticException outOfRange) {
            return new RecordedCache(text(json, "processor"), some);
        }
    }

    private static boolean isKnown(String normalisation) {
        return Stream.of(TextNormalisation.values()).anyMatch(each -> each.id().equals(normalisation));
    }

    private static String text(JsonObject json, String name) {
        return json.get(name) instanceof JsonString text ? text.value() : "";
    }

    private static @Nullable Long number(JsonObject json, String name, @Nullable Long otherwise) {
        JsonValue value = json.get(name);
        if (value instanceof JsonInteger number && number.isLong()) {
            return number.longValue();
        }
        return value instanceof JsonNull ? null : otherwise;
    }

    private static List<String> texts(JsonObject json, String name) {
        return json.get(name) instanceof JsonArray array
                ? array.values().stream()
                        .filter(JsonString.class::isInstance)
                        .map(each -> ((JsonString) each).value())
                        .toList()
                : List.of();
    }
}
