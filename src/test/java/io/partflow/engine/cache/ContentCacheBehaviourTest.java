package io.partflow.engine.cache;

import static io.partflow.engine.cache.CacheSamples.key;
import static io.partflow.engine.cache.CacheSamples.part;
import static org.assertj.core.api.Assertions.assertThat;

import io.partflow.engine.content.Part;
import io.partflow.engine.processor.Usage;
import io.partflow.engine.stream.ManualClock;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/// Refreshing, stale answers, negative answers, partitions, and what watchers are told.
class ContentCacheBehaviourTest {
    private final ManualClock clock = new ManualClock();
    private final List<Part> out = new ArrayList<>();
    private final List<Runnable> background = new ArrayList<>();
    private final CacheAccess access = new CacheAccess(Long.MIN_VALUE, CacheAccess.Keeping.KEEP, background::add);
    private String answer = "first";

    private static CacheSettings settings(CacheSettings.Behaviour behaviour) {
        return CacheSettings.DEFAULT.withTtlMillis(1_000).withBehaviour(behaviour);
    }

    private ContentCache cache(CacheSettings.Behaviour behaviour) {
        return new ContentCache("node", "test", settings(behaviour), clock);
    }

    private Outcome ask(ContentCache cache, CacheAccess how) throws Exception {
        out.clear();
        return cache.request(
                        new ContentCache.Question(key("a"), List.of(part("q")), List.of()),
                        out::add,
                        emitter -> {
                            if (!answer.isEmpty()) {
                                emitter.emit(part(answer));
                            }
                            return Usage.NONE;
                        },
                        how)
                .outcome();
    }

    @Test
    void entryCloseToItsEnd_isServedAndComputedAnewBesideTheRequest() throws Exception {
        ContentCache cache = cache(CacheSettings.Behaviour.DEFAULT.withRefreshAheadMillis(300));
        ask(cache, access);
        clock.advanceMillis(699);
        ask(cache, access);
        assertThat(background).isEmpty();
        clock.advanceMillis(1);
        answer = "second";
        assertThat(ask(cache, access)).isEqualTo(Outcome.HIT);
        assertThat(ask(cache, access)).isEqualTo(Outcome.HIT);
        assertThat(out).containsExactly(part("first"));
        assertThat(background).hasSize(2);
        background.forEach(Runnable::run);
        clock.advanceMillis(500);

        assertThat(ask(cache, access)).isEqualTo(Outcome.HIT);
        assertThat(out).containsExactly(part("second"));
        assertThat(cache.snapshot().puts()).isEqualTo(2);
        assertThat(cache.snapshot().misses()).isEqualTo(1);
    }

    @Test
    void entryPastItsEnd_isServedStaleOnlyWhereItCanBeRefreshed() throws Exception {
        ContentCache cache = cache(CacheSettings.Behaviour.DEFAULT.withStaleMillis(500));
        ask(cache, access);
        clock.advanceMillis(1_200);
        answer = "second";
        assertThat(ask(cache, access)).isEqualTo(Outcome.HIT);
        assertThat(out).containsExactly(part("first"));
        assertThat(background).hasSize(1);
        assertThat(ask(cache, CacheAccess.FULL)).as("nothing can refresh it").isEqualTo(Outcome.MISS);
        background.forEach(Runnable::run);
        assertThat(cache.snapshot().puts()).as("the request was quicker").isEqualTo(2);
    }

    @Test
    void entryPastItsGrace_isComputed() throws Exception {
        ContentCache cache = cache(CacheSettings.Behaviour.DEFAULT.withStaleMillis(500));
        ask(cache, access);
        clock.advanceMillis(1_500);

        assertThat(ask(cache, access)).isEqualTo(Outcome.MISS);
        assertThat(background).isEmpty();
    }

    @Test
    void negativeAnswer_hasItsOwnTimeToLive() throws Exception {
        ContentCache cache = cache(CacheSettings.Behaviour.DEFAULT.withNegativeTtlMillis(100L));
        answer = "";
        ask(cache, access);
        clock.advanceMillis(99);
        assertThat(ask(cache, access)).isEqualTo(Outcome.HIT);
        clock.advanceMillis(1);
        assertThat(ask(cache, access)).isEqualTo(Outcome.MISS);
    }

    @Test
    void partition_ofTheInput_givesTimeAndLimits() throws Exception {
        CacheSettings.Partition texts = new CacheSettings.Partition(List.of("text/*"), 50, 10L, null);
        ContentCache cache = cache(CacheSettings.Behaviour.DEFAULT.withPartitions(List.of(texts)));
        ask(cache, access);
        assertThat(ask(cache, access)).isEqualTo(Outcome.HIT);
        clock.advanceMillis(50);
        assertThat(ask(cache, access)).isEqualTo(Outcome.MISS);
    }

    private static final Part TEXT = Part.text("question");
    private static final Part IMAGE = Part.blob(new byte[] {1, 2, 3}, "image/png");
    private static final CacheSettings.Behaviour BY_KIND = CacheSettings.Behaviour.DEFAULT.withPartitions(List.of(
            new CacheSettings.Partition(List.of("text/*"), 86_400_000, 1_000L, null),
            new CacheSettings.Partition(List.of("image/*"), 3_600_000, 100L, null)));

    private static CacheKey keyOf(Part input) {
        return KeyFunction.DEFAULT.key("p:", List.of(input));
    }

    private Outcome askAbout(ContentCache cache, Part input) throws Exception {
        return cache.request(
                        new ContentCache.Question(keyOf(input), List.of(input), List.of()),
                        out::add,
                        emitter -> {
                            emitter.emit(part("answer"));
                            return Usage.NONE;
                        },
                        CacheAccess.FULL)
                .outcome();
    }

    @Test
    void partitions_findWhatWasWarmedWithoutItsInput_andKeepItOnce() throws Exception {
        ContentCache cache = cache(BY_KIND);
        for (Part input : List.of(TEXT, IMAGE)) {
            cache.warm(new StoredValue(
                    keyOf(input),
                    List.of(part("answer")),
                    "node",
                    "test",
                    6,
                    clock.millis(),
                    clock.millis() + 100_000,
                    1,
                    Usage.NONE));
        }

        assertThat(askAbout(cache, TEXT)).isEqualTo(Outcome.HIT);
        assertThat(askAbout(cache, IMAGE)).isEqualTo(Outcome.HIT);
        assertThat(askAbout(cache, IMAGE)).isEqualTo(Outcome.HIT);
        assertThat(cache.count()).isEqualTo(2);
        assertThat(cache.snapshot().evictions()).as("it has moved, not left").isZero();
        assertThat(cache.peek(keyOf(IMAGE)).orElseThrow().hits()).isEqualTo(2);
    }

    @Test
    void partitions_warmedWithMoreThanFitsElsewhere_fillTheRoomThereIs() {
        ContentCache cache = new ContentCache("node", "test", settings(BY_KIND).withMaxItems(10L), clock);
        for (int i = 0; i < 500; i++) {
            cache.warm(new StoredValue(
                    key("k" + i),
                    List.of(part("answer")),
                    "node",
                    "test",
                    6,
                    clock.millis(),
                    clock.millis() + 100_000,
                    1,
                    Usage.NONE));
        }

        assertThat(cache.count()).isEqualTo(500);
    }

    @Test
    void partitions_addedChangedAndTakenAway_keepEntriesFindable() throws Exception {
        CacheSettings plain = settings(CacheSettings.Behaviour.DEFAULT);
        ContentCache cache = new ContentCache("node", "test", plain, clock);
        askAbout(cache, TEXT);
        askAbout(cache, IMAGE);

        for (CacheSettings next : List.of(settings(BY_KIND), settings(BY_KIND).withMaxItems(7L), plain)) {
            cache.configure(next, cache.ground());
            assertThat(cache.count()).isEqualTo(2);
            assertThat(askAbout(cache, TEXT)).isEqualTo(Outcome.HIT);
            assertThat(askAbout(cache, IMAGE)).isEqualTo(Outcome.HIT);
        }
        assertThat(cache.snapshot().puts()).isEqualTo(2);
        assertThat(cache.snapshot().evictions()).isZero();
    }

    @Test
    void partitions_undoOfARemoval_bringsEachEntryBackToItsOwn() throws Exception {
        // Where nothing but images has room, only there an image can be.
        ContentCache cache = new ContentCache(
                "node",
                "test",
                settings(CacheSettings.Behaviour.DEFAULT.withPartitions(
                                List.of(new CacheSettings.Partition(List.of("image/*"), 0, 100L, null))))
                        .withMaxItems(1L),
                clock);
        for (int i = 0; i < 50; i++) {
            askAbout(cache, Part.blob(new byte[] {(byte) i}, "image/png"));
        }
        askAbout(cache, TEXT);
        List<CacheKey> all = cache.entries().stream().map(CacheEntry::key).toList();

        CacheTier.Removed removed = cache.removeAll(all);
        assertThat(removed.count()).isEqualTo(51);
        assertThat(cache.count()).isZero();
        assertThat(cache.restore(removed)).isEqualTo(51);
        assertThat(cache.count()).isEqualTo(51);
        assertThat(askAbout(cache, TEXT)).isEqualTo(Outcome.HIT);
        assertThat(askAbout(cache, Part.blob(new byte[] {7}, "image/png"))).isEqualTo(Outcome.HIT);
        assertThat(cache.count()).isEqualTo(51);
    }

    @Test
    void partition_ofNoInput_givesNoTime() {
        assertThat(settings(BY_KIND).partitionOf(List.of())).isEqualTo(2);
    }

    @Test
    void watcher_isToldEveryEventOnce() throws Exception {
        List<String> told = new ArrayList<>();
        CacheRoom room = new CacheRoom(clock);
        room.watch(new CacheWatcher() {
            @Override
            public void hit(ContentCache cache, StoredValue value) {
                told.add("hit");
            }

            @Override
            public void missed(ContentCache cache, CacheKey key, List<Part> input, @Nullable StoredValue computed) {
                told.add("missed " + input.size());
            }

            @Override
            public void put(ContentCache cache, StoredValue value) {
                told.add("put");
            }

            @Override
            public void evicted(ContentCache cache, EvictionListener.Eviction eviction) {
                told.add("evicted " + eviction.cause());
            }
        });
        ContentCache cache = room.cache("node", "test", settings(CacheSettings.Behaviour.DEFAULT));
        ask(cache, access);
        ask(cache, access);
        clock.advanceMillis(1_000);
        ask(cache, access);
        cache.invalidate(key("a"));

        assertThat(told)
                .containsExactly("put", "missed 1", "hit", "evicted EXPIRY", "put", "missed 1", "evicted EXPLICIT");
    }
}
