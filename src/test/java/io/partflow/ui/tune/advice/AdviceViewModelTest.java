package io.partflow.ui.tune.advice;

import static org.assertj.core.api.Assertions.assertThat;

import io.partflow.engine.content.JsonObject;
import io.partflow.engine.content.JsonValue;
import io.partflow.engine.content.Part;
import io.partflow.engine.insight.WatchedCache;
import io.partflow.engine.insight.advice.Advice;
import io.partflow.engine.insight.advice.ProposedChange;
import io.partflow.ui.tune.TuneBench;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class AdviceViewModelTest {
    private final TuneBench bench = new TuneBench(WatchedCache.lru(1_000));
    private final AdviceViewModel model = new AdviceViewModel(bench.feed);

    @AfterEach
    void close() {
        bench.close();
    }

    /// Twenty questions again and again, each stamped with another time: the stamp alone makes every key new.
    private void askStamped() {
        bench.cache.answering =
                input -> List.of(Part.text("re: " + input.getFirst().text()));
        for (int i = 0; i < 300; i++) {
            bench.cache.ask(
                    Part.text("question " + i % 20).withMetadata(JsonObject.of("probe", JsonValue.of("t" + i))));
        }
        bench.sample();
    }

    private AdviceViewModel.Card volatileField() {
        return model.cardsProperty().get().stream()
                .filter(card -> card.advice().change() instanceof ProposedChange.IgnoreMetadata)
                .findFirst()
                .orElseThrow();
    }

    @Test
    void cards_beforeAnyRequest_areNone() {
        assertThat(model.cardsProperty().get()).isEmpty();
    }

    @Test
    void silence_says_whetherTooLittleWasAskedOrNothingWasFound() {
        bench.cache.ask("a");
        bench.sample();
        assertThat(model.silence()).isEqualTo("Advice takes 100 requests to one cache; so far 1 request examined.");
        for (int i = 0; i < 199; i++) {
            bench.cache.ask("a");
        }
        bench.sample();
        assertThat(model.cardsProperty().get()).isEmpty();
        assertThat(model.silence()).isEqualTo("Of 200 requests examined, nothing says that a change would help.");
    }

    @Test
    void card_ofAVolatileField_saysWhatToDoWhatItBringsAndBetweenWhichBounds() {
        askStamped();
        AdviceViewModel.Card card = volatileField();

        assertThat(card.nodeTitle()).isEqualTo("The answer");
        assertThat(card.change()).isEqualTo("leave metadata probe out of the key.");
        assertThat(card.gain()).startsWith("+9").endsWith(" points");
        assertThat(card.interval()).startsWith("0.0 % to 9").contains("between");
        assertThat(card.advice().evidence()).isNotEmpty();
        assertThat(card.doing()).isEqualTo(AdviceViewModel.Doing.APPLY);
    }

    @Test
    void apply_once_isOneEdit_andStandsThen() {
        askStamped();
        Advice advice = volatileField().advice();

        model.apply(advice);
        model.apply(advice);

        assertThat(bench.edits).hasSize(1);
        assertThat(bench.settings.key().ignoreMetadata()).containsExactly("probe");
        assertThat(volatileField().doing()).isEqualTo(AdviceViewModel.Doing.DONE);
    }

    @Test
    void apply_afterUndo_canBeDoneAgain() {
        askStamped();
        Advice advice = volatileField().advice();
        model.apply(advice);
        bench.settings = WatchedCache.lru(1_000);

        model.show();

        assertThat(volatileField().doing()).isEqualTo(AdviceViewModel.Doing.APPLY);
    }

    @Test
    void refuse_hidesIt_untilItIsRecalled() {
        askStamped();
        int before = model.cardsProperty().get().size();
        Advice advice = volatileField().advice();

        model.refuse(advice);

        assertThat(model.cardsProperty().get()).hasSize(before - 1);
        assertThat(model.hasRefused()).isTrue();
        model.recall();
        assertThat(model.cardsProperty().get()).hasSize(before);
    }
}
