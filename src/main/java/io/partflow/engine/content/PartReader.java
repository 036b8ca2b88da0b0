package io.partflow.engine.content;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import io.partflow.engine.content.WireForm.Blobs;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Reads parts from JSON text as it streams by; one reader per text, confined to one thread.
final class PartReader {
    private static final String PART_REMEDY =
            "A part is an object with the fields part, role, substream_name, mimetype and metadata.";
    private static final String BODY_REMEDY =
            "Known here are text and inline_data; remove the field or update Partflow.";
    private static final String BASE64_REMEDY = "Write the bytes as base64, in the standard or the URL-safe alphabet.";

    private final JsonParser parser;
    private final Blobs blobs;

    private PartReader(JsonParser parser, Blobs blobs) {
        this.parser = parser;
        this.blobs = blobs;
    }

    static Part readPart(String json, Blobs blobs) {
        try (JsonParser parser = JsonReader.parser(json)) {
            Part part = readPart(parser, blobs);
            JsonReader.expectEnd(parser);
            return part;
        } catch (IOException e) {
            throw new WireFormException("", "the text goes on after the part", PART_REMEDY, e);
        }
    }

    static Part readPart(JsonParser parser, Blobs blobs) {
        try {
            if (parser.currentToken() == null || parser.currentToken() == JsonToken.FIELD_NAME) {
                parser.nextToken();
            }
            return new PartReader(parser, blobs).part();
        } catch (IOException e) {
            throw JsonReader.damaged(parser, e);
        }
    }

    static Content readContent(String json) {
        return readContent(JsonReader.parser(json));
    }

    static Content readContent(byte[] json) {
        return readContent(JsonReader.parser(json));
    }

    private static Content readContent(JsonParser parser) {
        try (parser) {
            try {
                parser.nextToken();
                List<Part> parts = new PartReader(parser, Blobs.INLINE).parts();
                JsonReader.expectEnd(parser);
                return Content.of(parts);
            } catch (IOException e) {
                throw JsonReader.damaged(parser, e);
            }
        } catch (IOException e) {
            throw new WireFormException("", "the text cannot be read", PART_REMEDY, e);
        }
    }

    private List<Part> parts() throws IOException {
        if (parser.currentToken() != JsonToken.START_ARRAY) {
            throw wrong("a JSON array of parts is expected", "Put the parts in [ and ].");
        }
        List<Part> parts = new ArrayList<>();
        while (parser.nextToken() != JsonToken.END_ARRAY) {
            parts.add(part());
        }
        return parts;
    }

    private Part part() throws IOException {
        expectObject(PART_REMEDY);
        String path = path();
        PartBody body = null;
        String role = "";
        String substream = "";
        String mimeType = "";
        JsonObject metadata = JsonObject.EMPTY;
        while (parser.nextToken() != JsonToken.END_OBJECT) {
            String name = parser.currentName();
            parser.nextToken();
            switch (name) {
                case "part" -> body = body();
                case "role" -> role = stringOrEmpty();
                case "substream_name" -> substream = stringOrEmpty();
                case "mimetype" -> mimeType = stringOrEmpty();
                case "metadata" -> metadata = metadata();
                default -> throw wrong("a part has no field \"" + name + "\"", PART_REMEDY);
            }
        }
        if (body == null) {
            throw new WireFormException(path, "the field \"part\" is missing", PART_REMEDY);
        }
        return Part.of(body, role, substream, mimeType, metadata);
    }

    private PartBody body() throws IOException {
        expectObject(BODY_REMEDY);
        String path = path();
        PartBody body = null;
        while (parser.nextToken() != JsonToken.END_OBJECT) {
            String name = parser.currentName();
            JsonToken token = parser.nextToken();
            if (token == JsonToken.VALUE_NULL) {
                continue;
            }
            PartBody read = switch (name) {
                case "text" -> new TextBody(string());
                case "inline_data", "inlineData" -> blob();
                default -> throw wrong("a part cannot hold \"" + name + "\"", BODY_REMEDY);
            };
            if (body != null) {
                throw wrong("a part holds one payload, and this is the second", "Make two parts of it.");
            }
            body = read;
        }
        if (body == null) {
            throw new WireFormException(path, "the part holds nothing", BODY_REMEDY);
        }
        return body;
    }

    private BlobBody blob() throws IOException {
        expectObject("Write it as {\"data\": base64, \"mime_type\": type}.");
        String path = path();
        Bytes data = null;
        String mimeType = "";
        String displayName = null;
        while (parser.nextToken() != JsonToken.END_OBJECT) {
            String name = parser.currentName();
            if (parser.nextToken() == JsonToken.VALUE_NULL) {
                continue;
            }
            switch (name) {
                case "data" -> data = base64();
                case "mime_type", "mimeType" -> mimeType = string();
                case "display_name", "displayName" -> displayName = string();
                default ->
                    throw wrong(
                            "inline data has no field \"" + name + "\"", "Known are data, mime_type and display_name.");
            }
        }
        return new BlobBody(dataOrDetached(data, path), mimeType, displayName);
    }

    private Bytes dataOrDetached(@Nullable Bytes data, String path) {
        if (data != null) {
            return data;
        }
        return switch (blobs) {
            case DETACHED -> Bytes.EMPTY;
            case INLINE -> throw new WireFormException(path, "the field \"data\" is missing", BASE64_REMEDY);
        };
    }

    private JsonObject metadata() throws IOException {
        if (parser.currentToken() == JsonToken.VALUE_NULL) {
            return JsonObject.EMPTY;
        }
        expectObject("Write the metadata as {\"name\": value}.");
        return (JsonObject) JsonReader.value(parser);
    }

    private String stringOrEmpty() throws IOException {
        return parser.currentToken() == JsonToken.VALUE_NULL ? "" : string();
    }

    private String string() throws IOException {
        expectString();
        return parser.getText();
    }

    private void expectString() {
        if (parser.currentToken() != JsonToken.VALUE_STRING) {
            throw wrong("a string is expected", "Put the value in double quotes.");
        }
    }

    private void expectObject(String remedy) {
        if (parser.currentToken() != JsonToken.START_OBJECT) {
            throw wrong("a JSON object is expected", remedy);
        }
    }

    private Bytes base64() throws IOException {
        expectString();
        // straight from the parser's buffer: a string of the whole blob would double what is held
        char[] chars = parser.getTextCharacters();
        int from = parser.getTextOffset();
        int length = parser.getTextLength();
        while (length > 0 && chars[from + length - 1] == '=') {
            length--;
        }
        if (length % 4 == 1) {
            throw wrong("base64 text of " + length + " characters ends within a byte", BASE64_REMEDY);
        }
        byte[] bytes = new byte[(int) (length * 3L / 4)];
        int to = 0;
        int bits = 0;
        for (int i = 0; i < length; i++) {
            char c = chars[from + i];
            int six = c < DIGITS.length ? DIGITS[c] : -1;
            if (six < 0) {
                throw wrong("character " + (i + 1) + " is not base64", BASE64_REMEDY);
            }
            bits = bits << 6 | six;
            // after the 2nd, 3rd and 4th digit of each four, one more byte is complete
            switch (i & 3) {
                case 1 -> bytes[to++] = (byte) (bits >>> 4);
                case 2 -> bytes[to++] = (byte) (bits >>> 2);
                case 3 -> bytes[to++] = (byte) bits;
                default -> {}
            }
        }
        return Bytes.wrapUnsafe(bytes);
    }

    /// Value of each base64 digit of both alphabets, -1 for other characters.
    private static final byte[] DIGITS = digits();

    private static byte[] digits() {
        byte[] table = new byte[128];
        Arrays.fill(table, (byte) -1);
        String alphabet = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
        for (int i = 0; i < alphabet.length(); i++) {
            table[alphabet.charAt(i)] = (byte) i;
        }
        table['-'] = 62;
        table['_'] = 63;
        return table;
    }

    private String path() {
        return parser.getParsingContext().pathAsPointer().toString();
    }

    private WireFormException wrong(String reason, String remedy) {
        return new WireFormException(path(), reason, remedy);
    }
}
