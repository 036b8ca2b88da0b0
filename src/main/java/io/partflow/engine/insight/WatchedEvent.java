package io.partflow.engine.insight;

import io.partflow.engine.cache.CacheKey;
import io.partflow.engine.cache.CacheWatcher;
import io.partflow.engine.cache.EvictionListener.Eviction;
import io.partflow.engine.cache.StoredValue;
import io.partflow.engine.content.Part;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// What happened to a cache besides hits, on its way to whoever looks at it. Immutable.
sealed interface WatchedEvent {
    /// An answer is being stored.
    ///
    /// @param overEntry whether an entry was there that did not answer
    record Put(StoredValue value, boolean overEntry) implements WatchedEvent {}

    /// A request that no entry answered at once begins.
    ///
    /// @param asked the number that its end will have
    record Asked(long asked) implements WatchedEvent {}

    /// @param asked the number of its beginning
    record Missed(CacheKey key, List<Part> input, @Nullable StoredValue answer, long asked) implements WatchedEvent {}

    record Coalesced(StoredValue answer, long asked) implements WatchedEvent {}

    /// An entry answered that came while the request had begun to wait.
    record ServedLate(StoredValue answer, long asked) implements WatchedEvent {}

    /// A request has ended, with or without an answer.
    record Abandoned(long asked) implements WatchedEvent {}

    record Left(Eviction eviction) implements WatchedEvent {}

    record Uncacheable(CacheWatcher.Uncacheable why) implements WatchedEvent {}

    record Bypassed() implements WatchedEvent {}
}
