package io.partflow.engine.content;

import static io.partflow.engine.content.PeerVectors.number;
import static io.partflow.engine.content.PeerVectors.text;
import static io.partflow.engine.content.PeerVectors.textOr;

import io.partflow.engine.content.PartBody.FunctionResponse.Continuation;
import io.partflow.engine.content.PartBody.FunctionResponse.Scheduling;
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
            case "tool_cancellation" -> Part.toolCancellation(text(description, "function_call_id"));
            case "dataclass" ->
                Part.dataclass(text(description, "class"), (JsonObject) PeerVectors.field(description, "fields"));
            case "uri" ->
                Part.of(PartBody.FileReference.of(text(description, "file_uri"), text(description, "uri_mimetype")));
            case "file" ->
                Part.file(text(description, "name"), text(description, "uri"), text(description, "file_mimetype"));
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
        PartBody.FunctionCall call = PartBody.FunctionCall.of(
                text(description, "name"), (JsonObject) PeerVectors.field(description, "args"));
        return description.has("id") ? call.withId(text(description, "id")) : call;
    }

    private static PartBody functionResponse(JsonObject description) {
        String name = text(description, "name");
        JsonValue value = PeerVectors.field(description, "response");
        return completed(
                description.has("is_error")
                        ? PartBody.FunctionResponse.error(name, value)
                        : PartBody.FunctionResponse.result(name, value),
                description);
    }

    private static PartBody functionResponseOfParts(JsonObject description) {
        Content content = Content.of(parts(PeerVectors.array(description, "parts")));
        return completed(PartBody.FunctionResponse.result(text(description, "name"), content), description);
    }

    private static PartBody completed(PartBody.FunctionResponse response, JsonObject description) {
        PartBody.FunctionResponse whole = response;
        if (description.has("id")) {
            whole = whole.withId(text(description, "id"));
        }
        if (description.get("will_continue") instanceof JsonBoolean more) {
            whole = whole.with(more.value() ? Continuation.MORE : Continuation.LAST);
        }
        return description.has("scheduling") ? whole.with(Scheduling.valueOf(text(description, "scheduling"))) : whole;
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
