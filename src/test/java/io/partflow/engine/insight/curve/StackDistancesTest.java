package io.partflow.engine.insight.curve;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;

class StackDistancesTest {
    /// The same by walking a list of all keys, most recently used last.
    private static final class Naive {
        private final Map<Long, Long> sizes = new LinkedHashMap<>();
        private long byteDistance;

        int access(long key, long size) {
            int distance = StackDistances.UNKNOWN;
            Long own = sizes.remove(key);
            if (own != null) {
                List<Map.Entry<Long, Long>> all = new ArrayList<>(order);
                distance = 0;
                byteDistance = Math.max(own, size);
                for (int i = all.size() - 1; i >= 0; i--) {
                    distance++;
                    if (all.get(i).getKey() == key) {
                        order.remove(i);
                        break;
                    }
                    byteDistance += all.get(i).getValue();
                }
            }
            order.add(Map.entry(key, size));
            sizes.put(key, size);
            return distance;
        }

        private final List<Map.Entry<Long, Long>> order = new ArrayList<>();
    }

    @Test
    void distances_ofRandomAccesses_areThoseOfAWalkedList() {
        for (long seed = 0; seed < 40; seed++) {
            Random random = new Random(seed);
            int keys = 1 + random.nextInt(300);
            Naive naive = new Naive();
            StackDistances stack = new StackDistances(1_000);
            for (int i = 0; i < 3_000; i++) {
                long key = random.nextInt(keys) * 0x1000_0000_0000L;
                long size = 1 + Math.floorMod(key, 17L) + random.nextInt(3);
                assertThat(stack.access(key, size))
                        .as("seed %d, access %d", seed, i)
                        .isEqualTo(naive.access(key, size));
                if (naive.sizes.size() > 1) {
                    assertThat(stack.byteDistance())
                            .as("seed %d, access %d", seed, i)
                            .isEqualTo(naive.byteDistance);
                }
            }
            assertThat(stack.keys()).isEqualTo(naive.sizes.size());
        }
    }

    @Test
    void distances_withFewerKeysRememberedThanThereAre_areRightUpToThere() {
        Random random = new Random(5);
        Naive naive = new Naive();
        StackDistances stack = new StackDistances(50);
        for (int i = 0; i < 20_000; i++) {
            long key = random.nextInt(200);
            int truth = naive.access(key, 1);
            assertThat(stack.access(key, 1)).as("access %d", i).isEqualTo(truth > 50 ? StackDistances.UNKNOWN : truth);
            assertThat(stack.keys()).isLessThanOrEqualTo(50);
        }
    }

    @Test
    void distances_afterAKeyWasRemoved_leaveItOut() {
        StackDistances stack = new StackDistances(10);
        int unused = stack.access(1, 5) + stack.access(2, 5) + stack.access(3, 5);
        stack.remove(2);

        assertThat(stack.access(1, 5)).isEqualTo(2);
        assertThat(stack.byteDistance()).isEqualTo(10);
        assertThat(stack.access(2, 5)).isEqualTo(StackDistances.UNKNOWN);
    }

    @Test
    void keyTable_underRandomPutsAndRemovals_isAHashMap() {
        Random random = new Random(3);
        KeyTable table = new KeyTable(4);
        Map<Long, Integer> model = new LinkedHashMap<>();
        for (int i = 0; i < 100_000; i++) {
            long key = random.nextInt(700);
            if (random.nextInt(3) == 0) {
                Integer removed = model.remove(key);
                assertThat(table.remove(key)).isEqualTo(removed == null ? -1 : removed);
            } else {
                model.put(key, i);
                table.put(key, i);
            }
            assertThat(table.size()).isEqualTo(model.size());
        }
        model.forEach((key, value) -> assertThat(table.get(key)).isEqualTo(value));
    }

    @Test
    void places_ofDistances_roundUpByAThousandthAtMost() {
        Random random = new Random(1);
        for (long distance = 1; distance < 5_000; distance++) {
            assertThat(DistanceCounts.distance(DistanceCounts.place(distance)))
                    .isGreaterThanOrEqualTo(distance)
                    .isLessThanOrEqualTo(distance + distance / 1_000);
        }
        for (int i = 0; i < 100_000; i++) {
            long distance = 1 + (random.nextLong() >>> (1 + random.nextInt(50)));
            if (distance < 1L << 60) {
                assertThat(DistanceCounts.distance(DistanceCounts.place(distance)))
                        .isGreaterThanOrEqualTo(distance)
                        .isLessThanOrEqualTo(distance + distance / 1_000);
            }
        }
    }
}
