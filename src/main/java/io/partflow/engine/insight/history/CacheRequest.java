package io.partflow.engine.insight.history;

import io.partflow.engine.cache.Outcome;
import io.partflow.engine.processor.Usage;

/// One request to a cache, as it ended. Immutable.
///
/// @param key a number that stands for the key at this node
/// @param atMillis when it was asked, milliseconds since 1970, or since the start of a recording
/// @param outcome HIT, MISS or COALESCED
/// @param bytes the size of the answer
/// @param computeNanos how long computing the answer took, now or when it was made; below 0 if unknown
/// @param usage what computing it spent
/// @param answer a number that stands for the answer, 0 if unknown
public record CacheRequest(
        long key, long atMillis, Outcome outcome, long bytes, long computeNanos, Usage usage, long answer) {
    /// Whether nothing had to be computed.
    public boolean isServed() {
        return outcome == Outcome.HIT || outcome == Outcome.COALESCED;
    }
}
