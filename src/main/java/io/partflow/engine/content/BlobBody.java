package io.partflow.engine.content;

import org.jspecify.annotations.Nullable;

/// Binary data with its own MIME type.
///
/// @param data the bytes; may be empty
/// @param mimeType type of the data; empty if it was not said
/// @param displayName a name to show, null if there is none
/// @param otherFields fields of its wire form that this version does not know; nearly always empty
public record BlobBody(
        Bytes data, String mimeType, @Nullable String displayName, JsonObject otherFields) implements PartBody {
    public BlobBody(Bytes data, String mimeType, @Nullable String displayName) {
        this(data, mimeType, displayName, JsonObject.EMPTY);
    }

    public BlobBody(Bytes data, String mimeType) {
        this(data, mimeType, null);
    }

    /// This body with other bytes.
    public BlobBody withData(Bytes bytes) {
        return new BlobBody(bytes, mimeType, displayName, otherFields);
    }

    @Override
    public String impliedMimeType() {
        return mimeType.isEmpty() ? MimeType.TEXT_PLAIN : mimeType;
    }

    @Override
    public long sizeBytes() {
        return otherFields.isEmpty() ? data.length() : data.length() + (long) otherFields.jsonLength();
    }
}
