package io.partflow.engine.content;

import org.jspecify.annotations.Nullable;

/// Binary data with its own MIME type.
///
/// @param data the bytes; may be empty
/// @param mimeType type of the data; empty if it was not said
/// @param displayName a name to show, null if there is none
public record BlobBody(
        Bytes data, String mimeType, @Nullable String displayName) implements PartBody {
    public BlobBody(Bytes data, String mimeType) {
        this(data, mimeType, null);
    }

    @Override
    public String impliedMimeType() {
        return mimeType.isEmpty() ? MimeType.TEXT_PLAIN : mimeType;
    }

    @Override
    public long sizeBytes() {
        return data.length();
    }
}
