/// What the history of the caches says: curves, causes of misses, costs, regrets and advice.
///
/// Read first: [LiveInsight], [InsightSnapshot], [CacheInsight]; for files [TraceFile].
///
/// A window makes one [LiveInsight] for its room, before the first run, and asks it for [LiveInsight#latest()]
/// at every tick of its pump while a view of it is visible; for each node that gives curve, causes, ledger, reuse
/// gaps, regrets, ablation and advice. `price`, `startOver` (for another document), `detail`, `history` and
/// `close` may wait: never call them on the FX thread. A command makes a [CacheInsight] and asks it once at the end.
///
/// Depends on `engine.trace`, `engine.cache` and the rooms below them; nothing that runs a pipeline depends on it.
@NullMarked
package io.partflow.engine.insight;

import org.jspecify.annotations.NullMarked;
