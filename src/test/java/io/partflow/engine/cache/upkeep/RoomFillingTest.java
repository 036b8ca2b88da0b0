package io.partflow.engine.cache.upkeep;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.partflow.engine.cache.CacheKey;
import io.partflow.engine.cache.CacheRoom;
import io.partflow.engine.cache.CacheSettings;
import io.partflow.engine.cache.CacheStore;
import io.partflow.engine.cache.ContentCache;
import io.partflow.engine.cache.StoredValue;
import io.partflow.engine.cache.sqlite.SqliteStore;
import io.partflow.engine.content.ContentHash;
import io.partflow.engine.content.Part;
import io.partflow.engine.processor.Usage;
import io.partflow.engine.stream.ManualClock;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RoomFillingTest {
    private static final String OWN = "pf1:p@1:0:";
    private static final int STORED = 300;

    @TempDir
    Path folder;

    private final ManualClock clock = new ManualClock();
    private Path store = Path.of("");

    private StoredValue value(String prefix, int number) {
        List<Part> parts = List.of(Part.text("answer " + number));
        return new StoredValue(
                new CacheKey(prefix, ContentHash.ofText("question " + number)),
                parts,
                "n",
                "p",
                parts.getFirst().sizeBytes(),
                clock.millis(),
                clock.millis() + 60_000,
                5,
                Usage.NONE);
    }

    @BeforeEach
    void fill() {
        store = folder.resolve("other.db");
        CacheSettings settings = CacheSettings.DEFAULT
                .withTier(CacheSettings.Tier.STORE)
                .withMaxItems(null)
                .withBehaviour(
                        CacheSettings.Behaviour.DEFAULT.withStore(CacheSettings.StoreUse.DEFAULT.withFile(store)));
        try (CacheRoom room = new CacheRoom(clock, file -> SqliteStore.open(file, clock))) {
            ContentCache own = room.cache("n", "p", settings, OWN);
            ContentCache other = room.cache("m", "q", settings, "pf1:q@1:0:");
            for (int i = 0; i < STORED; i++) {
                own.warm(value(OWN, i));
                other.warm(value("pf1:q@1:0:", i));
            }
            own.flush();
            other.flush();
        }
    }

    private CacheRoom roomInMemory() {
        CacheRoom room = new CacheRoom(clock);
        ContentCache unused = room.cache("n", "p", CacheSettings.DEFAULT, OWN);
        return room;
    }

    @Test
    void warming_fromAStore_takesWhatBelongsToTheCaches() {
        try (CacheRoom room = roomInMemory()) {
            List<RoomFilling.Progress> told = new ArrayList<>();
            RoomFilling.Progress end = RoomFilling.fromStore(room, store, clock, told::add);

            assertThat(end).isEqualTo(new RoomFilling.Progress(STORED, STORED, 0));
            assertThat(told).hasSizeGreaterThan(2).endsWith(end);
            assertThat(room.count()).isEqualTo(STORED);
            assertThat(room.peek(value(OWN, 7).key()).orElseThrow().parts()).containsExactly(Part.text("answer 7"));
        }
    }

    @Test
    void warming_again_takesNothing() {
        try (CacheRoom room = roomInMemory()) {
            RoomFilling.Progress unused = RoomFilling.fromStore(room, store, clock, sofar -> true);
            RoomFilling.Progress again = RoomFilling.fromStore(room, store, clock, sofar -> true);

            assertThat(again).isEqualTo(new RoomFilling.Progress(STORED, 0, 0));
        }
    }

    @Test
    void warming_toldToEnd_keepsWhatItHasTaken() {
        try (CacheRoom room = roomInMemory()) {
            RoomFilling.Progress end = RoomFilling.fromStore(room, store, clock, sofar -> false);

            assertThat(end.taken()).isPositive().isLessThan(STORED);
            assertThat(room.count()).isEqualTo(end.taken());
        }
    }

    @Test
    void warming_afterTheEndOfTheEntries_takesNone() {
        clock.advanceMillis(60_001);
        try (CacheRoom room = roomInMemory()) {
            assertThat(RoomFilling.fromStore(room, store, clock, sofar -> true).taken())
                    .isZero();
        }
    }

    @Test
    void warming_fromAFileThatIsNoStore_saysSo() throws Exception {
        Path text = Files.writeString(folder.resolve("notes.db"), "not a store at all, just some words in a file");
        try (CacheRoom room = roomInMemory()) {
            assertThatThrownBy(() -> RoomFilling.fromStore(room, text, clock, sofar -> true))
                    .isInstanceOf(CacheStore.Unavailable.class);
        }
    }
}
