package io.partflow.engine.cache;

import io.partflow.engine.content.Part;
import io.partflow.engine.processor.Usage;
import java.util.List;

/// One cached answer with the facts about it, as seen at one moment. Immutable.
///
/// @param parts what a hit replays, in order; may be empty
/// @param node the id of the node that computed it; empty if unknown, as for an entry of another program
/// @param processor the id of that node's processor; empty if unknown
/// @param sizeBytes the sum of the parts' sizes
/// @param createdMillis when it was put, milliseconds since 1970, or 0 if unknown
/// @param expiresMillis when it ends, or [Long#MAX_VALUE] for never
/// @param hits how often it has been served since
/// @param lastHitMillis when it was last served, or 0
/// @param computeNanos how long computing it took, or [StoredValue#UNKNOWN]
/// @param usage what computing it spent
/// @param derivedFrom the keys of the entries whose parts it was computed from
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
        Usage usage,
        List<CacheKey> derivedFrom,
        Pinning pinning) {
    /// Whether limits and time may make an entry leave.
    public enum Pinning {
        LOOSE,
        /// It stays until somebody removes or unpins it, and counts for no limit.
        PINNED
    }

    public CacheEntry {
        parts = List.copyOf(parts);
        derivedFrom = List.copyOf(derivedFrom);
    }

    /// An entry that is not pinned and was computed from no other one.
    public CacheEntry(
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
        this(
                key,
                parts,
                node,
                processor,
                sizeBytes,
                createdMillis,
                expiresMillis,
                hits,
                lastHitMillis,
                computeNanos,
                usage,
                List.of(),
                Pinning.LOOSE);
    }

    /// The MIME types of the parts, sorted, comma-joined, each once; empty without parts.
    public String kinds() {
        return String.join(
                ",", parts.stream().map(Part::mimeType).distinct().sorted().toList());
    }
}
