package io.partflow.engine.cache;

import static io.partflow.engine.cache.CacheSamples.key;
import static io.partflow.engine.cache.CacheSamples.value;
import static org.assertj.core.api.Assertions.assertThat;

import io.partflow.engine.cache.CacheTier.Limits;
import io.partflow.engine.stream.ManualClock;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;

/// What every tier promises. A tier's own test extends it.
abstract class CacheTierContractTest {
    /// An entry that has left.
    record Left(CacheKey key, EvictionCause cause) {}

    final ManualClock clock = new ManualClock();
    final List<Left> left = Collections.synchronizedList(new ArrayList<>());

    abstract CacheTier make(Limits limits);

    CacheTier tier(Long items, Long bytes) {
        return make(new Limits(items, bytes));
    }

    final EvictionListener listener = eviction -> left.add(new Left(eviction.key(), eviction.cause()));

    private long inMillis(long millis) {
        return clock.millis() + millis;
    }

    @Test
    void lookup_ofAbsentKey_isNull() {
        assertThat(tier(10L, 100L).lookup(key("a"))).isNull();
    }

    @Test
    void lookup_afterPut_givesTheValueAndNotesTheHit() {
        CacheTier tier = tier(10L, 100L);
        tier.put(value("a", 7, clock.millis(), Long.MAX_VALUE));
        clock.advanceMillis(40);

        assertThat(tier.lookup(key("a"))).isEqualTo(value("a", 7, clock.millis() - 40, Long.MAX_VALUE));

        CacheEntry entry = tier.peek(key("a"));
        assertThat(entry.hits()).isEqualTo(1);
        assertThat(entry.lastHitMillis()).isEqualTo(clock.millis());
        assertThat(tier.count()).isEqualTo(1);
        assertThat(tier.bytes()).isEqualTo(7);
    }

    @Test
    void lookup_ofWhatWasPutSinceAMoment_passesOverWhatIsOlder() {
        CacheTier tier = tier(10L, 100L);
        clock.advanceMillis(50);
        tier.put(value("a", 7, clock.millis(), Long.MAX_VALUE));

        assertThat(tier.lookup(key("a"), clock.millis() + 1)).isNull();
        assertThat(tier.peek(key("a")).hits()).isZero();
        assertThat(tier.lookup(key("a"), clock.millis())).isNotNull();
        assertThat(tier.peek(key("a")).hits()).isEqualTo(1);
        assertThat(left).isEmpty();
    }

    @Test
    void peek_manyTimes_isNoHit() {
        CacheTier tier = tier(10L, 100L);
        tier.put(value("a", 7));
        tier.peek(key("a"));

        assertThat(tier.peek(key("a")).hits()).isZero();
        assertThat(tier.peek(key("a")).lastHitMillis()).isZero();
        assertThat(tier.peek(key("b"))).isNull();
    }

    @Test
    void put_underAKeyThatIsThere_replacesWithoutAnEviction() {
        CacheTier tier = tier(10L, 100L);
        tier.put(value("a", 7));
        tier.lookup(key("a"));
        tier.put(value("a", 9));

        assertThat(tier.peek(key("a")).sizeBytes()).isEqualTo(9);
        assertThat(tier.peek(key("a")).hits()).isZero();
        assertThat(tier.bytes()).isEqualTo(9);
        assertThat(tier.count()).isEqualTo(1);
        assertThat(left).isEmpty();
    }

    @Test
    void entry_atTheEndOfItsTime_isGoneByExpiry() {
        CacheTier tier = tier(10L, 100L);
        tier.put(value("a", 7, clock.millis(), inMillis(100)));
        clock.advanceMillis(99);
        assertThat(tier.lookup(key("a"))).isNotNull();
        clock.advanceMillis(1);

        assertThat(tier.lookup(key("a"))).isNull();
        assertThat(tier.peek(key("a"))).isNull();
        assertThat(tier.entries()).isEmpty();
        assertThat(tier.remove(key("a"))).isFalse();
        assertThat(left).containsExactly(new Left(key("a"), EvictionCause.EXPIRY));
        assertThat(tier.bytes()).isZero();
    }

    @Test
    void reap_withoutAnyLookup_letsExpiredEntriesGo() {
        CacheTier tier = tier(10L, 100L);
        tier.put(value("a", 7, clock.millis(), inMillis(100)));
        tier.put(value("b", 7, clock.millis(), inMillis(100_000)));
        clock.advanceMillis(100);
        tier.reap();

        assertThat(left).containsExactly(new Left(key("a"), EvictionCause.EXPIRY));
        assertThat(tier.count()).isEqualTo(1);
    }

    @Test
    void put_again_startsAnotherLife() {
        CacheTier tier = tier(10L, 100L);
        tier.put(value("a", 7, clock.millis(), inMillis(100)));
        clock.advanceMillis(60);
        tier.put(value("a", 7, clock.millis(), inMillis(100)));
        clock.advanceMillis(60);

        assertThat(tier.lookup(key("a"))).isNotNull();
    }

    @Test
    void expiredEntries_makeRoomBeforeLiveOnes() {
        CacheTier tier = tier(3L, 100L);
        tier.put(value("a", 7, clock.millis(), inMillis(100)));
        tier.put(value("b", 7));
        tier.put(value("c", 7));
        clock.advanceMillis(100);
        tier.put(value("d", 7));

        assertThat(left).containsExactly(new Left(key("a"), EvictionCause.EXPIRY));
        assertThat(tier.count()).isEqualTo(3);
    }

    @Test
    void entriesThatLeftBeforeTheirEnd_areNotRememberedForLong() {
        CacheTier tier = tier(3L, 100L);
        for (int i = 0; i < 10_000; i++) {
            tier.put(value("k" + i, 7, clock.millis(), inMillis(1_000 + i)));
            clock.advanceMillis(1);
        }
        left.clear();
        clock.advanceMillis(20_000);
        tier.reap();

        assertThat(left).hasSize(3).extracting(Left::cause).containsOnly(EvictionCause.EXPIRY);
    }

    @Test
    void puts_beyondTheItemLimit_evictBySize() {
        CacheTier tier = tier(5L, null);
        for (int i = 0; i < 50; i++) {
            tier.put(value("k" + i, 3));
            assertThat(tier.count()).isLessThanOrEqualTo(5);
        }

        assertThat(tier.entries()).hasSize(5);
        assertThat(left).hasSize(45).allMatch(l -> l.cause() == EvictionCause.SIZE);
        assertThat(tier.bytes()).isEqualTo(15);
    }

    @Test
    void puts_beyondTheByteLimit_evictByWeight() {
        CacheTier tier = tier(null, 100L);
        for (int i = 0; i < 50; i++) {
            tier.put(value("k" + i, 1 + (i * 7) % 40));
            assertThat(tier.bytes()).isLessThanOrEqualTo(100);
        }

        assertThat(left).isNotEmpty().allMatch(l -> l.cause() == EvictionCause.WEIGHT);
        assertThat(tier.entries().stream().mapToLong(CacheEntry::sizeBytes).sum())
                .isEqualTo(tier.bytes());
    }

    @Test
    void limits_both_holdAndSayWhichOfThemEvicted() {
        CacheTier tier = tier(10L, 100L);
        for (int i = 0; i < 10; i++) {
            tier.put(value("small" + i, 1));
        }
        assertThat(left).isEmpty();
        tier.put(value("small10", 1));
        assertThat(left).extracting(Left::cause).containsExactly(EvictionCause.SIZE);
        left.clear();
        for (int i = 0; i < 30; i++) {
            tier.put(value("large" + i, 40));
            assertThat(tier.bytes()).isLessThanOrEqualTo(100);
            assertThat(tier.count()).isLessThanOrEqualTo(10);
        }

        assertThat(left).extracting(Left::cause).contains(EvictionCause.WEIGHT);
        assertThat(tier.count() + left.size()).isEqualTo(40);
    }

    @Test
    void limits_thatAreNotReached_evictNothing() {
        CacheTier tier = tier(10L, 1_000L);
        for (int round = 0; round < 3; round++) {
            for (int i = 0; i < 10; i++) {
                tier.put(value("k" + i, 100));
                assertThat(tier.lookup(key("k" + i))).isNotNull();
            }
        }

        assertThat(left).isEmpty();
        assertThat(tier.count()).isEqualTo(10);
    }

    @Test
    void value_largerThanTheByteLimit_isNeverAdmitted() {
        CacheTier tier = tier(10L, 100L);
        tier.put(value("a", 60));
        tier.put(value("b", 101));

        assertThat(tier.lookup(key("b"))).isNull();
        assertThat(tier.lookup(key("a"))).isNotNull();
        assertThat(left).containsExactly(new Left(key("b"), EvictionCause.WEIGHT));
    }

    @Test
    void value_largerThanTheByteLimit_takesItsPredecessorWithIt() {
        CacheTier tier = tier(10L, 100L);
        tier.put(value("a", 60));
        tier.put(value("a", 101));

        assertThat(tier.lookup(key("a"))).isNull();
        assertThat(tier.bytes()).isZero();
        assertThat(left).containsExactly(new Left(key("a"), EvictionCause.WEIGHT));
    }

    @Test
    void values_withoutBytes_areBoundedToo() {
        CacheTier tier = tier(null, 20L);
        for (int i = 0; i < 100; i++) {
            tier.put(value("k" + i, 0));
        }

        assertThat(tier.count()).isLessThanOrEqualTo(20);
    }

    @Test
    void remove_ofAnEntry_isAnExplicitEviction() {
        CacheTier tier = tier(10L, 100L);
        tier.put(value("a", 7));

        assertThat(tier.remove(key("a"))).isTrue();
        assertThat(tier.remove(key("a"))).isFalse();
        assertThat(left).containsExactly(new Left(key("a"), EvictionCause.EXPLICIT));
        assertThat(tier.bytes()).isZero();
    }

    @Test
    void removeAll_countsWhatWasThere() {
        CacheTier tier = tier(10L, 100L);
        tier.put(value("a", 7, clock.millis(), inMillis(10)));
        tier.put(value("b", 7));
        tier.put(value("c", 7));
        clock.advanceMillis(10);

        assertThat(tier.removeAll()).isEqualTo(2);
        assertThat(tier.count()).isZero();
        assertThat(left).extracting(Left::cause).containsOnlyOnce(EvictionCause.EXPIRY);
    }

    @Test
    void restore_afterRemove_bringsBackHitsAndEnd() {
        CacheTier tier = tier(10L, 100L);
        tier.put(value("a", 7, clock.millis(), inMillis(100)));
        tier.lookup(key("a"));
        CacheEntry before = tier.peek(key("a"));
        tier.remove(key("a"));
        clock.advanceMillis(50);
        tier.restore(before);

        assertThat(tier.peek(key("a"))).isEqualTo(before);
        clock.advanceMillis(50);
        assertThat(tier.peek(key("a"))).isNull();
    }

    @Test
    void restore_ofAnExpiredOrTakenKey_changesNothing() {
        CacheTier tier = tier(10L, 100L);
        tier.put(value("a", 7, clock.millis(), inMillis(100)));
        tier.put(value("b", 7));
        CacheEntry a = tier.peek(key("a"));
        CacheEntry b = tier.peek(key("b"));
        tier.removeAll();
        tier.put(value("b", 9));
        clock.advanceMillis(100);
        tier.restore(a);
        tier.restore(b);

        assertThat(tier.peek(key("a"))).isNull();
        assertThat(tier.peek(key("b")).sizeBytes()).isEqualTo(9);
    }

    @Test
    void resize_toLess_evictsAtOnce() {
        CacheTier tier = tier(10L, 1_000L);
        for (int i = 0; i < 10; i++) {
            tier.put(value("k" + i, 10));
        }
        tier.resize(new Limits(8L, 1_000L));
        assertThat(tier.count()).isEqualTo(8);
        assertThat(left).extracting(Left::cause).containsOnly(EvictionCause.SIZE);
        left.clear();
        tier.resize(new Limits(8L, 35L));

        assertThat(tier.bytes()).isEqualTo(30);
        assertThat(left)
                .extracting(Left::cause)
                .containsOnly(EvictionCause.WEIGHT)
                .hasSize(5);
    }

    @Test
    void resize_toMore_admitsMore() {
        CacheTier tier = tier(2L, 20L);
        for (int i = 0; i < 10; i++) {
            tier.put(value("k" + i, 10));
        }
        left.clear();
        tier.resize(new Limits(20L, null));
        for (int i = 10; i < 25; i++) {
            tier.put(value("k" + i, 10));
        }

        assertThat(left).isEmpty();
        assertThat(tier.count()).isEqualTo(17);
        assertThat(tier.limits()).isEqualTo(new Limits(20L, null));
    }

    @Test
    void puts_fromManyThreads_leaveBothLimitsHolding() throws Exception {
        CacheTier tier = tier(50L, 2_000L);
        CountDownLatch start = new CountDownLatch(1);
        List<Future<?>> ends = new ArrayList<>();
        try (ExecutorService threads = Executors.newFixedThreadPool(4)) {
            for (int t = 0; t < 4; t++) {
                int thread = t;
                ends.add(threads.submit(() -> {
                    start.await();
                    for (int i = 0; i < 2_000; i++) {
                        String name = "k" + (i * 31 + thread * 17) % 300;
                        if (tier.lookup(key(name)) == null) {
                            tier.put(value(name, 1 + i % 90));
                        }
                        if (i % 50 == 0) {
                            tier.remove(key(name));
                        }
                    }
                    return null;
                }));
            }
            start.countDown();
            for (Future<?> end : ends) {
                end.get();
            }
        }
        tier.reap();

        assertThat(tier.count())
                .isLessThanOrEqualTo(50)
                .isEqualTo(tier.entries().size());
        assertThat(tier.bytes())
                .isLessThanOrEqualTo(2_000)
                .isEqualTo(
                        tier.entries().stream().mapToLong(CacheEntry::sizeBytes).sum());
    }

    @Test
    void pinnedEntries_areExemptFromLimitsAndTime_notFromRemoval() {
        CacheTier tier = tier(3L, 100L);
        tier.put(value("keep", 60, clock.millis(), inMillis(100)));
        assertThat(tier.pin(key("keep"), CacheEntry.Pinning.PINNED)).isTrue();
        assertThat(tier.pin(key("absent"), CacheEntry.Pinning.PINNED)).isFalse();
        for (int i = 0; i < 20; i++) {
            tier.put(value("k" + i, 30));
        }
        clock.advanceMillis(1_000);

        assertThat(tier.lookup(key("keep"))).isNotNull();
        assertThat(tier.peek(key("keep")).pinning()).isEqualTo(CacheEntry.Pinning.PINNED);
        assertThat(tier.count()).isEqualTo(4);
        assertThat(tier.bytes()).isEqualTo(150);
        assertThat(tier.entries())
                .filteredOn(each -> each.pinning() == CacheEntry.Pinning.PINNED)
                .extracting(CacheEntry::key)
                .containsExactly(key("keep"));
        assertThat(tier.remove(key("keep"))).isTrue();
        assertThat(tier.bytes()).isEqualTo(90);
    }

    @Test
    void unpinnedEntries_giveWayAgain() {
        CacheTier tier = tier(3L, 100L);
        tier.put(value("keep", 10));
        tier.pin(key("keep"), CacheEntry.Pinning.PINNED);
        tier.pin(key("keep"), CacheEntry.Pinning.LOOSE);
        for (int i = 0; i < 20; i++) {
            clock.advanceMillis(1);
            tier.put(value("k" + i, 10, clock.millis(), Long.MAX_VALUE));
            tier.lookup(key("k" + i));
        }

        assertThat(tier.count()).isEqualTo(3);
        assertThat(tier.entries()).allMatch(each -> each.pinning() == CacheEntry.Pinning.LOOSE);
    }

    @Test
    void put_underAPinnedKey_staysPinned() {
        CacheTier tier = tier(3L, 100L);
        tier.put(value("keep", 10));
        tier.pin(key("keep"), CacheEntry.Pinning.PINNED);
        tier.put(value("keep", 20, clock.millis(), inMillis(10)));
        clock.advanceMillis(1_000);

        assertThat(tier.peek(key("keep")).sizeBytes()).isEqualTo(20);
        assertThat(tier.peek(key("keep")).pinning()).isEqualTo(CacheEntry.Pinning.PINNED);
    }

    @Test
    void removeAll_ofSomeKeys_leavesTheOthersAndBringsThemBackAsTheyWere() {
        CacheTier tier = tier(2_000L, null);
        List<CacheKey> keys = new ArrayList<>();
        for (int i = 0; i < 1_200; i++) {
            tier.put(value("k" + i, 7, clock.millis(), i == 5 ? inMillis(50) : Long.MAX_VALUE));
            if (i % 2 == 1) {
                keys.add(key("k" + i));
            }
        }
        tier.lookup(key("k7"));
        tier.pin(key("k9"), CacheEntry.Pinning.PINNED);
        CacheEntry seven = tier.peek(key("k7"));
        keys.add(key("absent"));

        CacheTier.Removed removed = tier.removeAll(keys);
        assertThat(removed.count()).isEqualTo(600);
        assertThat(removed.bytes()).isEqualTo(4_200);
        assertThat(tier.count()).isEqualTo(600);
        assertThat(tier.lookup(key("k7"))).isNull();
        assertThat(left).hasSize(600).allMatch(each -> each.cause() == EvictionCause.EXPLICIT);

        clock.advanceMillis(50);
        tier.put(value("k11", 9, clock.millis(), Long.MAX_VALUE));
        // One is over by now, and another key has a newer value.
        assertThat(removed.restoring().applyAsInt(tier)).isEqualTo(598);
        removed.release().run();
        assertThat(tier.count()).isEqualTo(1_199);
        assertThat(tier.bytes()).isEqualTo(1_199 * 7 + 2);
        assertThat(tier.peek(key("k7"))).isEqualTo(seven);
        assertThat(tier.peek(key("k9")).pinning()).isEqualTo(CacheEntry.Pinning.PINNED);
        assertThat(tier.peek(key("k11")).sizeBytes()).isEqualTo(9);
    }

    @Test
    void visit_ofAllEntries_tellsOfEachOnceWhatPeekWould() {
        CacheTier tier = tier(10_000L, null);
        Map<CacheKey, EntryFacts> expected = new HashMap<>();
        for (int i = 0; i < 5_000; i++) {
            tier.put(value("k" + i, i, clock.millis(), i == 3 ? inMillis(1) : Long.MAX_VALUE));
        }
        tier.lookup(key("k8"));
        clock.advanceMillis(1);
        for (int i : new int[] {0, 8, 4_999}) {
            expected.put(key("k" + i), EntryFacts.of(tier.peek(key("k" + i))));
        }
        Map<CacheKey, EntryFacts> seen = new HashMap<>();
        tier.visit(facts -> seen.put(facts.key(), facts) == null);

        assertThat(seen).hasSize(4_999).containsAllEntriesOf(expected);
        assertThat(tier.facts(key("k8"))).isEqualTo(expected.get(key("k8")));
        assertThat(tier.facts(key("k3"))).isNull();
        assertThat(tier.facts(key("k8")).hits()).isEqualTo(1);

        List<EntryFacts> some = new ArrayList<>();
        tier.visit(facts -> some.add(facts) && some.size() < 3);
        assertThat(some).hasSize(3);
    }
}
