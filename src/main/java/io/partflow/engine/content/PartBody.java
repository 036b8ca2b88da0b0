package io.partflow.engine.content;

import java.util.ArrayList;
import java.util.Base64;
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

    /// A payload that is a JSON object: fields in declared order, names in snake_case, no nulls but in
    /// values that may hold anything.
    sealed interface Structured extends PartBody {
        JsonObject fields();

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
        public FileReference {
            fields = InnerFields.FILE_DATA.declared(fields);
        }

        public static FileReference of(String uri, String mimeType) {
            return new FileReference(JsonObject.of("file_uri", JsonValue.of(uri), "mime_type", JsonValue.of(mimeType)));
        }

        /// A file with a name to show.
        public static FileReference of(String displayName, String uri, String mimeType) {
            return new FileReference(of(uri, mimeType).fields().with("display_name", JsonValue.of(displayName)));
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
        public FunctionCall {
            fields = InnerFields.FUNCTION_CALL.declared(fields);
        }

        public static FunctionCall of(String name, JsonObject args) {
            return new FunctionCall(JsonObject.of("args", args, "name", JsonValue.of(name)));
        }

        /// The same call, to be told apart from others of its function.
        public FunctionCall withId(String id) {
            return new FunctionCall(fields.with("id", JsonValue.of(id)));
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
        private static final String CANCELLATION = "tool_cancellation";
        private static final String CANCELLED_CALL = "function_call_id";

        /// Whether further responses to the same call follow.
        public enum Continuation {
            MORE,
            LAST
        }

        /// When the model is to react to a response.
        public enum Scheduling {
            SILENT,
            WHEN_IDLE,
            INTERRUPT
        }

        public FunctionResponse {
            fields = InnerFields.FUNCTION_RESPONSE.declared(fields);
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

        /// An answer of parts that went well, see [#error(String, Content)].
        public static FunctionResponse result(String name, Content content) {
            return ofContent(name, "result", content);
        }

        /// A failure told in parts: texts alone are put together and stand under the name `error`; else each part
        /// goes along as bytes of its type.
        public static FunctionResponse error(String name, Content content) {
            return ofContent(name, "error", content);
        }

        private static FunctionResponse ofContent(String name, String key, Content content) {
            JsonObject fields = JsonObject.of("name", JsonValue.of(name));
            if (content.parts().stream().allMatch(Part::isText)) {
                return new FunctionResponse(fields.with("response", JsonObject.of(key, JsonValue.of(content.text()))));
            }
            List<JsonValue> blobs = new ArrayList<>();
            for (Part part : content.parts()) {
                JsonObject blob = JsonObject.of(
                        "mime_type",
                        JsonValue.of(part.mimeType()),
                        "data",
                        JsonValue.of(Base64.getUrlEncoder()
                                .encodeToString(part.bytes().toArray())));
                blobs.add(JsonObject.of("inline_data", blob));
            }
            return new FunctionResponse(fields.with("parts", new JsonArray(blobs)));
        }

        /// Tells a model that a call of its was given up.
        static FunctionResponse cancellation(String functionCallId) {
            return new FunctionResponse(JsonObject.of(
                    "name",
                    JsonValue.of(CANCELLATION),
                    "response",
                    JsonObject.of(CANCELLED_CALL, JsonValue.of(functionCallId))));
        }

        /// The id of the call that was given up; null if this tells of none.
        public @Nullable String cancelledCall() {
            return name().equals(CANCELLATION) ? string(response(), CANCELLED_CALL) : null;
        }

        /// The same response, paired with the call of this id.
        public FunctionResponse withId(String id) {
            return new FunctionResponse(fields.with("id", JsonValue.of(id)));
        }

        /// The same response, as one of several to one call.
        public FunctionResponse with(Continuation continuation) {
            return new FunctionResponse(fields.with("will_continue", JsonValue.of(continuation == Continuation.MORE)));
        }

        /// The same response, with when the model is to react.
        public FunctionResponse with(Scheduling scheduling) {
            return new FunctionResponse(fields.with("scheduling", JsonValue.of(scheduling.name())));
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
        public ExecutableCode {
            fields = InnerFields.EXECUTABLE_CODE.declared(fields);
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
        public CodeExecutionResult {
            fields = InnerFields.CODE_EXECUTION_RESULT.declared(fields);
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
