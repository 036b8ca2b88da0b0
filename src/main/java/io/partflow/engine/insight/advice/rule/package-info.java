/// The rules of advice, a file each.
///
/// Read first: [AdviceRules], the list. To add one: a file here and a line there. Rules are stateless. Depends on
/// `engine.insight.advice` and `engine.insight.history`.
@NullMarked
package io.partflow.engine.insight.advice.rule;

import org.jspecify.annotations.NullMarked;
