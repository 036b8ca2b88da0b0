package io.partflow.engine.cache;

import io.partflow.engine.content.Part;
import io.partflow.engine.processor.Usage;
import java.util.List;

/// A computed answer as a tier keeps it: the parts, and the facts that never change while it is kept. Immutable.
///
/// What does change, how often and when it was served, is the tier's own; [CacheEntry] is both together.
///
/// @param parts what a hit replays, in order; may be empty
/// @param node the id of the node that computed it
/// @param processor the id of that node's processor
/// @param sizeBytes the sum of the parts' sizes, at least 0
/// @param createdMillis when it was put, milliseconds since 1970
/// @param expiresMillis when it ends, or [Long#MAX_VALUE] for never
/// @param computeNanos how long computing it took
/// @param usage what computing it spent
public record StoredValue(
        CacheKey key,
        List<Part> parts,
        String node,
        String processor,
        long sizeBytes,
        long createdMillis,
        long expiresMillis,
        long computeNanos,
        Usage usage) {
    public StoredValue {
        parts = List.copyOf(parts);
    }

    static StoredValue of(CacheEntry entry) {
        return new StoredValue(
                entry.key(),
                entry.parts(),
                entry.node(),
                entry.processor(),
                entry.sizeBytes(),
                entry.createdMillis(),
                entry.expiresMillis(),
                entry.computeNanos(),
                entry.usage());
    }

    /// This value as an entry.
    CacheEntry entry(long hits, long lastHitMillis) {
        return new CacheEntry(
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
                usage);
    }

    /// Whether it is over at that moment; it lives up to, not including, its end.
    boolean isExpiredAt(long millis) {
        return millis >= expiresMillis;
    }
}
