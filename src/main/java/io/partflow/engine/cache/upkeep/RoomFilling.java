package io.partflow.engine.cache.upkeep;

import io.partflow.engine.cache.CacheKey;
import io.partflow.engine.cache.CacheRoom;
import io.partflow.engine.cache.CacheStore;
import io.partflow.engine.cache.ContentCache;
import io.partflow.engine.cache.sqlite.SqliteStore;
import io.partflow.engine.cache.sqlite.StoreContents;
import io.partflow.engine.cache.sqlite.StoreQuery;
import io.partflow.engine.content.WireFormException;
import io.partflow.engine.stream.StreamClock;
import java.nio.file.Path;
import java.util.function.Predicate;

/// Fills the caches of a room from a store before they are asked. Stateless; reads files and takes a while.
public final class RoomFilling {
    /// How far it has come. Immutable.
    ///
    /// @param read live entries of the store that belong to a cache of the room
    /// @param taken those of them that the caches did not have
    /// @param unreadable those of them that are no contents
    public record Progress(long read, long taken, long unreadable) {}

    private static final int TOLD_EVERY = 64;

    private RoomFilling() {}

    /// Copies what belongs to the caches of a room, as their prefixes say; what they have already stays as it is, and
    /// the store is not written.
    ///
    /// @param goOn is told every now and then how far it has come; ends it by saying no. What was copied by then
    /// stays
    /// @return how far it came
    /// @throws CacheStore.Unavailable when the file is no store or cannot be read
    public static Progress fromStore(CacheRoom room, Path file, StreamClock clock, Predicate<Progress> goOn) {
        long[] counts = new long[3];
        boolean[] stopped = {false};
        try (SqliteStore source = SqliteStore.open(file, clock, SqliteStore.Access.READ_ONLY)) {
            StoreContents contents = new StoreContents(source);
            for (ContentCache cache : room.distinctCaches()) {
                if (cache.prefix().isEmpty() || stopped[0]) {
                    continue;
                }
                StoreQuery own = StoreQuery.ALL.withPrefix(cache.prefix()).withLife(StoreQuery.Life.LIVE);
                contents.each(own, StoreContents.Values.WITH, row -> {
                    CacheKey key = CacheKey.parse(row.key());
                    if (key == null || !key.prefix().equals(cache.prefix())) {
                        return true;
                    }
                    counts[0]++;
                    try {
                        if (cache.peek(key).isEmpty()) {
                            cache.warm(row.value(key));
                            counts[1]++;
                        }
                    } catch (WireFormException notAContent) {
                        counts[2]++;
                    }
                    stopped[0] = counts[0] % TOLD_EVERY == 0 && !goOn.test(progress(counts));
                    return !stopped[0];
                });
                cache.flush();
            }
        }
        Progress end = progress(counts);
        var unused = goOn.test(end);
        return end;
    }

    private static Progress progress(long[] counts) {
        return new Progress(counts[0], counts[1], counts[2]);
    }
}
