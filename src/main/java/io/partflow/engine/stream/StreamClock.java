package io.partflow.engine.stream;

import java.time.Instant;

/// The one source of time: a monotonic reading for durations, a wall reading for dates, and waiting.
///
/// It is a constructor argument wherever time matters, so that tests decide what time it is. Implementations are
/// thread-safe.
public interface StreamClock {
    /// A monotonic reading in nanoseconds, of which only differences have meaning.
    long nanos();

    /// The date and time, UTC.
    Instant instant();

    /// Waits on this clock.
    ///
    /// @param nanos how long; zero or less returns at once
    /// @throws InterruptedException when the thread is interrupted before or while waiting
    void sleep(long nanos) throws InterruptedException;

    /// The date and time in milliseconds since 1970, UTC.
    default long millis() {
        return instant().toEpochMilli();
    }

    /// The computer's own clock.
    static StreamClock system() {
        return SystemClock.INSTANCE;
    }
}
