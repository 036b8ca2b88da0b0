package io.partflow.engine.cache.upkeep;

import static org.assertj.core.api.Assertions.assertThat;

import io.partflow.engine.cache.CacheEntry;
import io.partflow.engine.cache.CacheKey;
import io.partflow.engine.cache.CacheRoom;
import io.partflow.engine.cache.CacheSettings;
import io.partflow.engine.cache.CacheSettings.Behaviour;
import io.partflow.engine.cache.CacheSettings.StoreUse;
import io.partflow.engine.cache.ContentCache;
import io.partflow.engine.cache.EntryFacts;
import io.partflow.engine.cache.StoredValue;
import io.partflow.engine.cache.sqlite.SqliteStore;
import io.partflow.engine.cache.upkeep.EntryListing.Direction;
import io.partflow.engine.cache.upkeep.EntryListing.Order;
import io.partflow.engine.cache.upkeep.Invalidation.Criteria;
import io.partflow.engine.cache.upkeep.Invalidation.Derived;
import io.partflow.engine.content.ContentHash;
import io.partflow.engine.content.Part;
import io.partflow.engine.processor.Usage;
import io.partflow.engine.stream.ManualClock;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Looking at and removing what is in stores, more than a tier's list of entries gives.
class StoreUpkeepTest {
    private static final int ENTRIES = 3_000;

    @TempDir
    private Path folder;

    private final ManualClock clock = new ManualClock();
    private final CacheRoom room = new CacheRoom(clock, file -> SqliteStore.open(file, clock));

    @AfterEach
    void close() {
        room.close();
    }

    private ContentCache cache(String node, CacheSettings.Tier tier, String prefix) {
        CacheSettings settings = CacheSettings.DEFAULT
                .withTier(tier)
                .withMaxItems(null)
                .withBehaviour(Behaviour.DEFAULT.withStore(StoreUse.DEFAULT.withFile(folder.resolve("store.db"))));
        return room.cache(node, "test.step", settings, prefix);
    }

    private static CacheKey key(String prefix, int number) {
        return new CacheKey(prefix, ContentHash.ofText("k" + number));
    }

    private CacheKey warm(ContentCache cache, int number, List<CacheKey> from) {
        CacheKey key = key(cache.prefix(), number);
        Part part = number % 10 == 0 ? Part.blob(new byte[number], "image/png") : Part.text("number " + number + ".");
        cache.warm(new StoredValue(
                key,
                List.of(part),
                cache.node(),
                "test.step",
                part.sizeBytes(),
                clock.millis(),
                Long.MAX_VALUE,
                1,
                Usage.NONE,
                from));
        return key;
    }

    @Test
    void listing_ofMoreThanATierLists_isSortedAndRead_aPageAtATime() {
        ContentCache store = cache("a", CacheSettings.Tier.STORE, "a:");
        ContentCache tiered = cache("b", CacheSettings.Tier.TIERED, "b:");
        for (int i = 0; i < ENTRIES; i++) {
            clock.advanceMillis(1);
            warm(i % 3 == 0 ? tiered : store, i, List.of());
        }

        EntryListing all = EntryListing.of(room, Criteria.ALL, Order.CREATED, Direction.DESCENDING);
        assertThat(all.count()).isEqualTo(ENTRIES);
        assertThat(all.key(0)).isEqualTo(key("a:", ENTRIES - 1));
        assertThat(all.page(ENTRIES - 2, 50)).extracting(EntryFacts::key).containsExactly(key("a:", 1), key("b:", 0));
        List<EntryFacts> read = new ArrayList<>();
        for (int from = 0; from < all.count(); from += 700) {
            read.addAll(all.page(from, 700));
        }
        assertThat(read)
                .hasSize(ENTRIES)
                .isSortedAccordingTo(
                        Comparator.comparingLong(EntryFacts::createdMillis).reversed());
        assertThat(all.bytes())
                .isEqualTo(read.stream().mapToLong(EntryFacts::sizeBytes).sum());

        EntryListing images = EntryListing.of(room, Criteria.ofKind("image/*"), Order.SIZE, Direction.DESCENDING);
        assertThat(images.count()).isEqualTo(ENTRIES / 10);
        assertThat(images.countOfAll()).isEqualTo(ENTRIES);
        assertThat(images.page(0, 1).getFirst().sizeBytes()).isEqualTo(ENTRIES - 10 + 4);
    }

    @Test
    void listing_ofAllOrders_givesEveryEntryOnce() {
        ContentCache store = cache("a", CacheSettings.Tier.STORE, "a:");
        ContentCache memory = cache("m", CacheSettings.Tier.MEMORY, "m:");
        for (int i = 0; i < 20; i++) {
            warm(i % 2 == 0 ? store : memory, i, List.of());
        }
        for (Order order : Order.values()) {
            EntryListing up = EntryListing.of(room, Criteria.ALL, order, Direction.ASCENDING);
            EntryListing down = EntryListing.of(room, Criteria.ALL, order, Direction.DESCENDING);
            assertThat(up.page(0, 100)).as("%s", order).hasSize(20).doesNotHaveDuplicates();
            assertThat(down.page(0, 100))
                    .as("%s", order)
                    .isEqualTo(up.page(0, 100).reversed());
        }
    }

    @Test
    void invalidation_ofAStore_isCountedFirst_andTakenBackWithHitsAndEnds() {
        ContentCache tiered = cache("b", CacheSettings.Tier.TIERED, "b:");
        ContentCache made = cache("c", CacheSettings.Tier.STORE, "c:");
        for (int i = 0; i < ENTRIES; i++) {
            CacheKey source = warm(tiered, i, List.of());
            if (i < 10) {
                warm(made, i, List.of(source));
            }
        }
        try (Invalidation chosen = Invalidation.of(room, Criteria.ofNode("b"), Derived.GOES)) {
            assertThat(chosen.count()).isEqualTo(ENTRIES + 10);
            assertThat(room.count()).isEqualTo(ENTRIES + 10);
            assertThat(chosen.firstEntries(5)).hasSize(5);

            assertThat(chosen.remove()).isEqualTo(ENTRIES + 10);
            assertThat(room.count()).isZero();
            assertThat(tiered.peek(key("b:", 1))).isEmpty();

            assertThat(chosen.undo()).isEqualTo(ENTRIES + 10);
            assertThat(room.count()).isEqualTo(ENTRIES + 10);
            CacheEntry back = made.peek(key("c:", 1)).orElseThrow();
            assertThat(back.derivedFrom()).containsExactly(key("b:", 1));

            assertThat(chosen.remove()).isEqualTo(ENTRIES + 10);
            assertThat(chosen.undo()).isEqualTo(ENTRIES + 10);
        }
    }

    @Test
    void invalidation_byText_readsTheValues() {
        ContentCache store = cache("a", CacheSettings.Tier.STORE, "a:");
        for (int i = 0; i < 50; i++) {
            warm(store, i, List.of());
        }
        try (Invalidation chosen = Invalidation.of(room, Criteria.ofText("NUMBER 17."), Derived.STAYS)) {
            assertThat(chosen.first(10)).containsExactly(key("a:", 17));
        }
    }

    @Test
    void cachesOfOnePrefix_areCountedOnce_andRemovalReachesTheMemoryOfEach() {
        ContentCache one = cache("a", CacheSettings.Tier.TIERED, "p:");
        ContentCache two = cache("b", CacheSettings.Tier.TIERED, "p:");
        CacheKey key = warm(one, 1, List.of());
        assertThat(two.peek(key)).isPresent();
        warm(two, 1, List.of());

        assertThat(room.count()).isEqualTo(1);
        assertThat(room.entries()).hasSize(1);
        assertThat(room.total().entries()).isEqualTo(1);
        try (Invalidation chosen = Invalidation.of(room, Criteria.ALL, Derived.STAYS)) {
            assertThat(chosen.count()).isEqualTo(1);
            assertThat(chosen.remove()).isEqualTo(1);
            assertThat(one.peek(key)).isEmpty();
            assertThat(two.peek(key)).isEmpty();
        }
    }
}
