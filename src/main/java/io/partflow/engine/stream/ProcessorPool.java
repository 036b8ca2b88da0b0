package io.partflow.engine.stream;

import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/// Platform threads for work that keeps a processor busy, as many as there are processors. Thread-safe.
///
/// Such work would hold up every virtual thread if it ran on one, because virtual threads share a few carriers and
/// are not preempted.
public final class ProcessorPool implements AutoCloseable {
    private final ThreadPoolExecutor executor;

    /// @param runName stands in every thread's name, behind `partflow-`
    public ProcessorPool(String runName) {
        int processors = Runtime.getRuntime().availableProcessors();
        AtomicInteger number = new AtomicInteger();
        executor = new ThreadPoolExecutor(
                processors,
                processors,
                1,
                TimeUnit.SECONDS,
                new LinkedBlockingQueue<>(),
                work -> Thread.ofPlatform()
                        .name("partflow-" + runName + "-cpu-" + number.incrementAndGet())
                        .daemon()
                        .unstarted(work));
        executor.allowCoreThreadTimeOut(true);
    }

    /// Runs work in the pool and waits for it; an interrupt of the caller interrupts the work.
    public <T> T call(Callable<T> work) throws Exception {
        Future<T> future = executor.submit(work);
        try {
            return future.get();
        } catch (InterruptedException e) {
            future.cancel(true);
            throw e;
        } catch (ExecutionException e) {
            switch (e.getCause()) {
                case Exception cause -> throw cause;
                case Error cause -> throw cause;
                case null, default -> throw e;
            }
        }
    }

    /// Interrupts what runs and waits until every thread is gone.
    @Override
    public void close() {
        executor.shutdownNow();
        boolean interrupted = false;
        while (!executor.isTerminated()) {
            try {
                executor.awaitTermination(1, TimeUnit.DAYS);
            } catch (InterruptedException e) {
                interrupted = true;
            }
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }
}
