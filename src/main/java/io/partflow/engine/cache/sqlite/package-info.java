/// A store of cache entries in one SQLite file, shared with genai-processors in both directions.
///
/// Read first: [SqliteStore], [StoreSchema], [StoreWriter]. Thread-safe: all writing goes through one thread of the
/// store's own, reading through a few connections. Depends on `engine.cache` and what that depends on; on the driver
/// only through `java.sql`.
///
/// Invariants: `content_cache` has the reference's schema and value form and nothing else; what it has no room for
/// stands in tables beside it, which the other program does not read. A file that is not such a store is never
/// written.
@NullMarked
package io.partflow.engine.cache.sqlite;

import org.jspecify.annotations.NullMarked;
