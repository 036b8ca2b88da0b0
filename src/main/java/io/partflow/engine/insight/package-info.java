/// What the history of the caches says: curves, causes of misses, costs, regrets and advice.
///
/// Read first: [CacheInsight], [NodeInsight], [TraceFile]. Depends on `engine.trace`, `engine.cache` and the rooms
/// below them; nothing that runs a
/// pipeline depends on it.
@NullMarked
package io.partflow.engine.insight;

import org.jspecify.annotations.NullMarked;
