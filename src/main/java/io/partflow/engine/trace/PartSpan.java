package io.partflow.engine.trace;

import io.partflow.engine.cache.CacheKey;
import io.partflow.engine.cache.Outcome;
import org.jspecify.annotations.Nullable;

/// What a node did with one part. Immutable. Times are nanoseconds since the start of the run; null means that it did
/// not happen or was not seen.
///
/// @param number of the part among those that the node began with while somebody looked, from 1
/// @param mimeType of the part
/// @param preview the begin of its text, on one line; empty for other kinds
/// @param sizeBytes its size
/// @param enteredNanos when it was offered to the node's queue
/// @param startedNanos when the node began with it
/// @param lookedUpNanos when the cache had answered, or had said that it cannot
/// @param outcome how the request to the cache ended
/// @param key what the cache was asked for; null without a key
/// @param madeNanos when the processor had done its work
/// @param emitted how many parts came of it
/// @param emitNanos how long passing them on took, including the wait for room
/// @param endedNanos when the node was done with it
/// @param end how
public record PartSpan(
        long number,
        String mimeType,
        String preview,
        long sizeBytes,
        @Nullable Long enteredNanos,
        long startedNanos,
        @Nullable Long lookedUpNanos,
        @Nullable Outcome outcome,
        @Nullable CacheKey key,
        @Nullable Long madeNanos,
        int emitted,
        long emitNanos,
        long endedNanos,
        End end) {
    /// How a node was done with a part.
    public enum End {
        DONE,
        FAILED
    }

    /// How long the part waited in the queue, or null if that was not seen.
    public @Nullable Long queuedNanos() {
        Long entered = enteredNanos;
        return entered == null ? null : Long.valueOf(startedNanos - entered);
    }

    /// How long the lookup took, or null without one.
    public @Nullable Long lookupNanos() {
        Long lookedUp = lookedUpNanos;
        return lookedUp == null ? null : Long.valueOf(lookedUp - startedNanos);
    }

    /// How long the processor worked, without passing on; null if it did not.
    public @Nullable Long makeNanos() {
        Long made = madeNanos;
        if (made == null) {
            return null;
        }
        Long lookedUp = lookedUpNanos;
        return Math.max(0, made - (lookedUp == null ? startedNanos : lookedUp) - emitNanos);
    }

    /// From the begin of the waiting, as far as seen, to the end.
    public long totalNanos() {
        Long entered = enteredNanos;
        return endedNanos - (entered == null ? startedNanos : entered);
    }
}
