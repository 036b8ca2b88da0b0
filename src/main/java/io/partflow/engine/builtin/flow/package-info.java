/// Processors that shape a flow and leave parts as they are: what goes on, where it goes, when, and in which order.
///
/// Read first: [PartFilterStage], [Switch], [Conditions]. Part processors are immutable and thread-safe, stream
/// processors are confined to their stage's thread. Depends on `engine.processor`, `engine.builtin.nested` and what
/// lies below.
@NullMarked
package io.partflow.engine.builtin.flow;

import org.jspecify.annotations.NullMarked;
