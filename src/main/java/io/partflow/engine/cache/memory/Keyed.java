package io.partflow.engine.cache.memory;

import io.partflow.engine.content.ContentHash;

/// What a [KeyedTable] holds: an object with its key and all else that a hit looks at. Immutable, but for what
/// a subclass adds.
public abstract class Keyed {
    /*
     * The key lies in the object itself, in front, and so do the moments that every lookup compares: what a hit reads
     * of an entry is one or two lines of a processor's cache instead of five objects.
     */
    final long low;
    final long high;
    final String prefix;

    /// When it ends, milliseconds since 1970, or [Long#MAX_VALUE].
    public final long expiresMillis;

    /// When it was made, milliseconds since 1970, or 0.
    public final long createdMillis;

    protected Keyed(String prefix, ContentHash hash, long createdMillis, long expiresMillis) {
        this.low = hash.low();
        this.high = hash.high();
        this.prefix = prefix;
        this.createdMillis = createdMillis;
        this.expiresMillis = expiresMillis;
    }

    final boolean isUnder(String otherPrefix, long otherHigh, long otherLow) {
        return low == otherLow && high == otherHigh && prefix.equals(otherPrefix);
    }
}
