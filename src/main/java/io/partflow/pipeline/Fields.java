package io.partflow.pipeline;

import io.partflow.engine.content.JsonArray;
import io.partflow.engine.content.JsonBoolean;
import io.partflow.engine.content.JsonInteger;
import io.partflow.engine.content.JsonNull;
import io.partflow.engine.content.JsonObject;
import io.partflow.engine.content.JsonReal;
import io.partflow.engine.content.JsonString;
import io.partflow.engine.content.JsonValue;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/// The fields of one JSON object while it is being read: what was asked for is taken out, what was wrong is told,
/// and the rest is kept.
///
/// A JSON null counts as absent. Confined to one thread.
final class Fields {
    private final String path;
    private final DocumentProblems problems;
    private JsonObject left;

    /// @param path where the object stands in the document, such as `nodes[2].`; empty at the top
    Fields(JsonObject object, String path, DocumentProblems problems) {
        this.left = object;
        this.path = path;
        this.problems = problems;
    }

    /// What nobody asked for.
    JsonObject rest() {
        return left;
    }

    String path() {
        return path;
    }

    /// The field, taken out; null when absent.
    @Nullable
    JsonValue take(String name) {
        JsonValue value = left.get(name);
        left = left.without(name);
        return value == null || value instanceof JsonNull ? null : value;
    }

    /// Tells that a field is not what it must be.
    void wrong(String name, String expected) {
        problems.wrongField(path + name, expected);
    }

    @Nullable
    String text(String name) {
        JsonValue value = take(name);
        if (value == null || value instanceof JsonString) {
            return value instanceof JsonString text ? text.value() : null;
        }
        wrong(name, "a text");
        return null;
    }

    String text(String name, String otherwise) {
        return Objects.requireNonNullElse(text(name), otherwise);
    }

    /// One of a few words.
    String word(String name, String otherwise, List<String> words) {
        String text = text(name, otherwise);
        if (words.contains(text)) {
            return text;
        }
        wrong(name, "one of " + String.join(", ", words));
        return otherwise;
    }

    @Nullable
    Long integer(String name, long min) {
        JsonValue value = take(name);
        if (value == null) {
            return null;
        }
        if (value instanceof JsonInteger integer && integer.isLong() && integer.longValue() >= min) {
            return integer.longValue();
        }
        wrong(name, min == Long.MIN_VALUE ? "a whole number" : "a whole number of at least " + min);
        return null;
    }

    long integer(String name, long min, long otherwise) {
        return Objects.requireNonNullElse(integer(name, min), otherwise);
    }

    int count(String name, int min, int otherwise) {
        long value = integer(name, min, otherwise);
        if (value > Integer.MAX_VALUE) {
            wrong(name, "at most " + Integer.MAX_VALUE);
            return otherwise;
        }
        return (int) value;
    }

    double real(String name, double otherwise) {
        JsonValue value = take(name);
        double number = switch (value) {
            case JsonInteger integer -> integer.doubleValue();
            case JsonReal real -> real.value();
            case null -> otherwise;
            default -> Double.NaN;
        };
        if (Double.isFinite(number)) {
            return number;
        }
        wrong(name, "a number");
        return otherwise;
    }

    boolean flag(String name) {
        JsonValue value = take(name);
        if (value != null && !(value instanceof JsonBoolean)) {
            wrong(name, "true or false");
        }
        return value instanceof JsonBoolean flag && flag.value();
    }

    @Nullable
    JsonObject object(String name) {
        JsonValue value = take(name);
        if (value != null && !(value instanceof JsonObject)) {
            wrong(name, "an object in { }");
        }
        return value instanceof JsonObject object ? object : null;
    }

    List<JsonValue> list(String name) {
        JsonValue value = take(name);
        if (value != null && !(value instanceof JsonArray)) {
            wrong(name, "a list in [ ]");
        }
        return value instanceof JsonArray array ? array.values() : List.of();
    }

    List<String> texts(String name) {
        List<String> texts = new ArrayList<>();
        for (JsonValue value : list(name)) {
            if (value instanceof JsonString text) {
                texts.add(text.value());
            } else {
                wrong(name, "a list of texts");
            }
        }
        return texts;
    }
}
