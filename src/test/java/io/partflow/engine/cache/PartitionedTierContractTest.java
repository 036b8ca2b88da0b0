package io.partflow.engine.cache;

import static io.partflow.engine.cache.CacheSamples.key;
import static io.partflow.engine.cache.CacheSamples.value;
import static org.assertj.core.api.Assertions.assertThat;

import io.partflow.engine.cache.CacheTier.Limits;
import io.partflow.engine.content.Part;
import java.util.List;
import org.junit.jupiter.api.Test;

class PartitionedTierContractTest extends CacheTierContractTest {
    private static final CacheSettings.Partition IMAGES =
            new CacheSettings.Partition(List.of("image/*"), 3_600_000, 100L, null);

    @Override
    CacheTier make(Limits limits) {
        return PartitionedTier.memory(
                clock,
                CacheSettings.DEFAULT
                        .withMaxItems(limits.items())
                        .withMaxBytes(limits.bytes())
                        .withBehaviour(CacheSettings.Behaviour.DEFAULT.withPartitions(List.of(IMAGES))),
                listener);
    }

    /// The contract is about answers to inputs of no certain kind; the limits are the sum of all kinds'.
    @Override
    CacheTier tier(Long items, Long bytes) {
        return new PartitionOfRest(
                make(new Limits(items, bytes)).forInput(List.of(Part.text("t"))), new Limits(items, bytes));
    }

    @Test
    void answersForImages_areKeptApart_andCannotCrowdOutTexts() {
        CacheTier tier = make(new Limits(10L, null));
        for (int i = 0; i < 10; i++) {
            tier.forInput(List.of(Part.text("t"))).put(value("text" + i, 5));
        }
        CacheTier images = tier.forInput(List.of(Part.blob(new byte[3], "image/png")));
        for (int i = 0; i < 500; i++) {
            images.put(value("image" + i, 5));
        }

        assertThat(tier.count()).isEqualTo(110);
        for (int i = 0; i < 10; i++) {
            assertThat(tier.lookup(key("text" + i))).isNotNull();
        }
        assertThat(left).hasSize(400).allMatch(each -> each.cause() == EvictionCause.SIZE);
    }

    @Test
    void shareOfTheHeap_boundsAllPartitionsTogether() {
        CacheSettings.Behaviour shared =
                new CacheSettings.Behaviour(null, 0, 0, 0.125, List.of(IMAGES, IMAGES), CacheSettings.StoreUse.DEFAULT);
        long heap = Runtime.getRuntime().maxMemory();

        List<Limits> limits = PartitionedTier.limits(
                CacheSettings.DEFAULT.withMaxBytes(1_000L).withBehaviour(shared));
        assertThat(limits).hasSize(3);
        assertThat(limits.stream().mapToLong(Limits::bytesOrMost).sum()).isBetween(heap / 8 - 3, heap / 8);
        assertThat(limits.stream().map(Limits::items)).containsExactly(100L, 100L, 1_000L);
    }

    @Test
    void partitionWithoutAnyLimit_keepsToAQuarterOfTheHeap() {
        CacheSettings.Behaviour endless = CacheSettings.Behaviour.DEFAULT.withPartitions(
                List.of(new CacheSettings.Partition(List.of("image/*"), 0, null, null)));

        assertThat(PartitionedTier.limits(CacheSettings.DEFAULT.withBehaviour(endless)))
                .containsExactly(new Limits(null, Runtime.getRuntime().maxMemory() / 4), new Limits(1_000L, 64L << 20));
    }

    @Test
    void sharesOfPartitions_followOtherSettings() {
        CacheSettings.Behaviour shared =
                new CacheSettings.Behaviour(null, 0, 0, 0.125, List.of(IMAGES), CacheSettings.StoreUse.DEFAULT);
        CacheSettings.Behaviour less =
                new CacheSettings.Behaviour(null, 0, 0, 0.0625, List.of(IMAGES), CacheSettings.StoreUse.DEFAULT);
        ContentCache cache = new ContentCache("n", "p", CacheSettings.DEFAULT.withBehaviour(shared), clock);
        long before = cache.snapshot().maxBytes();
        cache.configure(CacheSettings.DEFAULT.withBehaviour(less), cache.ground());

        assertThat(cache.snapshot().maxBytes()).isBetween(before / 2 - 3, before / 2 + 3);
    }

    /// The partitioned tier with the limits that the contract's tests gave it.
    private static final class PartitionOfRest implements CacheTier {
        private final CacheTier all;
        private Limits limits;

        PartitionOfRest(CacheTier all, Limits limits) {
            this.all = all;
            this.limits = limits;
        }

        @Override
        public Limits limits() {
            return limits;
        }

        @Override
        public StoredValue lookup(CacheKey key, long fromMillis) {
            return all.lookup(key, fromMillis);
        }

        @Override
        public CacheEntry peek(CacheKey key) {
            return all.peek(key);
        }

        @Override
        public void put(StoredValue value) {
            all.put(value);
        }

        @Override
        public void restore(CacheEntry entry) {
            all.restore(entry);
        }

        @Override
        public boolean remove(CacheKey key) {
            return all.remove(key);
        }

        @Override
        public int removeAll() {
            return all.removeAll();
        }

        @Override
        public List<CacheEntry> entries() {
            return all.entries();
        }

        @Override
        public void reap() {
            all.reap();
        }

        @Override
        public long count() {
            return all.count();
        }

        @Override
        public long bytes() {
            return all.bytes();
        }

        @Override
        public void resize(Limits other) {
            limits = other;
            all.resize(other);
        }

        @Override
        public boolean pin(CacheKey key, CacheEntry.Pinning pinning) {
            return all.pin(key, pinning);
        }
    }
}
