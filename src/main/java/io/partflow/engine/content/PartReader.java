package io.partflow.engine.content;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import io.partflow.engine.content.WireForm.Blobs;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/// Reads parts from JSON text as it streams by; one reader per text, confined to one thread.
final class PartReader {
    private static final String PART_REMEDY =
            "A part is an object with the fields part, role, substream_name, mimetype and metadata.";
    private static final String BODY_REMEDY = "Write it as an object, such as {\"text\": \"hello\"}.";
    private static final String BASE64_REMEDY = "Write the bytes as base64, in the standard or the URL-safe alphabet.";

    private static final Set<String> PAYLOADS = Set.of(
            "text",
            "inline_data",
            "inlineData",
            "file_data",
            "fileData",
            "function_call",
            "functionCall",
            "function_response",
            "functionResponse",
            "executable_code",
            "executableCode",
            "code_execution_result",
            "codeExecutionResult");

    private final JsonParser parser;
    private final Blobs blobs;

    private PartReader(JsonParser parser, Blobs blobs) {
        this.parser = parser;
        this.blobs = blobs;
    }

    static Part readPart(String json, Blobs blobs) {
        try (JsonParser parser = WireForm.parser(json)) {
            Part part = readPart(parser, blobs);
            WireFormException.requireEnd(parser);
            return part;
        } catch (IOException e) {
            throw new WireFormException("", "the text cannot be read", PART_REMEDY, e);
        }
    }

    static Part readPart(JsonParser parser, Blobs blobs) {
        try {
            if (parser.currentToken() == null || parser.currentToken() == JsonToken.FIELD_NAME) {
                parser.nextToken();
            }
            return new PartReader(parser, blobs).part();
        } catch (IOException e) {
            throw WireFormException.damaged(parser, e);
        }
    }

    static Content readContent(String json) {
        return readContent(WireForm.parser(json));
    }

    static Content readContent(byte[] json) {
        return readContent(WireForm.parser(json));
    }

    private static Content readContent(JsonParser parser) {
        try (parser) {
            List<Part> parts = new PartReader(parser, Blobs.INLINE).partsToEnd();
            return Content.of(parts);
        } catch (IOException e) {
            throw new WireFormException("", "the text cannot be read", PART_REMEDY, e);
        }
    }

    private List<Part> partsToEnd() {
        try {
            parser.nextToken();
            List<Part> parts = parts();
            WireFormException.requireEnd(parser);
            return parts;
        } catch (IOException e) {
            throw WireFormException.damaged(parser, e);
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
        Inner inner = null;
        String role = "";
        String substream = "";
        String mimeType = "";
        JsonObject metadata = JsonObject.EMPTY;
        JsonObject.Builder others = null;
        while (parser.nextToken() != JsonToken.END_OBJECT) {
            String name = parser.currentName();
            parser.nextToken();
            switch (name) {
                case "part" -> inner = inner();
                case "role" -> role = stringOrEmpty();
                case "substream_name" -> substream = stringOrEmpty();
                case "mimetype" -> mimeType = stringOrEmpty();
                case "metadata" -> metadata = metadata();
                default -> {
                    others = others == null ? JsonObject.builder() : others;
                    others.put(name, JsonValue.read(parser));
                }
            }
        }
        if (inner == null) {
            throw new WireFormException(path, "the field \"part\" is missing", PART_REMEDY);
        }
        Part part = Part.of(inner.body(), role, substream, mimeType, metadata);
        try {
            Part whole = part.withBodyFields(inner.beside());
            return others == null ? whole : whole.withOtherFields(others.build());
        } catch (IllegalArgumentException e) {
            throw new WireFormException(path + "/part", String.valueOf(e.getMessage()), BASE64_REMEDY);
        }
    }

    /// The inner part: its payload, and the fields beside it.
    private record Inner(PartBody body, JsonObject beside) {}

    private Inner inner() throws IOException {
        expectObject(BODY_REMEDY);
        PartBody body = null;
        JsonObject.Builder beside = JsonObject.builder();
        while (parser.nextToken() != JsonToken.END_OBJECT) {
            String name = parser.currentName();
            JsonToken token = parser.nextToken();
            if (!PAYLOADS.contains(name)) {
                beside.put(name, JsonValue.read(parser));
            } else if (token != JsonToken.VALUE_NULL) {
                PartBody payload = payload(name);
                if (body != null) {
                    throw wrong("a part holds one payload, and this is the second", "Make two parts of it.");
                }
                body = payload;
            }
        }
        return new Inner(body == null ? new PartBody.NoPayload() : body, beside.build());
    }

    private PartBody payload(String name) throws IOException {
        return switch (name) {
            case "text" -> new TextBody(string());
            case "inline_data", "inlineData" -> blob();
            case "file_data", "fileData" -> structured(PartBody.FileReference::new);
            case "function_call", "functionCall" -> structured(PartBody.FunctionCall::new);
            case "function_response", "functionResponse" -> structured(PartBody.FunctionResponse::new);
            case "executable_code", "executableCode" -> structured(PartBody.ExecutableCode::new);
            case "code_execution_result", "codeExecutionResult" -> structured(PartBody.CodeExecutionResult::new);
            default -> throw new IllegalArgumentException("not a payload: " + name);
        };
    }

    private PartBody structured(Function<JsonObject, PartBody> kind) {
        expectObject(BODY_REMEDY);
        JsonObject fields = (JsonObject) JsonValue.read(parser);
        try {
            return kind.apply(fields);
        } catch (IllegalArgumentException e) {
            throw wrong(String.valueOf(e.getMessage()), BASE64_REMEDY);
        }
    }

    private BlobBody blob() throws IOException {
        expectObject("Write it as {\"data\": base64, \"mime_type\": type}.");
        String path = path();
        Bytes data = null;
        String mimeType = "";
        String displayName = null;
        JsonObject.Builder others = JsonObject.builder();
        while (parser.nextToken() != JsonToken.END_OBJECT) {
            String name = parser.currentName();
            if (parser.nextToken() == JsonToken.VALUE_NULL) {
                continue;
            }
            switch (name) {
                case "data" -> data = base64();
                case "mime_type", "mimeType" -> mimeType = string();
                case "display_name", "displayName" -> displayName = string();
                default -> others.put(name, JsonValue.read(parser));
            }
        }
        return new BlobBody(dataOrDetached(data, path), mimeType, displayName, others.build());
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

    private JsonObject metadata() {
        if (parser.currentToken() == JsonToken.VALUE_NULL) {
            return JsonObject.EMPTY;
        }
        expectObject("Write the metadata as {\"name\": value}.");
        return (JsonObject) JsonValue.read(parser);
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
        try {
            return Bytes.ofBase64(parser.getTextCharacters(), parser.getTextOffset(), parser.getTextLength());
        } catch (IllegalArgumentException e) {
            throw wrong(String.valueOf(e.getMessage()), BASE64_REMEDY);
        }
    }

    private String path() {
        return WireFormException.pathOf(parser);
    }

    private WireFormException wrong(String reason, String remedy) {
        return new WireFormException(path(), reason, remedy);
    }
}
