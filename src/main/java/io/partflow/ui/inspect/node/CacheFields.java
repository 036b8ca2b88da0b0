package io.partflow.ui.inspect.node;

import io.partflow.engine.content.JsonArray;
import io.partflow.engine.content.JsonInteger;
import io.partflow.engine.content.JsonReal;
import io.partflow.engine.content.JsonString;
import io.partflow.engine.content.JsonValue;
import io.partflow.ui.support.Messages;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/// The values of cache settings as fields hold them. Pure.
final class CacheFields {
    private CacheFields() {}

    static JsonValue optional(@Nullable Long number) {
        return number == null ? JsonValue.ofNull() : JsonValue.of(number);
    }

    static JsonValue texts(List<String> texts) {
        return new JsonArray(texts.stream().map(JsonValue::of).toList());
    }

    static List<String> texts(@Nullable JsonValue names) {
        return names instanceof JsonArray list
                ? list.values().stream()
                        .filter(JsonString.class::isInstance)
                        .map(each -> ((JsonString) each).value())
                        .toList()
                : List.of();
    }

    static long number(@Nullable JsonValue value) {
        return value instanceof JsonInteger number ? number.longValue() : 0;
    }

    static double real(@Nullable JsonValue value) {
        return switch (value) {
            case JsonInteger whole -> whole.doubleValue();
            case JsonReal real -> real.value();
            case null, default -> 0;
        };
    }

    /// The word for one of the values of a choice.
    static String word(String name, Enum<?> value) {
        return Messages.text("inspect.cache." + name + "." + value.name().toLowerCase(Locale.ROOT));
    }
}
