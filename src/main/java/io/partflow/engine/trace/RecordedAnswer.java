package io.partflow.engine.trace;

import io.partflow.engine.processor.Usage;
import org.jspecify.annotations.Nullable;

/// What is known of the answer to a request to a cache. Immutable.
///
/// @param bytes its size, or null if unknown
/// @param costNanos how long computing it took, now or when it was made, or null if unknown
/// @param overheadNanos how long the request spent in the cache, without computing and passing on, or null if unknown
/// @param hash of its parts, in hex digits, or null if unknown
/// @param usage what computing it spent; [Usage#NONE] if unknown
public record RecordedAnswer(
        @Nullable Long bytes,
        @Nullable Long costNanos,
        @Nullable Long overheadNanos,
        @Nullable String hash,
        Usage usage) {
    /// There is none, or nothing is known of it.
    public static final RecordedAnswer UNKNOWN = new RecordedAnswer(null, null, null, null, Usage.NONE);

    /// An answer of which only this is known.
    public static RecordedAnswer of(@Nullable Long bytes, @Nullable Long costNanos) {
        return new RecordedAnswer(bytes, costNanos, null, null, Usage.NONE);
    }
}
