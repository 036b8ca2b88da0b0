package io.partflow.engine.insight.curve;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import io.partflow.engine.cache.Outcome;
import io.partflow.engine.insight.curve.MissRatioCurve.Unit;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;

class TraceCurvesTest {
    static AccessTrace random(long seed, int accesses, int keys) {
        Random random = new Random(seed);
        AccessTrace.Builder trace = new AccessTrace.Builder();
        for (int i = 0; i < accesses; i++) {
            int key = (int) (keys * random.nextDouble() * random.nextDouble());
            trace.add(key, 1 + key % 5, i * 10L);
        }
        return trace.build();
    }

    private static AccessTrace zipf(int accesses, int keys, double exponent) {
        Zipf zipf = new Zipf(keys, exponent, 42);
        AccessTrace.Builder trace = new AccessTrace.Builder();
        for (int i = 0; i < accesses; i++) {
            trace.add(zipf.next());
        }
        return trace.build();
    }

    /// A cache of whole entries as a list, coldest first.
    private static double naive(AccessTrace trace, Policy policy, SimulatedCache.Limits limits) {
        Map<Integer, long[]> entries = new LinkedHashMap<>();
        long held = 0;
        long hits = 0;
        for (int i = 0; i < trace.accesses(); i++) {
            int key = trace.key(i);
            long[] entry = entries.get(key);
            if (entry != null && trace.atMillis(i) < entry[1]) {
                hits++;
                if (policy == Policy.LRU) {
                    entries.remove(key);
                    entries.put(key, entry);
                }
                continue;
            }
            if (entry != null) {
                entries.remove(key);
                held -= entry[0];
            }
            long end = limits.ttlMillis() == 0 ? Long.MAX_VALUE : trace.atMillis(i) + limits.ttlMillis();
            if (trace.bytes(i) <= limits.bytes()) {
                entries.put(key, new long[] {trace.bytes(i), end});
                held += trace.bytes(i);
            }
            while (entries.size() > limits.items() || held > limits.bytes()) {
                int coldest = entries.keySet().iterator().next();
                held -= entries.remove(coldest)[0];
            }
        }
        return hits / (double) trace.accesses();
    }

    @Test
    void lruCurve_inItems_isAListAtEverySize() {
        for (long seed = 0; seed < 10; seed++) {
            AccessTrace trace = random(seed, 2_000, 120);
            MissRatioCurve curve = TraceCurves.lru(trace, Unit.ITEMS);
            for (int size = 1; size <= 130; size++) {
                assertThat(curve.hitRatioAt(size))
                        .as("seed %d, size %d", seed, size)
                        .isEqualTo(naive(trace, Policy.LRU, SimulatedCache.Limits.ofItems(size)), within(1e-12));
            }
        }
    }

    @Test
    void lruCurve_inBytes_isAListAtEverySizeThatHoldsEveryValue() {
        AccessTrace trace = random(3, 3_000, 120);
        MissRatioCurve curve = TraceCurves.lru(trace, Unit.BYTES);
        for (int size = 5; size <= 400; size++) {
            assertThat(curve.hitRatioAt(size))
                    .as("size %d", size)
                    .isEqualTo(naive(trace, Policy.LRU, SimulatedCache.Limits.ofBytes(size)), within(1e-12));
        }
    }

    @Test
    void simulations_ofQueues_areLists() {
        for (Policy policy : List.of(Policy.LRU, Policy.FIFO)) {
            for (long ttl : new long[] {0, 300, 2_000}) {
                AccessTrace trace = random(11, 3_000, 100);
                for (long items : new long[] {1, 3, 20, 60, 1_000}) {
                    SimulatedCache.Limits limits = new SimulatedCache.Limits(items, 90, ttl);
                    assertThat(TraceCurves.hitRatio(trace, SimulatedCache.of(policy, limits)))
                            .as("%s, %d items, %d ms", policy, items, ttl)
                            .isEqualTo(naive(trace, policy, limits), within(1e-12));
                }
            }
        }
    }

    @Test
    void optimum_ofShortTraces_isTheBestOfAllChoices() {
        for (long seed = 0; seed < 60; seed++) {
            AccessTrace trace = random(seed, 12, 6);
            for (int size = 1; size <= 4; size++) {
                assertThat(OptimalCache.hitRatio(trace, size))
                        .as("seed %d, size %d", seed, size)
                        .isEqualTo(best(trace, 0, new HashSet<>(), size) / (double) trace.accesses(), within(1e-12));
            }
        }
    }

    @Test
    void optimum_countsWhatJoinedAsServed_andAValueInTheMakingTakesNoPlace() {
        AccessTrace trace = new AccessTrace.Builder()
                .add("a", 1, 0, Outcome.MISS, 100_000_000)
                .add("a", 1, 1, Outcome.COALESCED, 100_000_000)
                .add("b", 1, 2, Outcome.MISS, 1_000_000)
                .add("b", 1, 10, Outcome.HIT, 1_000_000)
                .add("a", 1, 200, Outcome.HIT, 100_000_000)
                .build();

        assertThat(OptimalCache.hitRatio(trace, 1)).isEqualTo(3 / 5.0);
    }

    @Test
    void optimum_isNeverBelowTheCacheThatWasMeasured_norBelowAnotherPolicy() {
        for (long seed = 0; seed < 200; seed++) {
            Random random = new Random(seed);
            int capacity = 1 + random.nextInt(6);
            Map<Integer, Long> making = new HashMap<>();
            LinkedHashSet<Integer> kept = new LinkedHashSet<>();
            AccessTrace.Builder trace = new AccessTrace.Builder();
            for (int key = 0; key < random.nextInt(3) && key < capacity; key++) {
                kept.add(key);
            }
            int served = 0;
            int accesses = 300;
            long now = 0;
            for (int i = 0; i < accesses; i++) {
                now += random.nextInt(4);
                for (Integer done : readyBy(making, now)) {
                    kept.add(done);
                    if (kept.size() > capacity) {
                        kept.removeFirst();
                    }
                }
                int key = random.nextInt(12);
                if (kept.remove(key)) {
                    kept.addLast(key);
                    trace.add(key, 1, now, Outcome.HIT, 0);
                    served++;
                } else if (making.containsKey(key)) {
                    trace.add(key, 1, now, Outcome.COALESCED, 0);
                    served++;
                } else {
                    long millis = random.nextInt(30);
                    making.put(key, now + millis);
                    trace.add(key, 1, now, Outcome.MISS, millis * 1_000_000);
                }
            }
            AccessTrace whole = trace.build();
            double optimum = OptimalCache.hitRatio(whole, capacity);
            assertThat(optimum).as("seed %d, measured", seed).isGreaterThanOrEqualTo(served / (double) accesses);
            for (Policy policy : List.of(Policy.LRU, Policy.FIFO, Policy.TINYLFU)) {
                assertThat(optimum)
                        .as("seed %d, %s", seed, policy)
                        .isGreaterThanOrEqualTo(TraceCurves.hitRatio(
                                whole, SimulatedCache.of(policy, SimulatedCache.Limits.ofItems(capacity))));
            }
        }
    }

    /// Takes out what is ready, in the order in which it became so.
    private static List<Integer> readyBy(Map<Integer, Long> making, long now) {
        List<Integer> ready = making.entrySet().stream()
                .filter(each -> each.getValue() <= now)
                .sorted(Map.Entry.comparingByValue())
                .map(Map.Entry::getKey)
                .toList();
        ready.forEach(making::remove);
        return ready;
    }

    private static int best(AccessTrace trace, int from, Set<Integer> kept, int size) {
        if (from == trace.accesses()) {
            return 0;
        }
        int key = trace.key(from);
        if (kept.contains(key)) {
            return 1 + best(trace, from + 1, kept, size);
        }
        int best = best(trace, from + 1, kept, size);
        List<Integer> candidates = new ArrayList<>(kept);
        candidates.sort(Comparator.naturalOrder());
        if (kept.size() < size) {
            Set<Integer> more = new HashSet<>(kept);
            more.add(key);
            return Math.max(best, best(trace, from + 1, more, size));
        }
        for (int victim : candidates) {
            Set<Integer> other = new HashSet<>(kept);
            other.remove(victim);
            other.add(key);
            best = Math.max(best, best(trace, from + 1, other, size));
        }
        return best;
    }

    @Test
    void tinyLfu_onSkewedAccesses_isAsGoodAsTheMemoryTiersPolicy() {
        for (double exponent : new double[] {0.7, 0.9, 1.1}) {
            AccessTrace trace = zipf(200_000, 20_000, exponent);
            Cache<Integer, Integer> caffeine = Caffeine.newBuilder()
                    .executor(Runnable::run)
                    .maximumSize(500)
                    .build();
            long hits = 0;
            for (int i = 0; i < trace.accesses(); i++) {
                if (caffeine.getIfPresent(trace.key(i)) == null) {
                    caffeine.put(trace.key(i), i);
                } else {
                    hits++;
                }
            }
            double truth = hits / (double) trace.accesses();
            double simulated =
                    TraceCurves.hitRatio(trace, SimulatedCache.of(Policy.TINYLFU, SimulatedCache.Limits.ofItems(500)));
            assertThat(simulated).as("exponent %s", exponent).isEqualTo(truth, within(0.02));
            assertThat(simulated)
                    .isGreaterThan(TraceCurves.lru(trace, Unit.ITEMS).hitRatioAt(500));
            assertThat(simulated).isLessThan(OptimalCache.hitRatio(trace, 500));
        }
    }

    @Test
    void tinyLfu_neverHoldsMoreThanItsLimits() {
        AccessTrace trace = random(8, 20_000, 3_000);
        // All entries fit: every repetition is a hit.
        double all = TraceCurves.hitRatio(
                trace, SimulatedCache.of(Policy.TINYLFU, new SimulatedCache.Limits(4_000, 20_000, 0)));
        assertThat(all).isEqualTo(1 - trace.distinct() / (double) trace.accesses(), within(1e-12));
        double tight = TraceCurves.hitRatio(
                trace, SimulatedCache.of(Policy.TINYLFU, new SimulatedCache.Limits(4_000, 300, 0)));
        double roomy = TraceCurves.hitRatio(
                trace, SimulatedCache.of(Policy.TINYLFU, new SimulatedCache.Limits(4_000, 3_000, 0)));
        assertThat(tight).isLessThan(roomy);
        assertThat(roomy).isLessThan(all);
    }

    @Test
    void miniatures_ofManyKeys_areCloseToTheWhole() {
        AccessTrace trace = zipf(600_000, 100_000, 0.8);
        for (Policy policy : List.of(Policy.TINYLFU, Policy.FIFO)) {
            long[] sizes = {500, 2_000, 8_000, 30_000};
            MissRatioCurve curve = TraceCurves.of(trace, policy, Unit.ITEMS, sizes, 0);
            assertThat(curve.method()).isEqualTo(MissRatioCurve.Method.MINIATURE);
            for (long size : sizes) {
                double whole =
                        TraceCurves.hitRatio(trace, SimulatedCache.of(policy, SimulatedCache.Limits.ofItems(size)));
                assertThat(curve.hitRatioAt(size)).as("%s at %d", policy, size).isEqualTo(whole, within(0.02));
            }
        }
    }

    @Test
    void miniatures_inBytes_areCloseToTheWhole_smallSizesToo() {
        AccessTrace keys = zipf(300_000, 60_000, 0.8);
        AccessTrace.Builder sized = new AccessTrace.Builder();
        for (int i = 0; i < keys.accesses(); i++) {
            sized.add(keys.key(i), 200 + keys.key(i) * 7919L % 1_800, 0);
        }
        AccessTrace trace = sized.build();
        for (Policy policy : List.of(Policy.TINYLFU, Policy.FIFO)) {
            long[] sizes = {20_000, 100_000, 500_000, 4_000_000, 20_000_000};
            MissRatioCurve curve = TraceCurves.of(trace, policy, Unit.BYTES, sizes, 0);
            assertThat(curve.method()).isEqualTo(MissRatioCurve.Method.MINIATURE);
            for (long size : sizes) {
                double whole =
                        TraceCurves.hitRatio(trace, SimulatedCache.of(policy, SimulatedCache.Limits.ofBytes(size)));
                assertThat(curve.hitRatioAt(size))
                        .as("%s at %d", policy, size)
                        .isEqualTo(whole, within(size < 500_000 ? 1e-12 : 0.02));
            }
        }
    }

    @Test
    void byteSizes_goFromAValueToAllValues() {
        AccessTrace trace = random(8, 2_000, 300);
        long[] sizes = TraceCurves.byteSizes(trace);

        assertThat(sizes).isSorted().hasSizeBetween(10, 40);
        assertThat(sizes[0]).isLessThan(10);
        assertThat(TraceCurves.lru(trace, Unit.BYTES).hitRatioAt(sizes[sizes.length - 1]))
                .isEqualTo(TraceCurves.lru(trace, Unit.BYTES).best());
    }

    @Test
    void optimum_inBytes_isRefused() {
        AccessTrace trace = random(1, 10, 3);
        assertThatThrownBy(() -> TraceCurves.of(trace, Policy.OPTIMAL, Unit.BYTES, new long[] {5}, 0))
                .isInstanceOf(IllegalArgumentException.class);
    }
}
