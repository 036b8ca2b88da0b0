package io.partflow;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.platform.engine.discovery.DiscoverySelectors.selectMethod;

import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
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
