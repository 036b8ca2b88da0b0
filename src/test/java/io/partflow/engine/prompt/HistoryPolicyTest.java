package io.partflow.engine.prompt;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.partflow.engine.content.JsonBoolean;
import io.partflow.engine.content.JsonValue;
import io.partflow.engine.content.Part;
import io.partflow.engine.processor.PromptSnapshot;
import io.partflow.engine.prompt.BudgetHistory.Unit;
import io.partflow.engine.stream.ManualClock;
import java.time.Duration;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class HistoryPolicyTest {
    private final TokenCounter tokens = new TokenCounter();
    private final ManualClock clock = new ManualClock();

    private static Part endOfTurn(String text) {
        return Part.text(text).withMetadata(Part.TURN_COMPLETE, JsonBoolean.TRUE);
    }

    private static List<String> texts(RollingPrompt prompt) {
        return prompt.parts().stream().map(Part::text).toList();
    }

    @Test
    void keepLastTurns_ofZero_isRefusedWhenMade() {
        // The reference fails with an index error when such a policy first works.
        assertThatThrownBy(() -> new KeepLastTurns(0))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("0")
                .hasMessageContaining("at least 1");
        assertThatThrownBy(() -> new KeepLastTurns(-3)).hasMessageContaining("-3");
    }

    @Test
    void keepLastTurns_worksWhenAPromptIsFinished_notBefore() {
        RollingPrompt prompt = new RollingPrompt(new KeepLastTurns(1), tokens);
        prompt.add(Part.text("a"), 1);
        prompt.add(endOfTurn("b"), 1);
        prompt.add(Part.text("c"), 1);
        assertThat(texts(prompt)).containsExactly("a", "b", "c");
        prompt.finish();

        assertThat(texts(prompt)).containsExactly("c");
        assertThat(prompt.snapshot()).isEqualTo(new PromptSnapshot(1, 2, 0, 3, 1, 0));
    }

    @Test
    void sharedPrefix_ofFinishedPrompts_isWhatThePreviousOneLeft() {
        RollingPrompt prompt = new RollingPrompt(new KeepLastTurns(3), tokens);
        for (int turn = 0; turn < 2; turn++) {
            prompt.add(Part.text("question"), 5);
            prompt.add(endOfTurn("answer"), 7);
            prompt.finish();
        }
        prompt.add(Part.text("question"), 5);
        assertThat(prompt.snapshot().sharedPrefixTokens()).isEqualTo(24);
        prompt.add(endOfTurn("answer"), 7);
        prompt.finish();

        // The first turn went, and with it the front of the prompt.
        assertThat(prompt.snapshot().sharedPrefixTokens()).isZero();
        assertThat(prompt.snapshot().partsDropped()).isEqualTo(2);
    }

    @Test
    void dropOldParts_countsFromTheTimeThatThePromptStamped() {
        RollingPrompt prompt = new RollingPrompt(new DropOldParts(Duration.ofSeconds(10), clock), tokens, clock);
        prompt.add(Part.text("a"));
        clock.advance(Duration.ofSeconds(6));
        prompt.add(Part.text("b"));
        clock.advance(Duration.ofSeconds(5));
        prompt.finish();

        assertThat(texts(prompt)).containsExactly("b");
        assertThat(prompt.parts().getFirst().metadata(Part.CAPTURE_TIME)).isEqualTo(JsonValue.of(6.0));
        assertThatThrownBy(() -> new DropOldParts(Duration.ofSeconds(-1), clock))
                .hasMessageContaining("PT-1S");
    }

    @Test
    void dropOldParts_ofAgeExactly_stay() {
        RollingPrompt prompt = new RollingPrompt(new DropOldParts(Duration.ofSeconds(10), clock), tokens, clock);
        prompt.add(Part.text("a"));
        prompt.add(Part.text("b").withMetadata(Part.CAPTURE_TIME, JsonValue.of(-1)));
        clock.advance(Duration.ofSeconds(10));
        prompt.finish();

        // The second is too old, but does not stand at the front.
        assertThat(texts(prompt)).containsExactly("a", "b");
    }

    @Test
    void captureTime_thatAPartHas_isLeftAlone() {
        RollingPrompt prompt = new RollingPrompt(HistoryPolicy.KEEP_ALL, tokens, clock);
        Part stamped = Part.text("a").withMetadata(Part.CAPTURE_TIME, JsonValue.of(42.5));
        prompt.add(stamped);

        assertThat(prompt.parts()).containsExactly(stamped);
    }

    @Test
    void stash_isBounded() {
        RollingPrompt prompt = new RollingPrompt(HistoryPolicy.KEEP_ALL, tokens);
        for (int i = 0; i < RollingPrompt.MOST_STASHED + 2; i++) {
            prompt.stash(Part.text(Integer.toString(i)));
        }
        prompt.applyStash();

        assertThat(prompt.parts()).hasSize(RollingPrompt.MOST_STASHED);
        assertThat(texts(prompt)).startsWith("2");
    }

    @Test
    void pending_askedForLate_beginsWithWhatStands() throws InterruptedException {
        RollingPrompt prompt = new RollingPrompt(HistoryPolicy.KEEP_ALL, tokens);
        prompt.add(Part.text("a"));
        PendingPrompt pending = prompt.pending();
        assertThat(prompt.pending()).isSameAs(pending);
        prompt.add(Part.text("b"));
        prompt.finish();
        prompt.add(Part.text("c"));

        assertThat(pending.next()).isEqualTo(Part.text("a"));
        assertThat(pending.next()).isEqualTo(Part.text("b"));
        assertThat(pending.next()).isNull();
        assertThat(prompt.pending()).isNotSameAs(pending);
    }

    @Test
    void pending_thatNobodyReads_isBounded() throws InterruptedException {
        RollingPrompt prompt = new RollingPrompt(HistoryPolicy.KEEP_ALL, tokens);
        PendingPrompt pending = prompt.pending();
        for (int i = 0; i < PendingPrompt.MOST_UNREAD + 3; i++) {
            prompt.add(Part.text(Integer.toString(i)), 1);
        }

        assertThat(pending.next()).isEqualTo(Part.text("3"));
    }

    @Test
    void tokenBudget_dropsTheOldestDownToItsShare() {
        RollingPrompt prompt = new RollingPrompt(new BudgetHistory(Unit.TOKENS, 100, 0.5), tokens);
        for (int i = 0; i < 10; i++) {
            prompt.add(Part.text("p" + i), 10);
        }
        assertThat(prompt.snapshot().tokensAfter()).isEqualTo(100);
        prompt.add(Part.text("p10"), 10);

        assertThat(texts(prompt)).containsExactly("p6", "p7", "p8", "p9", "p10");
        assertThat(prompt.snapshot()).isEqualTo(new PromptSnapshot(5, 6, 0, 110, 50, 0));
        prompt.add(Part.text("p11"), 10);
        assertThat(prompt.snapshot().sharedPrefixTokens()).isEqualTo(50);
    }

    @Test
    void byteBudget_countsThePartsAsBudgetsDo() {
        Part part = Part.text("x".repeat(100));
        RollingPrompt prompt = new RollingPrompt(new BudgetHistory(Unit.BYTES, 3 * part.sizeBytes(), 1), tokens);
        for (int i = 0; i < 5; i++) {
            prompt.add(part);
        }

        assertThat(prompt.parts()).hasSize(3);
    }

    @Test
    void newestPart_heavierThanTheBudget_standsAlone() {
        RollingPrompt prompt =
                new RollingPrompt(new BudgetHistory(Unit.TOKENS, 10, 0.75, ClippingSummarizer.INSTANCE), tokens);
        prompt.add(Part.text("a"), 5);
        prompt.add(Part.text("huge"), 50);

        assertThat(texts(prompt)).containsExactly("huge");
        assertThat(prompt.snapshot().tokensAfter()).isEqualTo(50);
        prompt.add(Part.text("b"), 5);
        assertThat(prompt.parts().getLast()).isEqualTo(Part.text("b"));
        assertThat(prompt.snapshot().partsSummarised()).isEqualTo(2);
        assertThat(prompt.snapshot().tokensAfter()).isLessThanOrEqualTo(10);
    }

    @Test
    void budget_withSummaries_holdsForAnySequence() {
        for (long seed = 1; seed <= 10; seed++) {
            Random random = new Random(seed);
            Unit unit = random.nextBoolean() ? Unit.TOKENS : Unit.BYTES;
            long budget = 200 + random.nextInt(2_000);
            double share = (1 + random.nextInt(10)) / 10.0;
            RollingPrompt prompt =
                    new RollingPrompt(new BudgetHistory(unit, budget, share, ClippingSummarizer.INSTANCE), tokens);
            for (int i = 0; i < 500; i++) {
                Part part = Part.text("word ".repeat(1 + random.nextInt(30)) + i);
                prompt.add(part);
                long weight = prompt.parts().stream()
                        .mapToLong(each -> unit == Unit.TOKENS ? tokens.count(each) : each.sizeBytes())
                        .sum();
                assertThat(weight).as("seed %d, part %d", seed, i).isLessThanOrEqualTo(budget);
                assertThat(prompt.parts().getLast()).isEqualTo(part);
            }
            PromptSnapshot snapshot = prompt.snapshot();
            assertThat(snapshot.partsKept() + snapshot.partsDropped() + snapshot.partsSummarised())
                    .as("seed %d", seed)
                    .isEqualTo(500);
        }
    }

    @Test
    void budget_thatMakesNoSense_isRefusedByName() {
        assertThatThrownBy(() -> new BudgetHistory(Unit.TOKENS, 0, 0.5)).hasMessageContaining("budget is 0");
        assertThatThrownBy(() -> new BudgetHistory(Unit.TOKENS, 9, 0)).hasMessageContaining("share is 0");
        assertThatThrownBy(() -> new BudgetHistory(Unit.TOKENS, 9, 1.1)).hasMessageContaining("share is 1.1");
    }

    @Test
    void budget_withSummaries_leavesHalfOfItsShareToThePartsThatStand() {
        for (BudgetHistory.Unit unit : BudgetHistory.Unit.values()) {
            RollingPrompt prompt = new RollingPrompt(
                    new BudgetHistory(unit, 4_000, 0.75, ClippingSummarizer.INSTANCE), new TokenCounter());
            Part part = Part.text("The ship left Lisbon with salt.".repeat(3));
            for (int i = 0; i < 5_000; i++) {
                prompt.add(part, 30);
                assertThat(prompt.snapshot().partsKept()).isGreaterThanOrEqualTo(Math.min(i + 1L, 14));
            }
            assertThat(prompt.parts().getFirst().metadata().has(Summarizer.COMPRESSED))
                    .isTrue();
        }
    }
}
