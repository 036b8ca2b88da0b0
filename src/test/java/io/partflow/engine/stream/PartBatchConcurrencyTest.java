package io.partflow.engine.stream;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.partflow.engine.content.Delivery;
import io.partflow.engine.content.Origin;
import io.partflow.engine.content.Part;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(20)
class PartBatchConcurrencyTest {
    private final MemoryBudget budget = new MemoryBudget(100 << 20);
    private final PartInput input = new PartInput(StreamClock.system(), budget);

    @Test
    void fullBatches_areHandedOverOneByOne() throws Exception {
        PartQueue queue = input.addQueue(100, 10);
        put(queue, 0, 25);
        queue.end();

        assertThat(sizes()).containsExactly(10, 10, 5);
        assertThat(budget.inFlightBytes()).isZero();
    }

    @Test
    void partialBatch_leavesWhenTheProducerFlushes() throws Exception {
        PartQueue queue = input.addQueue(100, 10);
        PartBatch batch = new PartBatch(10);
        put(queue, 0, 3);
        queue.flush();

        assertThat(input.takeBatch(batch)).isTrue();

        assertThat(batch.size()).isEqualTo(3);
        batch.release();
    }

    @Test
    void partialBatch_ofAProducerThatIsBusy_leavesAfterAWhile() throws Exception {
        PartQueue queue = input.addQueue(100, 10);
        CountDownLatch taken = new CountDownLatch(1);
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            Future<?> producer = threads.submit(() -> {
                put(queue, 0, 3);
                taken.await();
                put(queue, 3, 1);
                queue.end();
                return null;
            });
            PartBatch batch = new PartBatch(10);
            int got = 0;
            while (got < 3) {
                assertThat(input.takeBatch(batch)).isTrue();
                got += batch.size();
            }
            taken.countDown();
            assertThat(input.takeBatch(batch)).isTrue();
            assertThat(batch.get(0).part().text()).isEqualTo("3");
            assertThat(input.takeBatch(batch)).isFalse();
            batch.release();
            producer.get();
        }
        input.close();
        assertThat(budget.inFlightBytes()).isZero();
    }

    @Test
    void bytes_areGivenBackPartByPart_whereSomebodyWaitsForThem() throws Exception {
        long size = delivery("first").part().sizeBytes();
        MemoryBudget small = new MemoryBudget(2 * size);
        PartInput of = new PartInput(StreamClock.system(), small);
        PartQueue queue = of.addQueue(10, 2);
        queue.put(delivery("first"));
        queue.put(delivery("other"));
        PartBatch batch = new PartBatch(2);
        assertThat(of.takeBatch(batch)).isTrue();
        assertThat(small.inFlightBytes()).isEqualTo(2 * size);
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            Future<Charge> admitted = threads.submit(() -> small.admit(size));
            Waiting.until("the source waits", small::isWaitedFor);

            batch.done(0);

            admitted.get().release();
        }
        batch.release();
        assertThat(small.inFlightBytes()).isZero();
    }

    @Test
    void interrupt_whileCharging_leavesNothingCharged() throws Exception {
        PartQueue queue = input.addQueue(1);
        queue.put(delivery("a"));
        Thread.currentThread().interrupt();

        assertThatThrownBy(() -> queue.put(delivery("b"))).isInstanceOf(InterruptedException.class);

        queue.end();
        input.close();
        assertThat(budget.inFlightBytes()).isZero();
        assertThat(queue.load().parts()).isEqualTo(1);
    }

    @Test
    void aMillionParts_ofAllSizes_areNeitherLostNorReordered_inEveryMode() throws Exception {
        for (StreamMode mode : List.of(StreamMode.LOW_LATENCY, StreamMode.BALANCED, StreamMode.HIGH_THROUGHPUT)) {
            MemoryBudget own = new MemoryBudget(1 << 20);
            PartInput in = new PartInput(StreamClock.system(), own);
            PartQueue queue = in.addQueue(mode.queueParts(), mode.batchParts());
            int parts = 300_000;
            try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
                Future<?> producer = threads.submit(() -> {
                    put(queue, 0, parts);
                    queue.end();
                    return null;
                });
                PartBatch batch = new PartBatch(mode.batchParts());
                int next = 0;
                while (in.takeBatch(batch)) {
                    for (int i = 0; i < batch.size(); i++) {
                        assertThat(Integer.parseInt(batch.get(i).part().text())).isEqualTo(next++);
                        batch.done(i);
                    }
                }
                producer.get();
                assertThat(next).isEqualTo(parts);
                batch.release();
            }
            in.close();
            assertThat(own.inFlightBytes()).as(mode.id()).isZero();
            assertThat(queue.load().highWaterParts()).isLessThanOrEqualTo(mode.queueParts());
        }
    }

    private static void put(PartQueue queue, int from, int count) throws InterruptedException {
        for (int i = from; i < from + count; i++) {
            queue.put(delivery(Integer.toString(i)));
        }
    }

    private List<Integer> sizes() throws InterruptedException {
        List<Integer> sizes = new ArrayList<>();
        PartBatch batch = new PartBatch(10);
        while (input.takeBatch(batch)) {
            sizes.add(batch.size());
        }
        batch.release();
        input.close();
        return sizes;
    }

    private static Delivery delivery(String text) {
        return new Delivery(Part.text(text), Origin.ofNode("n"));
    }
}
