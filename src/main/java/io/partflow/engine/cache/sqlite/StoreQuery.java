package io.partflow.engine.cache.sqlite;

import org.jspecify.annotations.Nullable;

/// Which entries of a store are meant, and in what order. Immutable; start from [#ALL].
///
/// @param key this one alone, as text; null for any
/// @param prefix only keys that start so; null for any
/// @param kind only entries with a part of this MIME type, where `image/*` stands for all images; null for any
/// @param createdBeforeMillis only entries put before, milliseconds since 1970; null for any. Entries of other
/// programs have no such time and are left out
/// @param node only entries that this node computed; null for any. Of entries of other programs that is
/// not known, and they are left out
/// @param text only entries with a part whose text holds this, in any case; null for any
/// @param life whether entries that are over count
public record StoreQuery(
        @Nullable String key,
        @Nullable String prefix,
        @Nullable String kind,
        @Nullable Long createdBeforeMillis,
        @Nullable String node,
        @Nullable String text,
        Life life,
        Order order) {
    /// Whether entries that are over count.
    public enum Life {
        ALL,
        LIVE,
        EXPIRED
    }

    /// By what entries are ordered.
    public enum Order {
        KEY("c.key"),
        /// The largest first.
        SIZE("coalesce(e.size_bytes, length(c.value)) DESC, c.key"),
        /// The newest first.
        CREATED("e.created_ms DESC, c.key"),
        /// The last served first.
        LAST_HIT("e.last_hit_ms DESC, c.key"),
        /// The most often served first.
        HITS("e.hits DESC, c.key"),
        /// The first to be over first.
        EXPIRES("c.expires_at IS NULL, c.expires_at, c.key");

        private final String sql;

        Order(String sql) {
            this.sql = sql;
        }

        String sql() {
            return sql;
        }
    }

    public static final StoreQuery ALL = new StoreQuery(null, null, null, null, null, null, Life.ALL, Order.KEY);

    public StoreQuery withKey(String whole) {
        return new StoreQuery(whole, prefix, kind, createdBeforeMillis, node, text, life, order);
    }

    public StoreQuery withPrefix(@Nullable String start) {
        return new StoreQuery(key, start, kind, createdBeforeMillis, node, text, life, order);
    }

    public StoreQuery withLife(Life other) {
        return new StoreQuery(key, prefix, kind, createdBeforeMillis, node, text, other, order);
    }
}
