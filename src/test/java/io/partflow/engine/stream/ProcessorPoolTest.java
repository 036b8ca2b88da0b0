package io.partflow.engine.stream;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(20)
class ProcessorPoolTest {
    @Test
    void call_givesTheResult_orWhatTheWorkHasThrown() throws Exception {
        try (ProcessorPool pool = new ProcessorPool("test")) {
            assertThat(pool.call(() -> 7)).isEqualTo(7);
            assertThatThrownBy(() -> pool.call(() -> {
                        throw new IOException("disk");
                    }))
                    .isInstanceOf(IOException.class);
            assertThatThrownBy(() -> pool.call(() -> {
                        throw new StackOverflowError();
                    }))
                    .isInstanceOf(StackOverflowError.class);
        }
    }

    @Test
    void interruptOfTheCaller_interruptsTheWork_andReturnsOnlyWhenThatHasEnded() throws Exception {
        CountDownLatch working = new CountDownLatch(1);
        CountDownLatch wasInterrupted = new CountDownLatch(1);
        CountDownLatch mayEnd = new CountDownLatch(1);
        AtomicBoolean workEnded = new AtomicBoolean();
        AtomicBoolean endedFirst = new AtomicBoolean();
        AtomicReference<Exception> thrown = new AtomicReference<>();
        try (ProcessorPool pool = new ProcessorPool("test")) {
            Thread caller = Thread.ofVirtual().start(() -> {
                try {
                    pool.call(() -> {
                        working.countDown();
                        try {
                            new CountDownLatch(1).await();
                        } catch (InterruptedException e) {
                            wasInterrupted.countDown();
                        }
                        mayEnd.await();
                        workEnded.set(true);
                        return 0;
                    });
                } catch (Exception e) {
                    endedFirst.set(workEnded.get());
                    thrown.set(e);
                }
            });
            working.await();
            caller.interrupt();
            wasInterrupted.await();
            Waiting.untilWaits(caller);
            mayEnd.countDown();
            caller.join();
        }
        assertThat(thrown.get()).isInstanceOf(InterruptedException.class);
        assertThat(endedFirst).isTrue();
    }

    @Test
    void interruptOfACaller_whoseWorkHasNotBegun_returnsAtOnce_andNeverBeginsIt() throws Exception {
        int threads = Runtime.getRuntime().availableProcessors();
        CountDownLatch busy = new CountDownLatch(threads);
        CountDownLatch mayEnd = new CountDownLatch(1);
        AtomicBoolean begun = new AtomicBoolean();
        try (ProcessorPool pool = new ProcessorPool("test")) {
            for (int i = 0; i < threads; i++) {
                Thread.ofVirtual()
                        .start(() -> call(pool, () -> {
                            busy.countDown();
                            mayEnd.await();
                            return 0;
                        }));
            }
            busy.await();
            Thread queued = Thread.ofVirtual()
                    .start(() -> call(pool, () -> {
                        begun.set(true);
                        return 0;
                    }));
            Waiting.untilWaits(queued);
            queued.interrupt();
            queued.join();
            mayEnd.countDown();
        }
        assertThat(begun).isFalse();
    }

    private static void call(ProcessorPool pool, java.util.concurrent.Callable<Integer> work) {
        try {
            pool.call(work);
        } catch (Exception e) {
            Thread.currentThread().interrupt();
        }
    }
}
