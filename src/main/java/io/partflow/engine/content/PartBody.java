package io.partflow.engine.content;

import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/// What a part carries: one kind of payload.
///
/// Text and blobs are the kinds that processors work on. The others are [Structured]: JSON objects with known fields,
/// which keep fields that they do not know. To add a kind: its record, its name in `permits`, and a line each in
/// [WireForm] and [PartReader]; the compiler names every switch that has to know it.
public sealed interface PartBody permits TextBody, BlobBody, PartBody.Structured {
    /// The MIME type that a part with this body reports when none is given; never empty.
    String impliedMimeType();

    /// Bytes of the payload, counted once: UTF-8 length of text, length of a blob, characters of other kinds' JSON.
    long sizeBytes();

    /// A payload that is a JSON object: fields in declared order, names in snake_case, no nulls at its top level.
    sealed interface Structured extends PartBody {
        JsonObject fields();

        /// The names of the fields that this version knows, in declared order.
        List<String> knownFields();

        @Override
        default String impliedMimeType() {
            return MimeType.TEXT_PLAIN;
        }

        @Override
        default long sizeBytes() {
            return fields().jsonLength();
        }
    }

    /// A reference to a file somewhere else (`file_data`). The part reports its own MIME type, not that of the file.
    record FileReference(JsonObject fields) implements Structured {
        private static final List<String> ORDER = List.of("display_name", "file_uri", "mime_type");

        public FileReference {
            fields = InnerFields.declared(fields, ORDER);
        }

        @Override
        public List<String> knownFields() {
            return ORDER;
        }

        public static FileReference of(String uri, String mimeType) {
            return new FileReference(JsonObject.of("file_uri", JsonValue.of(uri), "mime_type", JsonValue.of(mimeType)));
        }

        public String uri() {
            return Objects.requireNonNullElse(string(fields, "file_uri"), "");
        }

        /// The file's type; null if it was not said.
        public @Nullable String fileMimeType() {
            return string(fields, "mime_type");
        }

        @Override
        public String toString() {
            return summary("FileReference", fields);
        }
    }

    /// A model's wish to call a function.
    record FunctionCall(JsonObject fields) implements Structured {
        private static final List<String> ORDER = List.of("id", "args", "name", "partial_args", "will_continue");

        public FunctionCall {
            fields = InnerFields.declared(fields, ORDER);
        }

        @Override
        public List<String> knownFields() {
            return ORDER;
        }

        public static FunctionCall of(String name, JsonObject args) {
            return new FunctionCall(JsonObject.of("args", args, "name", JsonValue.of(name)));
        }

        public String name() {
            return Objects.requireNonNullElse(string(fields, "name"), "");
        }

        public JsonObject args() {
            return fields.get("args") instanceof JsonObject args ? args : JsonObject.EMPTY;
        }

        /// Pairs the call with its response; null if there is none.
        public @Nullable String id() {
            return string(fields, "id");
        }

        @Override
        public String impliedMimeType() {
            return MimeType.FUNCTION_CALL;
        }

        @Override
        public String toString() {
            return summary("FunctionCall", fields);
        }
    }

    /// What a called function answered.
    record FunctionResponse(JsonObject fields) implements Structured {
        private static final List<String> ORDER =
                List.of("will_continue", "scheduling", "parts", "id", "name", "response");

        public FunctionResponse {
            fields = InnerFields.declared(InnerFields.withResponseParts(fields), ORDER);
        }

        @Override
        public List<String> knownFields() {
            return ORDER;
        }

        /// An answer that went well: `value` under the name `result`.
        public static FunctionResponse result(String name, JsonValue value) {
            return new FunctionResponse(
                    JsonObject.of("name", JsonValue.of(name), "response", JsonObject.of("result", value)));
        }

        /// A failure: `value` under the name `error`.
        public static FunctionResponse error(String name, JsonValue value) {
            return new FunctionResponse(
                    JsonObject.of("name", JsonValue.of(name), "response", JsonObject.of("error", value)));
        }

        public String name() {
            return Objects.requireNonNullElse(string(fields, "name"), "");
        }

        public JsonObject response() {
            return fields.get("response") instanceof JsonObject response ? response : JsonObject.EMPTY;
        }

        /// Pairs the response with its call; null if there is none.
        public @Nullable String id() {
            return string(fields, "id");
        }

        @Override
        public String impliedMimeType() {
            return MimeType.FUNCTION_RESPONSE;
        }

        @Override
        public String toString() {
            return summary("FunctionResponse", fields);
        }
    }

    /// Code that a model wants to be run.
    record ExecutableCode(JsonObject fields) implements Structured {
        private static final List<String> ORDER = List.of("code", "language");

        public ExecutableCode {
            fields = InnerFields.declared(fields, ORDER);
        }

        @Override
        public List<String> knownFields() {
            return ORDER;
        }

        public static ExecutableCode of(String code, String language) {
            return new ExecutableCode(JsonObject.of("code", JsonValue.of(code), "language", JsonValue.of(language)));
        }

        public String code() {
            return Objects.requireNonNullElse(string(fields, "code"), "");
        }

        @Override
        public String toString() {
            return summary("ExecutableCode", fields);
        }
    }

    /// What running code gave.
    record CodeExecutionResult(JsonObject fields) implements Structured {
        private static final List<String> ORDER = List.of("outcome", "output");

        public CodeExecutionResult {
            fields = InnerFields.declared(fields, ORDER);
        }

        @Override
        public List<String> knownFields() {
            return ORDER;
        }

        public static CodeExecutionResult of(String outcome, String output) {
            return new CodeExecutionResult(
                    JsonObject.of("outcome", JsonValue.of(outcome), "output", JsonValue.of(output)));
        }

        public String output() {
            return Objects.requireNonNullElse(string(fields, "output"), "");
        }

        @Override
        public String toString() {
            return summary("CodeExecutionResult", fields);
        }
    }

    /// Nothing that this version knows: all that such a part holds stands in [Part#bodyFields()].
    record NoPayload() implements Structured {
        @Override
        public JsonObject fields() {
            return JsonObject.EMPTY;
        }

        @Override
        public List<String> knownFields() {
            return List.of();
        }

        @Override
        public String toString() {
            return "NoPayload[]";
        }
    }

    private static @Nullable String string(JsonObject fields, String name) {
        return fields.get(name) instanceof JsonString string ? string.value() : null;
    }

    private static String summary(String kind, JsonObject fields) {
        return kind + "[" + String.join(", ", fields.names()) + "]";
    }
}
