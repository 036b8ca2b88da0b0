/// Events in a stream of images: what a detector sees, when that is an event, and how often one is told.
///
/// Read first: [EventDetection], [Detector], [EventRule]. A detector is thread-safe, a rule and a debouncer belong to
/// one stream. Depends on `engine.prompt`, `engine.cache`, `engine.processor` and what lies below.
///
/// Invariants: the original part always passes first; at most one detection of a stream runs at a time;
/// none is lost at the end of the input.
@NullMarked
package io.partflow.engine.prompt.event;

import org.jspecify.annotations.NullMarked;
