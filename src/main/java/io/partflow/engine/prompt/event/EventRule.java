package io.partflow.engine.prompt.event;

import io.partflow.engine.content.Part;
import java.util.List;

/// Says which events follow from what a detector sees. Holds the state of one stream; called by one thread at a time,
/// in the order of detections.
@FunctionalInterface
public interface EventRule {
    /// Each part that a detector emits is an event.
    EventRule EVERY_PART = seen -> seen;

    /// The events, in order; may be empty.
    ///
    /// @param seen all that one detection emitted; may be empty
    List<Part> events(List<Part> seen);

    /// This rule, without events that follow one of their type too soon.
    default EventRule debounced(EventDebouncer debouncer) {
        return seen -> events(seen).stream().filter(debouncer::admits).toList();
    }
}
