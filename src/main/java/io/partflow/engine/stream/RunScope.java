package io.partflow.engine.stream;

import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

/// Owns the virtual threads of one run: the first failure interrupts all the others, and closing waits until none
/// is left. Thread-safe.
public final class RunScope implements AutoCloseable {
    // Well below the 200 ms in which a cancellation has to end.
    private static final long REMINDER_MILLIS = 50;

    private static final Set<RunScope> OPEN = ConcurrentHashMap.newKeySet();

    /// Work that may fail.
    @FunctionalInterface
    public interface Task {
        void run() throws Exception;
    }

    private final String name;
    private final ExecutorService executor;
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition idle = lock.newCondition();
    private long running;
    private final AtomicReference<Throwable> failure = new AtomicReference<>();
    private final AtomicBoolean cancelled = new AtomicBoolean();

    /// @param name stands in every thread's name, behind `partflow-`
    public RunScope(String name) {
        this.name = name;
        this.executor = Executors.newThreadPerTaskExecutor(
                Thread.ofVirtual().name("partflow-" + name + "-", 0).factory());
        OPEN.add(this);
    }

    /// Runs a task on a thread of its own.
    ///
    /// @return false when the scope is cancelled or closed, so that the task will never run
    public boolean fork(Task task) {
        started();
        try {
            executor.execute(() -> {
                try {
                    if (!cancelled.get()) {
                        task.run();
                    }
                } catch (InterruptedException e) {
                    // The usual end of a task whose scope was cancelled. Elsewhere it is a task that stopped for no
                    // reason, and what it leaves undone must not pass for done.
                    if (!isCancelled()) {
                        fail(e);
                    }
                } catch (Throwable e) {
                    fail(e);
                } finally {
                    ended();
                }
            });
            return true;
        } catch (RejectedExecutionException e) {
            ended();
            return false;
        }
    }

    /// Ends the scope with a failure: the first one counts, and interrupts all tasks.
    public void fail(Throwable cause) {
        failure.compareAndSet(null, cause);
        cancel();
    }

    /// Interrupts all tasks and starts no new one.
    public void cancel() {
        if (cancelled.compareAndSet(false, true)) {
            executor.shutdownNow();
        }
    }

    /// Whether it was cancelled, failed or closed: its tasks are interrupted, and what they say from here on is only
    /// the consequence.
    public boolean isCancelled() {
        return cancelled.get();
    }

    /// Waits until no task is left. Tasks may fork further ones meanwhile.
    ///
    /// A task that has swallowed its interrupt is interrupted again, so that it cannot hold up the end for ever.
    public void join() throws InterruptedException {
        lock.lockInterruptibly();
        try {
            while (running > 0) {
                boolean signalled = idle.await(REMINDER_MILLIS, TimeUnit.MILLISECONDS);
                if (!signalled && isCancelled()) {
                    executor.shutdownNow();
                }
            }
        } finally {
            lock.unlock();
        }
    }

    private void started() {
        lock.lock();
        try {
            running++;
        } finally {
            lock.unlock();
        }
    }

    private void ended() {
        lock.lock();
        try {
            running--;
            if (running == 0) {
                idle.signalAll();
            }
        } finally {
            lock.unlock();
        }
    }

    /// The first failure, if any.
    public Optional<Throwable> failure() {
        return Optional.ofNullable(failure.get());
    }

    /// Cancels what still runs and waits until every thread is gone, however long that takes.
    @Override
    public void close() {
        cancel();
        boolean interrupted = false;
        while (!executor.isTerminated()) {
            try {
                if (!executor.awaitTermination(REMINDER_MILLIS, TimeUnit.MILLISECONDS)) {
                    executor.shutdownNow();
                }
            } catch (InterruptedException e) {
                interrupted = true;
            }
        }
        OPEN.remove(this);
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    /// How many scopes of this process are not closed yet; 0 when no run is alive. For the checks after every test.
    public static int openScopes() {
        return OPEN.size();
    }

    @Override
    public String toString() {
        return "RunScope[" + name + "]";
    }
}
