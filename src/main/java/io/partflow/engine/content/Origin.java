package io.partflow.engine.content;

import org.jspecify.annotations.Nullable;

/// Where a part came from.
///
/// It travels beside the part, never in its metadata: metadata is part of the cache key, and a hit upstream must not
/// change the keys downstream.
///
/// @param node id of the node that emitted the part
/// @param file the file it was read from, as the source names it; null if it came from no file
/// @param recordingLine line of the recording, from 1; null if it was not replayed
/// @param serving whether it was computed or taken from the cache
/// @param entry the cache entry it is in, or that what it was made of is in; null if none is known
public record Origin(
        String node,
        @Nullable String file,
        @Nullable Long recordingLine,
        Serving serving,
        @Nullable Entry entry) {
    /// The name of a cache entry.
    public record Entry(String prefix, ContentHash hash) {}

    public Origin(String node, @Nullable String file, @Nullable Long recordingLine, Serving serving) {
        this(node, file, recordingLine, serving, null);
    }

    /// How the node came by the part.
    public enum Serving {
        COMPUTED,
        FROM_CACHE
    }

    public static Origin ofNode(String node) {
        return new Origin(node, null, null, Serving.COMPUTED);
    }

    public Origin withFile(String file) {
        return new Origin(node, file, recordingLine, serving, entry);
    }

    public Origin withRecordingLine(long line) {
        return new Origin(node, file, line, serving, entry);
    }

    /// The same without file and line.
    public Origin withoutPlace() {
        return file == null && recordingLine == null ? this : new Origin(node, null, null, serving, entry);
    }

    public Origin withServing(Serving serving) {
        return new Origin(node, file, recordingLine, serving, entry);
    }

    public Origin withEntry(Entry entry) {
        return new Origin(node, file, recordingLine, serving, entry);
    }
}
