/// Why a request was a miss: exactly one cause, and what made it differ from the nearest earlier one.
///
/// Read first: [MissExplainer], [MissCause], [ContentDiff]. Values are immutable; the explainer and what it remembers
/// are confined to one thread. Depends on `engine.cache` and `engine.content`.
///
/// Invariants: memory is bounded by the constants of [MissExplainer], whatever is asked.
///
/// Sources: A. Broder, "On the resemblance and containment of documents", 1997; P. Li, A. Owen, C.-H. Zhang, "One
/// permutation hashing", NIPS 2012.
@NullMarked
package io.partflow.engine.insight.why;

import org.jspecify.annotations.NullMarked;
