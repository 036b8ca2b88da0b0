package io.partflow.ui.inspect.upkeep;

import io.partflow.engine.cache.CacheKey;
import io.partflow.engine.cache.EntryFacts;
import io.partflow.engine.cache.upkeep.Invalidation;
import io.partflow.engine.content.JsonInteger;
import io.partflow.engine.content.JsonString;
import io.partflow.engine.content.JsonValue;
import io.partflow.engine.processor.ParamSpec;
import io.partflow.engine.processor.ParamType;
import io.partflow.ui.inspect.form.FieldViewModel;
import io.partflow.ui.support.Messages;
import java.util.List;
import java.util.function.LongSupplier;
import java.util.function.Predicate;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/// What entries are described by in the form for many: node, kind, age, words, text, prefix and key. A field that is
/// empty fits all entries. FX thread.
final class BulkDescription {
    private final LongSupplier nowMillis;
    private final UnaryOperator<String> title;
    private final Runnable entered;
    private final FieldViewModel node;
    private final FieldViewModel kind;
    private final FieldViewModel age;
    private final FieldViewModel words;
    private final FieldViewModel text;
    private final FieldViewModel prefix;
    private final FieldViewModel key;

    /// @param nowMillis milliseconds since 1970
    /// @param title the name of a node by its id
    /// @param entered is called when a field has another value
    BulkDescription(LongSupplier nowMillis, UnaryOperator<String> title, Runnable entered) {
        this.nowMillis = nowMillis;
        this.title = title;
        this.entered = entered;
        node = field("node");
        kind = field("kind");
        age = new FieldViewModel(
                new ParamSpec(
                        "age",
                        Messages.text("upkeep.age"),
                        Messages.text("upkeep.age.help"),
                        ParamType.DURATION,
                        "",
                        0.0,
                        null,
                        null,
                        JsonValue.ofNull(),
                        List.of(),
                        false,
                        false),
                JsonValue.ofNull(),
                value -> entered.run());
        words = field("words");
        text = field("holds");
        prefix = field("prefix");
        key = field("key");
    }

    private FieldViewModel field(String name) {
        return new FieldViewModel(
                ParamSpec.text(name, Messages.text("upkeep." + name), Messages.text("upkeep." + name + ".help"), ""),
                JsonValue.of(""),
                value -> entered.run());
    }

    List<FieldViewModel> fields() {
        return List.of(node, kind, age, words, text, prefix, key);
    }

    boolean isEmpty() {
        return fields().stream()
                .noneMatch(each -> each == age ? age.value() instanceof JsonInteger : !of(each).isEmpty());
    }

    private static String of(FieldViewModel field) {
        return field.value() instanceof JsonString(String typed) ? typed.strip() : "";
    }

    private static @Nullable String orNull(String typed) {
        return typed.isEmpty() ? null : typed;
    }

    /// What a cache can choose by itself; null while what is typed as a key is none.
    Invalidation.@Nullable Criteria criteria() {
        String keyText = of(key);
        CacheKey wanted = keyText.isEmpty() ? null : CacheKey.parse(keyText);
        if (wanted == null && !keyText.isEmpty()) {
            return null;
        }
        return new Invalidation.Criteria(
                wanted,
                orNull(of(prefix)),
                orNull(of(kind)),
                age.value() instanceof JsonInteger millis ? nowMillis.getAsLong() - millis.longValue() : null,
                null,
                orNull(of(text)));
    }

    /// The rest: a node by its id or its title, and words.
    Predicate<EntryFacts> query() {
        String wanted = of(node);
        EntryWords query = EntryWords.of(of(words), title);
        return query.and(entry -> wanted.isEmpty()
                || entry.node().equals(wanted)
                || title.apply(entry.node()).equalsIgnoreCase(wanted));
    }
}
