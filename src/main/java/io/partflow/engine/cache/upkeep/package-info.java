/// What is done to caches by hand: looking at entries, millions of them a page at a time; removing them by what they
/// are, with what was made of them, and taking it back.
///
/// Read first: [Invalidation], [EntryListing]. Both may read stores: call them off the thread of the views.
/// Depends on `engine.cache`.
@NullMarked
package io.partflow.engine.cache.upkeep;

import org.jspecify.annotations.NullMarked;
