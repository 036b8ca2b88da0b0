/// What parts cost in heap, as opposed to what they weigh in budgets.
///
/// Read first: [RetainedHeap]. Pure and thread-safe. Depends on `engine.content`.
@NullMarked
package io.partflow.engine.content.heap;

import org.jspecify.annotations.NullMarked;
