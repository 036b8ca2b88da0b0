package io.partflow.pipeline.warm;

import static org.assertj.core.api.Assertions.assertThat;

import io.partflow.engine.cache.CacheKey;
import io.partflow.engine.cache.CacheRoom;
import io.partflow.engine.cache.CacheSettings;
import io.partflow.engine.cache.CacheTier.Limits;
import io.partflow.engine.cache.ContentCache;
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
    void cachesOfARoom_getWhatIsUnderTheirPrefixes_withItsEnd() throws Exception {
        Path from = filled();
        try (CacheRoom room = new CacheRoom(clock)) {
            ContentCache cache = room.cache("n", "p", CacheSettings.DEFAULT.withMaxItems(null), "a:");
            cache.warm(new StoredValue(
                    key("a:", 5), List.of(Part.text("newer")), "n", "p", 9, 1, Long.MAX_VALUE, 5, Usage.NONE));
            try (StoreWarming warming = StoreWarming.into(room, from, clock)) {
                Warming.Progress end = warming.await();

                assertThat(end.state()).isEqualTo(Warming.State.COMPLETED);
                assertThat(end.total()).isEqualTo(1_398);
                assertThat(end.read()).isEqualTo(1_398);
                assertThat(end.added()).isEqualTo(698);
                assertThat(end.present()).isEqualTo(700);
            }
            assertThat(cache.count()).isEqualTo(699);
            assertThat(cache.peek(key("a:", 8)).orElseThrow().expiresMillis()).isEqualTo(clock.millis() + 100_007);
            assertThat(cache.peek(key("a:", 5)).orElseThrow().parts()).containsExactly(Part.text("newer"));
            assertThat(cache.peek(key("a:", 3))).isEmpty();
        }
    }

    @Test
    void aStore_getsEverythingThatLives_onceOnly() throws Exception {
        Path from = filled();
        try (SqliteStore target = SqliteStore.open(folder.resolve("to.db"), clock)) {
            try (StoreWarming warming = StoreWarming.into(target, from, clock)) {
                assertThat(warming.await().added()).isEqualTo(1_398);
            }
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
        try (CacheRoom room = new CacheRoom(clock);
                StoreWarming warming = StoreWarming.into(room, folder.resolve("none.db"), clock)) {
            Warming.Progress end = warming.await();

            assertThat(end.state()).isEqualTo(Warming.State.FAILED);
            assertThat(end.problems()).extracting(Failure::code).containsExactly("STORE_NOT_THERE");
        }
    }
}
