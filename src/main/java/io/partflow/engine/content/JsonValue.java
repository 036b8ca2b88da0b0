package io.partflow.engine.content;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import io.partflow.engine.content.AsciiJson.FieldOrder;
import java.io.IOException;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.List;

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
        try (JsonParser parser = WireForm.parser(json)) {
            parser.nextToken();
            JsonValue value = read(parser);
            WireFormException.requireEnd(parser);
            return value;
        } catch (IOException e) {
            throw new WireFormException("", "the text cannot be read", WireFormException.JSON_REMEDY, e);
        }
    }

    /// Reads the value that starts at the parser's current token; afterwards the parser stands on its last token.
    ///
    /// The parser should be one that [WireForm#parser(String)] made, or have the same settings.
    ///
    /// @throws WireFormException if no value starts there, or it is damaged
    static JsonValue read(JsonParser parser) {
        try {
            return value(parser);
        } catch (IOException e) {
            throw WireFormException.damaged(parser, e);
        }
    }

    private static JsonValue value(JsonParser parser) throws IOException {
        JsonToken token = parser.currentToken();
        if (token == null) {
            throw WireFormException.unexpected("the end of the text");
        }
        return switch (token) {
            case START_OBJECT -> object(parser);
            case START_ARRAY -> array(parser);
            case VALUE_STRING -> new JsonString(parser.getText());
            case VALUE_NUMBER_INT -> integer(parser);
            case VALUE_NUMBER_FLOAT -> new JsonReal(parser.getDoubleValue());
            case VALUE_TRUE -> JsonBoolean.TRUE;
            case VALUE_FALSE -> JsonBoolean.FALSE;
            case VALUE_NULL -> JsonNull.NULL;
            case END_OBJECT, END_ARRAY, FIELD_NAME, NOT_AVAILABLE, VALUE_EMBEDDED_OBJECT ->
                throw WireFormException.unexpected(token.name());
        };
    }

    private static JsonValue integer(JsonParser parser) throws IOException {
        return parser.getNumberType() == JsonParser.NumberType.BIG_INTEGER
                ? JsonInteger.of(parser.getBigIntegerValue())
                : JsonInteger.of(parser.getLongValue());
    }

    private static JsonArray array(JsonParser parser) throws IOException {
        List<JsonValue> values = new ArrayList<>();
        while (parser.nextToken() != JsonToken.END_ARRAY) {
            values.add(value(parser));
        }
        return new JsonArray(values);
    }

    private static JsonObject object(JsonParser parser) throws IOException {
        JsonObject.Builder fields = JsonObject.builder();
        while (parser.nextToken() != JsonToken.END_OBJECT) {
            String name = parser.currentName();
            parser.nextToken();
            fields.put(name, value(parser));
        }
        return fields.build();
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
