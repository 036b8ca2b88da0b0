package io.partflow.engine.cache.sqlite;

/// Whether the limits are about a row.
enum Standing {
    LOOSE,
    PINNED,
    /// Another program has written it.
    THEIRS;

    static Standing of(int stored) {
        return values()[stored];
    }
}
