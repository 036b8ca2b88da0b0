/// Processors that deal with the time at which parts pass: marks of it, and playing speed.
///
/// Read first: [AudioPace], [Timestamps]. Both are confined to their stage's thread and take the time from
/// its context. Depends on `engine.processor.combine` for threads and lanes.
@NullMarked
package io.partflow.engine.processor.pace;

import org.jspecify.annotations.NullMarked;
