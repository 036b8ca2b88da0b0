package io.partflow.ui.inspect.node;

import static io.partflow.ui.inspect.node.CacheFields.number;
import static io.partflow.ui.inspect.node.CacheFields.optional;
import static io.partflow.ui.inspect.node.CacheFields.texts;
import static io.partflow.ui.inspect.node.CacheFields.word;

import io.partflow.engine.cache.CacheSettings;
import io.partflow.engine.cache.CacheSettings.Behaviour;
import io.partflow.engine.cache.CacheSettings.Conditions;
import io.partflow.engine.cache.CacheSettings.KeyOptions;
import io.partflow.engine.cache.CacheSettings.Partition;
import io.partflow.engine.cache.CacheSettings.StoreUse;
import io.partflow.engine.content.JsonInteger;
import io.partflow.engine.content.JsonString;
import io.partflow.engine.content.JsonValue;
import io.partflow.engine.processor.ParamSpec;
import io.partflow.engine.processor.ParamType;
import io.partflow.ui.inspect.form.FieldViewModel;
import io.partflow.ui.support.Messages;
import java.util.ArrayList;
import java.util.List;
import java.util.function.BiFunction;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.UnaryOperator;
import javafx.collections.FXCollections;
import javafx.collections.ObservableList;
import org.jspecify.annotations.Nullable;

/// The fields of a cache's settings, in groups. Every edit hands out the whole settings with one thing changed. FX
/// thread.
final class CacheForm {
    private static final double LONGEST_MILLIS = 3_650.0 * 86_400_000;
    private static final double PER_CENT = 100;

    /// A field and where its value comes from.
    private record Bound(FieldViewModel field, Function<CacheSettings, JsonValue> value) {}

    private final Consumer<CacheSettings> edits;
    private final Consumer<@Nullable String> storeEdits;
    private final List<Bound> bound = new ArrayList<>();
    private final List<FormGroup> fixed = new ArrayList<>();
    private final List<Bound> inPartitions = new ArrayList<>();
    private final ObservableList<FormGroup> groups = FXCollections.observableArrayList();
    private final FieldViewModel store;
    private CacheSettings shown;
    private @Nullable String shownStore;

    /// @param storeFile the store that the pipeline names, or null
    /// @param edits takes changed settings
    /// @param storeEdits takes another store for the pipeline, or null for none
    CacheForm(
            CacheSettings settings,
            @Nullable String storeFile,
            Consumer<CacheSettings> edits,
            Consumer<@Nullable String> storeEdits) {
        this.shown = settings;
        this.shownStore = storeFile;
        this.edits = edits;
        this.storeEdits = storeEdits;
        this.store = new FieldViewModel(
                ParamSpec.file("store", title("store"), help("store")),
                storeValue(),
                value -> this.storeEdits.accept(value instanceof JsonString(String file) ? file : null));
        group("", limits());
        group("storage", storage());
        group("freshness", freshness());
        group("key", key());
        group("when", when());
        groups.setAll(fixed);
        showPartitions();
    }

    private void group(String name, List<FieldViewModel> fields) {
        fixed.add(new FormGroup(name.isEmpty() ? "" : Messages.text("inspect.cache.group." + name), fields, null));
    }

    private List<FieldViewModel> limits() {
        return List.of(
                field(
                        ParamSpec.duration("ttl", title("ttl"), help("ttl"), CacheSettings.DEFAULT_TTL_MILLIS)
                                .withRange(0, LONGEST_MILLIS),
                        settings -> JsonValue.of(settings.ttlMillis()),
                        (old, value) ->
                                old.withTtlMillis(value == null ? CacheSettings.DEFAULT_TTL_MILLIS : number(value))),
                field(
                        limit("items", ParamType.INT, title("items"), Messages.text("inspect.cache.items.unit")),
                        settings -> optional(settings.maxItems()),
                        (old, value) -> old.withMaxItems(whole(value))),
                field(
                        limit("bytes", ParamType.BYTES, title("bytes"), ""),
                        settings -> optional(settings.maxBytes()),
                        (old, value) -> old.withMaxBytes(whole(value))),
                choice(
                        "policy",
                        CacheSettings.Policy.values(),
                        CacheSettings.Policy.TINYLFU,
                        CacheSettings::policy,
                        CacheSettings::withPolicy),
                choice(
                        "scope",
                        CacheSettings.Scope.values(),
                        CacheSettings.Scope.PART,
                        CacheSettings::scope,
                        CacheSettings::withScope));
    }

    private List<FieldViewModel> storage() {
        return List.of(
                choice(
                        "tier",
                        CacheSettings.Tier.values(),
                        CacheSettings.Tier.MEMORY,
                        CacheSettings::tier,
                        CacheSettings::withTier),
                store,
                field(
                        limit(
                                "storeItems",
                                ParamType.INT,
                                title("storeItems"),
                                Messages.text("inspect.cache.items.unit")),
                        settings -> optional(settings.behaviour().store().maxItems()),
                        (old, value) -> storing(
                                old, use -> new StoreUse(use.file(), whole(value), use.maxBytes(), use.writing()))),
                field(
                        limit("storeBytes", ParamType.BYTES, title("storeBytes"), ""),
                        settings -> optional(settings.behaviour().store().maxBytes()),
                        (old, value) -> storing(
                                old, use -> new StoreUse(use.file(), use.maxItems(), whole(value), use.writing()))),
                choice(
                        "writing",
                        CacheSettings.Writing.values(),
                        CacheSettings.Writing.THROUGH,
                        settings -> settings.behaviour().store().writing(),
                        (old, writing) ->
                                storing(old, use -> new StoreUse(use.file(), use.maxItems(), use.maxBytes(), writing))),
                field(
                        ParamSpec.real("heapShare", title("heapShare"), help("heapShare"), 0)
                                .withUnit("%")
                                .withRange(0, PER_CENT),
                        settings -> {
                            Double share = settings.behaviour().heapShare();
                            return JsonValue.of(share == null ? 0.0 : share * PER_CENT);
                        },
                        (old, value) -> {
                            double share = CacheFields.real(value) / PER_CENT;
                            return behaving(
                                    old,
                                    was -> new Behaviour(
                                            was.negativeTtlMillis(),
                                            was.refreshAheadMillis(),
                                            was.staleMillis(),
                                            share == 0 ? null : share,
                                            was.partitions(),
                                            was.store()));
                        }));
    }

    private List<FieldViewModel> freshness() {
        return List.of(
                field(
                        limit("negativeTtl", ParamType.DURATION, title("negativeTtl"), "")
                                .withRange(0, LONGEST_MILLIS),
                        settings -> optional(settings.behaviour().negativeTtlMillis()),
                        (old, value) -> behaving(old, was -> was.withNegativeTtlMillis(whole(value)))),
                field(
                        ParamSpec.duration("refreshAhead", title("refreshAhead"), help("refreshAhead"), 0)
                                .withRange(0, LONGEST_MILLIS),
                        settings -> JsonValue.of(settings.behaviour().refreshAheadMillis()),
                        (old, value) -> behaving(old, was -> was.withRefreshAheadMillis(number(value)))),
                field(
                        ParamSpec.duration("stale", title("stale"), help("stale"), 0)
                                .withRange(0, LONGEST_MILLIS),
                        settings -> JsonValue.of(settings.behaviour().staleMillis()),
                        (old, value) -> behaving(old, was -> was.withStaleMillis(number(value)))));
    }

    private List<FieldViewModel> key() {
        return List.of(
                field(
                        ParamSpec.text("prefix", title("prefix"), help("prefix"), ""),
                        settings -> JsonValue.of(settings.prefix() == null ? "" : settings.prefix()),
                        (old, value) -> old.withPrefix(
                                value instanceof JsonString(String text) && !text.isEmpty() ? text : null)),
                list(
                        "ignored",
                        settings -> settings.key().ignoreMetadata(),
                        (old, names) -> keyed(
                                old,
                                key -> new KeyOptions(
                                        names,
                                        key.skipPartsWithMetadata(),
                                        key.normalise(),
                                        key.imageHammingDistance()))),
                list(
                        "skipped",
                        settings -> settings.key().skipPartsWithMetadata(),
                        (old, names) -> keyed(
                                old,
                                key -> new KeyOptions(
                                        key.ignoreMetadata(), names, key.normalise(), key.imageHammingDistance()))),
                list(
                        "normalised",
                        settings -> settings.key().normalise(),
                        (old, steps) -> keyed(
                                old,
                                key -> new KeyOptions(
                                        key.ignoreMetadata(),
                                        key.skipPartsWithMetadata(),
                                        steps,
                                        key.imageHammingDistance()))),
                field(
                        limit(
                                        "distance",
                                        ParamType.INT,
                                        title("distance"),
                                        Messages.text("inspect.cache.distance.unit"))
                                .withRange(0, Long.SIZE),
                        settings -> {
                            Integer bits = settings.key().imageHammingDistance();
                            return optional(bits == null ? null : Long.valueOf(bits));
                        },
                        (old, value) -> keyed(
                                old,
                                key -> new KeyOptions(
                                        key.ignoreMetadata(),
                                        key.skipPartsWithMetadata(),
                                        key.normalise(),
                                        value instanceof JsonInteger bits ? (int) bits.longValue() : null))));
    }

    private List<FieldViewModel> when() {
        return List.of(
                list(
                        "mimeTypes",
                        settings -> settings.when().mimeTypes(),
                        (old, types) -> conditioned(
                                old, was -> new Conditions(types, was.minTextLength(), was.neverWithMetadata()))),
                field(
                        ParamSpec.integer("minLength", title("minLength"), help("minLength"), 0)
                                .withUnit(Messages.text("inspect.cache.minLength.unit"))
                                .withRange(0, Integer.MAX_VALUE),
                        settings -> JsonValue.of((long) settings.when().minTextLength()),
                        (old, value) -> conditioned(
                                old,
                                was -> new Conditions(was.mimeTypes(), (int) number(value), was.neverWithMetadata()))),
                list(
                        "never",
                        settings -> settings.when().neverWithMetadata(),
                        (old, names) ->
                                conditioned(old, was -> new Conditions(was.mimeTypes(), was.minTextLength(), names))));
    }

    // ---- partitions

    private void showPartitions() {
        int count = shown.behaviour().partitions().size();
        if (groups.size() - fixed.size() == count) {
            return;
        }
        List<FormGroup> all = new ArrayList<>(fixed);
        inPartitions.clear();
        for (int i = 0; i < count; i++) {
            all.add(partition(i));
        }
        groups.setAll(all);
    }

    private FormGroup partition(int index) {
        List<FieldViewModel> fields = new ArrayList<>();
        Function<CacheSettings, Partition> of =
                settings -> settings.behaviour().partitions().get(index);
        fields.add(inPartition(
                ParamSpec.list("partitionTypes" + index, title("partitionTypes"), help("partitionTypes")),
                settings -> texts(of.apply(settings).mimeTypes()),
                (old, value) -> partitioned(
                        old,
                        index,
                        was -> new Partition(texts(value), was.ttlMillis(), was.maxItems(), was.maxBytes()))));
        fields.add(inPartition(
                ParamSpec.duration("partitionTtl" + index, title("ttl"), help("ttl"), CacheSettings.DEFAULT_TTL_MILLIS)
                        .withRange(0, LONGEST_MILLIS),
                settings -> JsonValue.of(of.apply(settings).ttlMillis()),
                (old, value) -> partitioned(
                        old,
                        index,
                        was -> new Partition(
                                was.mimeTypes(),
                                value == null ? CacheSettings.DEFAULT_TTL_MILLIS : number(value),
                                was.maxItems(),
                                was.maxBytes()))));
        fields.add(inPartition(
                limit(
                        "partitionItems" + index,
                        ParamType.INT,
                        title("items"),
                        Messages.text("inspect.cache.items.unit")),
                settings -> optional(of.apply(settings).maxItems()),
                (old, value) -> partitioned(
                        old,
                        index,
                        was -> new Partition(was.mimeTypes(), was.ttlMillis(), whole(value), was.maxBytes()))));
        fields.add(inPartition(
                limit("partitionBytes" + index, ParamType.BYTES, title("bytes"), ""),
                settings -> optional(of.apply(settings).maxBytes()),
                (old, value) -> partitioned(
                        old,
                        index,
                        was -> new Partition(was.mimeTypes(), was.ttlMillis(), was.maxItems(), whole(value)))));
        return new FormGroup(
                Messages.text("inspect.cache.partition", Integer.toString(index + 1)),
                fields,
                () -> removePartition(index));
    }

    /// Adds a partition for images with the limits of an hour and a hundred items, to be edited.
    void addPartition() {
        List<Partition> more = new ArrayList<>(shown.behaviour().partitions());
        more.add(new Partition(List.of("image/*"), 3_600_000, 100L, null));
        edits.accept(behaving(shown, was -> was.withPartitions(more)));
    }

    private void removePartition(int index) {
        List<Partition> fewer = new ArrayList<>(shown.behaviour().partitions());
        if (index < fewer.size()) {
            fewer.remove(index);
            edits.accept(behaving(shown, was -> was.withPartitions(fewer)));
        }
    }

    private static CacheSettings partitioned(CacheSettings old, int index, UnaryOperator<Partition> change) {
        List<Partition> all = new ArrayList<>(old.behaviour().partitions());
        if (index < all.size()) {
            all.set(index, change.apply(all.get(index)));
        }
        return behaving(old, was -> was.withPartitions(all));
    }

    // ---- whole settings from one part of them

    private static CacheSettings behaving(CacheSettings old, UnaryOperator<Behaviour> change) {
        return old.withBehaviour(change.apply(old.behaviour()));
    }

    private static CacheSettings storing(CacheSettings old, UnaryOperator<StoreUse> change) {
        return behaving(old, was -> was.withStore(change.apply(was.store())));
    }

    private static CacheSettings keyed(CacheSettings old, UnaryOperator<KeyOptions> change) {
        return old.withKey(change.apply(old.key()));
    }

    private static CacheSettings conditioned(CacheSettings old, UnaryOperator<Conditions> change) {
        return new CacheSettings(
                old.scope(),
                old.tier(),
                old.ttlMillis(),
                old.maxItems(),
                old.maxBytes(),
                old.policy(),
                old.prefix(),
                old.key(),
                change.apply(old.when()),
                old.behaviour());
    }

    // ---- what is shown

    /// The groups, partitions last; changes as partitions come and go.
    ObservableList<FormGroup> groups() {
        return groups;
    }

    List<FieldViewModel> fields() {
        return groups.stream().flatMap(group -> group.fields().stream()).toList();
    }

    /// Shows other settings of the same node.
    void show(CacheSettings settings, @Nullable String storeFile) {
        shown = settings;
        shownStore = storeFile;
        store.show(storeValue());
        bound.forEach(each -> each.field().show(each.value().apply(settings)));
        int before = inPartitions.size();
        showPartitions();
        if (inPartitions.size() == before) {
            inPartitions.forEach(each -> each.field().show(each.value().apply(settings)));
        }
    }

    private JsonValue storeValue() {
        String file = shownStore;
        return file == null ? JsonValue.ofNull() : JsonValue.of(file);
    }

    // ---- kinds of fields

    private FieldViewModel field(
            ParamSpec spec,
            Function<CacheSettings, JsonValue> value,
            BiFunction<CacheSettings, @Nullable JsonValue, CacheSettings> change) {
        FieldViewModel field = made(spec, value, change);
        bound.add(new Bound(field, value));
        return field;
    }

    private FieldViewModel inPartition(
            ParamSpec spec,
            Function<CacheSettings, JsonValue> value,
            BiFunction<CacheSettings, @Nullable JsonValue, CacheSettings> change) {
        FieldViewModel field = made(spec, value, change);
        inPartitions.add(new Bound(field, value));
        return field;
    }

    private FieldViewModel made(
            ParamSpec spec,
            Function<CacheSettings, JsonValue> value,
            BiFunction<CacheSettings, @Nullable JsonValue, CacheSettings> change) {
        return new FieldViewModel(spec, value.apply(shown), edit -> edits.accept(change.apply(shown, edit)));
    }

    private FieldViewModel list(
            String name,
            Function<CacheSettings, List<String>> get,
            BiFunction<CacheSettings, List<String>, CacheSettings> set) {
        return field(
                ParamSpec.list(name, title(name), help(name)),
                settings -> texts(get.apply(settings)),
                (old, value) -> set.apply(old, texts(value)));
    }

    private <E extends Enum<E>> FieldViewModel choice(
            String name,
            E[] values,
            E standard,
            Function<CacheSettings, E> get,
            BiFunction<CacheSettings, E, CacheSettings> set) {
        List<String> words = new ArrayList<>();
        for (E each : values) {
            words.add(word(name, each));
        }
        return field(
                ParamSpec.choice(name, title(name), help(name), word(name, standard), words),
                settings -> JsonValue.of(word(name, get.apply(settings))),
                (old, value) -> {
                    int at = value instanceof JsonString(String text) ? words.indexOf(text) : -1;
                    return set.apply(old, at < 0 ? standard : values[at]);
                });
    }

    /// A number that may be missing.
    private static ParamSpec limit(String name, ParamType type, String title, String unit) {
        String key = name.replaceAll("[0-9]", "");
        return new ParamSpec(
                name,
                title,
                Messages.textOr("inspect.cache." + key + ".help", Messages.text("inspect.cache.limit.help")),
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

    private static @Nullable Long whole(@Nullable JsonValue value) {
        return value instanceof JsonInteger number ? Long.valueOf(number.longValue()) : null;
    }

    private static String title(String name) {
        return Messages.text("inspect.cache." + name);
    }

    private static String help(String name) {
        return Messages.text("inspect.cache." + name + ".help");
    }
}
