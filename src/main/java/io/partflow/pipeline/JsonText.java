package io.partflow.pipeline;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonLocation;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadFeature;
import io.partflow.engine.content.JsonArray;
import io.partflow.engine.content.JsonBoolean;
import io.partflow.engine.content.JsonInteger;
import io.partflow.engine.content.JsonNull;
import io.partflow.engine.content.JsonObject;
import io.partflow.engine.content.JsonReal;
import io.partflow.engine.content.JsonString;
import io.partflow.engine.content.JsonValue;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;

/// The text of a document: read strictly, with the line of a mistake; written with sorted keys and two spaces.
/// Keeps no state.
final class JsonText {
    private static final Pattern SOURCE_NOTE =
            Pattern.compile(" \\(start marker at \\[Source: [^;]*; line: (\\d+), column: \\d+]\\)");
    private static final JsonFactory STRICT = JsonFactory.builder()
            .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
            .disable(StreamReadFeature.INCLUDE_SOURCE_IN_LOCATION)
            .build();

    private JsonText() {}

    /// A mistake in a text. Names the line, counted from 1.
    static final class BrokenException extends Exception {
        final int line;

        BrokenException(int line, String reason) {
            super(reason);
            this.line = line;
        }
    }

    /// Reads exactly one value.
    ///
    /// @throws BrokenException when the text is anything else; a name that comes twice in one object counts too
    static JsonValue read(String text) throws BrokenException {
        try (JsonParser parser = STRICT.createParser(text)) {
            if (parser.nextToken() == null) {
                throw new BrokenException(1, "it is empty");
            }
            JsonValue value = value(parser);
            if (parser.nextToken() != null) {
                throw new BrokenException(line(parser.currentTokenLocation()), "something follows the end");
            }
            return value;
        } catch (JsonProcessingException e) {
            JsonLocation at = e.getLocation();
            throw new BrokenException(at == null ? 1 : line(at), firstLine(e.getOriginalMessage()));
        } catch (IOException e) {
            throw new BrokenException(1, String.valueOf(e.getMessage()));
        }
    }

    private static int line(JsonLocation at) {
        return Math.max(1, at.getLineNr());
    }

    private static String firstLine(String message) {
        int end = message.indexOf('\n');
        String line = end < 0 ? message : message.substring(0, end);
        // Where the parser was is in the problem already; the parser adds the source, which it does not show.
        return SOURCE_NOTE.matcher(line).replaceAll(" that begins in line $1");
    }

    // Nesting is bounded by the factory's own limit, so that recursion is too.
    private static JsonValue value(JsonParser parser) throws IOException {
        return switch (parser.currentToken()) {
            case START_OBJECT -> object(parser);
            case START_ARRAY -> {
                List<JsonValue> values = new ArrayList<>();
                while (parser.nextToken() != JsonToken.END_ARRAY) {
                    values.add(value(parser));
                }
                yield new JsonArray(values);
            }
            case VALUE_STRING -> JsonValue.of(parser.getText());
            case VALUE_NUMBER_INT -> JsonValue.of(parser.getBigIntegerValue());
            case VALUE_NUMBER_FLOAT -> JsonValue.of(parser.getDoubleValue());
            case VALUE_TRUE -> JsonBoolean.TRUE;
            case VALUE_FALSE -> JsonBoolean.FALSE;
            case VALUE_NULL -> JsonValue.ofNull();
            case NOT_AVAILABLE, END_OBJECT, END_ARRAY, FIELD_NAME, VALUE_EMBEDDED_OBJECT ->
                throw new IOException("unexpected " + parser.currentToken());
        };
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

    /// The text of a value: keys sorted, two spaces, `[]` and `{}` when empty, one newline at the end.
    static String write(JsonValue value) {
        StringBuilder out = new StringBuilder(4096);
        write(out, value, 0);
        return out.append('\n').toString();
    }

    private static void write(StringBuilder out, JsonValue value, int depth) {
        switch (value) {
            case JsonObject object -> {
                if (object.isEmpty()) {
                    out.append("{}");
                    return;
                }
                String before = "{";
                for (String name : object.names().stream().sorted().toList()) {
                    out.append(before);
                    newline(out, depth + 1);
                    quote(out, name);
                    out.append(": ");
                    JsonValue field = object.get(name);
                    write(out, field == null ? JsonValue.ofNull() : field, depth + 1);
                    before = ",";
                }
                newline(out, depth);
                out.append('}');
            }
            case JsonArray array -> {
                if (array.size() == 0) {
                    out.append("[]");
                    return;
                }
                String before = "[";
                for (JsonValue each : array) {
                    out.append(before);
                    newline(out, depth + 1);
                    write(out, each, depth + 1);
                    before = ",";
                }
                newline(out, depth);
                out.append(']');
            }
            case JsonString string -> quote(out, string.value());
            // JSON has no word for these, and a document must stay readable everywhere.
            case JsonReal real -> out.append(Double.isFinite(real.value()) ? real.toString() : "null");
            case JsonInteger integer -> out.append(integer);
            case JsonBoolean flag -> out.append(flag);
            case JsonNull nothing -> out.append("null");
        }
    }

    private static void newline(StringBuilder out, int depth) {
        out.append('\n').repeat("  ", depth);
    }

    private static void quote(StringBuilder out, String text) {
        out.append('"');
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            switch (c) {
                case '"' -> out.append("\\\"");
                case '\\' -> out.append("\\\\");
                case '\n' -> out.append("\\n");
                case '\r' -> out.append("\\r");
                case '\t' -> out.append("\\t");
                default -> {
                    if (c < 0x20 || c == 0x7f || isLoneSurrogate(text, i)) {
                        out.append(String.format(Locale.ROOT, "\\u%04x", (int) c));
                    } else {
                        out.append(c);
                    }
                }
            }
        }
        out.append('"');
    }

    private static boolean isLoneSurrogate(String text, int at) {
        char c = text.charAt(at);
        if (Character.isHighSurrogate(c)) {
            return at + 1 == text.length() || !Character.isLowSurrogate(text.charAt(at + 1));
        }
        return Character.isLowSurrogate(c) && (at == 0 || !Character.isHighSurrogate(text.charAt(at - 1)));
    }
}
