package io.partflow.engine.cache;

import static io.partflow.engine.cache.CacheSamples.key;
import static io.partflow.engine.cache.CacheSamples.value;
import static org.assertj.core.api.Assertions.assertThat;

import io.partflow.engine.cache.CacheTier.Limits;
import io.partflow.engine.stream.ManualClock;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;

class CacheTierPropertyTest {
    private static final int STEPS = 3_000;

    /// A list, the longest unused first: slow, and plainly right.
    private static final class NaiveLru {
        private final List<StoredValue> entries = new ArrayList<>();
        private final Map<EvictionCause, Integer> left = new EnumMap<>(EvictionCause.class);

        private long bytes() {
            return entries.stream().mapToLong(StoredValue::sizeBytes).sum();
        }

        private StoredValue find(CacheKey key) {
            return entries.stream().filter(v -> v.key().equals(key)).findFirst().orElse(null);
        }

        void expire(long now) {
            for (StoredValue value : List.copyOf(entries)) {
                if (now >= value.expiresMillis()) {
                    leave(value, EvictionCause.EXPIRY);
                }
            }
        }

        private void leave(StoredValue value, EvictionCause cause) {
            entries.remove(value);
            left.merge(cause, 1, Integer::sum);
        }

        StoredValue lookup(CacheKey key) {
            StoredValue found = find(key);
            if (found != null) {
                entries.remove(found);
                entries.add(found);
            }
            return found;
        }

        void put(StoredValue value, Limits limits) {
            StoredValue older = find(value.key());
            if (older != null) {
                entries.remove(older);
            }
            if (value.sizeBytes() > limits.bytes()) {
                left.merge(EvictionCause.WEIGHT, 1, Integer::sum);
                return;
            }
            entries.add(value);
            while (entries.size() > limits.items()) {
                leave(entries.getFirst(), EvictionCause.SIZE);
            }
            while (bytes() > limits.bytes()) {
                leave(entries.getFirst(), EvictionCause.WEIGHT);
            }
        }

        void remove(CacheKey key) {
            StoredValue found = find(key);
            if (found != null) {
                leave(found, EvictionCause.EXPLICIT);
            }
        }
    }

    @Test
    void lruTier_anySequence_equalsTheNaiveModel() {
        for (long seed = 1; seed <= 20; seed++) {
            Random random = new Random(seed);
            ManualClock clock = new ManualClock();
            Limits limits = new Limits(1L + random.nextInt(20), 20L + random.nextInt(200));
            Map<EvictionCause, Integer> left = new EnumMap<>(EvictionCause.class);
            LruTier tier = new LruTier(clock, limits, eviction -> left.merge(eviction.cause(), 1, Integer::sum));
            NaiveLru model = new NaiveLru();
            for (int step = 0; step < STEPS; step++) {
                String name = "k" + random.nextInt(40);
                model.expire(clock.millis());
                tier.reap();
                switch (random.nextInt(8)) {
                    case 0, 1, 2 ->
                        assertThat(tier.lookup(key(name)))
                                .as("seed %d step %d", seed, step)
                                .isEqualTo(model.lookup(key(name)));
                    case 3, 4, 5 -> {
                        long now = clock.millis();
                        StoredValue value = value(name, random.nextInt(60), now, now + 1 + random.nextInt(300));
                        tier.put(value);
                        model.put(value, limits);
                    }
                    case 6 -> {
                        tier.remove(key(name));
                        model.remove(key(name));
                    }
                    default -> clock.advanceMillis(random.nextInt(40));
                }
            }
            model.expire(clock.millis());
            assertThat(tier.entries().stream().map(CacheEntry::key))
                    .as("seed %d", seed)
                    .containsExactlyElementsOf(
                            model.entries.stream().map(StoredValue::key).toList());
            assertThat(left).as("seed %d", seed).isEqualTo(model.left);
            assertThat(tier.bytes()).isEqualTo(model.bytes());
        }
    }

    @Test
    void memoryTier_anySequence_servesOnlyTheLatestLiveValueWithinItsLimits() {
        for (long seed = 1; seed <= 20; seed++) {
            Random random = new Random(seed);
            ManualClock clock = new ManualClock();
            Limits limits = new Limits(1L + random.nextInt(20), 20L + random.nextInt(200));
            List<CacheKey> left = new ArrayList<>();
            MemoryTier tier = new MemoryTier(clock, limits, eviction -> left.add(eviction.key()));
            Map<CacheKey, StoredValue> latest = new HashMap<>();
            int puts = 0;
            int replaced = 0;
            for (int step = 0; step < STEPS; step++) {
                String name = "k" + random.nextInt(40);
                tier.reap();
                switch (random.nextInt(8)) {
                    case 0, 1, 2 -> {
                        StoredValue found = tier.lookup(key(name));
                        if (found != null) {
                            assertThat(found).as("seed %d step %d", seed, step).isEqualTo(latest.get(key(name)));
                            assertThat(found.expiresMillis()).isGreaterThan(clock.millis());
                        }
                    }
                    case 3, 4, 5 -> {
                        long now = clock.millis();
                        long end = random.nextBoolean() ? Long.MAX_VALUE : now + 1 + random.nextInt(300);
                        StoredValue value = value(name, random.nextInt(60), now, end);
                        replaced += tier.peek(key(name)) == null ? 0 : 1;
                        tier.put(value);
                        latest.put(key(name), value);
                        puts++;
                    }
                    case 6 -> {
                        tier.remove(key(name));
                        latest.remove(key(name));
                    }
                    default -> clock.advanceMillis(random.nextInt(40));
                }
                assertThat(tier.count()).isLessThanOrEqualTo(limits.items());
                assertThat(tier.bytes()).isLessThanOrEqualTo(limits.bytes());
            }
            clock.advanceMillis(5_000);
            List<CacheEntry> entries = tier.entries();
            assertThat(entries.size() + left.size() + replaced)
                    .as("seed %d", seed)
                    .isEqualTo(puts);
            assertThat(tier.count()).isEqualTo(entries.size());
            assertThat(tier.bytes())
                    .isEqualTo(entries.stream().mapToLong(CacheEntry::sizeBytes).sum());
        }
    }
}
