/// One computation that several requests share while it is under way, and the way of its parts to each of them.
///
/// Read first: [Flight]. Thread-safe where it says so. Depends on `engine.content` and `engine.processor`.
@NullMarked
package io.partflow.engine.cache.flight;

import org.jspecify.annotations.NullMarked;
