package io.partflow.engine.cache;

import static io.partflow.engine.cache.CacheSamples.key;
import static io.partflow.engine.cache.CacheSamples.value;
import static org.assertj.core.api.Assertions.assertThat;

import io.partflow.engine.cache.CacheTier.Limits;
import io.partflow.engine.cache.sqlite.SqliteStore;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TieredTierContractTest extends CacheTierContractTest {
    @TempDir
    private Path folder;

    private final List<SqliteStore> open = new ArrayList<>();

    @AfterEach
    void close() {
        open.forEach(SqliteStore::close);
    }

    @Override
    CacheTier make(Limits limits) {
        return make(limits, limits, CacheSettings.Writing.THROUGH);
    }

    private CacheTier make(Limits memory, Limits below, CacheSettings.Writing writing) {
        SqliteStore store = SqliteStore.open(folder.resolve("store" + open.size() + ".db"), clock);
        open.add(store);
        return store.below(new MemoryTier(clock, memory, eviction -> {}), "test:", below, writing, listener);
    }

    @Test
    void lookup_ofWhatMemoryHasLost_isServedByTheStoreAndPromoted() {
        CacheTier tier = make(new Limits(2L, null), Limits.NONE, CacheSettings.Writing.THROUGH);
        for (int i = 0; i < 20; i++) {
            tier.put(value("k" + i, 5));
        }
        for (int i = 0; i < 20; i++) {
            assertThat(tier.lookup(key("k" + i))).isEqualTo(value("k" + i, 5));
        }

        assertThat(tier.count()).isEqualTo(20);
        assertThat(left).isEmpty();
    }

    @Test
    void put_writtenBehind_isServedAtOnceAndInTheStoreAfterAFlush() {
        CacheTier tier = make(new Limits(1L, null), Limits.NONE, CacheSettings.Writing.BEHIND);
        for (int i = 0; i < 3_000; i++) {
            tier.put(value("k" + i, 5));
            assertThat(tier.lookup(key("k" + i))).isNotNull();
        }
        tier.flush();

        assertThat(tier.count()).isEqualTo(3_000);
        for (int i = 0; i < 3_000; i += 100) {
            assertThat(tier.lookup(key("k" + i))).isNotNull();
        }
    }

    @Test
    void whatMemoryServes_isNotWhatTheStoreLetsGo() {
        CacheTier tier = make(new Limits(100L, null), new Limits(5L, null), CacheSettings.Writing.THROUGH);
        tier.put(value("hot", 5));
        for (int i = 0; i < 200; i++) {
            clock.advanceMillis(20);
            assertThat(tier.lookup(key("hot"))).as("before put %s", i).isNotNull();
            clock.advanceMillis(20);
            tier.put(value("cold" + i, 5));
        }

        assertThat(tier.count()).isEqualTo(5);
        assertThat(tier.peek(key("hot")).hits()).isEqualTo(200);
        assertThat(left).hasSize(196).noneMatch(each -> each.key().equals(key("hot")));
    }

    @Test
    void hits_ofWhatLeavesMemory_areTheStores() {
        CacheTier tier = make(new Limits(1L, null), Limits.NONE, CacheSettings.Writing.THROUGH);
        for (int round = 0; round < 3; round++) {
            for (String name : List.of("a", "b", "c")) {
                tier.put(value(name + round, 5));
                tier.lookup(key(name + round));
                tier.lookup(key(name + round));
            }
        }

        assertThat(tier.entries()).hasSize(9).allMatch(entry -> entry.hits() == 2);
    }

    @Test
    void hits_servedByMemory_areInTheFileSoon() {
        CacheTier tier = make(new Limits(10L, null), Limits.NONE, CacheSettings.Writing.THROUGH);
        tier.put(value("a", 5));
        tier.lookup(key("a"));
        tier.lookup(key("a"));
        // A second one that reads the file knows nothing of what the first one has noted.
        Path file = open.getFirst().file();
        try (SqliteStore other = SqliteStore.open(file, clock, SqliteStore.Access.READ_ONLY)) {
            CacheTier reading = other.tier("test:", Limits.NONE, listener);
            long end = System.nanoTime() + 5_000_000_000L;
            while (reading.peek(key("a")).hits() < 2 && System.nanoTime() < end) {
                Thread.onSpinWait();
            }

            assertThat(reading.peek(key("a")).hits()).isEqualTo(2);
        }
        assertThat(tier.peek(key("a")).hits()).isEqualTo(2);
    }

    @Test
    void hits_servedByMemory_areTheStoresAfterClosing() {
        CacheTier tier = make(new Limits(10L, null), Limits.NONE, CacheSettings.Writing.THROUGH);
        tier.put(value("a", 5));
        tier.lookup(key("a"));
        tier.lookup(key("a"));
        assertThat(tier.peek(key("a")).hits()).isEqualTo(2);
        tier.close();
        Path file = open.getFirst().file();
        open.getFirst().close();
        SqliteStore again = SqliteStore.open(file, clock);
        open.add(again);

        assertThat(again.tier("test:", Limits.NONE, listener).peek(key("a")).hits())
                .isEqualTo(2);
    }
}
