/// Parts and contents: the immutable values that every other room moves, stores and shows.
///
/// Read first: [io.partflow.engine.content.Part], [io.partflow.engine.content.WireForm],
/// [io.partflow.engine.content.CanonicalForm].
///
/// Everything here is a value: immutable, safe to share between threads, free of input and output. The only mutable
/// state is a small pool of writing buffers, lent to one thread at a time.
///
/// May depend on: jackson-core (reading JSON) and zero-allocation-hashing (128-bit XXH3). On no other room.
///
/// Invariants: the wire form is the exact text of Python's `json.dumps`; equal canonical forms have equal keys, on this
/// side and in genai-processors; sizes are bytes.
@NullMarked
package io.partflow.engine.content;

import org.jspecify.annotations.NullMarked;
