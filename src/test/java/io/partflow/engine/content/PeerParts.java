package io.partflow.engine.content;

import static io.partflow.engine.content.PeerVectors.number;
import static io.partflow.engine.content.PeerVectors.text;
import static io.partflow.engine.content.PeerVectors.textOr;

import java.util.Base64;
import java.util.List;

/// Builds parts from the descriptions in the peer's vectors.
final class PeerParts {
    private PeerParts() {}

    static List<Part> parts(JsonArray descriptions) {
        return descriptions.values().stream()
                .map(description -> part((JsonObject) description))
                .toList();
    }

    static Part part(JsonObject description) {
        String mimeType = textOr(description, "mimetype", "");
        String substream = textOr(description, "substream_name", "");
        JsonObject metadata = description.get("metadata") instanceof JsonObject object
                ? (JsonObject) withSpecialFloats(object)
                : JsonObject.EMPTY;
        Part bare = switch (text(description, "t")) {
            case "text" -> Part.text(text(description, "text"));
            case "repeat" -> Part.text(text(description, "unit").repeat(number(description, "count")));
            case "bytes" -> Part.decode(base64(description), mimeType);
            case "bytes_pattern" -> Part.decode(pattern(description), mimeType);
            case "blob" -> Part.blob(base64(description), mimeType);
            case "exception" -> Part.exception(text(description, "message"));
            case "end_of_turn" -> Part.endOfTurn(substream, metadata);
            case "function_call" -> Part.of(functionCall(description));
            case "function_response" -> Part.of(functionResponse(description));
            case "function_response_parts" -> Part.of(functionResponseOfParts(description));
            case "tool_cancellation" -> Part.of(toolCancellation(description)).withRole("model");
            case "dataclass" ->
                Part.json(PeerVectors.field(description, "fields").toJson())
                        .withMimeType("application/json; type=" + text(description, "class"));
            case "uri" ->
                Part.of(PartBody.FileReference.of(text(description, "file_uri"), text(description, "uri_mimetype")));
            case "file" -> file(description);
            case "executable_code" ->
                Part.of(PartBody.ExecutableCode.of(text(description, "code"), text(description, "language")));
            case "code_execution_result" ->
                Part.of(PartBody.CodeExecutionResult.of(text(description, "outcome"), text(description, "output")));
            case "from_dict" ->
                WireForm.read(PeerVectors.field(description, "data").toJson());
            default -> throw new IllegalArgumentException(description.toJson());
        };
        Part typed = mimeType.isEmpty() ? bare : bare.withMimeType(mimeType);
        return bare.isEndOfTurn()
                ? bare
                : typed.withRole(textOr(description, "role", bare.role()))
                        .withSubstream(substream)
                        .withMetadata(description.has("metadata") ? metadata : bare.metadata());
    }

    private static PartBody functionCall(JsonObject description) {
        JsonObject fields = JsonObject.of(
                "name", PeerVectors.field(description, "name"), "args", PeerVectors.field(description, "args"));
        return new PartBody.FunctionCall(
                description.has("id") ? fields.with("id", PeerVectors.field(description, "id")) : fields);
    }

    private static PartBody functionResponse(JsonObject description) {
        String name = text(description, "name");
        JsonValue value = PeerVectors.field(description, "response");
        JsonObject fields = description.has("is_error")
                ? PartBody.FunctionResponse.error(name, value).fields()
                : PartBody.FunctionResponse.result(name, value).fields();
        for (String optional : List.of("id", "will_continue", "scheduling")) {
            if (description.has(optional)) {
                fields = fields.with(optional, PeerVectors.field(description, optional));
            }
        }
        return new PartBody.FunctionResponse(fields);
    }

    private static PartBody functionResponseOfParts(JsonObject description) {
        List<Part> parts = parts(PeerVectors.array(description, "parts"));
        JsonObject fields = JsonObject.of("name", PeerVectors.field(description, "name"));
        if (description.has("id")) {
            fields = fields.with("id", PeerVectors.field(description, "id"));
        }
        if (parts.stream().allMatch(Part::isText)) {
            JsonValue text = JsonValue.of(Content.of(parts).text());
            return new PartBody.FunctionResponse(fields.with("response", JsonObject.of("result", text)));
        }
        List<JsonValue> blobs = parts.stream()
                .map(part -> JsonObject.parse(WireForm.toJson(part)))
                .map(part -> PeerVectors.field(part, "part"))
                .toList();
        return new PartBody.FunctionResponse(fields.with("parts", new JsonArray(blobs)));
    }

    private static PartBody toolCancellation(JsonObject description) {
        JsonValue id = PeerVectors.field(description, "function_call_id");
        return new PartBody.FunctionResponse(JsonObject.of(
                "name", JsonValue.of("tool_cancellation"), "response", JsonObject.of("function_call_id", id)));
    }

    private static Part file(JsonObject description) {
        String mimeType = text(description, "file_mimetype");
        JsonObject fields = PartBody.FileReference.of(text(description, "uri"), mimeType)
                .fields()
                .with("display_name", PeerVectors.field(description, "name"));
        return Part.of(new PartBody.FileReference(fields))
                .withMimeType(mimeType)
                .withMetadata("is_file", JsonValue.of(true));
    }

    private static Bytes base64(JsonObject description) {
        return Bytes.of(Base64.getDecoder().decode(text(description, "b64")));
    }

    private static Bytes pattern(JsonObject description) {
        return patternBytes(number(description, "len"), number(description, "mul"), number(description, "add"));
    }

    static Bytes patternBytes(int length, int mul, int add) {
        byte[] bytes = new byte[length];
        for (int i = 0; i < length; i++) {
            bytes[i] = (byte) (i * mul + add);
        }
        return Bytes.wrapUnsafe(bytes);
    }

    /// Replaces `{"$float": "NaN"}` by the number it stands for.
    private static JsonValue withSpecialFloats(JsonValue value) {
        return switch (value) {
            case JsonObject object -> {
                if (object.get("$float") instanceof JsonString name) {
                    yield JsonValue.of(Double.parseDouble(name.value()));
                }
                JsonObject.Builder fields = JsonObject.builder();
                object.names().forEach(name -> fields.put(name, withSpecialFloats(PeerVectors.field(object, name))));
                yield fields.build();
            }
            case JsonArray array ->
                new JsonArray(array.values().stream()
                        .map(PeerParts::withSpecialFloats)
                        .toList());
            case JsonString other -> other;
            case JsonInteger other -> other;
            case JsonReal other -> other;
            case JsonBoolean other -> other;
            case JsonNull other -> other;
        };
    }
}
