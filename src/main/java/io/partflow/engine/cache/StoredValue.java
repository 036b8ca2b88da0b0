package io.partflow.engine.cache;

import io.partflow.engine.content.Part;
import io.partflow.engine.processor.Usage;
import java.util.List;

/// A computed answer as a tier keeps it: the parts, and the facts that never change while it is kept. Immutable.
///
/// What does change, how often and when it was served, is the tier's own; [CacheEntry] is both together.
///
/// @param parts what a hit replays, in order; may be empty
/// @param node the id of the node that computed it; empty if unknown, as for an entry of another program
/// @param processor the id of that node's processor; empty if unknown
/// @param sizeBytes the sum of the parts' sizes, at least 0
/// @param createdMillis when it was put, milliseconds since 1970, or 0 if unknown
/// @param expiresMillis when it ends, or [Long#MAX_VALUE] for never
/// @param computeNanos how long computing it took, or [#UNKNOWN]
/// @param usage what computing it spent
/// @param derivedFrom the keys of the entries whose parts it was computed from, each once; empty if there were none
public record StoredValue(
        CacheKey key,
        List<Part> parts,
        String node,
        String processor,
        long sizeBytes,
        long createdMillis,
        long expiresMillis,
        long computeNanos,
        Usage usage,
        List<CacheKey> derivedFrom) {
    /// Stands for a duration that nobody has recorded.
    public static final long UNKNOWN = -1;

    public StoredValue {
        parts = List.copyOf(parts);
        derivedFrom = List.copyOf(derivedFrom);
    }

    /// A value that was computed from no other entry.
    public StoredValue(
            CacheKey key,
            List<Part> parts,
            String node,
            String processor,
            long sizeBytes,
            long createdMillis,
            long expiresMillis,
            long computeNanos,
            Usage usage) {
        this(key, parts, node, processor, sizeBytes, createdMillis, expiresMillis, computeNanos, usage, List.of());
    }

    /// The value of an entry.
    public static StoredValue of(CacheEntry entry) {
        return new StoredValue(
                entry.key(),
                entry.parts(),
                entry.node(),
                entry.processor(),
                entry.sizeBytes(),
                entry.createdMillis(),
                entry.expiresMillis(),
                entry.computeNanos(),
                entry.usage(),
                entry.derivedFrom());
    }

    /// Whether the answer is that there is nothing: it has no parts.
    public boolean isNegative() {
        return parts.isEmpty();
    }

    /// This value with another end.
    public StoredValue withExpiresMillis(long millis) {
        return new StoredValue(
                key, parts, node, processor, sizeBytes, createdMillis, millis, computeNanos, usage, derivedFrom);
    }

    /// This value as an entry that is not pinned.
    public CacheEntry entry(long hits, long lastHitMillis) {
        return entry(hits, lastHitMillis, CacheEntry.Pinning.LOOSE);
    }

    /// This value as an entry.
    public CacheEntry entry(long hits, long lastHitMillis, CacheEntry.Pinning pinning) {
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
                usage,
                derivedFrom,
                pinning);
    }

    /// Whether it is over at that moment; it lives up to, not including, its end.
    public boolean isExpiredAt(long millis) {
        return millis >= expiresMillis;
    }
}
