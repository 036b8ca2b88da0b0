/// What is learnt of uses: noted and counted where they happen at next to no cost, looked at where there is time.
///
/// Read first: [Lanes], [UseNotes]. Depends on nothing.
@NullMarked
package io.partflow.engine.cache.recency;

import org.jspecify.annotations.NullMarked;
