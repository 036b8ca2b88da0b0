package io.partflow.engine.prompt;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.partflow.engine.content.JsonBoolean;
import io.partflow.engine.content.JsonValue;
import io.partflow.engine.content.Part;
import io.partflow.engine.processor.PromptSnapshot;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class CompressingHistoryTest {
    private final TokenCounter tokens = new TokenCounter();

    private RollingPrompt prompt(int maxParts) {
        return new RollingPrompt(new CompressingHistory(maxParts, 0.8, 0.5, ClippingSummarizer.INSTANCE), tokens);
    }

    private static Part image() {
        return Part.blob(new byte[] {1, 2, 3}, "image/png");
    }

    @Test
    void history_belowTheThreshold_standsAsItCame() {
        RollingPrompt prompt = prompt(10);
        for (int i = 0; i < 7; i++) {
            prompt.add(Part.text("p" + i, "user"));
        }

        assertThat(prompt.parts()).extracting(Part::text).containsExactly("p0", "p1", "p2", "p3", "p4", "p5", "p6");
        assertThat(prompt.snapshot().partsSummarised()).isZero();
    }

    @Test
    void history_atTheThreshold_summarisesTheOlderHalf() {
        RollingPrompt prompt = prompt(10);
        for (int i = 0; i < 8; i++) {
            prompt.add(Part.text("p" + i, "user"));
        }

        assertThat(prompt.parts()).extracting(Part::text).containsExactly("p0 p1 p2 p3", "p4", "p5", "p6", "p7");
        Part summary = prompt.parts().getFirst();
        assertThat(summary.role()).isEqualTo("system");
        assertThat(summary.mimeType()).isEqualTo("text/plain");
        assertThat(summary.metadata("compressed")).isEqualTo(JsonBoolean.TRUE);
        assertThat(summary.metadata("original_count")).isEqualTo(JsonValue.of(4));
    }

    @Test
    void longTexts_areCutAtCodePoints() {
        RollingPrompt prompt = prompt(5);
        String astral = "\uD83D\uDE00".repeat(300);
        prompt.add(Part.text(astral));
        prompt.add(image());
        prompt.add(Part.text("b".repeat(300)));
        prompt.add(Part.text("c"));

        // Two of four: 300 code points stay whole.
        assertThat(prompt.parts().getFirst().text()).isEqualTo(astral);
        prompt.add(Part.text("d".repeat(600)));
        prompt.add(Part.text("e"));
        assertThat(prompt.parts().get(1).text()).isEqualTo("b".repeat(300) + " c");
        prompt.add(Part.text("f"));
        prompt.add(Part.text("g"));
        assertThat(prompt.parts().get(2).text()).isEqualTo("[Summary of 2 parts]: " + "d".repeat(400) + "...");
    }

    @Test
    void summary_of500CodePoints_isWholeAndOf501_isCut() {
        String half = "\uD83D\uDE00".repeat(250);
        List<Part> whole = List.of(Part.text(half), Part.text("x".repeat(249)));
        List<Part> over = List.of(Part.text(half), Part.text("x".repeat(250)));

        assertThat(ClippingSummarizer.INSTANCE.summarise(whole, 2).text()).isEqualTo(half + " " + "x".repeat(249));
        assertThat(ClippingSummarizer.INSTANCE.summarise(over, 2).text())
                .isEqualTo("[Summary of 2 parts]: " + half + " " + "x".repeat(149) + "...");
    }

    @Test
    void partsWithoutText_areCounted() {
        RollingPrompt prompt = prompt(5);
        prompt.add(image());
        prompt.add(Part.text(""));
        prompt.add(image());
        prompt.add(image());

        assertThat(prompt.parts().getFirst().text()).isEqualTo("[Compressed 2 non-text parts]");
    }

    @Test
    void summaries_beyondAHundred_mergeTheTwoOldestAndAddTheirCounts() {
        RollingPrompt prompt = prompt(5);
        // Every second part from the fourth on makes a summary of two.
        for (int i = 0; i < 4 + 2 * 100; i++) {
            prompt.add(Part.text("p" + i));
        }

        List<Part> parts = prompt.parts();
        assertThat(parts).hasSize(100 + 2);
        assertThat(parts.getFirst().text()).isEqualTo("p0 p1 p2 p3");
        assertThat(parts.getFirst().metadata("original_count")).isEqualTo(JsonValue.of(4));
        assertThat(parts.get(1).text()).isEqualTo("p4 p5");
    }

    @Test
    void history_withoutEnd_staysBounded() {
        RollingPrompt prompt = prompt(20);
        for (int i = 0; i < 20_000; i++) {
            prompt.add(Part.text("number " + i));
        }
        PromptSnapshot snapshot = prompt.snapshot();

        assertThat(prompt.parts()).hasSizeLessThanOrEqualTo(100 + 20);
        assertThat(snapshot.partsKept() + snapshot.partsSummarised()).isEqualTo(20_000);
        assertThat(prompt.parts().getFirst().text()).startsWith("[Summary of ").endsWith("...");
        assertThat(snapshot.tokensAfter())
                .isEqualTo(prompt.parts().stream().mapToLong(tokens::count).sum())
                .isLessThan(snapshot.tokensBefore());
    }

    @Test
    void maxPartsOfOne_dropsInsteadOfSummarising() {
        RollingPrompt prompt = prompt(1);
        prompt.add(Part.text("a"));
        prompt.add(Part.text("b"));

        assertThat(prompt.parts()).extracting(Part::text).containsExactly("b");
        assertThat(prompt.snapshot().partsDropped()).isEqualTo(1);
    }

    @Test
    void limits_thatMakeNoSense_areRefusedByName() {
        assertThatThrownBy(() -> prompt(0)).hasMessageContaining("0").hasMessageContaining("at least 1");
        assertThatThrownBy(() -> new CompressingHistory(10, 1.5, 0.5, ClippingSummarizer.INSTANCE))
                .hasMessageContaining("1.5");
        assertThatThrownBy(() -> new CompressingHistory(10, 0.8, Double.NaN, ClippingSummarizer.INSTANCE))
                .hasMessageContaining("NaN");
    }

    @Test
    void anySequence_equalsThePlainRules() {
        for (long seed = 1; seed <= 30; seed++) {
            Random random = new Random(seed);
            int maxParts = 1 + random.nextInt(30);
            double ratio = random.nextInt(11) / 10.0;
            RollingPrompt prompt = new RollingPrompt(
                    new CompressingHistory(maxParts, 0.8, ratio, ClippingSummarizer.INSTANCE), tokens);
            List<String> summaries = new ArrayList<>();
            List<Integer> counts = new ArrayList<>();
            List<String> kept = new ArrayList<>();
            for (int i = 0; i < 2_500; i++) {
                String text = random.nextInt(5) == 0
                        ? ""
                        : ("w" + i + " ").repeat(random.nextInt(20)).strip();
                prompt.add(text.isEmpty() ? image() : Part.text(text));
                kept.add(text);
                if (kept.size() > maxParts) {
                    kept.removeFirst();
                }
                int count = (int) (kept.size() * ratio);
                if (kept.size() >= (int) (maxParts * 0.8) && count > 0) {
                    summaries.add(summary(kept.subList(0, count), count));
                    counts.add(count);
                    kept.subList(0, count).clear();
                    if (summaries.size() > 100) {
                        int sum = counts.get(0) + counts.get(1);
                        summaries.set(1, summary(summaries.subList(0, 2), sum));
                        counts.set(1, sum);
                        summaries.removeFirst();
                        counts.removeFirst();
                    }
                }
            }
            List<String> expected = new ArrayList<>(summaries);
            expected.addAll(kept);
            assertThat(prompt.parts().stream().map(p -> p.isText() ? p.text() : ""))
                    .as("seed %d", seed)
                    .containsExactlyElementsOf(expected);
        }
    }

    private static String summary(List<String> texts, int count) {
        String joined =
                String.join(" ", texts.stream().filter(t -> !t.isEmpty()).toList());
        if (joined.isEmpty()) {
            return "[Compressed " + count + " non-text parts]";
        }
        return joined.length() > 500 ? "[Summary of " + count + " parts]: " + joined.substring(0, 400) + "..." : joined;
    }
}
