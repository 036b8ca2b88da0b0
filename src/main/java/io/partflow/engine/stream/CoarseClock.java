package io.partflow.engine.stream;

import java.time.Instant;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/// A clock whose date costs next to nothing to read and may be a few milliseconds late; durations and waiting are
/// those of the clock behind it.
///
/// Thread-safe. While anybody reads the date, a daemon thread of its own takes it over once a millisecond; a tenth
/// of a second after the last reading that thread ends.
public final class CoarseClock implements StreamClock {
    private static final long TICK_NANOS = TimeUnit.MILLISECONDS.toNanos(1);
    private static final int IDLE_TICKS = 100;

    private final StreamClock exact;
    private volatile long now;
    private volatile boolean ticking;
    private volatile boolean read;

    private CoarseClock(StreamClock exact) {
        this.exact = exact;
    }

    /// The coarse form of the computer's clock; any other clock, such as a test's, is left as it is.
    public static StreamClock of(StreamClock clock) {
        return clock == StreamClock.system() ? new CoarseClock(clock) : clock;
    }

    @Override
    public long millis() {
        if (!ticking) {
            return start();
        }
        // Written once a tick only, so that threads that read do not disturb each other.
        if (!read) {
            read = true;
        }
        return now;
    }

    private synchronized long start() {
        long millis = exact.millis();
        if (!ticking) {
            now = millis;
            read = true;
            ticking = true;
            Thread.ofPlatform().name("coarse-clock").daemon().start(this::tick);
        }
        return millis;
    }

    private void tick() {
        int idle = 0;
        while (idle < IDLE_TICKS || !stop()) {
            LockSupport.parkNanos(TICK_NANOS);
            now = exact.millis();
            idle = read ? 0 : Math.min(idle + 1, IDLE_TICKS);
            read = false;
        }
    }

    private synchronized boolean stop() {
        ticking = read;
        return !ticking;
    }

    @Override
    public long nanos() {
        return exact.nanos();
    }

    @Override
    public Instant instant() {
        return exact.instant();
    }

    @Override
    public void sleep(long nanos) throws InterruptedException {
        exact.sleep(nanos);
    }
}
