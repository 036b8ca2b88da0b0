package io.partflow.engine.stream;

import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

/// The stream time of one run: how fast it goes, and whether it stands still. Thread-safe.
///
/// Stream time is running time, without pauses, times the speed. At full speed no moment has to be waited for.
public final class StreamPace {
    // Long enough to cost nothing, short enough that a change of speed or a pause is felt at once.
    private static final long SLICE_NANOS = 20_000_000;

    private final StreamClock clock;
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition resumed = lock.newCondition();
    private double speed;
    private boolean paused;
    private long activeNanos;
    private double streamMillis;
    private long since;

    /// @param speed how many times as fast as recorded, above 0; infinite for as fast as possible
    public StreamPace(StreamClock clock, double speed) {
        this.clock = clock;
        this.speed = checked(speed);
        this.since = clock.nanos();
    }

    private void settle() {
        long now = clock.nanos();
        if (!paused) {
            long passed = now - since;
            activeNanos += passed;
            streamMillis += passed / 1e6 * (Double.isInfinite(speed) ? 1 : speed);
        }
        since = now;
    }

    /// Stops stream time.
    public void pause() {
        locked(() -> {
            settle();
            paused = true;
        });
    }

    /// Lets stream time go on.
    public void resume() {
        locked(() -> {
            settle();
            paused = false;
            resumed.signalAll();
        });
    }

    private static double checked(double speed) {
        if (!(speed > 0)) {
            throw new IllegalArgumentException("speed is " + speed + "; it must be above 0");
        }
        return speed;
    }

    /// Changes the speed from now on.
    ///
    /// @param times above 0; infinite for as fast as possible
    public void speed(double times) {
        checked(times);
        locked(() -> {
            settle();
            speed = times;
            resumed.signalAll();
        });
    }

    private void locked(Runnable change) {
        lock.lock();
        try {
            change.run();
        } finally {
            lock.unlock();
        }
    }

    /// Returns at once while the run is not paused.
    public void passWhenRunning() throws InterruptedException {
        lock.lockInterruptibly();
        try {
            while (paused) {
                resumed.await();
            }
        } finally {
            lock.unlock();
        }
    }

    /// Waits until stream time has reached a moment.
    public void awaitMoment(double atMillis) throws InterruptedException {
        while (true) {
            passWhenRunning();
            double remainingNanos;
            lock.lock();
            try {
                if (Double.isInfinite(speed)) {
                    return;
                }
                settle();
                remainingNanos = (atMillis - streamMillis) / speed * 1e6;
            } finally {
                lock.unlock();
            }
            if (remainingNanos <= 0) {
                return;
            }
            clock.sleep((long) Math.max(1, Math.min(SLICE_NANOS, remainingNanos)));
        }
    }

    /// Nanoseconds since the start, without pauses.
    public long activeNanos() {
        lock.lock();
        try {
            settle();
            return activeNanos;
        } finally {
            lock.unlock();
        }
    }

    /// Milliseconds of stream time since the start.
    public double streamMillis() {
        lock.lock();
        try {
            settle();
            return streamMillis;
        } finally {
            lock.unlock();
        }
    }
}
