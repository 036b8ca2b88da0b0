package io.partflow.engine.content;

import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/// The rules that hold for all fields of the inner part: their names, their order, and the values that JSON lacks.
///
/// Known fields are written in declared order, whatever order they came in; a null means that the field is absent;
/// numbers that are not finite become null; in names, half a surrogate pair becomes three replacement characters.
/// Source: `Part.to_dict` of genai-processors, as recorded.
final class InnerFields {
    /// Fields that stand beside the payload, in declared order; only the first stands before it.
    static final List<String> BESIDE_PAYLOAD = List.of(
            "media_resolution",
            "thought",
            "thought_signature",
            "video_metadata",
            "tool_call",
            "tool_response",
            "part_metadata",
            "audio_transcription",
            "media_processing",
            "speech_metadata");

    static final String BEFORE_PAYLOAD = "media_resolution";

    private static final String THOUGHT_SIGNATURE = "thought_signature";
    private static final List<String> RESPONSE_PART = List.of("inline_data", "file_data");
    private static final List<String> RESPONSE_BLOB = List.of("mime_type", "data", "display_name");
    private static final List<String> RESPONSE_FILE = List.of("file_uri", "mime_type", "display_name");

    private static final Map<String, String> SNAKE_BY_CAMEL = Stream.of(
                    BESIDE_PAYLOAD,
                    RESPONSE_BLOB,
                    RESPONSE_FILE,
                    List.of("partial_args", "will_continue", "inline_data", "file_data"))
            .flatMap(List::stream)
            .distinct()
            .collect(Collectors.toMap(InnerFields::camelCase, name -> name));

    private InnerFields() {}

    /// JSON pointers to the fields that are not known here; in no place is looked into a value that may
    /// hold anything.
    static List<String> unknown(Part part) {
        List<String> found = new ArrayList<>();
        others(part.otherFields(), WireForm.FIELDS, "/", found);
        others(part.bodyFields(), BESIDE_PAYLOAD, "/part/", found);
        switch (part.body()) {
            case BlobBody blob -> others(blob.otherFields(), List.of(), "/part/inline_data/", found);
            case PartBody.Structured structured -> {
                String path = "/part/" + WireForm.wireName(structured) + "/";
                others(structured.fields(), structured.knownFields(), path, found);
                if (structured.fields().get("parts") instanceof JsonArray parts) {
                    for (JsonValue each : parts) {
                        if (each instanceof JsonObject object) {
                            unknownOfResponse(object, path + "parts/", found);
                        }
                    }
                }
            }
            case TextBody text -> {}
        }
        return found.stream().distinct().toList();
    }

    private static void unknownOfResponse(JsonObject part, String path, List<String> found) {
        others(part, RESPONSE_PART, path, found);
        if (part.get("inline_data") instanceof JsonObject blob) {
            others(blob, RESPONSE_BLOB, path + "inline_data/", found);
        }
        if (part.get("file_data") instanceof JsonObject file) {
            others(file, RESPONSE_FILE, path + "file_data/", found);
        }
    }

    private static void others(JsonObject fields, List<String> known, String path, List<String> found) {
        for (String name : fields.names()) {
            if (!known.contains(name)) {
                found.add(path + name);
            }
        }
    }

    /// Fields beside the payload, cleaned and in declared order.
    static JsonObject declaredBeside(JsonObject fields) {
        JsonObject clean = declared(fields, BESIDE_PAYLOAD);
        return clean.get(THOUGHT_SIGNATURE) instanceof JsonString base64
                ? clean.with(THOUGHT_SIGNATURE, urlSafe(base64))
                : clean;
    }

    /// The fields with known names in the order of `order`, then all others in theirs; all cleaned.
    static JsonObject declared(JsonObject fields, List<String> order) {
        JsonObject.Builder named = JsonObject.builder();
        for (String name : fields.names()) {
            JsonValue value = fields.get(name);
            if (value != null && value != JsonNull.NULL) {
                String snake = SNAKE_BY_CAMEL.getOrDefault(name, name);
                named.put(order.contains(snake) ? snake : wholeName(name), finite(value));
            }
        }
        JsonObject clean = named.build();
        JsonObject.Builder sorted = JsonObject.builder();
        Stream.concat(order.stream(), clean.names().stream()).distinct().forEach(name -> {
            JsonValue value = clean.get(name);
            if (value != null) {
                sorted.put(name, value);
            }
        });
        return sorted.build();
    }

    /// The fields of a function's response with its `parts` in declared order and URL-safe base64.
    static JsonObject withResponseParts(JsonObject fields) {
        if (!(fields.get("parts") instanceof JsonArray parts)) {
            return fields;
        }
        List<JsonValue> declared = new ArrayList<>();
        for (JsonValue part : parts) {
            declared.add(part instanceof JsonObject object ? responsePart(object) : part);
        }
        return fields.with("parts", new JsonArray(declared));
    }

    private static JsonObject responsePart(JsonObject part) {
        JsonObject named = declared(part, RESPONSE_PART);
        if (named.get("inline_data") instanceof JsonObject blob) {
            JsonObject ordered = declared(blob, RESPONSE_BLOB);
            named = named.with(
                    "inline_data",
                    ordered.get("data") instanceof JsonString base64 ? ordered.with("data", urlSafe(base64)) : ordered);
        }
        if (named.get("file_data") instanceof JsonObject file) {
            named = named.with("file_data", declared(file, RESPONSE_FILE));
        }
        return named;
    }

    private static JsonString urlSafe(JsonString base64) {
        char[] chars = base64.value().toCharArray();
        byte[] bytes = Bytes.ofBase64(chars, 0, chars.length).toArray();
        return new JsonString(Base64.getUrlEncoder().encodeToString(bytes));
    }

    private static JsonValue finite(JsonValue value) {
        return switch (value) {
            case JsonReal real -> Double.isFinite(real.value()) ? real : JsonNull.NULL;
            case JsonArray array ->
                new JsonArray(array.values().stream().map(InnerFields::finite).toList());
            case JsonObject object -> {
                JsonObject.Builder fields = JsonObject.builder();
                for (int i = 0; i < object.size(); i++) {
                    fields.put(wholeName(object.nameAt(i)), finite(object.valueAt(i)));
                }
                yield fields.build();
            }
            case JsonString other -> other;
            case JsonInteger other -> other;
            case JsonBoolean other -> other;
            case JsonNull other -> other;
        };
    }

    private static String wholeName(String name) {
        if (name.chars().noneMatch(c -> Character.isSurrogate((char) c))) {
            return name;
        }
        StringBuilder whole = new StringBuilder();
        name.codePoints().forEach(c -> {
            if (Character.getType(c) == Character.SURROGATE) {
                whole.repeat('\uFFFD', 3);
            } else {
                whole.appendCodePoint(c);
            }
        });
        return whole.toString();
    }

    private static String camelCase(String snake) {
        StringBuilder camel = new StringBuilder();
        for (String word : snake.split("_", -1)) {
            camel.append(camel.isEmpty() ? word : word.substring(0, 1).toUpperCase(Locale.ROOT) + word.substring(1));
        }
        return camel.toString();
    }
}
