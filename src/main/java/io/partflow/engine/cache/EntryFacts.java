package io.partflow.engine.cache;

import io.partflow.engine.processor.Usage;
import java.util.List;
import java.util.Locale;

/// One cached answer without its parts, as seen at one moment: what a list of millions shows and is chosen by.
/// Immutable.
///
/// @param node the id of the node that computed it; empty if unknown
/// @param processor the id of that node's processor; empty if unknown
/// @param kinds the MIME types of its parts, sorted, comma-joined, each once; empty without parts
/// @param sizeBytes the sum of the parts' sizes; of another program's entry in a store, the size of the stored value
/// @param createdMillis when it was put, milliseconds since 1970, or 0 if unknown
/// @param expiresMillis when it ends, or [Long#MAX_VALUE] for never
/// @param lastHitMillis when it was last served, or 0
/// @param computeNanos how long computing it took, or [StoredValue#UNKNOWN]
/// @param derivedFrom the keys of the entries whose parts it was computed from
public record EntryFacts(
        CacheKey key,
        String node,
        String processor,
        String kinds,
        long sizeBytes,
        long createdMillis,
        long expiresMillis,
        long hits,
        long lastHitMillis,
        long computeNanos,
        Usage usage,
        List<CacheKey> derivedFrom,
        CacheEntry.Pinning pinning) {
    public EntryFacts {
        derivedFrom = List.copyOf(derivedFrom);
    }

    public static EntryFacts of(CacheEntry entry) {
        return new EntryFacts(
                entry.key(),
                entry.node(),
                entry.processor(),
                entry.kinds(),
                entry.sizeBytes(),
                entry.createdMillis(),
                entry.expiresMillis(),
                entry.hits(),
                entry.lastHitMillis(),
                entry.computeNanos(),
                entry.usage(),
                entry.derivedFrom(),
                entry.pinning());
    }

    /// These facts with hits that have been served elsewhere.
    public EntryFacts withHits(long more, long lastMillis) {
        return more == 0
                ? this
                : new EntryFacts(
                        key,
                        node,
                        processor,
                        kinds,
                        sizeBytes,
                        createdMillis,
                        expiresMillis,
                        hits + more,
                        Math.max(lastHitMillis, lastMillis),
                        computeNanos,
                        usage,
                        derivedFrom,
                        pinning);
    }

    /// Whether a part is of a MIME type, where `image/*` stands for all images.
    public boolean isOfKind(String kind) {
        String wanted = kind.toLowerCase(Locale.ROOT);
        for (String each : kinds.toLowerCase(Locale.ROOT).split(",", -1)) {
            boolean fits = wanted.endsWith("*")
                    ? each.startsWith(wanted.substring(0, wanted.length() - 1))
                    : each.equals(wanted) || each.split(";", 2)[0].strip().equals(wanted);
            if (fits) {
                return true;
            }
        }
        return false;
    }
}
