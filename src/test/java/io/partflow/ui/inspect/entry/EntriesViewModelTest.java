package io.partflow.ui.inspect.entry;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.partflow.engine.cache.CacheEntry;
import io.partflow.engine.cache.CacheKey;
import io.partflow.ui.inspect.InspectSamples;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class EntriesViewModelTest {
    private final List<CacheEntry> entries = new ArrayList<>(InspectSamples.entries(30));
    private final Deque<Runnable> background = new ArrayDeque<>();
    private final EntriesViewModel model = new EntriesViewModel(
            () -> List.copyOf(entries),
            () -> InspectSamples.NOW,
            id -> "Title of " + id,
            background::add,
            Runnable::run);

    @BeforeEach
    void firstFetch() {
        model.refresh();
        work();
    }

    private void work() {
        while (!background.isEmpty()) {
            background.remove().run();
        }
    }

    @Test
    void entries_areFetchedOffTheThread_andOneFetchFollowsAnother() {
        model.refresh();
        model.refresh();
        model.refresh();
        assertThat(background).hasSize(1);
        background.remove().run();
        assertThat(background).as("one more, however many were asked for").hasSize(1);
        work();
        assertThat(model.rows()).hasSize(30);
        assertThat(model.summaryProperty().get()).startsWith("30 of 30 entries");
    }

    @Test
    void aFetchThatFails_isFollowedByOthers() {
        AtomicInteger fetches = new AtomicInteger();
        EntriesViewModel failing = new EntriesViewModel(
                () -> {
                    if (fetches.incrementAndGet() == 1) {
                        throw new IllegalStateException("gone");
                    }
                    return List.of();
                },
                () -> 0,
                id -> id,
                background::add,
                Runnable::run);
        failing.refresh();
        assertThatThrownBy(this::work).hasMessage("gone");

        failing.refresh();
        work();

        assertThat(fetches).hasValue(2);
    }

    @Test
    void filterWords_nameWhatIsFilteredInTextAndColumns() {
        assertThat(model.filterWords()).isEmpty();
        EntryRow first = model.shown().getFirst();
        model.filterProperty().set("title ");
        model.hide(Map.of(EntryRow.Order.NODE, Set.of(EntryFacet.of(EntryRow.Order.NODE, first))));
        work();

        assertThat(model.filterWords()).isEqualTo("with “title”, Node without " + first.node());
        assertThat(model.shown()).hasSameSizeAs(model.rows()).doesNotContain(first);
    }

    @Test
    void rows_areSortedByHits_andByWhatIsChosen() {
        assertThat(model.rows())
                .isSortedAccordingTo(
                        (a, b) -> Long.compare(b.entry().hits(), a.entry().hits()));

        model.sortBy(EntryRow.Order.SIZE, EntriesViewModel.Direction.ASCENDING);
        work();

        assertThat(model.rows())
                .isSortedAccordingTo(
                        (a, b) -> Long.compare(a.entry().sizeBytes(), b.entry().sizeBytes()));
    }

    @Test
    void theFilter_takesAllWords_andLeavesOutThoseAfterAMinus() {
        model.filterProperty().set("json facts");
        work();
        assertThat(model.rows()).isNotEmpty().allMatch(row -> row.entry().node().equals("facts"));

        model.filterProperty().set("-json");
        work();
        assertThat(model.rows()).isNotEmpty().allMatch(row -> row.entry().node().equals("answer"));
        assertThat(model.totalProperty().get()).isEqualTo(30);
    }

    @Test
    void theSelection_isAKey_andSurvivesARefresh() {
        CacheKey key = model.rows().get(3).entry().key();
        model.selectedProperty().set(key);
        entries.removeFirst();
        model.refresh();
        work();

        assertThat(model.selectedRow())
                .hasValueSatisfying(row -> assertThat(row.entry().key()).isEqualTo(key));
    }

    @Test
    void aRow_tellsAgeAndTimeLeft() {
        EntryRow row = EntryRow.of(InspectSamples.entry(1, 30_000, 90_000, 0), "n", InspectSamples.NOW);

        assertThat(row.ageMillis()).isEqualTo(30_000);
        assertThat(row.leftMillis()).isEqualTo(60_000);
        assertThat(row.leftRatio()).isBetween(0.66, 0.67);
        assertThat(row.sinceHitMillis()).isEqualTo(-1);
        assertThat(row.shortKey()).matches("model\\.simulated/[0-9a-f]{4}…[0-9a-f]{4}");
    }

    @Test
    void anInvalidatedEntry_canBePutBack() {
        List<String> said = new ArrayList<>();
        List<CacheEntry> cache = new ArrayList<>(entries);
        EntryActions actions = new EntryActions() {
            @Override
            public Optional<CacheEntry> peek(CacheKey key) {
                return cache.stream().filter(entry -> entry.key().equals(key)).findFirst();
            }

            @Override
            public boolean invalidate(CacheKey key) {
                return cache.removeIf(entry -> entry.key().equals(key));
            }

            @Override
            public void restore(CacheEntry entry) {
                cache.add(entry);
            }
        };
        EntryViewModel entry =
                new EntryViewModel(actions, () -> InspectSamples.NOW, Runnable::run, Runnable::run, said::add);
        entry.show(EntryRow.of(entries.getFirst(), "n", InspectSamples.NOW));

        entry.invalidate();
        assertThat(cache).hasSize(29);
        assertThat(entry.fateProperty().get()).isEqualTo(EntryViewModel.Fate.INVALIDATED);
        entry.refresh();
        assertThat(entry.fateProperty().get())
                .as("gone by the user's own hand")
                .isEqualTo(EntryViewModel.Fate.INVALIDATED);
        entry.restore();

        assertThat(cache).hasSize(30);
        assertThat(entry.fateProperty().get()).isEqualTo(EntryViewModel.Fate.CACHED);
        assertThat(said).hasSize(2);
        entry.refresh();
        assertThat(entry.fateProperty().get()).isEqualTo(EntryViewModel.Fate.CACHED);
        cache.clear();
        entry.refresh();
        assertThat(entry.fateProperty().get()).isEqualTo(EntryViewModel.Fate.GONE);
    }
}
