package io.partflow.engine.content;

import io.partflow.engine.content.AsciiJson.FieldOrder;
import java.math.BigInteger;

/// An immutable JSON value with Python's number forms: integers of any size, and reals that may be NaN or infinite.
///
/// 1, 1.0 and true are three different values. [Object#toString] of every value is its JSON text, as [#toJson] gives
/// it.
public sealed interface JsonValue
        permits JsonObject, JsonArray, JsonString, JsonInteger, JsonReal, JsonBoolean, JsonNull {

    static JsonValue of(String value) {
        return new JsonString(value);
    }

    static JsonValue of(long value) {
        return JsonInteger.of(value);
    }

    static JsonValue of(BigInteger value) {
        return JsonInteger.of(value);
    }

    static JsonValue of(double value) {
        return new JsonReal(value);
    }

    static JsonValue of(boolean value) {
        return value ? JsonBoolean.TRUE : JsonBoolean.FALSE;
    }

    static JsonValue ofNull() {
        return JsonNull.NULL;
    }

    /// Reads one JSON value; `NaN`, `Infinity` and `-Infinity` are accepted, of equal names the last value counts.
    ///
    /// @throws WireFormException if `json` is not exactly one JSON value
    static JsonValue parse(String json) {
        return JsonReader.parse(json);
    }

    /// The exact text of Python's `json.dumps(value)`: ASCII, `", "` and `": "` between, names in insertion order.
    default String toJson() {
        try (AsciiJson out = AsciiJson.borrow()) {
            out.value(this, FieldOrder.DECLARED);
            return out.text();
        }
    }

    /// The exact text of Python's `json.dumps(value, sort_keys=True)`: as [#toJson], names sorted by code point.
    default String toCanonicalJson() {
        try (AsciiJson out = AsciiJson.borrow()) {
            out.value(this, FieldOrder.CODE_POINT);
            return out.text();
        }
    }

    /// Whether Python takes the value for true: everything but null, false, zero, and empty strings, arrays and
    /// objects.
    default boolean isTruthy() {
        return switch (this) {
            case JsonObject object -> object.size() > 0;
            case JsonArray array -> !array.values().isEmpty();
            case JsonString string -> !string.value().isEmpty();
            case JsonInteger integer -> !integer.equals(JsonInteger.ZERO);
            case JsonReal real -> real.value() != 0.0;
            case JsonBoolean bool -> bool.value();
            case JsonNull nothing -> false;
        };
    }
}
