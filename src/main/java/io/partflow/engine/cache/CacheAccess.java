package io.partflow.engine.cache;

import java.util.concurrent.Executor;
import org.jspecify.annotations.Nullable;

/// What one request may do with a cache: which entries may answer it, and whether its own answer is kept. Immutable.
///
/// @param servedFromMillis entries put before this moment, milliseconds since 1970, do not answer;
/// [Long#MIN_VALUE] when all do, [Long#MAX_VALUE] when none does
/// @param keeping whether a computed answer is kept, in place of an older one
/// @param background computes anew what is served shortly before or after its end; null when nothing may go on beside
/// the request, and then such an answer is served until its end and not refreshed
public record CacheAccess(
        long servedFromMillis, Keeping keeping, @Nullable Executor background) {
    public CacheAccess(long servedFromMillis, Keeping keeping) {
        this(servedFromMillis, keeping, null);
    }

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
