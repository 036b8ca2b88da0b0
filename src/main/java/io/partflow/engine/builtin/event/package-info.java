/// Nodes that find events in a stream of pictures.
///
/// Read first: [EventStage], [TransitionLine]. A stage is confined to its thread. Depends on `engine.prompt.event`,
/// `engine.cache`, `engine.builtin.nested` and what lies below.
@NullMarked
package io.partflow.engine.builtin.event;

import org.jspecify.annotations.NullMarked;
