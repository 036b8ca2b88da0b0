/// Processors named inside the parameters of others: a branch, a case, a summariser, a detector.
///
/// Read first: [NestedProcessors]. Everything is immutable. Depends on `engine.processor` and what lies below.
///
/// Invariant: what is nested may nest others once more, and those none: see `BuiltinProcessors`.
@NullMarked
package io.partflow.engine.builtin.nested;

import org.jspecify.annotations.NullMarked;
