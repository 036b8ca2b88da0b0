/// Get-or-compute over cached content: keys, entries, tiers, single flight and the counters that tell what happened.
///
/// Read first: [ContentCache], [CacheKey], [CacheSettings]. Everything here is thread-safe or immutable.
/// Depends on `engine.content`, `engine.stream` and `engine.processor`.
@NullMarked
package io.partflow.engine.cache;

import org.jspecify.annotations.NullMarked;
