package io.partflow.ui.inspect.node;

import io.partflow.engine.cache.CacheSettings;
import io.partflow.engine.cache.CacheSettings.KeyOptions;
import io.partflow.engine.content.JsonArray;
import io.partflow.engine.content.JsonInteger;
import io.partflow.engine.content.JsonString;
import io.partflow.engine.content.JsonValue;
import io.partflow.engine.processor.ParamSpec;
import io.partflow.engine.processor.ParamType;
import io.partflow.ui.inspect.form.FieldViewModel;
import io.partflow.ui.support.Messages;
import java.util.List;
import java.util.function.BiFunction;
import java.util.function.Consumer;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/// The fields of a cache's settings. Every edit hands out the whole settings with one thing changed. FX thread.
final class CacheForm {
    private static final String TINYLFU = Messages.text("inspect.cache.policy.tinylfu");
    private static final String LRU = Messages.text("inspect.cache.policy.lru");
    private static final String PART = Messages.text("inspect.cache.scope.part");
    private static final String STREAM = Messages.text("inspect.cache.scope.stream");

    private final Consumer<CacheSettings> edits;
    private CacheSettings shown;
    private final FieldViewModel timeToLive;
    private final FieldViewModel maxItems;
    private final FieldViewModel maxBytes;
    private final FieldViewModel policy;
    private final FieldViewModel scope;
    private final FieldViewModel ignored;
    private final FieldViewModel skipped;
    private final FieldViewModel normalised;
    private final FieldViewModel distance;

    CacheForm(CacheSettings settings, Consumer<CacheSettings> edits) {
        this.shown = settings;
        this.edits = edits;
        timeToLive = field(
                ParamSpec.duration(
                                "ttl",
                                Messages.text("inspect.cache.ttl"),
                                Messages.text("inspect.cache.ttl.help"),
                                CacheSettings.DEFAULT_TTL_MILLIS)
                        .withRange(0, 3_650L * 86_400_000),
                time(settings),
                (old, value) -> old.withTtlMillis(value == null ? CacheSettings.DEFAULT_TTL_MILLIS : number(value)));
        maxItems = field(
                limit(
                        "items",
                        ParamType.INT,
                        Messages.text("inspect.cache.items"),
                        Messages.text("inspect.cache.items.unit")),
                items(settings),
                (old, value) -> old.withMaxItems(value == null ? null : number(value)));
        maxBytes = field(
                limit("bytes", ParamType.BYTES, Messages.text("inspect.cache.bytes"), ""),
                bytes(settings),
                (old, value) -> old.withMaxBytes(value == null ? null : number(value)));
        policy = field(
                ParamSpec.choice(
                        "policy",
                        Messages.text("inspect.cache.policy"),
                        Messages.text("inspect.cache.policy.help"),
                        TINYLFU,
                        List.of(TINYLFU, LRU)),
                word(policyWord(settings)),
                (old, value) -> with(
                        old,
                        old.scope(),
                        is(value, LRU) ? CacheSettings.Policy.LRU : CacheSettings.Policy.TINYLFU,
                        old.key()));
        scope = field(
                ParamSpec.choice(
                        "scope",
                        Messages.text("inspect.cache.scope"),
                        Messages.text("inspect.cache.scope.help"),
                        PART,
                        List.of(PART, STREAM)),
                word(scopeWord(settings)),
                (old, value) -> with(
                        old,
                        is(value, STREAM) ? CacheSettings.Scope.STREAM : CacheSettings.Scope.PART,
                        old.policy(),
                        old.key()));
        ignored = keyField(
                "ignored",
                settings,
                KeyOptions::ignoreMetadata,
                (key, texts) -> new KeyOptions(
                        texts, key.skipPartsWithMetadata(), key.normalise(), key.imageHammingDistance()));
        skipped = keyField(
                "skipped",
                settings,
                KeyOptions::skipPartsWithMetadata,
                (key, texts) ->
                        new KeyOptions(key.ignoreMetadata(), texts, key.normalise(), key.imageHammingDistance()));
        normalised = keyField(
                "normalised",
                settings,
                KeyOptions::normalise,
                (key, texts) -> new KeyOptions(
                        key.ignoreMetadata(), key.skipPartsWithMetadata(), texts, key.imageHammingDistance()));
        distance = field(
                new ParamSpec(
                        "distance",
                        Messages.text("inspect.cache.distance"),
                        Messages.text("inspect.cache.distance.help"),
                        ParamType.INT,
                        Messages.text("inspect.cache.distance.unit"),
                        0.0,
                        64.0,
                        null,
                        JsonValue.ofNull(),
                        List.of(),
                        false,
                        true),
                distance(settings),
                (old, value) -> with(
                        old,
                        old.scope(),
                        old.policy(),
                        new KeyOptions(
                                old.key().ignoreMetadata(),
                                old.key().skipPartsWithMetadata(),
                                old.key().normalise(),
                                value instanceof JsonInteger bits ? (int) bits.longValue() : null)));
    }

    List<FieldViewModel> fields() {
        return List.of(timeToLive, maxItems, maxBytes, policy, scope, ignored, skipped, normalised, distance);
    }

    /// Shows other settings of the same node.
    void show(CacheSettings settings) {
        shown = settings;
        timeToLive.show(time(settings));
        maxItems.show(items(settings));
        maxBytes.show(bytes(settings));
        policy.show(word(policyWord(settings)));
        scope.show(word(scopeWord(settings)));
        ignored.show(texts(settings.key().ignoreMetadata()));
        skipped.show(texts(settings.key().skipPartsWithMetadata()));
        normalised.show(texts(settings.key().normalise()));
        distance.show(distance(settings));
    }

    private FieldViewModel field(
            ParamSpec spec, JsonValue value, BiFunction<CacheSettings, @Nullable JsonValue, CacheSettings> change) {
        return new FieldViewModel(spec, value, edit -> edits.accept(change.apply(shown, edit)));
    }

    private static ParamSpec limit(String name, ParamType type, String title, String unit) {
        return new ParamSpec(
                name,
                title,
                Messages.text("inspect.cache.limit.help"),
                type,
                unit,
                1.0,
                null,
                null,
                JsonValue.ofNull(),
                List.of(),
                false,
                true);
    }

    private static JsonValue time(CacheSettings settings) {
        return JsonValue.of(settings.ttlMillis());
    }

    private static JsonValue items(CacheSettings settings) {
        Long limit = settings.maxItems();
        return limit == null ? JsonValue.ofNull() : JsonValue.of(limit);
    }

    private static JsonValue bytes(CacheSettings settings) {
        Long limit = settings.maxBytes();
        return limit == null ? JsonValue.ofNull() : JsonValue.of(limit);
    }

    private static JsonValue texts(List<String> texts) {
        return new JsonArray(texts.stream().map(JsonValue::of).toList());
    }

    private static JsonValue distance(CacheSettings settings) {
        Integer bits = settings.key().imageHammingDistance();
        return bits == null ? JsonValue.ofNull() : JsonValue.of(bits.longValue());
    }

    private static JsonValue word(String word) {
        return JsonValue.of(word);
    }

    private static String policyWord(CacheSettings settings) {
        return switch (settings.policy()) {
            case TINYLFU -> TINYLFU;
            case LRU -> LRU;
        };
    }

    private static String scopeWord(CacheSettings settings) {
        return switch (settings.scope()) {
            case PART -> PART;
            case STREAM -> STREAM;
        };
    }

    private static boolean is(@Nullable JsonValue value, String word) {
        return value instanceof JsonString text && text.value().equals(word);
    }

    private static long number(JsonValue value) {
        return value instanceof JsonInteger number ? number.longValue() : 0;
    }

    /// A field that edits one of the lists of key options.
    private FieldViewModel keyField(
            String name,
            CacheSettings settings,
            Function<KeyOptions, List<String>> get,
            BiFunction<KeyOptions, List<String>, KeyOptions> set) {
        return field(
                ParamSpec.list(
                        name, Messages.text("inspect.cache." + name), Messages.text("inspect.cache." + name + ".help")),
                texts(get.apply(settings.key())),
                (old, value) -> with(old, old.scope(), old.policy(), set.apply(old.key(), texts(value))));
    }

    private static List<String> texts(@Nullable JsonValue names) {
        return names instanceof JsonArray list
                ? list.values().stream()
                        .filter(JsonString.class::isInstance)
                        .map(each -> ((JsonString) each).value())
                        .toList()
                : List.of();
    }

    private static CacheSettings with(
            CacheSettings old, CacheSettings.Scope scope, CacheSettings.Policy policy, CacheSettings.KeyOptions key) {
        return old.withScope(scope).withPolicy(policy).withKey(key);
    }
}
