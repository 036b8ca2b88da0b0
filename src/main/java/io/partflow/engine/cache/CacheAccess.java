package io.partflow.engine.cache;

/// What one request may do with a cache: which entries may answer it, and whether its own answer is kept. Immutable.
///
/// @param servedFromMillis entries put before this moment, milliseconds since 1970, do not answer;
/// [Long#MIN_VALUE] when all do, [Long#MAX_VALUE] when none does
/// @param keeping whether a computed answer is kept, in place of an older one
public record CacheAccess(long servedFromMillis, Keeping keeping) {
    /// Whether answers are kept.
    public enum Keeping {
        KEEP,
        DISCARD
    }

    /// Every entry answers, and every answer is kept.
    public static final CacheAccess FULL = new CacheAccess(Long.MIN_VALUE, Keeping.KEEP);

    /// Whether the request may join a computation that another one has under way.
    ///
    /// Joining is an answer from the cache. Without keeping, whether two equal requests met in flight would be left
    /// to chance, and with it the counts.
    boolean joinsFlights() {
        return servedFromMillis != Long.MAX_VALUE && keeping == Keeping.KEEP;
    }
}
