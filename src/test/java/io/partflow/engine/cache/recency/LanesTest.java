package io.partflow.engine.cache.recency;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.CyclicBarrier;
import org.junit.jupiter.api.Test;

class LanesTest {
    private static final int THREADS = 48;

    private static void together(int threads, Runnable each) throws InterruptedException {
        CyclicBarrier begin = new CyclicBarrier(threads);
        CountDownLatch allDone = new CountDownLatch(threads);
        List<Thread> started = new ArrayList<>();
        for (int i = 0; i < threads; i++) {
            started.add(Thread.ofPlatform().start(() -> {
                try {
                    begin.await();
                    each.run();
                } catch (Exception e) {
                    throw new IllegalStateException(e);
                } finally {
                    allDone.countDown();
                }
                try {
                    // Nobody ends, and lets others have a lane, while somebody works.
                    allDone.await();
                } catch (InterruptedException e) {
                    Thread.currentThread().interrupt();
                }
            }));
        }
        for (Thread thread : started) {
            thread.join();
        }
    }

    @Test
    void current_threadsSideBySide_noTwoHaveOneLane() throws InterruptedException {
        List<Integer> lanes = Collections.synchronizedList(new ArrayList<>());

        together(THREADS, () -> {
            int lane = Lanes.current();
            assertEquals(lane == Lanes.SHARED ? lane : Lanes.current(), lane);
            lanes.add(lane);
        });

        Map<Integer, Integer> owners = new HashMap<>();
        lanes.forEach(lane -> owners.merge(lane, 1, Integer::sum));
        assertEquals(THREADS, lanes.size());
        owners.forEach((lane, count) -> assertEquals(lane == Lanes.SHARED ? count : 1, count, "lane " + lane));
    }

    @Test
    void increment_moreThreadsThanLanes_losesNone() throws InterruptedException {
        LaneCounter counter = new LaneCounter();

        together(THREADS, () -> {
            for (int i = 0; i < 10_000; i++) {
                counter.increment();
            }
        });

        assertEquals(THREADS * 10_000L, counter.sum());
    }

    @Test
    void increment_shortLivedThreads_handTheirLanesOnWithoutLoss() throws InterruptedException {
        LaneCounter counter = new LaneCounter();
        List<Thread> threads = new ArrayList<>();

        for (int i = 0; i < 5_000; i++) {
            threads.add(Thread.startVirtualThread(counter::increment));
        }
        for (Thread thread : threads) {
            thread.join();
        }

        assertEquals(5_000, counter.sum());
    }

    @Test
    void hit_moreThreadsThanLanes_losesNoneAndKeepsNumbersApart() throws InterruptedException {
        HitCounts all = new HitCounts();
        HitCounts.Counts counts = all.of(3);

        together(THREADS, () -> {
            for (int i = 0; i < 5_000; i++) {
                counts.hit(Lanes.current(), 3, 70);
                counts.hit(Lanes.current(), 4, 80);
            }
        });

        assertEquals(THREADS * 5_000L, counts.hits(3));
        assertEquals(THREADS * 5_000L, counts.hits(4));
        assertEquals(70, counts.lastMillis(3));
        assertEquals(80, counts.lastMillis(4));
        assertEquals(0, counts.hits(5));
    }

    @Test
    void isOneIn64_ofManyEvents_isOneIn64WithoutARhythm() {
        LaneCounter counter = new LaneCounter();
        int lane = Lanes.current();
        int chosen = 0;
        int chosenOfAFourth = 0;
        for (int i = 0; i < 64_000; i++) {
            if (counter.isOneIn64(lane)) {
                chosen++;
                chosenOfAFourth += i % 4 == 0 ? 1 : 0;
            }
            counter.increment(lane);
        }

        assertEquals(1_000, chosen, 10);
        assertEquals(250, chosenOfAFourth, 20);
    }
}
