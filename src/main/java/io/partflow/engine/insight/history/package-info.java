/// What a cache's requests add up to: analytics, reuse, regrets, costs, and what other keys would have meant.
///
/// Read first: [CacheHistory], [CacheRequest]. Values are immutable; what collects live is confined to one thread
/// where it does not say otherwise. Depends on `engine.insight.curve` and `engine.insight.why`.
///
/// Invariants: what is measured and what is estimated never share a number; null and empty mean unknown, never 0.
@NullMarked
package io.partflow.engine.insight.history;

import org.jspecify.annotations.NullMarked;
