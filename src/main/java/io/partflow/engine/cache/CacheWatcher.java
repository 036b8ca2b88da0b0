package io.partflow.engine.cache;

import io.partflow.engine.content.Part;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Is told of everything that happens to the caches of a [CacheRoom], one method per event. Must be thread-safe and
/// quick: it runs on the thread that caused the event, a hit on the hit path itself.
///
/// Every request ends with exactly one of `hit`, `missed`, `coalesced`, `uncacheable`, `bypassed`; one that was
/// cancelled ends with none. Every method does nothing unless overridden.
public interface CacheWatcher {
    /// Why an input could not be cached.
    enum Uncacheable {
        /// It holds an exception part, or the key options leave nothing of it.
        NO_KEY,
        /// Its MIME type is not among those the node caches.
        MIME_TYPE,
        /// A text of it is shorter than the node caches.
        TOO_SHORT,
        /// It carries a metadata name that the node excludes.
        METADATA,
        /// It is too large to be one request.
        TOO_LARGE
    }

    /// A request found no live entry and begins to wait for an answer. Unless it is cancelled, one of the
    /// methods that take `asked` tells how it ended; then, or with [#abandoned], the number has done its work.
    ///
    /// @return a number of the watcher's own that stands for the request
    default long asked(ContentCache cache, CacheKey key) {
        return 0;
    }

    /// A request that was [#asked] has ended without an answer that anybody was told of. May also come after its end.
    default void abandoned(ContentCache cache, long asked) {}

    /// As [#hit(ContentCache, StoredValue)], for a request that was [#asked]: the entry came meanwhile.
    default void hit(ContentCache cache, StoredValue value, long asked) {
        hit(cache, value);
    }

    /// As [#missed(ContentCache, CacheKey, List, StoredValue)], for a request that was [#asked].
    default void missed(
            ContentCache cache, CacheKey key, List<Part> input, @Nullable StoredValue computed, long asked) {
        missed(cache, key, input, computed);
    }

    /// As [#coalesced(ContentCache, StoredValue)], for a request that was [#asked].
    default void coalesced(ContentCache cache, StoredValue value, long asked) {
        coalesced(cache, value);
    }

    /// Whether hits under a key are told. Asked before each of them: whoever looks at a sample of the keys alone
    /// costs
    /// the others next to nothing.
    default boolean follows(CacheKey key) {
        return true;
    }

    /// A live entry answered, under a key that is [followed][#follows(CacheKey)].
    ///
    /// @param value what was served
    default void hit(ContentCache cache, StoredValue value) {}

    /// The answer had to be computed, or computing it failed. Comes after [#put(ContentCache, StoredValue)] where
    /// the answer was kept.
    ///
    /// @param input what was asked, or empty where the caller did not say
    /// @param computed the answer, kept or not; null when computing failed
    default void missed(ContentCache cache, CacheKey key, List<Part> input, @Nullable StoredValue computed) {}

    /// The request joined a computation in flight.
    ///
    /// @param value what that computation gave
    default void coalesced(ContentCache cache, StoredValue value) {}

    /// A content that no cache may answer.
    default void uncacheable(ContentCache cache, List<Part> input, Uncacheable why) {}

    /// A request that was told to go past the cache.
    default void bypassed(ContentCache cache) {}

    /// A computed value is being stored, in place of an older one under its key. Comes before the evictions it
    /// causes.
    default void put(ContentCache cache, StoredValue value) {}

    /// An entry left, for whatever cause.
    default void evicted(ContentCache cache, EvictionListener.Eviction eviction) {}

    /// All caches and their counters were forgotten together, as for a new document; no entry is told to have left.
    default void cleared() {}
}
