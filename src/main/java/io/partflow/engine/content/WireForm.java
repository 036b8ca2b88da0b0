package io.partflow.engine.content;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.json.JsonReadFeature;
import com.fasterxml.jackson.core.util.JsonRecyclerPools;
import io.partflow.engine.content.AsciiJson.FieldOrder;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;

/// The JSON form of parts: what stores and recordings hold, and what genai-processors reads and writes.
///
/// Written text is, byte for byte, `json.dumps(part.to_dict())`: ASCII, `", "` and `": "` between, fields
/// in declared order, blobs in URL-safe base64. Read text may use camelCase or snake_case, either base64
/// alphabet, with or without padding, and NaN or Infinity as numbers. Fields that this version does not
/// know are kept, in their places or behind those it knows, see [Part#unknownFields()]. A metadata name
/// that holds half a surrogate pair can be written, but is refused on reading. All methods are thread-safe.
public final class WireForm {
    /// As deep as Python's own reader goes before it gives up.
    private static final int MAX_DEPTH = 1000;
    /// Longer integers take time in proportion to the square of their length.
    private static final int MAX_NUMBER_DIGITS = 100_000;

    static final String LIMITS =
            "at most " + MAX_DEPTH + " levels, and numbers of at most " + MAX_NUMBER_DIGITS + " digits";

    private static final JsonFactory FACTORY = JsonFactory.builder()
            .enable(JsonReadFeature.ALLOW_NON_NUMERIC_NUMBERS)
            // names come from users' data: they must not fill the table of interned strings
            .disable(JsonFactory.Feature.INTERN_FIELD_NAMES)
            .streamReadConstraints(StreamReadConstraints.builder()
                    .maxNestingDepth(MAX_DEPTH)
                    .maxNumberLength(MAX_NUMBER_DIGITS)
                    .maxStringLength(Integer.MAX_VALUE)
                    .build())
            // shared, because the default keeps buffers for each thread, and virtual threads come and go
            .recyclerPool(JsonRecyclerPools.newBoundedPool(16))
            .build();

    /// The fields of a part, in declared order.
    static final List<String> FIELDS = List.of("part", "role", "substream_name", "mimetype", "metadata");

    private static final byte[] PART = ascii("{\"part\": ");
    private static final byte[] ROLE = ascii(", \"role\": ");
    private static final byte[] SUBSTREAM = ascii(", \"substream_name\": ");
    private static final byte[] MIME_TYPE = ascii(", \"mimetype\": ");
    private static final byte[] METADATA = ascii(", \"metadata\": ");
    private static final byte[] COMMA = ascii(", ");

    private static final byte[] COLON = ascii(": ");

    private static final byte[] TEXT = ascii("{\"text\": ");
    private static final String DATA = "data";
    private static final String DISPLAY_NAME = "display_name";
    private static final String INNER_MIME_TYPE = "mime_type";
    /// In declared order, which is that of their code points too.
    private static final List<String> BLOB_FIELDS = List.of(DATA, DISPLAY_NAME, INNER_MIME_TYPE);

    private WireForm() {}

    /// What is done with the bytes of blobs when parts are written or read.
    enum Blobs {
        /// They stand in the text.
        INLINE,
        /// They are kept elsewhere; the field `data` is left out.
        DETACHED
    }

    /// One part as a JSON object.
    public static String toJson(Part part) {
        try (AsciiJson out = AsciiJson.borrow()) {
            write(out, part, Blobs.INLINE);
            return out.text();
        }
    }

    /// Parts as a JSON array; `[]` without parts.
    public static String toJson(List<Part> parts) {
        try (AsciiJson out = AsciiJson.borrow()) {
            write(out, parts);
            return out.text();
        }
    }

    /// As [#toJson(List)], as ASCII bytes.
    public static byte[] toBytes(List<Part> parts) {
        try (AsciiJson out = AsciiJson.borrow()) {
            write(out, parts);
            return out.toArray();
        }
    }

    /// One part as a JSON object whose blob, if it has one, lacks its `data`: for recordings, which keep
    /// large blobs in files of their own. [#readDetached(String)] reads it back.
    public static String toJsonDetached(Part part) {
        try (AsciiJson out = AsciiJson.borrow()) {
            write(out, part, Blobs.DETACHED);
            return out.text();
        }
    }

    /// Reads one part.
    ///
    /// @throws WireFormException if `json` is not a part
    public static Part read(String json) {
        return PartReader.readPart(json, Blobs.INLINE);
    }

    /// Reads one part whose blob may lack its `data`; the blob then is empty until [#withData] completes it.
    ///
    /// @throws WireFormException if `json` is not a part
    public static Part readDetached(String json) {
        return PartReader.readPart(json, Blobs.DETACHED);
    }

    /// Reads one part from a field of a larger tree, as [#readDetached(String)] does.
    ///
    /// @throws WireFormException if `json` is not a part
    public static Part readDetached(JsonObject json) {
        return readDetached(json.toJson());
    }

    /// The part with `data` as the bytes of its blob.
    ///
    /// @throws IllegalArgumentException if the part has no blob
    public static Part withData(Part part, Bytes data) {
        return switch (part.body()) {
            case BlobBody blob -> part.withBody(blob.withData(data));
            case TextBody text -> throw new IllegalArgumentException("a text part has no blob to complete");
            case PartBody.Structured structured ->
                throw new IllegalArgumentException(structured + " has no blob to complete");
        };
    }

    /// Reads a JSON array of parts.
    ///
    /// @throws WireFormException if `json` is not an array of parts
    public static Content readContent(String json) {
        return PartReader.readContent(json);
    }

    /// Reads a JSON array of parts from ASCII or UTF-8 bytes.
    ///
    /// @throws WireFormException if `json` is not an array of parts
    public static Content readContent(byte[] json) {
        return PartReader.readContent(json);
    }

    /// Reads one part from the parser's current or next token on; afterwards the parser stands on the closing brace.
    ///
    /// The parser should accept non-numeric numbers and long strings; [#parser] makes such a one.
    ///
    /// @throws WireFormException if that is not a part
    public static Part read(JsonParser parser) {
        return PartReader.readPart(parser, Blobs.INLINE);
    }

    /// A parser with the settings that parts need. The caller closes it.
    public static JsonParser parser(String json) {
        try {
            return FACTORY.createParser(json);
        } catch (IOException e) {
            throw new WireFormException("", "the text cannot be read", WireFormException.JSON_REMEDY, e);
        }
    }

    /// As [#parser(String)], for ASCII or UTF-8 bytes.
    public static JsonParser parser(byte[] json) {
        try {
            return FACTORY.createParser(json);
        } catch (IOException e) {
            throw new WireFormException("", "the text cannot be read", WireFormException.JSON_REMEDY, e);
        }
    }

    private static void write(AsciiJson out, List<Part> parts) {
        out.raw('[');
        boolean first = true;
        for (Part part : parts) {
            if (!first) {
                out.raw(COMMA);
            }
            first = false;
            write(out, part, Blobs.INLINE);
        }
        out.raw(']');
    }

    private static void write(AsciiJson out, Part part, Blobs blobs) {
        out.raw(PART);
        writeBody(out, part, FieldOrder.DECLARED, blobs);
        out.raw(ROLE);
        out.string(part.role());
        out.raw(SUBSTREAM);
        out.string(part.substream());
        out.raw(MIME_TYPE);
        out.string(part.mimeType());
        out.raw(METADATA);
        out.value(part.metadata(), FieldOrder.DECLARED);
        JsonObject others = part.otherFields();
        for (int i = 0; i < others.size(); i++) {
            name(out, false, others.nameAt(i));
            out.value(others.valueAt(i), FieldOrder.DECLARED);
        }
        out.raw('}');
    }

    /// Writes the inner part: its payload under the name of its kind, and the fields beside it.
    static void writeBody(AsciiJson out, Part part, FieldOrder order, Blobs blobs) {
        JsonObject beside = part.bodyFields();
        if (beside.isEmpty() && part.body() instanceof TextBody text) {
            out.raw(TEXT);
            out.string(text.text());
            out.raw('}');
            return;
        }
        String kind = wireName(part.body());
        out.raw('{');
        boolean first = true;
        boolean payloadWritten = part.body() instanceof PartBody.NoPayload;
        for (int i = 0; i < beside.size(); i++) {
            int at = order == FieldOrder.CODE_POINT ? beside.codePointOrder()[i] : i;
            String name = beside.nameAt(at);
            if (!payloadWritten && payloadComesBefore(name, kind, order)) {
                writePayload(out, first, kind, part.body(), order, blobs);
                payloadWritten = true;
                first = false;
            }
            name(out, first, name);
            out.value(beside.valueAt(at), order);
            first = false;
        }
        if (!payloadWritten) {
            writePayload(out, first, kind, part.body(), order, blobs);
        }
        out.raw('}');
    }

    private static boolean payloadComesBefore(String name, String kind, FieldOrder order) {
        return switch (order) {
            case DECLARED -> !name.equals(InnerFields.BEFORE_PAYLOAD);
            case CODE_POINT -> JsonObject.compareCodePoints(kind, name) < 0;
        };
    }

    static String wireName(PartBody body) {
        return switch (body) {
            case TextBody text -> "text";
            case BlobBody blob -> "inline_data";
            case PartBody.FileReference file -> "file_data";
            case PartBody.FunctionCall call -> "function_call";
            case PartBody.FunctionResponse response -> "function_response";
            case PartBody.ExecutableCode code -> "executable_code";
            case PartBody.CodeExecutionResult result -> "code_execution_result";
            case PartBody.NoPayload nothing -> "";
        };
    }

    private static void writePayload(
            AsciiJson out, boolean first, String kind, PartBody body, FieldOrder order, Blobs blobs) {
        name(out, first, kind);
        switch (body) {
            case TextBody text -> out.string(text.text());
            case BlobBody blob -> writeBlob(out, blob, order, blobs);
            case PartBody.Structured structured -> out.value(structured.fields(), order);
        }
    }

    private static void name(AsciiJson out, boolean first, String name) {
        if (!first) {
            out.raw(COMMA);
        }
        out.string(name);
        out.raw(COLON);
    }

    private static void writeBlob(AsciiJson out, BlobBody blob, FieldOrder order, Blobs blobs) {
        out.raw('{');
        boolean first = true;
        JsonObject others = blob.otherFields();
        int[] sorted = others.codePointOrder();
        int next = 0;
        for (String name : BLOB_FIELDS) {
            if (order == FieldOrder.CODE_POINT) {
                while (next < sorted.length && JsonObject.compareCodePoints(others.nameAt(sorted[next]), name) < 0) {
                    name(out, first, others.nameAt(sorted[next]));
                    out.value(others.valueAt(sorted[next]), order);
                    next++;
                    first = false;
                }
            }
            first &= !blobField(out, first, name, blob, blobs);
        }
        for (; next < sorted.length; next++) {
            int at = order == FieldOrder.CODE_POINT ? sorted[next] : next;
            name(out, first, others.nameAt(at));
            out.value(others.valueAt(at), order);
            first = false;
        }
        out.raw('}');
    }

    /// Writes a known field and says whether the blob has it.
    private static boolean blobField(AsciiJson out, boolean first, String name, BlobBody blob, Blobs blobs) {
        switch (name) {
            case DATA -> {
                if (blobs == Blobs.DETACHED) {
                    return false;
                }
                name(out, first, DATA);
                out.base64(blob.data());
            }
            case DISPLAY_NAME -> {
                if (blob.displayName() == null) {
                    return false;
                }
                name(out, first, DISPLAY_NAME);
                out.string(blob.displayName());
            }
            default -> {
                if (blob.mimeType().isEmpty()) {
                    return false;
                }
                name(out, first, INNER_MIME_TYPE);
                out.string(blob.mimeType());
            }
        }
        return true;
    }

    static byte[] ascii(String literal) {
        return literal.getBytes(StandardCharsets.US_ASCII);
    }
}
