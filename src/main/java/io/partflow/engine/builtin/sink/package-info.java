/// Sinks: where parts end. A viewer and a file.
///
/// Read first: [JsonLinesSink]. Sinks are confined to their stage's thread. Depends on `engine.content` and
/// `engine.processor`.
///
/// Invariant: a file that is written shows up whole or not at all.
@NullMarked
package io.partflow.engine.builtin.sink;

import org.jspecify.annotations.NullMarked;
