package io.partflow.engine.content;

import static io.partflow.engine.content.PeerVectors.number;
import static io.partflow.engine.content.PeerVectors.text;
import static io.partflow.engine.content.PeerVectors.textOr;

import java.util.Base64;
import java.util.List;
import java.util.Set;

/// Builds parts from the descriptions in the peer's vectors.
final class PeerParts {
    /// The descriptions that can be built.
    static final Set<String> KNOWN =
            Set.of("text", "bytes", "bytes_pattern", "repeat", "blob", "exception", "end_of_turn");

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
            default -> throw new IllegalArgumentException(description.toJson());
        };
        Part typed = mimeType.isEmpty() ? bare : bare.withMimeType(mimeType);
        return bare.isEndOfTurn()
                ? bare
                : typed.withRole(textOr(description, "role", ""))
                        .withSubstream(substream)
                        .withMetadata(metadata);
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
