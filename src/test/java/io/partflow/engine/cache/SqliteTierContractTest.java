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

class SqliteTierContractTest extends CacheTierContractTest {
    @TempDir
    private Path folder;

    private final List<SqliteStore> open = new ArrayList<>();

    @AfterEach
    void close() {
        open.forEach(SqliteStore::close);
        assertThat(open).allSatisfy(store -> assertThat(store.problems()).isEmpty());
    }

    @Override
    CacheTier make(Limits limits) {
        SqliteStore store = SqliteStore.open(folder.resolve("store" + open.size() + ".db"), clock);
        open.add(store);
        return store.tier("test:", limits, listener);
    }

    @Test
    void entries_ofOtherPrefixes_areNeitherSeenNorCountedNorEvicted() {
        CacheTier one = make(new Limits(3L, null));
        CacheTier other = open.getFirst().tier("other:", new Limits(3L, null), listener);
        for (int i = 0; i < 10; i++) {
            clock.advanceMillis(1);
            one.put(value("k" + i, 5));
        }
        CacheKey theirs = new CacheKey("other:", key("k1").hash());
        other.put(new StoredValue(
                theirs,
                List.of(),
                "n",
                "p",
                0,
                clock.millis(),
                Long.MAX_VALUE,
                0,
                value("x", 1).usage()));

        assertThat(one.count()).isEqualTo(3);
        assertThat(other.count()).isEqualTo(1);
        assertThat(other.entries()).extracting(CacheEntry::key).containsExactly(theirs);
        assertThat(one.entries()).hasSize(3).noneMatch(entry -> entry.key().equals(theirs));
        assertThat(other.removeAll()).isEqualTo(1);
        assertThat(one.count()).isEqualTo(3);
    }

    @Test
    void eviction_takesWhatWasUsedLongestAgo_whereAHitIsAUse() {
        CacheTier tier = tier(3L, null);
        for (String name : List.of("a", "b", "c")) {
            clock.advanceMillis(1_000);
            tier.put(value(name, 5, clock.millis(), Long.MAX_VALUE));
        }
        clock.advanceMillis(1_000);
        tier.lookup(key("a"));
        clock.advanceMillis(1_000);
        tier.put(value("d", 5, clock.millis(), Long.MAX_VALUE));

        assertThat(left).containsExactly(new Left(key("b"), EvictionCause.SIZE));
    }

    @Test
    void entries_afterClosingAndOpening_areThereWithTheirHits() {
        CacheTier tier = tier(10L, null);
        tier.put(value("a", 7, clock.millis(), clock.millis() + 5_000));
        tier.lookup(key("a"));
        tier.lookup(key("a"));
        Path file = open.getFirst().file();
        open.getFirst().close();
        SqliteStore again = SqliteStore.open(file, clock);
        open.add(again);
        CacheTier reopened = again.tier("test:", new Limits(10L, null), listener);

        assertThat(reopened.count()).isEqualTo(1);
        assertThat(reopened.bytes()).isEqualTo(7);
        assertThat(reopened.peek(key("a")))
                .isEqualTo(value("a", 7, clock.millis(), clock.millis() + 5_000).entry(2, clock.millis()));
    }
}
