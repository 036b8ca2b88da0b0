package io.partflow.engine.stream;

import java.util.Comparator;
import java.util.TreeSet;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

/// The stream time of one run: how fast it goes, whether it stands still, and where in a recording it is.
/// Thread-safe.
///
/// Stream time is running time, without pauses, times the speed. At full speed no moment has to be waited for. The
/// place in a recording goes on with stream time, and is set elsewhere by a seek. While a run is stepped through,
/// time stands still and only sources are held: each step lets the part with the earliest moment through.
public final class StreamPace {
    /// Where a replay is to go on.
    public sealed interface Seek {
        /// @param atMillis of the recording, at least 0
        record ToMoment(double atMillis) implements Seek {
            public ToMoment {
                if (!(atMillis >= 0)) {
                    throw new IllegalArgumentException("the moment is " + atMillis + " ms; it must be at least 0");
                }
            }
        }

        /// @param number of the part among those replayed, from 1
        record ToPart(long number) implements Seek {
            public ToPart {
                if (number < 1) {
                    throw new IllegalArgumentException("the part's number is " + number + "; the first is 1");
                }
            }
        }
    }

    /// How a run begins.
    ///
    /// @param seek where in its recordings
    /// @param mode whether it goes on by itself
    public record Start(Seek seek, Mode mode) {
        public static final Start AT_BEGIN = new Start(new Seek.ToMoment(0), Mode.RUNNING);

        /// Whether a run goes on by itself.
        public enum Mode {
            RUNNING,
            /// Each part waits for its [StreamPace#step()]; the first has got it.
            STEPPING
        }
    }

    /// A seek, told apart from the ones before it by its number.
    public record NumberedSeek(long number, Seek seek) {}

    /// A source that waits for its turn.
    private record AtDoor(double atMillis, long order) {}

    // Long enough to cost nothing, short enough that a change of speed or a pause is felt at once.
    private static final long SLICE_NANOS = 20_000_000;

    private final StreamClock clock;
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition resumed = lock.newCondition();
    private final TreeSet<AtDoor> door =
            new TreeSet<>(Comparator.comparingDouble(AtDoor::atMillis).thenComparingLong(AtDoor::order));
    private double speed;
    // Read without the lock by every stage before every part.
    private volatile boolean paused;
    private boolean stagesHeld;
    private long steps;
    private long arrivals;
    private double replayMillis;
    private volatile NumberedSeek sought;
    private long activeNanos;
    private double streamMillis;
    private long since;

    /// @param speed how many times as fast as recorded, above 0; infinite for as fast as possible
    public StreamPace(StreamClock clock, double speed) {
        this(clock, speed, Start.AT_BEGIN);
    }

    /// @param start where and how the run begins
    public StreamPace(StreamClock clock, double speed, Start start) {
        this.clock = clock;
        this.speed = checked(speed);
        this.since = clock.nanos();
        this.sought = new NumberedSeek(start.equals(Start.AT_BEGIN) ? 0 : 1, start.seek());
        if (start.seek() instanceof Seek.ToMoment moment) {
            replayMillis = moment.atMillis();
        }
        if (start.mode() == Start.Mode.STEPPING) {
            paused = true;
            steps = 1;
        }
    }

    private void settle() {
        long now = clock.nanos();
        if (!paused) {
            long passed = now - since;
            activeNanos += passed;
            double streamed = passed / 1e6 * (Double.isInfinite(speed) ? 1 : speed);
            streamMillis += streamed;
            if (!Double.isInfinite(speed)) {
                replayMillis += streamed;
            }
        }
        since = now;
    }

    /// Stops stream time.
    public void pause() {
        locked(() -> {
            settle();
            paused = true;
            stagesHeld = true;
        });
    }

    /// Lets stream time go on.
    public void resume() {
        locked(() -> {
            settle();
            paused = false;
            stagesHeld = false;
            steps = 0;
            resumed.signalAll();
        });
    }

    /// Stops stream time, lets the stages work on what they have, and lets one more part through from the sources.
    public void step() {
        locked(() -> {
            settle();
            paused = true;
            stagesHeld = false;
            steps++;
            resumed.signalAll();
        });
    }

    /// Sends every replay elsewhere. A later seek takes the place of one that a source has not yet followed.
    public void seek(Seek target) {
        locked(() -> {
            settle();
            sought = new NumberedSeek(sought.number() + 1, target);
            if (target instanceof Seek.ToMoment moment) {
                replayMillis = moment.atMillis();
            }
            resumed.signalAll();
        });
    }

    /// The last seek; number 0 as long as none was asked for.
    public NumberedSeek sought() {
        return sought;
    }

    /// Says that a replay has followed a seek and where that was.
    public void wound(double atMillis) {
        locked(() -> {
            settle();
            replayMillis = atMillis;
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

    /// Whether time stands still: the run is paused or stepped through.
    public boolean isPaused() {
        return paused;
    }

    /// Returns at once while the run is not paused, or stepped through.
    public void passWhenRunning() throws InterruptedException {
        if (!paused) {
            if (Thread.interrupted()) {
                throw new InterruptedException();
            }
            return;
        }
        lock.lockInterruptibly();
        try {
            while (stagesHeld) {
                resumed.await();
            }
        } finally {
            lock.unlock();
        }
    }

    /// Waits until a source that knows no moments may emit: at once, except while the run is paused or stepped
    /// through.
    public void awaitTurn() throws InterruptedException {
        if (!paused) {
            passWhenRunning();
            return;
        }
        awaitMoment(replayMillis(), Long.MAX_VALUE);
    }

    /// Waits until the replay has reached a moment, or the part's step has come.
    public void awaitMoment(double atMillis) throws InterruptedException {
        awaitMoment(atMillis, Long.MAX_VALUE);
    }

    /// Waits until the replay has reached a moment, or the part's step has come; returns early when a seek comes that
    /// is newer than the one the source has followed.
    ///
    /// @param followed the number of that one
    public void awaitMoment(double atMillis, long followed) throws InterruptedException {
        AtDoor me = arrive(atMillis);
        try {
            long nanos = remainingNanos(me, followed);
            while (nanos > 0) {
                clock.sleep(nanos);
                nanos = remainingNanos(me, followed);
            }
        } finally {
            locked(() -> {
                door.remove(me);
                resumed.signalAll();
            });
        }
    }

    private AtDoor arrive(double atMillis) {
        lock.lock();
        try {
            AtDoor arrived = new AtDoor(atMillis, arrivals++);
            door.add(arrived);
            return arrived;
        } finally {
            lock.unlock();
        }
    }

    /// Waits while time stands still, and tells how long to wait then; 0 when it is the source's turn.
    private long remainingNanos(AtDoor me, long followed) throws InterruptedException {
        lock.lockInterruptibly();
        try {
            while (sought.number() <= followed) {
                settle();
                if (paused) {
                    if (steps > 0 && !stagesHeld && door.first() == me) {
                        steps--;
                        double ahead = Math.max(0, me.atMillis() - replayMillis);
                        replayMillis += ahead;
                        streamMillis += ahead;
                        return 0;
                    }
                    resumed.await();
                    continue;
                }
                if (Double.isInfinite(speed)) {
                    replayMillis = Math.max(replayMillis, me.atMillis());
                    return 0;
                }
                double remaining = (me.atMillis() - replayMillis) / speed * 1e6;
                return remaining <= 0 ? 0 : (long) Math.max(1, Math.min(SLICE_NANOS, remaining));
            }
            return 0;
        } finally {
            lock.unlock();
        }
    }

    /// Where in the recording the replay is, in milliseconds.
    public double replayMillis() {
        lock.lock();
        try {
            settle();
            return replayMillis;
        } finally {
            lock.unlock();
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
