package io.partflow.engine.prompt;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.partflow.engine.content.Part;
import io.partflow.engine.processor.PromptSnapshot;
import java.util.List;
import org.junit.jupiter.api.Test;

class RollingPromptTest {
    private final TokenCounter tokens = new TokenCounter();

    @Test
    void prompt_withoutPolicy_keepsTheNewestTenThousand() {
        RollingPrompt prompt = new RollingPrompt(HistoryPolicy.KEEP_ALL, tokens);
        for (int i = 0; i < 10_003; i++) {
            prompt.add(Part.text(Integer.toString(i)));
        }
        List<Part> parts = prompt.parts();

        assertThat(parts).hasSize(10_000);
        assertThat(parts.getFirst().text()).isEqualTo("3");
        assertThat(parts.getLast().text()).isEqualTo("10002");
        assertThat(prompt.snapshot().partsDropped()).isEqualTo(3);
    }

    @Test
    void steps_areNotedWhereTheyAreAskedFor_andOnlyTheLastAreKept() {
        RollingPrompt plain = new RollingPrompt(new CompressingHistory(4, 1, 0.5, ClippingSummarizer.INSTANCE), tokens);
        RollingPrompt noted = new RollingPrompt(new CompressingHistory(4, 1, 0.5, ClippingSummarizer.INSTANCE), tokens);
        noted.noteSteps();
        for (int i = 0; i < 1_000; i++) {
            plain.add(Part.text("part " + i));
            noted.add(Part.text("part " + i));
        }

        PromptSnapshot after = noted.snapshot();
        assertThat(after.stepsSeen()).isEqualTo(499);
        assertThat(after.steps()).hasSize(64);
        assertThat(after.steps().getLast())
                .satisfies(step -> assertThat(step.afterPart()).isEqualTo(1_000))
                .satisfies(step -> assertThat(step.partsSummarised()).isEqualTo(2));
        assertThat(after.steps().getLast().tokensAfter()).isEqualTo(after.tokensAfter());
        assertThat(noted.snapshot().steps())
                .as("the same while nothing is added")
                .isSameAs(after.steps());
        assertThat(plain.snapshot().steps()).isEmpty();
        assertThat(plain.snapshot().tokensAfter()).isEqualTo(after.tokensAfter());
    }

    @Test
    void sharedPrefix_afterAnAddition_isTheWholePreviousPrompt() {
        RollingPrompt prompt = new RollingPrompt(HistoryPolicy.KEEP_ALL, tokens);
        prompt.add(Part.text("one"), 10);
        assertThat(prompt.snapshot()).isEqualTo(new PromptSnapshot(1, 0, 0, 10, 10, 0));
        prompt.add(Part.text("two"), 7);

        assertThat(prompt.snapshot()).isEqualTo(new PromptSnapshot(2, 0, 0, 17, 17, 10));
    }

    @Test
    void sharedPrefix_afterADrop_isEmpty() {
        RollingPrompt prompt = new RollingPrompt(
                history -> {
                    if (history.tokens() > 15) {
                        history.dropOldest(1);
                    }
                },
                tokens);
        prompt.add(Part.text("one"), 10);
        prompt.add(Part.text("two"), 7);

        assertThat(prompt.snapshot()).isEqualTo(new PromptSnapshot(1, 1, 0, 17, 7, 0));
        assertThat(prompt.parts()).containsExactly(Part.text("two"));
    }

    @Test
    void sharedPrefix_afterACompression_isThatOfTheEarlierSummaries() {
        Summarizer fixed = (parts, count) -> Part.text("hello");
        RollingPrompt prompt = new RollingPrompt(new CompressingHistory(5, 0.8, 0.5, fixed), tokens);
        for (int i = 0; i < 4; i++) {
            prompt.add(Part.text("p" + i), 10);
        }
        assertThat(prompt.snapshot()).isEqualTo(new PromptSnapshot(2, 0, 2, 40, 21, 0));
        prompt.add(Part.text("p4"), 10);
        assertThat(prompt.snapshot().sharedPrefixTokens()).isEqualTo(21);
        prompt.add(Part.text("p5"), 10);

        assertThat(prompt.snapshot()).isEqualTo(new PromptSnapshot(2, 0, 4, 60, 22, 1));
    }

    @Test
    void policy_thatTakesMoreThanThereIs_isRefused() {
        RollingPrompt prompt = new RollingPrompt(history -> history.dropOldest(5), tokens);

        assertThatThrownBy(() -> prompt.add(Part.text("a")))
                .hasMessageContaining("5")
                .hasMessageContaining("1");
    }

    @Test
    void tokens_ofText_areThoseOfTheVocabulary() {
        assertThat(tokens.count("hello world")).isEqualTo(2);
        assertThat(tokens.count("")).isZero();
        assertThat(tokens.count("<|endoftext|>")).isGreaterThan(1);
        assertThat(new TokenCounter(TokenCounter.Vocabulary.CL100K_BASE).count(Part.text("tiktoken is great!")))
                .isEqualTo(6);
        assertThatThrownBy(() -> TokenCounter.Vocabulary.of("gpt2")).hasMessageContaining("o200k_base");
    }

    @Test
    void tokens_ofOtherParts_areTheStatedEstimate() {
        assertThat(tokens.count(Part.blob(new byte[100_000], "image/png"))).isEqualTo(258);
        assertThat(tokens.count(Part.blob(new byte[32_001], "audio/wav"))).isEqualTo(33);
        assertThat(tokens.count(Part.blob(new byte[9], "application/pdf"))).isEqualTo(3);
    }
}
