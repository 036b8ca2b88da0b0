package io.partflow.engine.cache;

import static io.partflow.engine.cache.CacheSamples.key;
import static io.partflow.engine.cache.CacheSamples.part;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.partflow.engine.content.Part;
import io.partflow.engine.processor.Usage;
import io.partflow.engine.stream.ManualClock;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class ContentCacheTest {
    private final ManualClock clock = new ManualClock();
    private final ContentCache cache =
            new ContentCache("answer", "test.step", CacheSettings.DEFAULT.withTtlMillis(10_000), clock);
    private final List<Part> out = new ArrayList<>();
    private final AtomicInteger computed = new AtomicInteger();

    private ContentCache.Result ask(ContentCache of, String name, String... texts) throws Exception {
        return of.request(key(name), out::add, emitter -> {
            computed.incrementAndGet();
            for (String text : texts) {
                emitter.emit(part(text));
            }
            clock.advanceMillis(30);
            return new Usage(5, 6, 7);
        });
    }

    @Test
    void request_twice_computesOnceAndReplaysTheSameParts() throws Exception {
        ContentCache.Result miss = ask(cache, "a", "x", "y");
        List<Part> first = List.copyOf(out);
        out.clear();
        ContentCache.Result hit = ask(cache, "a", "other");

        assertThat(miss).isEqualTo(new ContentCache.Result(Outcome.MISS, 30_000_000, new Usage(5, 6, 7)));
        assertThat(hit).isEqualTo(new ContentCache.Result(Outcome.HIT, 30_000_000, new Usage(5, 6, 7)));
        assertThat(first).containsExactly(part("x"), part("y"));
        assertThat(out).isEqualTo(first);
        assertThat(computed).hasValue(1);
    }

    @Test
    void miss_whoseAnswerNeedsRoom_namesTheEntryThatLeft() throws Exception {
        ContentCache two = new ContentCache(
                "node", "test", CacheSettings.DEFAULT.withMaxItems(2L).withPolicy(CacheSettings.Policy.LRU), clock);

        assertThat(ask(two, "a", "x").evicted()).isNull();
        assertThat(ask(two, "b", "x").evicted()).isNull();
        assertThat(ask(two, "c", "x").evicted()).isEqualTo(key("a"));
        assertThat(ask(two, "b", "x").evicted()).isNull();
        assertThat(ask(two, "a", "x").evicted()).isEqualTo(key("c"));
    }

    @Test
    void counters_moveByOneEventEach() throws Exception {
        ask(cache, "a", "x");
        ask(cache, "a", "x");
        ask(cache, "b", "yy");
        cache.countUncacheable();
        cache.countBypassed();
        cache.countBypassed();
        CacheSnapshot snapshot = cache.snapshot();

        assertThat(snapshot.requests()).isEqualTo(3);
        assertThat(snapshot.hits()).isEqualTo(1);
        assertThat(snapshot.misses()).isEqualTo(2);
        assertThat(snapshot.coalesced()).isZero();
        assertThat(snapshot.puts()).isEqualTo(2);
        assertThat(snapshot.uncacheable()).isEqualTo(1);
        assertThat(snapshot.bypassed()).isEqualTo(2);
        assertThat(snapshot.entries()).isEqualTo(2);
        assertThat(snapshot.bytes())
                .isEqualTo(part("x").sizeBytes() + part("yy").sizeBytes());
        assertThat(snapshot.missLatency().samples()).isEqualTo(2);
        assertThat(snapshot.missLatency().p50Ms()).isBetween(29.0, 31.0);
        assertThat(snapshot.hitRatio().orElseThrow()).isEqualTo(1 / 3.0);
    }

    @Test
    void hits_aboutOneIn64_areTimed() throws Exception {
        ask(cache, "a", "x");
        for (int i = 0; i < 6_400; i++) {
            ask(cache, "a", "x");
        }

        assertThat(cache.snapshot().hits()).isEqualTo(6_400);
        assertThat(cache.snapshot().hitLatency().samples()).isBetween(40L, 200L);
    }

    @Test
    void emptyAnswer_isKept() throws Exception {
        ask(cache, "a");
        ask(cache, "a");

        assertThat(computed).hasValue(1);
        assertThat(cache.peek(key("a")).orElseThrow().parts()).isEmpty();
    }

    @Test
    void failure_isNotKept() throws Exception {
        for (int i = 0; i < 2; i++) {
            assertThatThrownBy(() -> cache.request(key("a"), out::add, emitter -> {
                        emitter.emit(part("begun"));
                        throw new IllegalStateException("broken");
                    }))
                    .hasMessage("broken");
        }

        assertThat(out).containsExactly(part("begun"), part("begun"));
        assertThat(cache.snapshot().misses()).isEqualTo(2);
        assertThat(cache.snapshot().puts()).isZero();
        assertThat(cache.entries()).isEmpty();
    }

    @Test
    void answerWithAnExceptionPart_isPassedOnButNotKept() throws Exception {
        for (int i = 0; i < 2; i++) {
            cache.request(key("a"), out::add, emitter -> {
                computed.incrementAndGet();
                emitter.emit(Part.exception("broken"));
                return Usage.NONE;
            });
        }

        assertThat(computed).hasValue(2);
        assertThat(out).hasSize(2);
        assertThat(cache.snapshot().puts()).isZero();
    }

    @Test
    void interruptedComputation_isNotKeptAndNotCounted() {
        assertThatThrownBy(() -> cache.request(key("a"), out::add, emitter -> {
                    Thread.currentThread().interrupt();
                    return Usage.NONE;
                }))
                .isInstanceOf(InterruptedException.class);

        assertThat(cache.snapshot().requests()).isZero();
        assertThat(cache.entries()).isEmpty();
    }

    @Test
    void outputThatRefuses_endsTheComputationAndKeepsNothing() {
        assertThatThrownBy(() -> cache.request(
                        key("a"),
                        refused -> {
                            throw new IllegalStateException("closed");
                        },
                        emitter -> {
                            while (true) {
                                emitter.emit(part("x"));
                                Thread.onSpinWait();
                            }
                        }))
                .hasMessage("closed");
        assertThat(cache.entries()).isEmpty();
    }

    @Test
    void entry_afterItsTime_isComputedAgainAndCountsAnExpiry() throws Exception {
        ask(cache, "a", "x");
        clock.advanceMillis(9_999);
        ask(cache, "a", "x");
        assertThat(computed).hasValue(1);
        clock.advanceMillis(1);
        ask(cache, "a", "x");

        assertThat(computed).hasValue(2);
        assertThat(cache.snapshot().evictedByExpiry()).isEqualTo(1);
        assertThat(cache.snapshot().puts()).isEqualTo(2);
    }

    @Test
    void snapshot_withoutRequests_seesExpiries() throws Exception {
        ask(cache, "a", "x");
        clock.advanceMillis(15_000);

        assertThat(cache.snapshot().evictedByExpiry()).isEqualTo(1);
        assertThat(cache.snapshot().entries()).isZero();
    }

    @Test
    void invalidate_andRestore_undoEachOther() throws Exception {
        ask(cache, "a", "x");
        ask(cache, "a", "x");
        CacheEntry entry = cache.peek(key("a")).orElseThrow();
        assertThat(cache.invalidate(key("a"))).isTrue();
        assertThat(cache.invalidate(key("a"))).isFalse();
        cache.restore(entry);
        ask(cache, "a", "x");

        assertThat(computed).hasValue(1);
        assertThat(cache.snapshot().puts()).isEqualTo(1);
        assertThat(cache.snapshot().evictedExplicitly()).isEqualTo(1);
        assertThat(cache.peek(key("a")).orElseThrow().hits()).isEqualTo(2);
    }

    @Test
    void timeToLive_ofZero_isForEver() throws Exception {
        ContentCache lasting = new ContentCache("n", "p", CacheSettings.DEFAULT.withTtlMillis(0), clock);
        ask(lasting, "a", "x");
        clock.advanceMillis(1L << 40);
        ask(lasting, "a", "x");

        assertThat(computed).hasValue(1);
        assertThat(lasting.entries().getFirst().expiresMillis()).isEqualTo(Long.MAX_VALUE);
    }

    @Test
    void configure_withAnotherPolicy_keepsEntriesAndCounters() throws Exception {
        ask(cache, "a", "x");
        ask(cache, "b", "x");
        CacheSettings lru = new CacheSettings(
                CacheSettings.Scope.PART,
                CacheSettings.Tier.MEMORY,
                5,
                1L,
                null,
                CacheSettings.Policy.LRU,
                null,
                CacheSettings.KeyOptions.DEFAULT,
                CacheSettings.Conditions.NONE);
        cache.configure(lru, cache.ground());

        CacheSnapshot snapshot = cache.snapshot();
        assertThat(snapshot.entries()).isEqualTo(1);
        assertThat(snapshot.maxItems()).isEqualTo(1);
        assertThat(snapshot.maxBytes()).isNull();
        assertThat(snapshot.misses()).isEqualTo(2);
        assertThat(snapshot.evictedBySize()).isEqualTo(1);
    }

    private ContentCache.Result ask(CacheAccess access, String text) throws Exception {
        return cache.request(
                key("a"),
                out::add,
                emitter -> {
                    computed.incrementAndGet();
                    emitter.emit(part(text));
                    return Usage.NONE;
                },
                access);
    }

    private CacheAccess cold() {
        return new CacheAccess(cache.freshFromNow(), CacheAccess.Keeping.KEEP);
    }

    @Test
    void coldRequest_passesOverAnOlderEntry_evenOfTheSameMillisecond_andReplacesIt() throws Exception {
        ask(cache, "a", "old");
        ask(cache, "a", "old");
        CacheAccess cold = cold();
        out.clear();

        assertThat(ask(cold, "new").outcome()).isEqualTo(Outcome.MISS);
        assertThat(ask(cold, "newer").outcome()).isEqualTo(Outcome.HIT);
        assertThat(ask(CacheAccess.FULL, "newest").outcome()).isEqualTo(Outcome.HIT);

        assertThat(out).containsExactly(part("new"), part("new"), part("new"));
        assertThat(cache.entries()).hasSize(1);
        assertThat(cache.peek(key("a")).orElseThrow().hits())
                .as("hits of the old entry went with it")
                .isEqualTo(2);
        CacheSnapshot snapshot = cache.snapshot();
        assertThat(snapshot.misses()).isEqualTo(2);
        assertThat(snapshot.puts()).isEqualTo(2);
        assertThat(snapshot.evictions()).isZero();
    }

    @Test
    void coldRequest_thatFails_leavesTheOlderEntry() throws Exception {
        ask(cache, "a", "old");
        CacheAccess cold = cold();

        assertThatThrownBy(() -> cache.request(
                        key("a"),
                        out::add,
                        emitter -> {
                            throw new IllegalStateException("broken");
                        },
                        cold))
                .hasMessage("broken");

        assertThat(cache.peek(key("a")).orElseThrow().parts()).containsExactly(part("old"));
        assertThat(cache.peek(key("a")).orElseThrow().hits()).isZero();
    }

    @Test
    void requestThatNoEntryMayAnswer_isComputedEachTime_andKept() throws Exception {
        CacheAccess writeOnly = new CacheAccess(Long.MAX_VALUE, CacheAccess.Keeping.KEEP);
        ask(writeOnly, "first");

        assertThat(ask(writeOnly, "second").outcome()).isEqualTo(Outcome.MISS);
        assertThat(cache.snapshot().puts()).isEqualTo(2);
        assertThat(cache.peek(key("a")).orElseThrow().parts()).containsExactly(part("second"));
    }

    @Test
    void requestWhoseAnswerIsNotKept_isServedAndComputed_butStoresNothing() throws Exception {
        CacheAccess readOnly = new CacheAccess(Long.MIN_VALUE, CacheAccess.Keeping.DISCARD);

        assertThat(ask(readOnly, "x").outcome()).isEqualTo(Outcome.MISS);
        assertThat(cache.entries()).isEmpty();
        assertThat(cache.snapshot().puts()).isZero();
        ask(cache, "a", "kept");
        assertThat(ask(readOnly, "y").outcome()).isEqualTo(Outcome.HIT);
        assertThat(out).containsExactly(part("x"), part("kept"), part("kept"));
    }
}
