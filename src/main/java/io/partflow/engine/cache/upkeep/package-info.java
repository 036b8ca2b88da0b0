/// What is done to caches by hand: removing entries by what they are, with what was made of them, and taking it back.
///
/// Read first: [Invalidation]. Depends on `engine.cache`.
@NullMarked
package io.partflow.engine.cache.upkeep;

import org.jspecify.annotations.NullMarked;
