package io.partflow.engine.cache.sqlite;

/// How what this program notes of an entry stands beside the entry's own row. Immutable.
enum FactLayout {
    /// It does not: only the other program has written the store.
    NONE(" FROM content_cache c"),
    /// By the key, as version 1 of the tables has it; such a store is only read so, and changed when it is written.
    BY_KEY(" FROM content_cache c LEFT JOIN partflow_entry e ON e.key = c.key"),
    /// By the number of the row. New rows follow each other, so that writing one touches no page but the last; the
    /// key says whether the row is still the one that was meant, because the other program may put its own there.
    BY_ROW(" FROM content_cache c LEFT JOIN partflow_entry e ON e.id = c.rowid AND e.key = c.key");

    private final String tables;

    FactLayout(String tables) {
        this.tables = tables;
    }

    /// The part of a query that says where from: entries are `c`, and what is noted of them is `e`, if anything is.
    String tables() {
        return tables;
    }

    boolean hasFacts() {
        return this != NONE;
    }
}
