/// What every room below the run may use to move parts: the bounded queue, the memory budget, the scope that owns
/// threads, the clock.
///
/// Read first: [PartQueue], [MemoryBudget], [RunScope]. All three are thread-safe. Depends on `engine.content` alone.
///
/// Invariants: nothing is unbounded; every charge is released exactly once; a scope that is closed has no thread
/// left.
@NullMarked
package io.partflow.engine.stream;

import org.jspecify.annotations.NullMarked;
