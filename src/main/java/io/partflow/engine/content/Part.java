package io.partflow.engine.content;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/// One part of a stream: a body with role, substream, MIME type and metadata.
///
/// Immutable and safe to share: a change gives a new part, the body is shared. Equal when all five are
/// equal, letter by letter; equal parts have equal cache keys (the metadata entry `capture_time` is
/// compared here, but is not in the key). A class and not a record because the size, asked for at every
/// hand-over, is measured once and kept.
public final class Part {
    /// Metadata entry that marks the end of a turn when it is truthy.
    public static final String TURN_COMPLETE = "turn_complete";
    /// Metadata entry that the cache key leaves out: seconds of a monotonic clock.
    public static final String CAPTURE_TIME = "capture_time";

    /// Fields of the wire form that only newer or rare parts have: beside the payload, and beside the inner
    /// part.
    private record Beside(JsonObject payload, JsonObject inner) {
        static final Beside NOTHING = new Beside(JsonObject.EMPTY, JsonObject.EMPTY);

        long sizeBytes() {
            return (payload.isEmpty() ? 0L : payload.jsonLength()) + (inner.isEmpty() ? 0L : inner.jsonLength());
        }
    }

    private final PartBody body;
    private final String role;
    private final String substream;
    private final String mimeType;
    private final JsonObject metadata;
    private final Beside beside;
    // 0 = not measured yet; racing threads measure the same
    private long sizeBytes;

    private Part(PartBody body, String role, String substream, String mimeType, JsonObject metadata) {
        this(body, role, substream, mimeType, metadata, Beside.NOTHING);
    }

    private Part(PartBody body, String role, String substream, String mimeType, JsonObject metadata, Beside beside) {
        this.body = Objects.requireNonNull(body);
        this.role = Objects.requireNonNull(role);
        this.substream = Objects.requireNonNull(substream);
        this.mimeType = mimeType.isEmpty() ? body.impliedMimeType() : mimeType;
        this.metadata = Objects.requireNonNull(metadata);
        this.beside = beside;
    }

    /// A part of its five values; an empty `mimeType` becomes that of the body.
    public static Part of(PartBody body, String role, String substream, String mimeType, JsonObject metadata) {
        return new Part(body, role, substream, mimeType, metadata);
    }

    public static Part text(String text) {
        return text(text, "");
    }

    public static Part text(String text, String role) {
        return new Part(new TextBody(text), role, Substream.DEFAULT, MimeType.TEXT_PLAIN, JsonObject.EMPTY);
    }

    /// A text part that holds JSON; the text is taken as it is.
    public static Part json(String jsonText) {
        return text(jsonText).withMimeType(MimeType.APPLICATION_JSON);
    }

    /// A binary part; stays binary even if `mimeType` is a text type. The array is copied.
    public static Part blob(byte[] data, String mimeType) {
        return blob(Bytes.of(data), mimeType);
    }

    /// A binary part; stays binary even if `mimeType` is a text type.
    public static Part blob(Bytes data, String mimeType) {
        return new Part(new BlobBody(data, mimeType), "", Substream.DEFAULT, mimeType, JsonObject.EMPTY);
    }

    /// A part with a body of any kind; reports the MIME type that the body implies.
    public static Part of(PartBody body) {
        return new Part(body, "", Substream.DEFAULT, "", JsonObject.EMPTY);
    }

    /// A file kept somewhere else, of that file's type, with the metadata entry `is_file`.
    ///
    /// @param uri where the file is; may be empty
    public static Part file(String displayName, String uri, String fileMimeType) {
        return of(PartBody.FileReference.of(displayName, uri, fileMimeType))
                .withMimeType(fileMimeType)
                .withMetadata("is_file", JsonBoolean.TRUE);
    }

    /// The model's word that the call of this id was given up.
    public static Part toolCancellation(String functionCallId) {
        return of(PartBody.FunctionResponse.cancellation(functionCallId)).withRole("model");
    }

    /// An object of a named class, as JSON text.
    ///
    /// @param fields in the order in which the class declares them
    public static Part dataclass(String className, JsonObject fields) {
        return text(fields.toJson()).withMimeType(MimeType.ofClass(className));
    }

    /// A protobuf message in its binary form.
    ///
    /// @param fullName package and name of its type
    public static Part protoMessage(String fullName, Bytes message) {
        return blob(message, MimeType.ofMessage(fullName));
    }

    /// A text part if `mimeType` is a text type, decoded from UTF-8, else a binary part.
    ///
    /// @throws IllegalArgumentException if a text type's bytes are not UTF-8
    public static Part decode(Bytes data, String mimeType) {
        if (!MimeType.isText(mimeType)) {
            return blob(data, mimeType);
        }
        try {
            return text(strictUtf8(data)).withMimeType(mimeType);
        } catch (CharacterCodingException e) {
            throw new IllegalArgumentException(data.length() + " bytes of " + mimeType + " are not UTF-8 text", e);
        }
    }

    /// The empty user part that ends a turn.
    public static Part endOfTurn() {
        return endOfTurn(Substream.DEFAULT, JsonObject.EMPTY);
    }

    /// The empty user part that ends a turn, on `substream`, with [#TURN_COMPLETE] added to `metadata`.
    public static Part endOfTurn(String substream, JsonObject metadata) {
        return new Part(
                new TextBody(""),
                "user",
                substream,
                MimeType.TEXT_PLAIN,
                metadata.with(TURN_COMPLETE, JsonBoolean.TRUE));
    }

    /// A text part that reports a failure: `message` with MIME type text/x-exception.
    public static Part exception(String message) {
        return text(message).withMimeType(MimeType.EXCEPTION);
    }

    /// A part on the status lane that reports `failure`, with its class and message as metadata
    /// (`exception_type`, `original_exception`).
    public static Part exception(Throwable failure) {
        return exception(failure.getClass().getSimpleName(), Objects.requireNonNullElse(failure.getMessage(), ""));
    }

    /// A part on the status lane that reports a failure of this type, with both as metadata (`exception_type`,
    /// `original_exception`).
    public static Part exception(String type, String message) {
        JsonObject metadata =
                JsonObject.of("original_exception", JsonValue.of(message), "exception_type", JsonValue.of(type));
        return exception("An unexpected error occurred: " + type + "('" + message + "')")
                .withSubstream(Substream.STATUS)
                .withMetadata(metadata);
    }

    public PartBody body() {
        return body;
    }

    /// Who speaks, such as `user` or `model`; may be empty.
    public String role() {
        return role;
    }

    /// The lane of the stream, see [Substream]; empty for the ordinary one.
    public String substream() {
        return substream;
    }

    /// The reported MIME type; never empty.
    public String mimeType() {
        return mimeType;
    }

    public JsonObject metadata() {
        return metadata;
    }

    /// Fields of the wire form that stand beside the payload, such as `thought`, and those of the inner
    /// part that this version does not know; nearly always empty.
    public JsonObject bodyFields() {
        return beside.payload();
    }

    /// Fields of the wire form that stand beside role and metadata and that this version does not know;
    /// nearly always empty.
    public JsonObject otherFields() {
        return beside.inner();
    }

    /// Where this part has fields that this version does not know, as JSON pointers such as
    /// `/part/hologram`. They are kept, in the wire form and in the key; whoever reads parts for a user
    /// says so once.
    public List<String> unknownFields() {
        return beside == Beside.NOTHING && body instanceof TextBody ? List.of() : InnerFields.unknown(this);
    }

    /// The metadata entry `name`, or null if there is none.
    public @Nullable JsonValue metadata(String name) {
        return metadata.get(name);
    }

    public Part withBody(PartBody newBody) {
        return new Part(newBody, role, substream, mimeType, metadata, beside);
    }

    /// This part with other fields beside its payload; those without a value are left out.
    ///
    /// @throws IllegalArgumentException if a `thought_signature` is not base64
    public Part withBodyFields(JsonObject newFields) {
        JsonObject declared = newFields.isEmpty() ? JsonObject.EMPTY : InnerFields.declaredBeside(newFields);
        return declared.equals(bodyFields())
                ? this
                : new Part(body, role, substream, mimeType, metadata, new Beside(declared, otherFields()));
    }

    /// This part with other fields beside role and metadata; those that have a place of their own are left
    /// out.
    public Part withOtherFields(JsonObject newFields) {
        JsonObject others = newFields;
        for (String own : WireForm.FIELDS) {
            others = others.without(own);
        }
        return others.equals(otherFields())
                ? this
                : new Part(body, role, substream, mimeType, metadata, new Beside(bodyFields(), others));
    }

    /// This part with another text as its body; role, substream, MIME type and metadata stay.
    public Part withText(String text) {
        return withBody(new TextBody(text));
    }

    public Part withRole(String newRole) {
        return new Part(body, newRole, substream, mimeType, metadata, beside);
    }

    public Part withSubstream(String newSubstream) {
        return new Part(body, role, newSubstream, mimeType, metadata, beside);
    }

    /// This part with another reported type; an empty one means that of the body.
    public Part withMimeType(String newMimeType) {
        return new Part(body, role, substream, newMimeType, metadata, beside);
    }

    public Part withMetadata(JsonObject newMetadata) {
        return new Part(body, role, substream, mimeType, newMetadata, beside);
    }

    public Part withMetadata(String name, JsonValue value) {
        return withMetadata(metadata.with(name, value));
    }

    public boolean isText() {
        return MimeType.isText(mimeType);
    }

    public boolean isJson() {
        return MimeType.isJson(mimeType);
    }

    public boolean isImage() {
        return MimeType.isImage(mimeType);
    }

    public boolean isAudio() {
        return MimeType.isAudio(mimeType);
    }

    public boolean isVideo() {
        return MimeType.isVideo(mimeType);
    }

    /// Whether the part reports a failure; a content holding one is not cacheable.
    public boolean isException() {
        return MimeType.isException(mimeType);
    }

    /// Whether the metadata entry [#TURN_COMPLETE] is truthy.
    public boolean isEndOfTurn() {
        JsonValue mark = metadata.get(TURN_COMPLETE);
        return mark != null && mark.isTruthy();
    }

    /// The text: that of a text body, or a binary body decoded from UTF-8; empty for other kinds.
    ///
    /// @throws IllegalStateException if the MIME type is not a text type
    /// @throws NotUtf8Exception if the bytes are not UTF-8
    public String text() {
        if (!isText()) {
            throw new IllegalStateException("no text in a part of type " + mimeType + "; ask isText() first");
        }
        return switch (body) {
            case TextBody text -> text.text();
            case BlobBody blob -> {
                try {
                    yield strictUtf8(blob.data());
                } catch (CharacterCodingException e) {
                    throw new NotUtf8Exception(
                            blob.data().length() + " bytes of " + mimeType + " are not UTF-8 text", e);
                }
            }
            case PartBody.Structured structured -> "";
        };
    }

    /// The payload as bytes: the blob, or the text in UTF-8 (lone surrogates become `?`); empty for other kinds.
    public Bytes bytes() {
        return switch (body) {
            case TextBody text -> Bytes.wrapUnsafe(text.text().getBytes(StandardCharsets.UTF_8));
            case BlobBody blob -> blob.data();
            case PartBody.Structured structured -> Bytes.EMPTY;
        };
    }

    /// What the part weighs in budgets and caches, in bytes: its payload once (UTF-8 length of a text,
    /// length of a blob, characters of the JSON of other kinds), plus 2 for each character of the canonical
    /// JSON of its metadata, plus the JSON of [#bodyFields] and [#otherFields] if it has any; at least 2.
    /// Measured on first use, then kept.
    ///
    /// The heap that a part retains is another figure: about 100 bytes for a part with a short text and no
    /// metadata, and beyond that one byte per char of a text up to U+00FF, two of any other, one per byte
    /// of a blob, and some 80 for each metadata entry. `engine.content.heap` estimates it part by part.
    public long sizeBytes() {
        long known = sizeBytes;
        if (known == 0) {
            known = body.sizeBytes() + 2L * metadata.jsonLength();
            known += beside == Beside.NOTHING ? 0 : beside.sizeBytes();
            sizeBytes = known;
        }
        return known;
    }

    private static String strictUtf8(Bytes data) throws CharacterCodingException {
        ByteBuffer bytes = data.asByteBuffer();
        return StandardCharsets.UTF_8.newDecoder().decode(bytes).toString();
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return this == other
                || (other instanceof Part part
                        && mimeType.equals(part.mimeType)
                        && role.equals(part.role)
                        && substream.equals(part.substream)
                        && metadata.equals(part.metadata)
                        && beside.equals(part.beside)
                        && body.equals(part.body));
    }

    @Override
    public int hashCode() {
        return 31 * (31 * body.hashCode() + mimeType.hashCode()) + metadata.hashCode();
    }

    /// Type, role, lane and size, never the payload.
    @Override
    public String toString() {
        StringBuilder text = new StringBuilder("Part[").append(mimeType);
        if (!role.isEmpty()) {
            text.append(", role ").append(role);
        }
        if (!substream.isEmpty()) {
            text.append(", substream ").append(substream);
        }
        if (!metadata.isEmpty()) {
            text.append(", ").append(metadata.size()).append(" metadata");
        }
        return text.append(", ").append(sizeBytes()).append(" bytes]").toString();
    }

    /// Tells that the bytes of a part whose type says text are not UTF-8.
    public static final class NotUtf8Exception extends IllegalStateException {
        private static final long serialVersionUID = 1L;

        private NotUtf8Exception(String message, Throwable cause) {
            super(message, cause);
        }
    }
}
