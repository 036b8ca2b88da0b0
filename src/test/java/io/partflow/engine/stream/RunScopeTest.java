package io.partflow.engine.stream;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(20)
class RunScopeTest {
    @Test
    void firstFailure_interruptsAllOthers_andIsTheOneThatCounts() throws Exception {
        CountDownLatch waiting = new CountDownLatch(2);
        AtomicInteger interrupted = new AtomicInteger();
        try (RunScope scope = new RunScope("test")) {
            for (int i = 0; i < 2; i++) {
                scope.fork(() -> {
                    waiting.countDown();
                    try {
                        new CountDownLatch(1).await();
                    } catch (InterruptedException e) {
                        interrupted.incrementAndGet();
                        throw new IllegalStateException("a consequence");
                    }
                });
            }
            waiting.await();
            scope.fork(() -> {
                throw new IllegalArgumentException("the cause");
            });
            scope.join();

            assertThat(interrupted).hasValue(2);
            assertThat(scope.failure()).hasValueSatisfying(e -> assertThat(e).hasMessage("the cause"));
        }
    }

    @Test
    void cancel_isNoFailure_andRunsNoFurtherTask() throws Exception {
        CountDownLatch waiting = new CountDownLatch(1);
        AtomicBoolean late = new AtomicBoolean();
        try (RunScope scope = new RunScope("test")) {
            scope.fork(() -> {
                waiting.countDown();
                new CountDownLatch(1).await();
            });
            waiting.await();
            scope.cancel();

            assertThat(scope.fork(() -> late.set(true))).isFalse();
            scope.join();

            assertThat(scope.failure()).isEmpty();
            assertThat(late).isFalse();
        }
    }

    @Test
    void taskThatIsInterruptedByNobody_failsTheScope() throws Exception {
        try (RunScope scope = new RunScope("test")) {
            scope.fork(() -> {
                throw new InterruptedException("out of the blue");
            });
            scope.join();

            assertThat(scope.failure()).hasValueSatisfying(e -> assertThat(e).hasMessage("out of the blue"));
            assertThat(scope.isCancelled()).isTrue();
        }
    }

    @Test
    void taskThatSwallowsItsInterrupt_isRemindedUntilItEnds() throws Exception {
        CountDownLatch waiting = new CountDownLatch(1);
        AtomicInteger swallowed = new AtomicInteger();
        try (RunScope scope = new RunScope("test")) {
            scope.fork(() -> {
                waiting.countDown();
                while (swallowed.get() < 3) {
                    try {
                        new CountDownLatch(1).await();
                    } catch (InterruptedException e) {
                        swallowed.incrementAndGet();
                    }
                }
            });
            waiting.await();
            scope.cancel();
            scope.join();
        }
        assertThat(swallowed).hasValue(3);
    }

    @Test
    void join_waitsForTasksOfTasks() throws Exception {
        AtomicInteger done = new AtomicInteger();
        try (RunScope scope = new RunScope("test")) {
            scope.fork(() -> {
                for (int i = 0; i < 100; i++) {
                    scope.fork(done::incrementAndGet);
                }
            });
            scope.join();

            assertThat(done).hasValue(100);
        }
    }

    @Test
    void close_cancelsAndCountsAsClosed() {
        int before = RunScope.openScopes();
        RunScope scope = new RunScope("test");
        scope.fork(() -> new CountDownLatch(1).await());
        assertThat(RunScope.openScopes()).isEqualTo(before + 1);

        scope.close();

        assertThat(RunScope.openScopes()).isEqualTo(before);
        assertThat(scope.fork(() -> {})).isFalse();
    }
}
