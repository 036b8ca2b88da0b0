/// Looking after cache entries in bulk: choosing, counting, removing with the way back, pinning, warming.
///
/// Read first: [BulkViewModel], [UpkeepView]. FX thread; everything that reads caches or stores runs in the
/// background. Depends on `engine.cache.upkeep` and `ui.inspect.form`.
///
/// Invariant: nothing is removed that was not counted first.
@NullMarked
package io.partflow.ui.inspect.upkeep;

import org.jspecify.annotations.NullMarked;
