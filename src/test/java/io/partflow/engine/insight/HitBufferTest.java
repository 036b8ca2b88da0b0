package io.partflow.engine.insight;

import static org.assertj.core.api.Assertions.assertThat;

import io.partflow.engine.cache.CacheKey;
import io.partflow.engine.cache.StoredValue;
import io.partflow.engine.content.ContentHash;
import io.partflow.engine.processor.Usage;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class HitBufferTest {
    // More than there are lanes: some threads share one.
    private static final int THREADS = 24;
    private static final int EACH = 5_000;

    private static StoredValue value(int thread, int number) {
        return new StoredValue(
                new CacheKey("t" + thread, new ContentHash(0, number)), List.of(), "n", "p", 1, 1, 1, 1, Usage.NONE);
    }

    @Test
    void drain_whileMoreThreadsThanLanesOffer_givesAllThatWasTakenInEachThreadsOrder() throws Exception {
        HitBuffer buffer = new HitBuffer();
        CountDownLatch begin = new CountDownLatch(1);
        CountDownLatch offered = new CountDownLatch(THREADS);
        List<Thread> threads = new ArrayList<>();
        int[] taken = new int[THREADS];
        for (int t = 0; t < THREADS; t++) {
            int thread = t;
            threads.add(Thread.ofPlatform().start(() -> {
                try {
                    begin.await();
                    for (int i = 0; i < EACH; i++) {
                        taken[thread] += buffer.offer(value(thread, i)) < 0 ? 0 : 1;
                    }
                    offered.countDown();
                    // Nobody ends, and lets others have a lane, while somebody offers.
                    offered.await();
                } catch (InterruptedException e) {
                    Thread.currentThread().interrupt();
                }
            }));
        }
        Map<String, List<Long>> seen = new HashMap<>();
        begin.countDown();
        while (offered.getCount() > 0) {
            buffer.drain(buffer.tails(), each -> add(seen, each));
        }
        for (Thread thread : threads) {
            thread.join();
        }
        buffer.drain(buffer.tails(), each -> add(seen, each));

        for (int t = 0; t < THREADS; t++) {
            List<Long> numbers = seen.getOrDefault("t" + t, List.of());
            assertThat(numbers).hasSize(taken[t]).isSorted();
        }
    }

    private static void add(Map<String, List<Long>> seen, StoredValue value) {
        seen.computeIfAbsent(value.key().prefix(), prefix -> new ArrayList<>())
                .add(value.key().hash().low());
    }

    @Test
    void offer_toAFullStripe_isRefusedUntilSomebodyLooks() {
        HitBuffer buffer = new HitBuffer();
        for (int i = 0; i < HitBuffer.SLOTS; i++) {
            assertThat(buffer.offer(value(0, i))).isEqualTo(i);
        }

        assertThat(buffer.offer(value(0, 0))).isNegative();

        buffer.drain(buffer.tails(), each -> {});
        assertThat(buffer.offer(value(0, 0))).isEqualTo(HitBuffer.SLOTS);
    }
}
