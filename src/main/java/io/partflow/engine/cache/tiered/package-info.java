/// Tiers over tiers: a fast one in memory above a slow one that keeps what the fast one loses.
///
/// Read first: [TieredTier]. Thread-safe. Depends on `engine.cache` alone.
@NullMarked
package io.partflow.engine.cache.tiered;

import org.jspecify.annotations.NullMarked;
