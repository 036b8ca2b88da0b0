package io.partflow.engine.prompt.event;

import io.partflow.engine.content.JsonString;
import io.partflow.engine.content.JsonValue;
import io.partflow.engine.content.Part;
import io.partflow.engine.stream.StreamClock;
import java.time.Duration;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;

/// Lets one event of a type pass in an interval; those that follow sooner are held off and do not prolong it. Used by
/// one thread at a time.
///
/// The type is the metadata entry `event_type`, or `unknown` without one. Remembers only types that passed within the
/// interval, at most 10,000; beyond, the one that passed longest ago is forgotten.
public final class EventDebouncer {
    /// Metadata entry that names an event's type.
    public static final String EVENT_TYPE = "event_type";
    /// The type of an event without one.
    public static final String UNKNOWN = "unknown";

    public static final Duration DEFAULT_INTERVAL = Duration.ofSeconds(1);

    private static final int MOST_TYPES = 10_000;

    private final StreamClock clock;
    private final long intervalNanos;
    // Those that passed longest ago first.
    private final Map<String, Long> passedNanos = new LinkedHashMap<>();

    /// With an interval of one second.
    public EventDebouncer(StreamClock clock) {
        this(clock, DEFAULT_INTERVAL);
    }

    /// @param interval at least zero; with zero every event passes
    public EventDebouncer(StreamClock clock, Duration interval) {
        if (interval.isNegative()) {
            throw new IllegalArgumentException("interval is " + interval + "; it must be at least zero");
        }
        this.clock = clock;
        this.intervalNanos = interval.toNanos();
    }

    /// Whether the event may pass now; it counts as passed then.
    public boolean admits(Part event) {
        long now = clock.nanos();
        forgetBefore(now);
        if (passedNanos.putIfAbsent(type(event), now) != null) {
            return false;
        }
        if (passedNanos.size() > MOST_TYPES) {
            forgetOldest();
        }
        return true;
    }

    private void forgetBefore(long now) {
        Iterator<Long> oldest = passedNanos.values().iterator();
        while (oldest.hasNext() && now - oldest.next() >= intervalNanos) {
            oldest.remove();
        }
    }

    private void forgetOldest() {
        Iterator<Long> oldest = passedNanos.values().iterator();
        oldest.next();
        oldest.remove();
    }

    private static String type(Part event) {
        JsonValue type = event.metadata(EVENT_TYPE);
        return switch (type) {
            case null -> UNKNOWN;
            case JsonString text -> text.value();
            default -> type.toJson();
        };
    }
}
