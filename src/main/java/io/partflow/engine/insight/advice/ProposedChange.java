package io.partflow.engine.insight.advice;

import io.partflow.engine.cache.CacheSettings;
import io.partflow.engine.cache.CacheSettings.KeyOptions;
import io.partflow.engine.content.JsonArray;
import io.partflow.engine.content.JsonNull;
import io.partflow.engine.content.JsonObject;
import io.partflow.engine.content.JsonValue;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// A change to how a node is cached, as data: to be shown, tried on a recording, and applied as an edit. Immutable.
public sealed interface ProposedChange {
    /// The settings with the change; empty where the node is not to be cached any more.
    Optional<CacheSettings> applyTo(CacheSettings settings);

    /// The parameters with their names, `change` among them.
    JsonObject toJson();

    /// Other limits.
    record Limits(@Nullable Long maxItems, @Nullable Long maxBytes) implements ProposedChange {
        @Override
        public Optional<CacheSettings> applyTo(CacheSettings settings) {
            return Optional.of(settings.withMaxItems(maxItems).withMaxBytes(maxBytes));
        }

        @Override
        public JsonObject toJson() {
            return JsonObject.builder()
                    .put("change", "limits")
                    .put("maxItems", maxItems == null ? JsonNull.NULL : JsonValue.of(maxItems))
                    .put("maxBytes", maxBytes == null ? JsonNull.NULL : JsonValue.of(maxBytes))
                    .build();
        }
    }

    /// Another time to live; 0 for ever.
    record TimeToLive(long ttlMillis) implements ProposedChange {
        @Override
        public Optional<CacheSettings> applyTo(CacheSettings settings) {
            return Optional.of(settings.withTtlMillis(ttlMillis));
        }

        @Override
        public JsonObject toJson() {
            return JsonObject.of("change", JsonValue.of("ttl"), "ttlMs", JsonValue.of(ttlMillis));
        }
    }

    /// A metadata entry left out of the key.
    record IgnoreMetadata(String name) implements ProposedChange {
        @Override
        public Optional<CacheSettings> applyTo(CacheSettings settings) {
            KeyOptions key = settings.key();
            List<String> names = with(key.ignoreMetadata(), name);
            return Optional.of(withKey(
                    settings,
                    new KeyOptions(names, key.skipPartsWithMetadata(), key.normalise(), key.imageHammingDistance())));
        }

        @Override
        public JsonObject toJson() {
            return JsonObject.of("change", JsonValue.of("ignoreMetadata"), "name", JsonValue.of(name));
        }
    }

    /// Texts made alike in the key.
    record Normalise(String step) implements ProposedChange {
        @Override
        public Optional<CacheSettings> applyTo(CacheSettings settings) {
            KeyOptions key = settings.key();
            List<String> steps = with(key.normalise(), step);
            return Optional.of(withKey(
                    settings,
                    new KeyOptions(
                            key.ignoreMetadata(), key.skipPartsWithMetadata(), steps, key.imageHammingDistance())));
        }

        @Override
        public JsonObject toJson() {
            return JsonObject.of("change", JsonValue.of("normalise"), "step", JsonValue.of(step));
        }
    }

    /// Pictures that look alike share a key.
    record MatchImages(int hammingDistance) implements ProposedChange {
        @Override
        public Optional<CacheSettings> applyTo(CacheSettings settings) {
            KeyOptions key = settings.key();
            return Optional.of(withKey(
                    settings,
                    new KeyOptions(
                            key.ignoreMetadata(), key.skipPartsWithMetadata(), key.normalise(), hammingDistance)));
        }

        @Override
        public JsonObject toJson() {
            return JsonObject.of("change", JsonValue.of("imageHammingDistance"), "bits", JsonValue.of(hammingDistance));
        }
    }

    /// Each part an entry of its own.
    record CacheParts() implements ProposedChange {
        @Override
        public Optional<CacheSettings> applyTo(CacheSettings settings) {
            return Optional.of(new CacheSettings(
                    CacheSettings.Scope.PART,
                    settings.tier(),
                    settings.ttlMillis(),
                    settings.maxItems(),
                    settings.maxBytes(),
                    settings.policy(),
                    settings.prefix(),
                    settings.key(),
                    settings.when(),
                    settings.behaviour()));
        }

        @Override
        public JsonObject toJson() {
            return JsonObject.of("change", JsonValue.of("scope"), "scope", JsonValue.of("part"));
        }
    }

    /// A share of the bytes for some kinds of inputs alone.
    ///
    /// @param mimeTypes of the inputs
    /// @param bytes for them
    /// @param restBytes for all others
    record Separate(List<String> mimeTypes, long bytes, long restBytes) implements ProposedChange {
        public Separate {
            mimeTypes = List.copyOf(mimeTypes);
        }

        @Override
        public Optional<CacheSettings> applyTo(CacheSettings settings) {
            List<CacheSettings.Partition> partitions =
                    new ArrayList<>(settings.behaviour().partitions());
            partitions.add(new CacheSettings.Partition(mimeTypes, settings.ttlMillis(), settings.maxItems(), bytes));
            return Optional.of(new CacheSettings(
                    settings.scope(),
                    settings.tier(),
                    settings.ttlMillis(),
                    settings.maxItems(),
                    restBytes,
                    settings.policy(),
                    settings.prefix(),
                    settings.key(),
                    settings.when(),
                    settings.behaviour().withPartitions(partitions)));
        }

        @Override
        public JsonObject toJson() {
            return JsonObject.builder()
                    .put("change", "partition")
                    .put(
                            "mimeTypes",
                            new JsonArray(mimeTypes.stream().map(JsonValue::of).toList()))
                    .put("maxBytes", bytes)
                    .put("restMaxBytes", restBytes)
                    .build();
        }
    }

    /// Several changes, one after the other.
    record Several(List<ProposedChange> changes) implements ProposedChange {
        public Several {
            changes = List.copyOf(changes);
        }

        @Override
        public Optional<CacheSettings> applyTo(CacheSettings settings) {
            Optional<CacheSettings> changed = Optional.of(settings);
            for (ProposedChange each : changes) {
                changed = changed.flatMap(each::applyTo);
            }
            return changed;
        }

        @Override
        public JsonObject toJson() {
            List<JsonValue> each = new ArrayList<>();
            changes.forEach(change -> each.add(change.toJson()));
            return JsonObject.of("change", JsonValue.of("several"), "changes", new JsonArray(each));
        }
    }

    /// No cache.
    record TurnOff() implements ProposedChange {
        @Override
        public Optional<CacheSettings> applyTo(CacheSettings settings) {
            return Optional.empty();
        }

        @Override
        public JsonObject toJson() {
            return JsonObject.builder().put("change", "off").build();
        }
    }

    /// Equal requests in flight share one computation: let runs read and store, instead of `no-cache` or `no-store`.
    record ShareComputations() implements ProposedChange {
        @Override
        public Optional<CacheSettings> applyTo(CacheSettings settings) {
            return Optional.of(settings);
        }

        @Override
        public JsonObject toJson() {
            return JsonObject.builder().put("change", "singleFlight").build();
        }
    }

    /// A list with one more of what it need not hold twice.
    private static List<String> with(List<String> names, String name) {
        List<String> more = new ArrayList<>(names);
        if (!more.contains(name)) {
            more.add(name);
        }
        return more;
    }

    private static CacheSettings withKey(CacheSettings settings, KeyOptions key) {
        return new CacheSettings(
                settings.scope(),
                settings.tier(),
                settings.ttlMillis(),
                settings.maxItems(),
                settings.maxBytes(),
                settings.policy(),
                settings.prefix(),
                key,
                settings.when(),
                settings.behaviour());
    }
}
