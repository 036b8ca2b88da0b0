package io.partflow;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.platform.engine.discovery.DiscoverySelectors.selectMethod;

import io.partflow.engine.stream.Charge;
import io.partflow.engine.stream.MemoryBudget;
import io.partflow.engine.stream.RunScope;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.platform.testkit.engine.EngineTestKit;
import org.junit.platform.testkit.engine.Events;

class NothingLeftExtensionTest {

    private static volatile CountDownLatch release = new CountDownLatch(1);

    @Test
    void test_leavingAVirtualThreadOfAnExecutor_fails() {
        assertThat(run("leavesVirtual").failed().count()).isEqualTo(1);
    }

    @Test
    void test_leavingANamedPlatformThread_fails() {
        assertThat(run("leavesNamed").failed().count()).isEqualTo(1);
    }

    @Test
    void test_leavingAnOpenScope_fails() {
        assertThat(run("leavesScope").failed().count()).isEqualTo(1);
    }

    @Test
    void test_leavingACharge_fails() {
        assertThat(run("leavesCharge").failed().count()).isEqualTo(1);
    }

    @Test
    void test_joiningItsThreads_passes() {
        assertThat(run("joins").succeeded().count()).isEqualTo(1);
    }

    private static Events run(String method) {
        release = new CountDownLatch(1);
        try {
            return EngineTestKit.engine("junit-jupiter")
                    .configurationParameter("junit.jupiter.extensions.autodetection.enabled", "true")
                    .selectors(selectMethod(Fixture.class, method))
                    .execute()
                    .testEvents();
        } finally {
            release.countDown();
            Leftover.close();
        }
    }

    /// What a fixture leaves on purpose, to be put away after the verdict.
    private static final class Leftover {
        private static @Nullable RunScope scope;
        private static @Nullable Charge charge;

        static void close() {
            if (scope != null) {
                scope.close();
                scope = null;
            }
            if (charge != null) {
                charge.release();
                charge = null;
            }
        }
    }

    static final class Fixture {

        @Test
        void leavesVirtual() {
            var executor = Executors.newThreadPerTaskExecutor(
                    Thread.ofVirtual().name("stage").factory());
            var ignored = executor.submit(Fixture::await);
        }

        @Test
        void leavesNamed() {
            Thread.ofPlatform().daemon().name("partflow-fixture").start(Fixture::await);
        }

        @Test
        void leavesScope() {
            Leftover.scope = new RunScope("fixture");
        }

        @Test
        void leavesCharge() {
            Leftover.charge = new MemoryBudget(10).charge(7);
        }

        @Test
        void joins() {
            release.countDown();
            try (var executor = Executors.newVirtualThreadPerTaskExecutor()) {
                var ignored = executor.submit(Fixture::await);
            }
        }

        private static void await() {
            try {
                release.await();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        }
    }
}
