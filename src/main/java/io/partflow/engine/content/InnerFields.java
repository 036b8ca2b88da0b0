package io.partflow.engine.content;

import java.util.ArrayList;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// The rules that hold for all fields of the inner part: their names, their order, and the values that JSON lacks.
///
/// Known fields are written in declared order, whatever order they came in, at every level that has declared fields;
/// a null there means that the field is absent; numbers that are not finite become null; in names, half a surrogate
/// pair becomes three replacement characters. Inside a value that may hold anything, such as the arguments of a
/// call, nothing else changes. Source: `Part.to_dict` of genai-processors and the model of google-genai, as recorded.
final class InnerFields {
    /// An object with declared fields, in their order, and what each holds. Immutable.
    static final class Shape {
        private final Map<String, Field> fields;
        private final Map<String, String> snakeByCamel = new LinkedHashMap<>();
        private final List<String> names;

        private Shape(Field... declared) {
            fields = new LinkedHashMap<>();
            for (Field field : declared) {
                fields.put(field.name(), field);
                snakeByCamel.put(camelCase(field.name()), field.name());
            }
            names = List.copyOf(fields.keySet());
        }

        /// The fields with known names in declared order, then all others in theirs; all cleaned.
        ///
        /// @throws IllegalArgumentException if bytes are not base64
        JsonObject declared(JsonObject given) {
            JsonObject.Builder named = JsonObject.builder();
            for (int i = 0; i < given.size(); i++) {
                JsonValue value = given.valueAt(i);
                if (value != JsonNull.NULL) {
                    String snake = snakeByCamel.getOrDefault(given.nameAt(i), given.nameAt(i));
                    Field field = fields.get(snake);
                    named.put(
                            field == null ? wholeName(snake) : snake,
                            field == null ? finite(value) : field.cleaned(value));
                }
            }
            JsonObject clean = named.build();
            JsonObject.Builder sorted = JsonObject.builder();
            Stream.concat(names.stream(), clean.names().stream()).distinct().forEach(name -> {
                JsonValue value = clean.get(name);
                if (value != null) {
                    sorted.put(name, value);
                }
            });
            return sorted.build();
        }

        /// Adds JSON pointers to the fields that are not known here; the place in a list is left out.
        private void unknown(JsonObject given, String path, List<String> found) {
            for (int i = 0; i < given.size(); i++) {
                String name = given.nameAt(i);
                Field field = fields.get(name);
                if (field == null) {
                    found.add(path + name);
                } else if (field.shape() != null) {
                    field.shape().unknownInside(given.valueAt(i), path + name + "/", found);
                }
            }
        }

        private void unknownInside(JsonValue value, String path, List<String> found) {
            switch (value) {
                case JsonObject object -> unknown(object, path, found);
                case JsonArray array -> array.values().forEach(each -> unknownInside(each, path, found));
                default -> {}
            }
        }
    }

    private enum Holds {
        ANYTHING,
        BYTES,
        FLOAT,
        OBJECTS
    }

    /// @param shape what the object, or each object of the list, looks like; null where that is open
    private record Field(String name, Holds holds, @Nullable Shape shape) {
        JsonValue cleaned(JsonValue value) {
            return switch (holds) {
                case ANYTHING -> finite(value);
                case BYTES -> value instanceof JsonString base64 ? urlSafe(base64) : finite(value);
                case FLOAT -> value instanceof JsonInteger whole ? JsonValue.of(whole.doubleValue()) : finite(value);
                case OBJECTS -> objects(value, Objects.requireNonNull(shape));
            };
        }

        private static JsonValue objects(JsonValue value, Shape shape) {
            return switch (value) {
                case JsonObject object -> shape.declared(object);
                case JsonArray list ->
                    new JsonArray(list.values().stream()
                            .map(each -> each instanceof JsonObject object ? shape.declared(object) : finite(each))
                            .toList());
                default -> finite(value);
            };
        }
    }

    private static Field any(String name) {
        return new Field(name, Holds.ANYTHING, null);
    }

    private static Field bytes(String name) {
        return new Field(name, Holds.BYTES, null);
    }

    private static Field number(String name) {
        return new Field(name, Holds.FLOAT, null);
    }

    private static Field objects(String name, Shape shape) {
        return new Field(name, Holds.OBJECTS, shape);
    }

    private static Field objects(String name, Field... fields) {
        return objects(name, new Shape(fields));
    }

    static final Shape FILE_DATA = new Shape(any("display_name"), any("file_uri"), any("mime_type"));

    static final Shape FUNCTION_CALL = new Shape(
            any("id"),
            any("args"),
            any("name"),
            objects(
                    "partial_args",
                    any("bool_value"),
                    any("json_path"),
                    any("null_value"),
                    number("number_value"),
                    any("string_value"),
                    any("will_continue")),
            any("will_continue"));

    static final Shape FUNCTION_RESPONSE = new Shape(
            any("will_continue"),
            any("scheduling"),
            objects(
                    "parts",
                    objects("inline_data", any("mime_type"), bytes("data"), any("display_name")),
                    objects("file_data", any("file_uri"), any("mime_type"), any("display_name"))),
            any("id"),
            any("name"),
            any("response"));

    static final Shape EXECUTABLE_CODE = new Shape(any("code"), any("language"), any("id"));

    static final Shape CODE_EXECUTION_RESULT = new Shape(any("outcome"), any("output"), any("id"));

    static final String BEFORE_PAYLOAD = "media_resolution";

    /// Fields that stand beside the payload; only the first stands before it.
    private static final Shape BESIDE_PAYLOAD = new Shape(
            objects(BEFORE_PAYLOAD, any("level"), any("num_tokens")),
            any("thought"),
            bytes("thought_signature"),
            objects("video_metadata", any("end_offset"), number("fps"), any("start_offset")),
            objects("tool_call", any("id"), any("tool_type"), any("args")),
            objects("tool_response", any("id"), any("tool_type"), any("response")),
            any("part_metadata"),
            objects(
                    "audio_transcription",
                    any("text"),
                    any("finished"),
                    any("language_code"),
                    any("speaker_label"),
                    objects("words", any("word"), any("start_offset"), any("end_offset"))),
            any("media_processing"),
            any("speech_metadata"));

    private static final Shape NOTHING = new Shape();

    private InnerFields() {}

    /// JSON pointers to the fields that are not known here; in no place is looked into a value that may
    /// hold anything.
    static List<String> unknown(Part part) {
        List<String> found = new ArrayList<>();
        part.otherFields().names().stream()
                .filter(name -> !WireForm.FIELDS.contains(name))
                .forEach(name -> found.add("/" + name));
        BESIDE_PAYLOAD.unknown(part.bodyFields(), "/part/", found);
        switch (part.body()) {
            case BlobBody blob -> NOTHING.unknown(blob.otherFields(), "/part/inline_data/", found);
            case PartBody.Structured structured ->
                shape(structured).unknown(structured.fields(), "/part/" + WireForm.wireName(structured) + "/", found);
            case TextBody text -> {}
        }
        return found.stream().distinct().toList();
    }

    private static Shape shape(PartBody.Structured body) {
        return switch (body) {
            case PartBody.FileReference file -> FILE_DATA;
            case PartBody.FunctionCall call -> FUNCTION_CALL;
            case PartBody.FunctionResponse response -> FUNCTION_RESPONSE;
            case PartBody.ExecutableCode code -> EXECUTABLE_CODE;
            case PartBody.CodeExecutionResult result -> CODE_EXECUTION_RESULT;
            case PartBody.NoPayload nothing -> NOTHING;
        };
    }

    /// Fields beside the payload, cleaned and in declared order.
    ///
    /// @throws IllegalArgumentException if a `thought_signature` is not base64
    static JsonObject declaredBeside(JsonObject fields) {
        return BESIDE_PAYLOAD.declared(fields);
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
