package io.partflow.ui.tune.why;

import static org.assertj.core.api.Assertions.assertThat;

import io.partflow.engine.content.JsonObject;
import io.partflow.engine.content.JsonValue;
import io.partflow.engine.content.Part;
import io.partflow.engine.insight.WatchedCache;
import io.partflow.engine.insight.why.MissCause;
import io.partflow.engine.insight.why.MissExplanation;
import io.partflow.ui.tune.TuneBench;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class WhyViewModelTest {
    private final TuneBench bench = new TuneBench(WatchedCache.lru(2));
    private final MissesViewModel misses = new MissesViewModel(bench.feed);
    private final WhyViewModel why = new WhyViewModel(bench.feed, misses);

    @AfterEach
    void close() {
        bench.close();
    }

    private WhyViewModel.Answer newest() {
        bench.sample();
        misses.selectedProperty().set(misses.rows().getFirst());
        return Objects.requireNonNull(why.answerProperty().get());
    }

    private static Part stamped(String text, String time) {
        return Part.text(text).withMetadata(JsonObject.of("time", JsonValue.of(time)));
    }

    @Test
    void answer_ofAFirstRequest_saysThatNothingLikeItWasAsked() {
        bench.cache.ask("Which way is north?");

        WhyViewModel.Answer answer = newest();

        assertThat(answer.sentence()).isEqualTo("Nothing like it was asked before.");
        assertThat(answer.nearest()).isEmpty();
        assertThat(answer.differences()).isEmpty();
        assertThat(answer.about()).startsWith("The answer, ");
        assertThat(answer.share()).isEqualTo("first time: 1 of 1 unserved requests of this node");
    }

    @Test
    void answer_whereOnlyOneMetadataFieldDiffers_namesIt() {
        bench.cache.ask(stamped("Which way is north?", "06:05"));
        bench.cache.ask(stamped("Which way is north?", "06:41"));

        WhyViewModel.Answer answer = newest();

        assertThat(answer.miss().cause().kind()).isEqualTo(MissCause.Kind.METADATA_CHANGED);
        assertThat(answer.sentence()).isEqualTo("Only metadata.time differs from an earlier request.");
        assertThat(answer.nearest()).startsWith("Nearest earlier key: test/");
        assertThat(answer.differences()).singleElement().satisfies(difference -> {
            assertThat(difference.earlier()).contains("06:05");
            assertThat(difference.now()).contains("06:41");
        });
        assertThat(answer.content()).isEmpty();
    }

    @Test
    void remedy_ofAStampThatMakesEveryKeyNew_saysWhatLeavingItOutBrings_andIsAppliedAsAnEdit() {
        bench.cache.answering = input -> List.of(Part.text("north"));
        for (int i = 0; i < 10; i++) {
            bench.cache.ask(stamped("Which way is north?", "06:0" + i));
        }
        WhyViewModel.Answer unused = newest();

        WhyViewModel.Remedy remedy = Objects.requireNonNull(why.remedy());
        assertThat(remedy.gain()).isEqualTo("Hit ratio 0.0 % \u2192 90.0 %");
        assertThat(remedy.risk()).startsWith("10 requests would have shared an entry; 0 of them");
        why.apply(remedy);

        assertThat(bench.edits).hasSize(1);
        assertThat(Objects.requireNonNull(bench.settings).key().ignoreMetadata())
                .containsExactly("time");
        assertThat(why.remedy()).as("it stands").isNull();
    }

    @Test
    void answer_whereTextDiffers_holdsItsEdits() {
        bench.cache.ask("Where is the charger of the small lamp that I bought in May?");
        bench.cache.ask("Where is the charger of the large lamp that I bought in May?");

        WhyViewModel.Answer answer = newest();

        assertThat(answer.sentence()).startsWith("The content has changed: ");
        assertThat(answer.differences())
                .singleElement()
                .satisfies(difference -> assertThat(difference.text()).isNotEmpty());
    }

    @Test
    void answer_ofAnEvictedEntry_saysWhenAndForWhom() {
        bench.cache.ask("one");
        bench.cache.ask("two");
        bench.cache.ask("three");
        bench.cache.clock.advanceMillis(4_000);
        bench.cache.ask("one");

        assertThat(newest().sentence())
                .startsWith("Its entry was evicted 4.0 s ago, as the limit of entries was reached, for test/");
    }

    @Test
    void answer_whereTheEarlierRequestIsForgotten_saysSo() {
        bench.cache.ask(stamped("Which way is north?", "06:05"));
        bench.cache.ask(stamped("Which way is north?", "06:41"));
        bench.remembers = false;

        WhyViewModel.Answer answer = newest();

        assertThat(answer.content()).isEqualTo("The earlier request is no longer remembered.");
        assertThat(answer.sentence()).isEqualTo("Only metadata differs from an earlier request.");
    }

    @Test
    void misses_ofANode_areNewestFirstAndSteppedThrough() {
        bench.cache.ask("one");
        bench.cache.ask("two");
        bench.cache.ask("three");
        bench.sample();

        assertThat(misses.rows()).hasSize(3);
        assertThat(misses.rows().getFirst().atMillis())
                .isGreaterThan(misses.rows().getLast().atMillis());
        misses.step(MissesViewModel.Way.OLDER);
        MissExplanation newest = misses.selectedProperty().get();
        misses.step(MissesViewModel.Way.OLDER);
        assertThat(misses.selectedProperty().get()).isEqualTo(misses.rows().get(1));
        misses.step(MissesViewModel.Way.NEWER);
        misses.step(MissesViewModel.Way.NEWER);
        assertThat(misses.selectedProperty().get()).isEqualTo(newest);
    }

    @Test
    void misses_listedByCause_areOnlyThose_andHeldStayAsTheyAre() {
        bench.cache.ask("one");
        bench.cache.ask("two");
        bench.cache.ask("three");
        bench.cache.ask("one");
        bench.sample();
        misses.kindProperty().set(MissCause.Kind.EVICTED);
        assertThat(misses.rows()).hasSize(1);
        assertThat(misses.kinds()).containsExactly(MissCause.Kind.FIRST_TIME, MissCause.Kind.EVICTED);

        misses.kindProperty().set(null);
        misses.heldProperty().set(true);
        bench.cache.ask("four");
        bench.sample();
        assertThat(misses.rows()).hasSize(4);
        misses.heldProperty().set(false);
        assertThat(misses.rows()).hasSize(5);
    }

    @Test
    void select_byKey_findsItsLastMiss() {
        bench.cache.ask("one");
        bench.cache.ask("two");
        bench.sample();
        MissExplanation first = misses.rows().getLast();

        assertThat(misses.select(Objects.requireNonNull(first.key()))).isTrue();
        assertThat(misses.selectedProperty().get()).isEqualTo(first);
    }

    @Test
    void clear_asAnotherPipelineIsShown_forgetsUntilTheSourceBeginsAnew() {
        bench.cache.ask("one");
        bench.sample();
        bench.feed.clear();
        bench.feed.tick();

        assertThat(misses.rows()).isEmpty();
        assertThat(bench.feed.nodeProperty().get()).isNull();
        bench.cache.ask("two");
        bench.sample();
        assertThat(misses.rows()).isNotEmpty();
    }
}
