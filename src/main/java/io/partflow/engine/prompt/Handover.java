package io.partflow.engine.prompt;

import io.partflow.engine.content.Part;
import io.partflow.engine.stream.RunScope;
import java.util.ArrayDeque;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/// Results of several threads on their way to one: lane after lane, in the order in which the lanes were opened, and
/// within a lane by arrival. Thread-safe; one thread reads.
///
/// Each lane is bounded: who puts into a full one waits, until it is its turn and the reader takes. A failure of any
/// thread reaches the reader at once.
public final class Handover {
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition changed = lock.newCondition();
    private final ArrayDeque<Lane> lanes = new ArrayDeque<>();
    private final int laneParts;
    private boolean closed;
    private @Nullable Throwable failure;

    /// @param laneParts the most parts that wait in a lane, at least 1
    public Handover(int laneParts) {
        if (laneParts < 1) {
            throw new IllegalArgumentException("a lane holds " + laneParts + " parts; it must hold at least 1");
        }
        this.laneParts = laneParts;
    }

    /// One place in the order. Any number of threads may put.
    public final class Lane {
        private final ArrayDeque<Part> parts = new ArrayDeque<>();
        private final Condition room = lock.newCondition();
        private boolean ended;

        private Lane() {}

        /// Appends a part, waiting for room.
        public void put(Part part) throws InterruptedException {
            lock.lockInterruptibly();
            try {
                while (parts.size() == laneParts) {
                    room.await();
                }
                parts.addLast(part);
                changed.signal();
            } finally {
                lock.unlock();
            }
        }

        /// Says that no further part comes.
        public void end() {
            lock.lock();
            try {
                ended = true;
                changed.signal();
            } finally {
                lock.unlock();
            }
        }
    }

    /// Opens a lane behind all others.
    public Lane open() {
        lock.lock();
        try {
            Lane lane = new Lane();
            lanes.addLast(lane);
            return lane;
        } finally {
            lock.unlock();
        }
    }

    /// Says that no further lane comes.
    public void close() {
        lock.lock();
        try {
            closed = true;
            changed.signal();
        } finally {
            lock.unlock();
        }
    }

    /// The task, such that its failure reaches the reader.
    public RunScope.Task watched(RunScope.Task task) {
        return () -> {
            try {
                task.run();
            } catch (Throwable thrown) {
                fail(thrown);
                throw thrown;
            }
        };
    }

    private void fail(Throwable thrown) {
        lock.lock();
        try {
            if (failure == null) {
                failure = thrown;
            }
            changed.signal();
        } finally {
            lock.unlock();
        }
    }

    /// Waits for the next part.
    ///
    /// @return null when it is closed and every lane has ended and is empty
    /// @throws Exception the first failure of a watched task
    public @Nullable Part next() throws Exception {
        lock.lockInterruptibly();
        try {
            while (true) {
                switch (failure) {
                    case Exception exception -> throw exception;
                    case Error error -> throw error;
                    case null, default -> {}
                }
                Lane first = lanes.peekFirst();
                if (first == null && closed) {
                    return null;
                }
                if (first != null && !first.parts.isEmpty()) {
                    first.room.signal();
                    return first.parts.removeFirst();
                }
                if (first != null && first.ended) {
                    lanes.removeFirst();
                } else {
                    changed.await();
                }
            }
        } finally {
            lock.unlock();
        }
    }
}
