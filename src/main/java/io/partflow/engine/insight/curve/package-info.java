/// The hit ratio a cache would have at any other size, policy or time to live, from what was asked of it.
///
/// Read first: [AccessTrace], [MissRatioCurve], [TraceCurves]; live: [LiveCurve]. Values are immutable; everything
/// that takes accesses one by one is confined to one thread. Depends on the Java library alone.
///
/// Invariants: an LRU curve never falls as the size grows; what is exact says so, and what is not says how far off
/// it may be.
///
/// Sources: 1. R. L. Mattson et al., "Evaluation techniques for storage hierarchies", IBM Systems Journal 9(2), 1970.
/// 2. F. Olken, "Efficient methods for calculating the success function of fixed-space replacement policies", 1981.
/// 3. C. Waldspurger et al., "Efficient MRC construction with SHARDS", FAST 2015. 4. C. Waldspurger et al., "Cache
/// modeling and optimization using miniature simulations", USENIX ATC 2017. 5. L. A. Belady, "A study of replacement
/// algorithms for a virtual-storage computer", IBM Systems Journal 5(2), 1966.
@NullMarked
package io.partflow.engine.insight.curve;

import org.jspecify.annotations.NullMarked;
