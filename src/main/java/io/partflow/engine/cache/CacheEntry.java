package io.partflow.engine.cache;

import io.partflow.engine.content.Part;
import io.partflow.engine.processor.Usage;
import java.util.List;

/// One cached answer with the facts about it, as seen at one moment. Immutable.
///
/// @param parts what a hit replays, in order; may be empty
/// @param node the id of the node that computed it
/// @param processor the id of that node's processor
/// @param sizeBytes the sum of the parts' sizes
/// @param createdMillis when it was put, milliseconds since 1970
/// @param expiresMillis when it ends, or [Long#MAX_VALUE] for never
/// @param hits how often it has been served since
/// @param lastHitMillis when it was last served, or 0
/// @param computeNanos how long computing it took
/// @param usage what computing it spent
public record CacheEntry(
        CacheKey key,
        List<Part> parts,
        String node,
        String processor,
        long sizeBytes,
        long createdMillis,
        long expiresMillis,
        long hits,
        long lastHitMillis,
        long computeNanos,
        Usage usage) {
    public CacheEntry {
        parts = List.copyOf(parts);
    }

    /// The MIME types of the parts, sorted, comma-joined, each once; empty without parts.
    public String kinds() {
        return String.join(
                ",", parts.stream().map(Part::mimeType).distinct().sorted().toList());
    }
}
