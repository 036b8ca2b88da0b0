package io.partflow.engine.cache.sqlite;

import io.partflow.engine.cache.CacheKey;
import io.partflow.engine.stream.StreamClock;
import java.sql.SQLException;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/// Removes the rows of a store that are over, whoever put them, and knows when it is time for that. Thread-safe;
/// removes on the writer's thread.
final class StoreReaper {
    private static final int AT_ONCE = 10_000;

    private final StreamClock clock;
    private final Function<String, @Nullable SqliteTier> owners;
    private final AtomicLong nextEndMillis = new AtomicLong(Long.MIN_VALUE);

    /// @param owners the tier that tells of a key, or null
    StoreReaper(StreamClock clock, Function<String, @Nullable SqliteTier> owners) {
        this.clock = clock;
        this.owners = owners;
    }

    /// Holds an end against the next one that has to be looked for.
    void endsAt(long millis) {
        nextEndMillis.accumulateAndGet(millis, Math::min);
    }

    /// What was known of ends may be wrong, because a transaction was lost.
    void lookAgain() {
        nextEndMillis.set(Long.MIN_VALUE);
    }

    boolean isDue() {
        return clock.millis() >= nextEndMillis.get();
    }

    void reap(StoreSession session) throws SQLException {
        if (!isDue()) {
            return;
        }
        long now = clock.millis();
        nextEndMillis.set(Long.MAX_VALUE);
        for (Slot slot : session.expired(now, AT_ONCE)) {
            SqliteTier owner = owners.apply(slot.key());
            if (owner == null) {
                CacheKey key = CacheKey.parse(slot.key());
                session.delete(slot, key == null ? slot.key() : key.prefix());
            } else {
                owner.expired(session, slot);
            }
        }
        endsAt(session.nextEndMillis());
    }
}
