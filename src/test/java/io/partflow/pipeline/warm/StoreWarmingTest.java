package io.partflow.pipeline.warm;

import static org.assertj.core.api.Assertions.assertThat;

import io.partflow.engine.cache.CacheKey;
import io.partflow.engine.cache.CacheTier.Limits;
import io.partflow.engine.cache.StoredValue;
import io.partflow.engine.cache.sqlite.SqliteStore;
import io.partflow.engine.cache.sqlite.SqliteTier;
import io.partflow.engine.content.ContentHash;
import io.partflow.engine.content.Part;
import io.partflow.engine.processor.Failure;
import io.partflow.engine.processor.Usage;
import io.partflow.engine.stream.ManualClock;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class StoreWarmingTest {
    @TempDir
    private Path folder;

    private final ManualClock clock = new ManualClock();

    private static CacheKey key(String prefix, int number) {
        return new CacheKey(prefix, ContentHash.ofText("k" + number));
    }

    private Path filled() {
        Path file = folder.resolve("from.db");
        try (SqliteStore store = SqliteStore.open(file, clock)) {
            for (String prefix : List.of("a:", "b:")) {
                SqliteTier tier = store.tier(prefix, Limits.NONE, eviction -> {});
                for (int i = 0; i < 700; i++) {
                    long end = i == 3 ? clock.millis() + 1 : clock.millis() + 100_000 + i;
                    var unused = tier.putLater(new StoredValue(
                            key(prefix, i), List.of(Part.text("x" + i)), "n", "p", 7, 1, end, 5, Usage.NONE));
                }
                tier.flush();
            }
        }
        clock.advanceMillis(1);
        return file;
    }

    @Test
    void aStore_getsEverythingThatLives_onceOnly() throws Exception {
        Path from = filled();
        try (SqliteStore target = SqliteStore.open(folder.resolve("to.db"), clock)) {
            try (StoreWarming warming = StoreWarming.into(target, from, clock)) {
                Warming.Progress end = warming.await();

                assertThat(end.state()).isEqualTo(Warming.State.COMPLETED);
                assertThat(end.total()).isEqualTo(1_398);
                assertThat(end.read()).isEqualTo(1_398);
                assertThat(end.added()).isEqualTo(1_398);
            }
            SqliteTier copied = target.tier("a:", Limits.NONE, eviction -> {});
            assertThat(copied.peek(key("a:", 8)))
                    .isNotNull()
                    .satisfies(entry -> assertThat(entry.expiresMillis()).isEqualTo(clock.millis() + 100_007));
            assertThat(copied.peek(key("a:", 3))).isNull();
            try (StoreWarming warming = StoreWarming.into(target, from, clock)) {
                assertThat(warming.await().present()).isEqualTo(1_398);
            }
        }
    }

    @Test
    void aWarmingThatIsCancelled_saysSo_andEndsSoon() throws Exception {
        Path from = filled();
        try (SqliteStore target = SqliteStore.open(folder.resolve("to.db"), clock)) {
            StoreWarming warming = StoreWarming.into(target, from, clock);
            warming.close();

            Warming.Progress end = warming.await();
            assertThat(end.state()).isIn(Warming.State.CANCELLED, Warming.State.COMPLETED);
            assertThat(end.read()).isLessThanOrEqualTo(1_398);
        }
    }

    @Test
    void aStoreThatIsNotThere_isAProblem() throws Exception {
        try (SqliteStore target = SqliteStore.open(folder.resolve("to.db"), clock);
                StoreWarming warming = StoreWarming.into(target, folder.resolve("none.db"), clock)) {
            Warming.Progress end = warming.await();

            assertThat(end.state()).isEqualTo(Warming.State.FAILED);
            assertThat(end.problems()).extracting(Failure::code).containsExactly("STORE_NOT_THERE");
        }
    }
}
