package io.partflow.engine.cache;

import static io.partflow.engine.cache.CacheSamples.key;
import static io.partflow.engine.cache.CacheSamples.value;
import static org.assertj.core.api.Assertions.assertThat;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import io.partflow.engine.cache.CacheTier.Limits;
import io.partflow.engine.stream.ManualClock;
import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// The hit ratio beside that of the bare library at the same limit, on requests of a Zipf distribution.
class MemoryTierRatioTest {
    private static final int KEYS = 20_000;
    private static final int REQUESTS = 400_000;
    private static final long ITEMS = 400;
    private static final long BYTES = ITEMS * 500;
    // In points; the library itself varies by some tenths from run to run.
    private static final double MOST_BELOW = 1.0;

    private final CacheKey[] keys = new CacheKey[KEYS];

    @ParameterizedTest
    @ValueSource(doubles = {0.7, 0.9, 1.1})
    void hitRatio_withEitherLimit_isThatOfTheLibrary(double skew) {
        Arrays.setAll(keys, i -> key("k" + i));
        int[] requests = zipf(skew);
        assertThat(ours(requests, new Limits(ITEMS, null)))
                .as("items")
                .isGreaterThan(theirs(requests, false) - MOST_BELOW);
        assertThat(ours(requests, new Limits((long) KEYS, BYTES)))
                .as("bytes")
                .isGreaterThan(theirs(requests, true) - MOST_BELOW);
    }

    private static long size(int i) {
        return 50 + (i * 7_919L) % 950;
    }

    private double ours(int[] requests, Limits limits) {
        MemoryTier tier = new MemoryTier(new ManualClock(), limits, eviction -> {});
        int hits = 0;
        for (int i : requests) {
            if (tier.lookup(keys[i]) == null) {
                tier.put(value("k" + i, size(i)));
            } else {
                hits++;
            }
        }
        return 100.0 * hits / requests.length;
    }

    private double theirs(int[] requests, boolean weighed) {
        Caffeine<Object, Object> builder = Caffeine.newBuilder().executor(Runnable::run);
        Cache<CacheKey, Long> cache = weighed
                ? builder.maximumWeight(BYTES)
                        .weigher((CacheKey key, Long size) -> size.intValue())
                        .build()
                : builder.maximumSize(ITEMS).build();
        int hits = 0;
        for (int i : requests) {
            if (cache.getIfPresent(keys[i]) == null) {
                cache.put(keys[i], size(i));
            } else {
                hits++;
            }
        }
        return 100.0 * hits / requests.length;
    }

    private static int[] zipf(double skew) {
        double[] sums = new double[KEYS];
        double sum = 0;
        for (int i = 0; i < KEYS; i++) {
            sum += 1 / Math.pow(i + 1, skew);
            sums[i] = sum;
        }
        Random random = new Random(42);
        double all = sum;
        return random.doubles(REQUESTS)
                .mapToInt(each -> {
                    int at = Arrays.binarySearch(sums, each * all);
                    return Math.min(at < 0 ? -at - 1 : at, KEYS - 1);
                })
                .toArray();
    }
}
