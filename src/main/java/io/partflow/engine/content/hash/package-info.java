/// The hash of cache keys, as fast as plain Java goes.
///
/// Read first: [io.partflow.engine.content.hash.Xxh128]. Each object is confined to one thread at a time. Depends on
/// zero-allocation-hashing for inputs of a few bytes.
@NullMarked
package io.partflow.engine.content.hash;

import org.jspecify.annotations.NullMarked;
