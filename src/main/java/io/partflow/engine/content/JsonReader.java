package io.partflow.engine.content;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.exc.StreamConstraintsException;
import com.fasterxml.jackson.core.json.JsonReadFeature;
import com.fasterxml.jackson.core.util.JsonRecyclerPools;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/// Reads JSON text into values; thread-safe.
final class JsonReader {
    /// As deep as Python's own reader goes before it gives up.
    private static final int MAX_DEPTH = 1000;
    /// Longer integers take time in proportion to the square of their length.
    private static final int MAX_NUMBER_DIGITS = 100_000;

    private static final String REMEDY = "Check that the text is complete JSON as Python's json.dumps writes it.";

    private static final JsonFactory FACTORY = JsonFactory.builder()
            .enable(JsonReadFeature.ALLOW_NON_NUMERIC_NUMBERS)
            // names come from users' data: they must not fill the table of interned strings
            .disable(JsonFactory.Feature.INTERN_FIELD_NAMES)
            .streamReadConstraints(StreamReadConstraints.builder()
                    .maxNestingDepth(MAX_DEPTH)
                    .maxNumberLength(MAX_NUMBER_DIGITS)
                    .maxStringLength(Integer.MAX_VALUE)
                    .build())
            .recyclerPool(JsonRecyclerPools.newBoundedPool(16))
            .build();

    private JsonReader() {}

    static JsonParser parser(String json) {
        try {
            return FACTORY.createParser(json);
        } catch (IOException e) {
            throw new WireFormException("", "the text cannot be read", REMEDY, e);
        }
    }

    static JsonParser parser(byte[] json) {
        try {
            return FACTORY.createParser(json);
        } catch (IOException e) {
            throw new WireFormException("", "the text cannot be read", REMEDY, e);
        }
    }

    static JsonValue parse(String json) {
        try (JsonParser parser = parser(json)) {
            try {
                parser.nextToken();
                JsonValue value = value(parser);
                expectEnd(parser);
                return value;
            } catch (IOException e) {
                throw damaged(parser, e);
            }
        } catch (IOException e) {
            throw new WireFormException("", "the text cannot be read", REMEDY, e);
        }
    }

    static void expectEnd(JsonParser parser) throws IOException {
        if (parser.nextToken() != null) {
            throw new WireFormException("", "more text follows the end of the value", REMEDY);
        }
    }

    static WireFormException damaged(JsonParser parser, IOException cause) {
        String path = parser.getParsingContext().pathAsPointer().toString();
        var place = parser.currentLocation();
        String where = "line " + place.getLineNr() + ", column " + place.getColumnNr();
        if (cause instanceof StreamConstraintsException) {
            return new WireFormException(
                    path,
                    "nested deeper than " + MAX_DEPTH + " levels, or a number of more than " + MAX_NUMBER_DIGITS
                            + " digits, at " + where,
                    "Make the value simpler.",
                    cause);
        }
        return new WireFormException(path, "not JSON at " + where, REMEDY, cause);
    }

    /// The value that starts at the current token; afterwards the parser stands on its last token.
    static JsonValue value(JsonParser parser) throws IOException {
        JsonToken token = parser.currentToken();
        if (token == null) {
            throw new WireFormException("", "the text ends where a value is expected", REMEDY);
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
                throw new WireFormException("", "a value is expected, not " + token, REMEDY);
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
}
