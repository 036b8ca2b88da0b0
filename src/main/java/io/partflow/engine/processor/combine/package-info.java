/// Processors made of processors: chains, parallel branches, switches, and what stands around a stream.
///
/// Read first: [PartChain], [OrderedParts], [StreamChain]. A combinator owns its members and closes them. What works
/// on parts is as
/// thread-safe as its members; what works on streams is confined to the stage's thread and forks the threads of one
/// call in a [Crew],
/// which leaves none behind. Depends on the room `engine.processor` and what that may use.
///
/// Invariants: order is that of the same work done part by part; nothing waits in an unbounded buffer;
/// parts on reserved substreams reach no later member.
@NullMarked
package io.partflow.engine.processor.combine;

import org.jspecify.annotations.NullMarked;
