package io.partflow.engine.prompt;

import io.partflow.engine.content.Part;
import io.partflow.engine.processor.PartStream;
import java.util.ArrayDeque;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/// One prompt on its way to whoever answers it, readable while it is still added to. Thread-safe; several readers
/// compete for its parts.
///
/// Adding never waits, because nobody may be reading yet: whoever adds for long calls
/// [#awaitUnreadBelow(int)] before. Beyond [#MOST_UNREAD] parts that nobody has read, the oldest of them is
/// dropped.
public final class PendingPrompt implements PartStream {
    /// The most parts that wait for a reader.
    public static final int MOST_UNREAD = 50_000;

    private final ReentrantLock lock = new ReentrantLock();
    private final Condition arrived = lock.newCondition();
    private final Condition taken = lock.newCondition();
    private final ArrayDeque<Part> unread = new ArrayDeque<>();
    private boolean ended;

    PendingPrompt() {}

    void add(Part part) {
        lock.lock();
        try {
            if (unread.size() == MOST_UNREAD) {
                unread.removeFirst();
            }
            unread.addLast(part);
            arrived.signal();
        } finally {
            lock.unlock();
        }
    }

    void end() {
        lock.lock();
        try {
            ended = true;
            arrived.signalAll();
            taken.signalAll();
        } finally {
            lock.unlock();
        }
    }

    /// Waits until fewer parts than so many are unread, or the prompt has ended.
    ///
    /// @param parts at least 1
    public void awaitUnreadBelow(int parts) throws InterruptedException {
        lock.lockInterruptibly();
        try {
            while (unread.size() >= parts && !ended) {
                taken.await();
            }
        } finally {
            lock.unlock();
        }
    }

    @Override
    public @Nullable Part next() throws InterruptedException {
        lock.lockInterruptibly();
        try {
            while (unread.isEmpty() && !ended) {
                arrived.await();
            }
            Part part = unread.pollFirst();
            taken.signalAll();
            return part;
        } finally {
            lock.unlock();
        }
    }
}
