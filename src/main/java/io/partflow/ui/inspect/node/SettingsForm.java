package io.partflow.ui.inspect.node;

import io.partflow.engine.content.JsonArray;
import io.partflow.engine.content.JsonInteger;
import io.partflow.engine.content.JsonReal;
import io.partflow.engine.content.JsonString;
import io.partflow.engine.content.JsonValue;
import io.partflow.engine.content.Substream;
import io.partflow.engine.processor.ParamSpec;
import io.partflow.engine.stream.StreamMode;
import io.partflow.pipeline.PipelineSettings;
import io.partflow.ui.inspect.form.FieldViewModel;
import io.partflow.ui.support.Messages;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/// The fields of a pipeline's settings. Every edit hands out the whole settings with one thing changed. FX thread.
final class SettingsForm {
    private static final double MOST_BUDGET = 1L << 50;
    private static final double PER_CENT = 100;

    private final Consumer<PipelineSettings> edits;
    private PipelineSettings shown;
    private final FieldViewModel mode;
    private final FieldViewModel queue;
    private final FieldViewModel batch;
    private final FieldViewModel budget;
    private final FieldViewModel share;
    private final FieldViewModel seed;
    private final FieldViewModel reserved;
    private final FieldViewModel store;
    private final FieldViewModel user;

    SettingsForm(PipelineSettings settings, Consumer<PipelineSettings> edits) {
        this.shown = settings;
        this.edits = edits;
        List<String> names =
                new ArrayList<>(StreamMode.named().stream().map(StreamMode::id).toList());
        names.add(word("custom"));
        mode = new FieldViewModel(
                ParamSpec.choice("mode", word("mode"), word("mode.help"), StreamMode.BALANCED.id(), names),
                modeValue(),
                this::chooseMode);
        queue = number(
                ParamSpec.integer("queue", word("queue"), word("queue.help"), StreamMode.BALANCED.queueParts())
                        .withUnit(word("parts"))
                        .withRange(1, StreamMode.MOST_PARTS),
                settings.mode().queueParts(),
                parts -> sized(parts, Math.min(parts, shown.mode().batchParts())));
        batch = number(
                ParamSpec.integer("batch", word("batch"), word("batch.help"), StreamMode.BALANCED.batchParts())
                        .withUnit(word("parts"))
                        .withRange(1, StreamMode.MOST_PARTS),
                settings.mode().batchParts(),
                parts -> sized(Math.max(parts, shown.mode().queueParts()), parts));
        budget = number(
                ParamSpec.bytes("budget", word("budget"), word("budget.help"), PipelineSettings.DEFAULT.budgetBytes())
                        .withRange(1, MOST_BUDGET),
                settings.budgetBytes(),
                bytes -> shown.withBudgetBytes(bytes));
        share = new FieldViewModel(
                ParamSpec.real("share", word("share"), word("share.help"), 0)
                        .withUnit("%")
                        .withRange(0, PER_CENT)
                        .withStep(1),
                shareValue(),
                value -> edit(old -> old.withBudgetShare(share(value))));
        seed = number(
                ParamSpec.integer("seed", word("seed"), word("seed.help"), 1)
                        .withRange(Integer.MIN_VALUE, Integer.MAX_VALUE),
                settings.seed(),
                value -> shown.withSeed(value));
        reserved = new FieldViewModel(
                ParamSpec.list("reserved", word("reserved"), word("reserved.help")),
                names(settings.reserved()),
                value -> edit(old -> old.withReserved(reserved(value))));
        store = new FieldViewModel(
                ParamSpec.file("store", word("store"), word("store.help")),
                storeValue(settings),
                value -> edit(old -> old.withStore(value instanceof JsonString(String file) ? file : null)));
        user = new FieldViewModel(
                ParamSpec.text("user", word("user"), word("user.help"), ""),
                JsonValue.of(settings.userPrefix()),
                value -> edit(old -> old.withUserPrefix(value instanceof JsonString(String text) ? text : "")));
    }

    private static JsonValue storeValue(PipelineSettings settings) {
        String file = settings.store();
        return file == null ? JsonValue.ofNull() : JsonValue.of(file);
    }

    private static JsonValue names(Substream.Reserved reserved) {
        return new JsonArray(reserved.names().stream().map(JsonValue::of).toList());
    }

    /// The names that are filled in.
    private static Substream.Reserved reserved(@Nullable JsonValue value) {
        return value instanceof JsonArray list
                ? new Substream.Reserved(list.values().stream()
                        .map(each -> each instanceof JsonString(String name) ? name.strip() : "")
                        .filter(name -> !name.isEmpty())
                        .toList())
                : new Substream.Reserved(List.of());
    }

    private static String word(String key) {
        return Messages.text("inspect.settings." + key);
    }

    /// Makes settings of a whole number.
    @FunctionalInterface
    private interface Change {
        PipelineSettings to(long value);
    }

    private FieldViewModel number(ParamSpec spec, long value, Change change) {
        return new FieldViewModel(spec, JsonValue.of(value), typed -> {
            JsonValue number = typed == null ? spec.defaultValue() : typed;
            edit(old -> number instanceof JsonInteger whole ? change.to(whole.longValue()) : old);
        });
    }

    private static @Nullable Double share(@Nullable JsonValue value) {
        double perCent = switch (value) {
            case JsonInteger whole -> whole.doubleValue();
            case JsonReal real -> real.value();
            case null, default -> 0;
        };
        return perCent == 0 ? null : perCent / PER_CENT;
    }

    private void chooseMode(@Nullable JsonValue value) {
        String name = value instanceof JsonString(String text) ? text : StreamMode.BALANCED.id();
        if (name.equals(word("custom"))) {
            // The sizes below make it custom; chosen by itself it changes nothing.
            mode.show(modeValue());
        } else {
            edit(old -> old.withMode(StreamMode.of(name)));
        }
    }

    private PipelineSettings sized(long queueParts, long batchParts) {
        for (StreamMode named : StreamMode.named()) {
            if (named.queueParts() == queueParts && named.batchParts() == batchParts) {
                return shown.withMode(named);
            }
        }
        return shown.withMode(StreamMode.of(queueParts + "/" + batchParts));
    }

    private void edit(UnaryOperator<PipelineSettings> change) {
        edits.accept(change.apply(shown));
    }

    private JsonValue modeValue() {
        return JsonValue.of(
                StreamMode.named().contains(shown.mode()) ? shown.mode().id() : word("custom"));
    }

    private JsonValue shareValue() {
        Double part = shown.budgetShare();
        return JsonValue.of(part == null ? 0.0 : part * PER_CENT);
    }

    /// Shows other settings.
    void show(PipelineSettings settings) {
        if (settings.equals(shown)) {
            return;
        }
        shown = settings;
        mode.show(modeValue());
        queue.show(JsonValue.of(settings.mode().queueParts()));
        batch.show(JsonValue.of(settings.mode().batchParts()));
        budget.show(JsonValue.of(settings.budgetBytes()));
        share.show(shareValue());
        seed.show(JsonValue.of(settings.seed()));
        reserved.show(names(settings.reserved()));
        store.show(storeValue(settings));
        user.show(JsonValue.of(settings.userPrefix()));
    }

    List<FieldViewModel> fields() {
        return List.of(mode, queue, batch, budget, share, seed, reserved, store, user);
    }
}
