package io.partflow.engine.content;

import com.fasterxml.jackson.core.JsonParser;
import io.partflow.engine.content.AsciiJson.FieldOrder;
import java.nio.charset.StandardCharsets;
import java.util.List;

/// The JSON form of parts: what stores and recordings hold, and what genai-processors reads and writes.
///
/// Written text is, byte for byte, `json.dumps(part.to_dict())`: ASCII, `", "` and `": "` between, fields in declared
/// order, blobs in URL-safe base64. Read text may use camelCase or snake_case, either base64 alphabet, with or
/// without
/// padding, and NaN or Infinity as numbers. A metadata name that holds half a surrogate pair can be written, but is
/// refused on reading. All methods are thread-safe.
public final class WireForm {
    private static final byte[] PART = ascii("{\"part\": ");
    private static final byte[] ROLE = ascii(", \"role\": ");
    private static final byte[] SUBSTREAM = ascii(", \"substream_name\": ");
    private static final byte[] MIME_TYPE = ascii(", \"mimetype\": ");
    private static final byte[] METADATA = ascii(", \"metadata\": ");
    private static final byte[] COMMA = ascii(", ");

    private static final byte[] TEXT = ascii("{\"text\": ");
    private static final byte[] INLINE_DATA = ascii("{\"inline_data\": {");
    private static final byte[] DATA = ascii("\"data\": ");
    private static final byte[] DISPLAY_NAME = ascii("\"display_name\": ");
    private static final byte[] INNER_MIME_TYPE = ascii("\"mime_type\": ");

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

    /// One part as a JSON object whose blob, if it has one, lacks its `data`: for recordings, which keep large
    /// blobs in
    /// files of their own. [#readDetached(String)] reads it back.
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
            case BlobBody blob -> part.withBody(new BlobBody(data, blob.mimeType(), blob.displayName()));
            case TextBody text -> throw new IllegalArgumentException("a text part has no blob to complete");
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
        return JsonReader.parser(json);
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
        writeBody(out, part.body(), blobs);
        out.raw(ROLE);
        out.string(part.role());
        out.raw(SUBSTREAM);
        out.string(part.substream());
        out.raw(MIME_TYPE);
        out.string(part.mimeType());
        out.raw(METADATA);
        out.value(part.metadata(), FieldOrder.DECLARED);
        out.raw('}');
    }

    /// Writes the inner part. A kind whose declared and sorted field order differ needs the order as a parameter; of
    /// the kinds there are now, none does.
    static void writeBody(AsciiJson out, PartBody body, Blobs blobs) {
        switch (body) {
            case TextBody text -> writeText(out, text);
            case BlobBody blob -> writeBlob(out, blob, blobs);
        }
    }

    private static void writeText(AsciiJson out, TextBody text) {
        out.raw(TEXT);
        out.string(text.text());
        out.raw('}');
    }

    private static void writeBlob(AsciiJson out, BlobBody blob, Blobs blobs) {
        out.raw(INLINE_DATA);
        boolean first = true;
        if (blobs == Blobs.INLINE) {
            out.raw(DATA);
            out.base64(blob.data());
            first = false;
        }
        if (blob.displayName() != null) {
            field(out, first, DISPLAY_NAME, blob.displayName());
            first = false;
        }
        if (!blob.mimeType().isEmpty()) {
            field(out, first, INNER_MIME_TYPE, blob.mimeType());
        }
        out.raw('}');
        out.raw('}');
    }

    private static void field(AsciiJson out, boolean first, byte[] name, String value) {
        if (!first) {
            out.raw(COMMA);
        }
        out.raw(name);
        out.string(value);
    }

    static byte[] ascii(String literal) {
        return literal.getBytes(StandardCharsets.US_ASCII);
    }
}
