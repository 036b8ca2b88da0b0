package io.partflow.engine.cache.sqlite;

import io.partflow.engine.cache.CacheKey;
import io.partflow.engine.cache.CacheTier.Removed;
import io.partflow.engine.cache.EvictionCause;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;

/// Removes many entries of a tier, a few hundred in a transaction so that others get their turn, and brings
/// them back. Thread-safe, but one removal is for one thread.
final class BulkRemoval {
    private static final int AT_ONCE = 500;

    private final SqliteStore store;
    private final SqliteTier tier;
    private final long token;
    private int count;
    private long bytes;

    private BulkRemoval(SqliteStore store, SqliteTier tier) {
        this.store = store;
        this.tier = tier;
        token = store.nextRemoval();
    }

    static Removed remove(SqliteStore store, SqliteTier tier, Collection<CacheKey> keys) {
        BulkRemoval removal = new BulkRemoval(store, tier);
        List<CacheKey> all = List.copyOf(keys);
        for (int from = 0; from < all.size(); from += AT_ONCE) {
            removal.remove(all.subList(from, Math.min(all.size(), from + AT_ONCE)));
        }
        return new Removed(removal.count, removal.bytes, into -> removal.restore(), removal::release);
    }

    private void remove(List<CacheKey> some) {
        long[] sums = new long[2];
        Durability end = store.write(0, session -> {
            sums[0] = 0;
            sums[1] = 0;
            // With the hits that were served since the last of them were written.
            store.writeHits();
            for (CacheKey key : some) {
                Slot slot = session.slot(key.text());
                if (slot != null) {
                    session.removedRows().keep(token, slot);
                    tier.leave(session, slot, EvictionCause.EXPLICIT, null);
                    session.afterCommit(() -> store.notes().forget(key));
                    sums[0]++;
                    sums[1] += slot.sizeBytes();
                }
            }
        });
        if (end == Durability.DURABLE) {
            count += (int) sums[0];
            bytes += sums[1];
        }
    }

    private int restore() {
        int back = 0;
        long after = 0;
        while (true) {
            List<RemovedRows.Kept> kept = new ArrayList<>();
            int[] restored = {0};
            long from = after;
            Durability end = store.write(0, session -> {
                kept.clear();
                restored[0] = 0;
                kept.addAll(session.removedRows().next(token, from, AT_ONCE));
                for (RemovedRows.Kept each : kept) {
                    restored[0] += restore(session, each) ? 1 : 0;
                }
            });
            if (end != Durability.DURABLE || kept.isEmpty()) {
                return back;
            }
            back += restored[0];
            after = kept.getLast().row();
        }
    }

    private boolean restore(StoreSession session, RemovedRows.Kept kept) throws SQLException {
        long now = store.clock().millis();
        Slot older = session.slot(kept.key());
        if (kept.expiresMillis() <= now || (older != null && older.expiresMillis() > now)) {
            return false;
        }
        if (older != null) {
            tier.leave(session, older, EvictionCause.EXPIRY, null);
        }
        store.endsAt(kept.expiresMillis());
        session.restore(kept, tier.prefix());
        return true;
    }

    private void release() {
        var unused = store.submit(0, session -> session.removedRows().release(token));
    }
}
