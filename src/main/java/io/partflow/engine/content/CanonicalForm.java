package io.partflow.engine.content;

import io.partflow.engine.content.AsciiJson.FieldOrder;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/// The text whose hash is the cache key: the wire form with all names sorted by code point and each part's
/// `capture_time` left out of its metadata's top level.
///
/// Role, substream, MIME type, metadata, the parts' borders and their order all count. Keys equal those of
/// genai-processors. Written straight into a reused buffer of 64 KiB, without a tree and without a
/// string: a key allocates its hash and nothing in proportion to the parts. All methods are thread-safe.
public final class CanonicalForm {
    private static final byte[] PLAIN_TEXT_START =
            WireForm.ascii("{\"metadata\": {}, \"mimetype\": \"text/plain\", \"part\": {\"text\": ");
    private static final byte[] PLAIN_TEXT_END = WireForm.ascii("}, \"role\": \"\", \"substream_name\": \"\"}");
    private static final byte[] METADATA = WireForm.ascii("{\"metadata\": ");
    private static final byte[] MIME_TYPE = WireForm.ascii(", \"mimetype\": ");
    private static final byte[] PART = WireForm.ascii(", \"part\": ");
    private static final byte[] ROLE = WireForm.ascii(", \"role\": ");
    private static final byte[] SUBSTREAM = WireForm.ascii(", \"substream_name\": ");
    private static final byte[] PLAIN_END = WireForm.ascii(", \"role\": \"\", \"substream_name\": \"\"}");
    private static final byte[] COMMA = WireForm.ascii(", ");

    private CanonicalForm() {}

    /// The hash of the parts' canonical text; null if they are not cacheable because one of them reports a failure.
    public static @Nullable ContentHash hash(List<Part> parts) {
        if (holdsException(parts)) {
            return null;
        }
        try (AsciiJson out = AsciiJson.borrowForHash()) {
            write(out, parts);
            return out.hash();
        }
    }

    /// As [#hash(List)] for a content of one part.
    public static @Nullable ContentHash hash(Part part) {
        if (part.isException()) {
            return null;
        }
        try (AsciiJson out = AsciiJson.borrowForHash()) {
            out.raw('[');
            write(out, part);
            out.raw(']');
            return out.hash();
        }
    }

    /// The canonical text itself, for people who compare keys; null if the parts are not cacheable.
    public static @Nullable String text(List<Part> parts) {
        if (holdsException(parts)) {
            return null;
        }
        try (AsciiJson out = AsciiJson.borrow()) {
            write(out, parts);
            return out.text();
        }
    }

    private static boolean holdsException(List<Part> parts) {
        for (Part part : parts) {
            if (part.isException()) {
                return true;
            }
        }
        return false;
    }

    private static void write(AsciiJson out, List<Part> parts) {
        out.raw('[');
        boolean first = true;
        for (Part part : parts) {
            if (!first) {
                out.raw(COMMA);
            }
            first = false;
            write(out, part);
        }
        out.raw(']');
    }

    private static void write(AsciiJson out, Part part) {
        if (!part.otherFields().isEmpty()) {
            writeWithOthers(out, part);
            return;
        }
        if (isPlain(part) && part.body() instanceof TextBody text) {
            // Most keys are those of a short text: what stands around it is two copies.
            out.raw(PLAIN_TEXT_START);
            out.string(text.text());
            out.raw(PLAIN_TEXT_END);
            return;
        }
        out.raw(METADATA);
        out.objectWithout(part.metadata(), FieldOrder.CODE_POINT, Part.CAPTURE_TIME);
        out.raw(MIME_TYPE);
        out.string(part.mimeType());
        out.raw(PART);
        WireForm.writeBody(out, part, FieldOrder.CODE_POINT, WireForm.Blobs.INLINE);
        if (part.role().isEmpty() && part.substream().isEmpty()) {
            out.raw(PLAIN_END);
        } else {
            out.raw(ROLE);
            out.string(part.role());
            out.raw(SUBSTREAM);
            out.string(part.substream());
            out.raw('}');
        }
    }

    /// Whether nothing is said of the part beside what it holds.
    private static boolean isPlain(Part part) {
        return part.metadata().isEmpty()
                && part.bodyFields().isEmpty()
                && part.role().isEmpty()
                && part.substream().isEmpty()
                && part.mimeType().equals(MimeType.TEXT_PLAIN);
    }

    private static void writeWithOthers(AsciiJson out, Part part) {
        JsonObject others = part.otherFields();
        List<String> names = new ArrayList<>(others.names());
        names.addAll(WireForm.FIELDS);
        names.sort(JsonObject::compareCodePoints);
        char before = '{';
        for (String name : names) {
            out.raw(before);
            if (before == ',') {
                out.raw(' ');
            }
            before = ',';
            out.string(name);
            out.raw(": ");
            switch (name) {
                case "metadata" -> out.objectWithout(part.metadata(), FieldOrder.CODE_POINT, Part.CAPTURE_TIME);
                case "mimetype" -> out.string(part.mimeType());
                case "part" -> WireForm.writeBody(out, part, FieldOrder.CODE_POINT, WireForm.Blobs.INLINE);
                case "role" -> out.string(part.role());
                case "substream_name" -> out.string(part.substream());
                default -> out.value(Objects.requireNonNull(others.get(name)), FieldOrder.CODE_POINT);
            }
        }
        out.raw('}');
    }
}
