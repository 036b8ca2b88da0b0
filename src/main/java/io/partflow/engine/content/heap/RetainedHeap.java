package io.partflow.engine.content.heap;

import io.partflow.engine.content.BlobBody;
import io.partflow.engine.content.JsonArray;
import io.partflow.engine.content.JsonBoolean;
import io.partflow.engine.content.JsonInteger;
import io.partflow.engine.content.JsonNull;
import io.partflow.engine.content.JsonObject;
import io.partflow.engine.content.JsonReal;
import io.partflow.engine.content.JsonString;
import io.partflow.engine.content.JsonValue;
import io.partflow.engine.content.Part;
import io.partflow.engine.content.PartBody;
import io.partflow.engine.content.TextBody;
import java.util.Objects;

/// How much heap a part retains: objects and arrays with their headers, a text at one byte per char where
/// all are up to U+00FF and at two otherwise. Not what budgets and caches count, see [Part#sizeBytes()].
/// Pure.
///
/// An estimate for a 64-bit JVM with compressed references and 12-byte headers. Names, roles and MIME types
/// count in full, though parts often share them: what is counted is what the part would hold alone.
public final class RetainedHeap {
    private static final int ALIGNMENT = 8;
    private static final int OBJECT_HEADER = 12;
    private static final int ARRAY_HEADER = 16;
    private static final int REFERENCE = 4;
    private static final int CHAR_LIMIT = 0xFF;

    /// Six references and the size of a part.
    private static final long PART = object(6 * REFERENCE + Long.BYTES);
    private static final long STRING = object(REFERENCE + Integer.BYTES + 2);
    private static final long JSON_OBJECT = object(4 * REFERENCE + Integer.BYTES);

    private RetainedHeap() {}

    /// The bytes that would be free if this part went and nobody else held its body or metadata.
    ///
    /// Takes time in proportion to text and metadata.
    public static long ofPart(Part part) {
        long bytes = PART + of(part.body()) + of(part.metadata());
        bytes += text(part.role()) + text(part.substream()) + text(part.mimeType());
        return bytes + of(part.bodyFields()) + of(part.otherFields());
    }

    private static long of(PartBody body) {
        return switch (body) {
            case TextBody text -> object(REFERENCE + Long.BYTES) + text(text.text());
            case BlobBody blob ->
                object(4 * REFERENCE)
                        + object(REFERENCE + Integer.BYTES)
                        + array(blob.data().length())
                        + text(blob.mimeType())
                        + (blob.displayName() == null ? 0 : text(blob.displayName()))
                        + of(blob.otherFields());
            case PartBody.Structured structured -> object(REFERENCE) + of(structured.fields());
        };
    }

    private static long of(JsonValue value) {
        return switch (value) {
            case JsonObject object -> ofObject(object);
            case JsonArray array -> {
                long bytes = object(REFERENCE) + object(REFERENCE) + array((long) REFERENCE * array.size());
                for (JsonValue each : array) {
                    bytes += of(each);
                }
                yield bytes;
            }
            case JsonString string -> object(REFERENCE) + text(string.value());
            case JsonInteger integer -> object(REFERENCE + Long.BYTES);
            case JsonReal real -> object(Double.BYTES);
            case JsonBoolean shared -> 0;
            case JsonNull shared -> 0;
        };
    }

    private static long ofObject(JsonObject object) {
        if (object.isEmpty()) {
            // There is one for all.
            return 0;
        }
        long bytes = JSON_OBJECT + 2 * array((long) REFERENCE * object.size());
        for (String name : object.names()) {
            bytes += text(name) + of(Objects.requireNonNull(object.get(name)));
        }
        return bytes;
    }

    private static long text(String text) {
        if (text.isEmpty()) {
            return 0;
        }
        int perChar = 1;
        for (int i = 0; i < text.length() && perChar == 1; i++) {
            perChar = text.charAt(i) > CHAR_LIMIT ? 2 : 1;
        }
        return STRING + array((long) perChar * text.length());
    }

    private static long object(int fieldBytes) {
        return aligned(OBJECT_HEADER + (long) fieldBytes);
    }

    private static long array(long bytes) {
        return aligned(ARRAY_HEADER + bytes);
    }

    private static long aligned(long bytes) {
        return (bytes + ALIGNMENT - 1) / ALIGNMENT * ALIGNMENT;
    }
}
