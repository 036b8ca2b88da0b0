/// What should be changed about a cache, why, and what that would bring: measured on its own history.
///
/// Read first: [Advice], [AdviceRule]; the rules are in `rule`, their list is `rule.AdviceRules`. Everything here is
/// immutable. Depends on `engine.insight.history`.
///
/// Invariants: no advice without numbers from the history; what it predicts can be checked by applying its change.
@NullMarked
package io.partflow.engine.insight.advice;

import org.jspecify.annotations.NullMarked;
