package io.partflow.engine.stream;

import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
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
    ///
    /// When it returns, in whatever way, the work has ended or will never start. So nothing that the work uses is
    /// taken from under it.
    public <T> T call(Callable<T> work) throws Exception {
        Job<T> job = new Job<>(work);
        executor.execute(job);
        try {
            return job.get();
        } catch (InterruptedException e) {
            job.cancel(true);
            if (!executor.remove(job)) {
                job.awaitEnd();
            }
            throw e;
        } catch (ExecutionException e) {
            switch (e.getCause()) {
                case Exception cause -> throw cause;
                case Error cause -> throw cause;
                case null, default -> throw e;
            }
        }
    }

    /// Work that can be waited for even after it was cancelled, when [FutureTask] counts it as done.
    private static final class Job<T> extends FutureTask<T> {
        private final CountDownLatch ended = new CountDownLatch(1);

        Job(Callable<T> work) {
            super(work);
        }

        @Override
        public void run() {
            try {
                super.run();
            } finally {
                ended.countDown();
            }
        }

        /// Waits however long it takes; the caller is being cancelled already and says so when this returns.
        void awaitEnd() {
            boolean over = false;
            while (!over) {
                try {
                    ended.await();
                    over = true;
                } catch (InterruptedException again) {
                    // Known: it is why this method is called.
                    over = ended.getCount() == 0;
                }
            }
        }
    }

    /// Interrupts what runs and waits until every thread is gone. Only when no call is left.
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
