/// A pipeline as its author sees it: the graph, its document, what is wrong with it, and the plan a run is made from.
///
/// Read first: [PipelineGraph], [PipelineDocument], [GraphChecker]. Graphs, nodes, wires and problems are
/// immutable; the other types keep no
/// state, so that any thread may use them. Depends on the rooms of `engine` that describe processors, caches and
/// runs; knows no JavaFX.
///
/// Invariants: a user's document never causes an exception, only a list of [Problem]s; what a document says beyond
/// what is understood here is
/// kept and written back; nodes and wires are always in document order. Format: `*.partflow.json`, version 1.
@NullMarked
package io.partflow.pipeline;

import org.jspecify.annotations.NullMarked;
