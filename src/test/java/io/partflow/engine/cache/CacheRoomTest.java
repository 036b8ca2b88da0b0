package io.partflow.engine.cache;

import static io.partflow.engine.cache.CacheSamples.key;
import static io.partflow.engine.cache.CacheSamples.part;
import static org.assertj.core.api.Assertions.assertThat;

import io.partflow.engine.processor.Usage;
import io.partflow.engine.stream.ManualClock;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class CacheRoomTest {
    private final ManualClock clock = new ManualClock();
    private final CacheRoom room = new CacheRoom(clock);

    private void ask(ContentCache cache, String name) throws Exception {
        cache.request(key(name), part -> {}, emitter -> {
            emitter.emit(part(name));
            clock.advanceMillis(10);
            return Usage.NONE;
        });
    }

    @Test
    void cache_ofTheSameNodeProcessorAndSettings_isTheSame() throws Exception {
        ContentCache first = room.cache("a", "test.step", CacheSettings.DEFAULT);
        ask(first, "k");

        assertThat(room.cache("a", "test.step", CacheSettings.DEFAULT)).isSameAs(first);
        assertThat(room.cache("a").orElseThrow()).isSameAs(first);
        assertThat(room.cache("b", "test.step", CacheSettings.DEFAULT)).isNotSameAs(first);
    }

    @Test
    void cache_withOtherLimits_keepsWhatFitsAndItsEnd() throws Exception {
        ContentCache cache = room.cache("a", "test.step", CacheSettings.DEFAULT.withTtlMillis(1_000));
        for (int i = 0; i < 10; i++) {
            ask(cache, "k" + i);
        }
        ContentCache other = room.cache(
                "a", "test.step", CacheSettings.DEFAULT.withTtlMillis(0).withMaxItems(4L));

        assertThat(other.snapshot().entries()).isEqualTo(4);
        assertThat(other.snapshot().evictedBySize()).isEqualTo(6);
        assertThat(other.settings().maxItems()).isEqualTo(4);
        assertThat(other.entries()).allMatch(entry -> entry.expiresMillis() != Long.MAX_VALUE);
    }

    @Test
    void cache_ofANodeThatChangedItsProcessor_isEmpty() throws Exception {
        ask(room.cache("a", "test.step", CacheSettings.DEFAULT), "k");

        assertThat(room.cache("a", "test.other", CacheSettings.DEFAULT).entries())
                .isEmpty();
    }

    @Test
    void count_isThatOfTheLiveEntriesOfAllNodes() throws Exception {
        ask(room.cache("a", "test.step", CacheSettings.DEFAULT.withTtlMillis(1_000)), "x");
        ask(room.cache("b", "test.step", CacheSettings.DEFAULT), "x");
        ask(room.cache("b", "test.step", CacheSettings.DEFAULT), "y");
        assertThat(room.count()).isEqualTo(3);

        clock.advanceMillis(1_000);

        assertThat(room.count()).isEqualTo(2).isEqualTo(room.entries().size());
    }

    @Test
    void total_sumsNodesAndMergesPercentiles() throws Exception {
        ContentCache a = room.cache("a", "test.step", CacheSettings.DEFAULT.withMaxItems(5L));
        ContentCache b = room.cache(
                "b", "test.step", CacheSettings.DEFAULT.withMaxItems(7L).withMaxBytes(null));
        ask(a, "x");
        ask(a, "x");
        ask(b, "x");
        CacheSnapshot total = room.total();

        assertThat(total.requests()).isEqualTo(3);
        assertThat(total.hits()).isEqualTo(1);
        assertThat(total.entries()).isEqualTo(2);
        assertThat(total.maxItems()).isEqualTo(12);
        assertThat(total.maxBytes()).isNull();
        assertThat(total.missLatency().samples()).isEqualTo(2);
        assertThat(total.missLatency().p99Ms()).isBetween(9.0, 11.0);
        assertThat(room.total(List.of())).isEqualTo(CacheSnapshot.EMPTY);
    }

    @Test
    void invalidation_ofAllNodes_isUndone() throws Exception {
        ask(room.cache("a", "test.step", CacheSettings.DEFAULT), "x");
        ask(room.cache("b", "test.step", CacheSettings.DEFAULT), "x");
        List<CacheEntry> before = room.entries();
        assertThat(room.invalidate(key("x"))).isTrue();
        assertThat(room.peek(key("x"))).isEmpty();
        before.forEach(room::restore);
        assertThat(room.entries()).isEqualTo(before);
        assertThat(room.invalidateAll()).isEqualTo(2);

        room.clear();
        before.forEach(room::restore);
        assertThat(room.entries()).isEmpty();
    }

    @Test
    void clear_ofAllCaches_isToldOnce_andNoEntryIsToldToHaveLeft() throws Exception {
        List<String> told = new ArrayList<>();
        room.watch(new CacheWatcher() {
            @Override
            public void cleared() {
                told.add("cleared " + room.caches().size());
            }

            @Override
            public void evicted(ContentCache cache, EvictionListener.Eviction eviction) {
                told.add("left");
            }
        });
        ask(room.cache("a", "test.step", CacheSettings.DEFAULT), "x");
        room.clear();

        assertThat(told).containsExactly("cleared 0");
    }
}
