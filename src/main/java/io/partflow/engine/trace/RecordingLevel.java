package io.partflow.engine.trace;

import java.util.Locale;

/// How much of a run a recording holds; each level holds all of the one before.
public enum RecordingLevel {
    /// What sources emitted.
    INPUTS,
    /// And every request to a cache.
    EVENTS,
    /// And what every other node emitted.
    ALL;

    /// The name used in recordings.
    public String id() {
        return name().toLowerCase(Locale.ROOT);
    }

    /// The level of that name.
    ///
    /// @throws IllegalArgumentException when none has it; the message lists those that exist
    public static RecordingLevel of(String id) {
        for (RecordingLevel each : values()) {
            if (each.id().equals(id)) {
                return each;
            }
        }
        throw new IllegalArgumentException("level is \"" + id + "\"; it must be inputs, events or all");
    }
}
