package io.partflow.engine.cache.flight;

import io.partflow.engine.content.Part;
import io.partflow.engine.processor.PartEmitter;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/// One computation under way, and the parts it has given so far, for everybody who asks for the same key meanwhile.
///
/// Thread-safe: one leader adds and ends it, any number of followers read along at their own pace. It ends once.
///
/// @param <V> what it ends with, beside the parts
public final class Flight<V> {
    /// How far a flight is.
    public enum State {
        RUNNING,
        /// The value is complete.
        LANDED,
        /// Computing failed; the followers fail with it.
        FAILED,
        /// The leader was cancelled; whoever still wants the value has to compute it.
        ABANDONED
    }

    private final ReentrantLock lock = new ReentrantLock();
    private final Condition changed = lock.newCondition();
    private final List<Part> parts = new ArrayList<>();
    private State state = State.RUNNING;
    private @Nullable V value;
    private @Nullable Throwable failure;

    /// Adds the next part.
    public void add(Part part) {
        lock.lock();
        try {
            parts.add(part);
            changed.signalAll();
        } finally {
            lock.unlock();
        }
    }

    /// A copy of the parts so far.
    public List<Part> parts() {
        lock.lock();
        try {
            return List.copyOf(parts);
        } finally {
            lock.unlock();
        }
    }

    /// Ends the flight with a value, whose parts are `all`. Readers that have not seen its parts from the leader
    /// get them from the value.
    public void land(V landed, List<Part> all) {
        lock.lock();
        try {
            value = landed;
            for (int i = parts.size(); i < all.size(); i++) {
                parts.add(all.get(i));
            }
            end(State.LANDED);
        } finally {
            lock.unlock();
        }
    }

    /// Ends the flight with what went wrong.
    public void fail(Throwable thrown) {
        lock.lock();
        try {
            failure = thrown;
            end(State.FAILED);
        } finally {
            lock.unlock();
        }
    }

    /// Ends the flight without an answer.
    public void abandon() {
        lock.lock();
        try {
            end(State.ABANDONED);
        } finally {
            lock.unlock();
        }
    }

    private void end(State last) {
        state = last;
        changed.signalAll();
    }

    /// How far it is now.
    public State state() {
        lock.lock();
        try {
            return state;
        } finally {
            lock.unlock();
        }
    }

    /// The value of a flight that has landed.
    public V value() {
        lock.lock();
        try {
            if (value == null) {
                throw new IllegalStateException("the flight has not landed, it is " + state);
            }
            return value;
        } finally {
            lock.unlock();
        }
    }

    /// What a flight that has failed failed with.
    public Throwable failure() {
        lock.lock();
        try {
            if (failure == null) {
                throw new IllegalStateException("the flight has not failed, it is " + state);
            }
            return failure;
        } finally {
            lock.unlock();
        }
    }

    /// Passes on the parts as they come, until the flight has ended and, unless it was abandoned, all of them are
    /// passed on.
    ///
    /// @param from how many to skip because the reader has them
    /// @return how many the reader has now
    public int follow(PartEmitter out, int from) throws InterruptedException {
        int next = from;
        while (true) {
            Part part = await(next);
            if (part == null) {
                return next;
            }
            out.emit(part);
            next++;
        }
    }

    private @Nullable Part await(int index) throws InterruptedException {
        lock.lockInterruptibly();
        try {
            while (state == State.RUNNING && index >= parts.size()) {
                changed.await();
                // A wait that was signalled before its thread woke ends as if nobody had interrupted it.
                if (Thread.interrupted()) {
                    throw new InterruptedException("cancelled while following");
                }
            }
            return state == State.ABANDONED || index >= parts.size() ? null : parts.get(index);
        } finally {
            lock.unlock();
        }
    }
}
