/// A run: the compiled topology at work on virtual threads, and the snapshot through which everybody else sees it.
///
/// Read first: [Run], [RunPlan], [RunSnapshot]. A [Run] is thread-safe; plans and snapshots are immutable.
/// Depends on `engine.cache`, `engine.trace` and the rows below them.
///
/// Invariants: a run that has ended has no thread and no charge left; counters only grow; a snapshot never changes.
@NullMarked
package io.partflow.engine.run;

import org.jspecify.annotations.NullMarked;
