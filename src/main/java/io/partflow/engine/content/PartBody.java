package io.partflow.engine.content;

/// What a part carries: one kind of payload.
///
/// To add a kind: its record, its name in `permits`, and one method each in [WireForm] and [PartReader]; the compiler
/// names every switch that has to know it.
public sealed interface PartBody permits TextBody, BlobBody {
    /// The MIME type that a part with this body reports when none is given; never empty.
    String impliedMimeType();

    /// Bytes of the payload, counted once: UTF-8 length of text, length of a blob.
    long sizeBytes();
}
