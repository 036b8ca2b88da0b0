package io.partflow.engine.stream;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.partflow.engine.content.Delivery;
import io.partflow.engine.content.Origin;
import io.partflow.engine.content.Part;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(20)
class PartInputConcurrencyTest {
    private final MemoryBudget budget = new MemoryBudget(1 << 20);
    private final ManualClock clock = new ManualClock();
    private final PartInput input = new PartInput(clock, budget);

    @Test
    void put_interruptedBeforeItHasTheLock_releasesTheCharge() {
        PartQueue queue = input.addQueue(10);
        Charge charge = budget.charge(100);
        Thread.currentThread().interrupt();

        assertThatThrownBy(() -> queue.put(delivery("a"), charge)).isInstanceOf(InterruptedException.class);

        assertThat(budget.inFlightBytes()).isZero();
        assertThat(queue.load().parts()).isZero();
    }

    @Test
    void put_interruptedWhileItWaitsForRoom_releasesItsChargeAlone() throws Exception {
        PartQueue queue = input.addQueue(1);
        queue.put(delivery("a"), budget.charge(10));
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            Future<?> second = threads.submit(() -> queue.put(delivery("b"), budget.charge(100)));
            Waiting.until("the second put waits", () -> queue.load().blocked());

            second.cancel(true);
            Waiting.until("its charge is back", () -> budget.inFlightBytes() == 10);
        }
        assertThat(queue.load().depth()).isEqualTo(1);
        input.close();
        assertThat(budget.inFlightBytes()).isZero();
    }

    @Test
    void put_intoAFullQueue_goesOnAsSoonAsOneIsTaken() throws Exception {
        PartQueue queue = input.addQueue(1);
        queue.put(delivery("a"), budget.charge(1));
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            Future<PartQueue.Fate> second = threads.submit(() -> queue.put(delivery("b"), budget.charge(1)));
            Waiting.until("the second put waits", () -> queue.load().blocked());
            clock.advance(Duration.ofMillis(30));

            assertThat(taken()).isEqualTo("a");
            assertThat(second.get()).isEqualTo(PartQueue.Fate.TAKEN);
        }
        assertThat(queue.load().blockedNanos()).isEqualTo(30_000_000);
        assertThat(queue.load().blocked()).isFalse();
        assertThat(taken()).isEqualTo("b");
    }

    @Test
    void close_whileAProducerWaitsForRoom_tellsItThatNobodyReads() throws Exception {
        PartQueue queue = input.addQueue(1);
        queue.put(delivery("a"), budget.charge(10));
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            Future<PartQueue.Fate> second = threads.submit(() -> queue.put(delivery("b"), budget.charge(10)));
            Waiting.until("the second put waits", () -> queue.load().blocked());

            input.close();

            assertThat(second.get()).isEqualTo(PartQueue.Fate.UNWANTED);
        }
        assertThat(queue.isUnwanted()).isTrue();
        assertThat(budget.inFlightBytes()).isZero();
    }

    @Test
    void take_afterClose_isTheEnd_evenWhileItWaited() throws Exception {
        input.addQueue(1);
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            Future<QueuedPart> taking = threads.submit(input::take);
            Waiting.until("the consumer waits", input::isWaiting);

            input.close();

            assertThat(taking.get()).isNull();
        }
        assertThat(input.take()).isNull();
    }

    @Test
    void end_ofTheLastQueue_wakesTheConsumer() throws Exception {
        PartQueue one = input.addQueue(1);
        PartQueue other = input.addQueue(1);
        one.end();
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            Future<QueuedPart> taking = threads.submit(input::take);
            Waiting.until("the consumer waits", input::isWaiting);
            clock.advance(Duration.ofMillis(5));

            other.end();

            assertThat(taking.get()).isNull();
        }
        assertThat(input.waitingNanos()).isEqualTo(5_000_000);
    }

    @Test
    void interrupt_whileTheConsumerWaits_takesNothing() throws Exception {
        PartQueue queue = input.addQueue(2);
        AtomicReference<Throwable> thrown = new AtomicReference<>();
        Thread consumer = Thread.ofVirtual().start(() -> {
            try {
                input.take();
            } catch (InterruptedException e) {
                thrown.set(e);
            }
        });
        Waiting.until("the consumer waits", input::isWaiting);

        consumer.interrupt();
        consumer.join();
        queue.put(delivery("a"), budget.charge(1));

        assertThat(thrown.get()).isInstanceOf(InterruptedException.class);
        assertThat(taken()).isEqualTo("a");
    }

    @Test
    void eightProducers_throughQueuesOfOne_keepEachOnesOrderAndLoseNothing() throws Exception {
        int producers = 8;
        int each = 2_000;
        List<PartQueue> queues = new ArrayList<>();
        for (int i = 0; i < producers; i++) {
            queues.add(input.addQueue(1));
        }
        int[] next = new int[producers];
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            for (int i = 0; i < producers; i++) {
                int producer = i;
                threads.submit(() -> {
                    for (int n = 0; n < each; n++) {
                        queues.get(producer).put(delivery(producer + ":" + n), budget.charge(7));
                    }
                    queues.get(producer).end();
                    return null;
                });
            }
            for (QueuedPart queued = input.take(); queued != null; queued = input.take()) {
                String[] said = queued.delivery().part().text().split(":", 2);
                int producer = Integer.parseInt(said[0]);
                assertThat(Integer.parseInt(said[1])).isEqualTo(next[producer]++);
                queued.release();
            }
            threads.shutdown();
            assertThat(threads.awaitTermination(10, TimeUnit.SECONDS)).isTrue();
        }
        assertThat(next).containsOnly(each);
        assertThat(budget.inFlightBytes()).isZero();
    }

    private String taken() throws InterruptedException {
        QueuedPart queued = input.take();
        queued.release();
        return queued.delivery().part().text();
    }

    private static Delivery delivery(String text) {
        return new Delivery(Part.text(text), Origin.ofNode("n"));
    }
}
