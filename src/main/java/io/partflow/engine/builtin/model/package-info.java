/// Models, or what stands in for them.
///
/// Read first: [SimulatedModel]; [AnswerGrammar] writes its answers. Both are immutable and thread-safe.
/// Depends on `engine.content` and `engine.processor`.
///
/// Invariant: what is simulated says so, and costs time on the run's clock alone.
@NullMarked
package io.partflow.engine.builtin.model;

import org.jspecify.annotations.NullMarked;
