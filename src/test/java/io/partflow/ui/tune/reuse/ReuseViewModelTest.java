package io.partflow.ui.tune.reuse;

import static org.assertj.core.api.Assertions.assertThat;

import io.partflow.engine.insight.WatchedCache;
import io.partflow.engine.insight.history.ReuseGaps;
import io.partflow.pipeline.edit.SetCache;
import io.partflow.ui.tune.TuneBench;
import java.util.Objects;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class ReuseViewModelTest {
    private final TuneBench bench = new TuneBench(WatchedCache.lru(100).withTtlMillis(10_000));
    private final ReuseViewModel model = new ReuseViewModel(bench.feed);

    @AfterEach
    void close() {
        bench.close();
    }

    /// Five questions, each again about a minute later.
    private void askEveryMinute(int rounds) {
        for (int round = 0; round < rounds; round++) {
            for (int question = 0; question < 5; question++) {
                bench.cache.ask("question " + question);
            }
            bench.cache.clock.advanceMillis(60_000);
        }
        bench.sample();
    }

    @Test
    void picture_withoutRepetitions_saysSo() {
        askEveryMinute(1);
        assertThat(model.pictureProperty().get().bars()).isEmpty();
        assertThat(model.sentence()).isEqualTo("Nothing was asked for twice yet.");
    }

    @Test
    void picture_ofAMinuteBetweenRequests_hasOneBarThere() {
        askEveryMinute(5);

        assertThat(model.pictureProperty().get().bars()).singleElement().satisfies(bar -> {
            assertThat(bar.count()).isEqualTo(20);
            assertThat(bar.fromMillis()).isLessThanOrEqualTo(60_025);
            assertThat(bar.toMillis()).isGreaterThan(60_025);
        });
        assertThat(model.summaryProperty().get()).startsWith("10 s: 0 hits, 20 lost to expiry");
    }

    @Test
    void chooseNear_twoMinutes_keepsAllHits_andApplySetsItAsOneEdit() {
        askEveryMinute(5);
        assertThat(model.applyTextProperty().get()).isEmpty();

        model.chooseNear(100_000);
        ReuseGaps.Outlook chosen = Objects.requireNonNull(model.chosenProperty().get());
        // An entry lives from when it was put, so that a time that is longer than the gap serves every other round.
        assertThat(chosen.hits()).isEqualTo(10);
        model.apply();

        assertThat(bench.edits)
                .containsExactly(
                        new SetCache(WatchedCache.NODE, WatchedCache.lru(100).withTtlMillis(chosen.ttlMillis())));
        assertThat(model.applyTextProperty().get()).isEmpty();
        assertThat(model.pictureProperty().get().ttlMillis()).isEqualTo(chosen.ttlMillis());
    }

    @Test
    void step_beyondTheLast_staysForEver() {
        askEveryMinute(5);
        model.step(1);
        model.step(100);

        assertThat(Objects.requireNonNull(model.chosenProperty().get()).ttlMillis())
                .isZero();
        assertThat(model.applyTextProperty().get()).isEqualTo("Set to for ever");
    }

    @Test
    void chosen_whileMoreIsAsked_staysChosenWithNewNumbers() {
        askEveryMinute(5);
        model.step(100);
        long before = Objects.requireNonNull(model.chosenProperty().get()).hits();
        askEveryMinute(5);

        assertThat(Objects.requireNonNull(model.chosenProperty().get()).hits()).isGreaterThan(before);
    }
}
