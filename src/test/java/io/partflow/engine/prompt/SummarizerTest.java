package io.partflow.engine.prompt;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.partflow.engine.builtin.FakeContext;
import io.partflow.engine.content.JsonBoolean;
import io.partflow.engine.content.JsonValue;
import io.partflow.engine.content.Part;
import io.partflow.engine.processor.Failure;
import io.partflow.engine.processor.PartContext;
import io.partflow.engine.processor.PartException;
import io.partflow.engine.processor.PartProcessor;
import io.partflow.engine.processor.Usage;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.junit.jupiter.api.Test;

class SummarizerTest {
    private static final List<Part> TALK = List.of(
            Part.text("The ship left Lisbon.", "user"),
            Part.blob(new byte[] {1}, "image/png"),
            Part.text("It carried salt.", "model"));

    /// Answers what it is told for each text.
    private static final class Answering extends PartProcessor {
        private final String answer;

        Answering(String answer) {
            this.answer = answer;
        }

        @Override
        public boolean matches(Part part) {
            return part.isText();
        }

        @Override
        protected void process(Part part, PartContext context) throws Exception {
            context.spend(new Usage(3, 1, 0));
            if (answer.equals("fail")) {
                throw new PartException(Failure.of("MODEL_AWAY", "The model does not answer.", "Try again."));
            }
            context.emit(Part.text(answer));
        }
    }

    @Test
    void extraction_getsTheTextsAndItsPickStands() {
        List<String> given = new ArrayList<>();
        Part summary = new ExtractiveSummarizer(text -> {
                    given.add(text);
                    return "It carried salt.";
                })
                .summarise(TALK, 3);

        assertThat(given).containsExactly("The ship left Lisbon.\n\nIt carried salt.");
        assertThat(summary.text()).isEqualTo("[Summary of 3 parts]: It carried salt.");
        assertThat(summary.role()).isEqualTo("system");
        assertThat(summary.metadata(Summarizer.COMPRESSED)).isEqualTo(JsonBoolean.TRUE);
        assertThat(summary.metadata(Summarizer.ORIGINAL_COUNT)).isEqualTo(JsonValue.of(3));
    }

    @Test
    void extraction_ofEarlierSummaries_doesNotSeeTheirMarks() {
        Summarizer first = new ExtractiveSummarizer(text -> text.substring(0, 8));
        List<String> given = new ArrayList<>();
        Part merged = new ExtractiveSummarizer(text -> {
                    given.add(text);
                    return "ship";
                })
                .summarise(List.of(first.summarise(TALK, 3), first.summarise(TALK, 3)), 6);

        assertThat(given).containsExactly("The ship\n\nThe ship");
        assertThat(merged.text()).isEqualTo("[Summary of 6 parts]: ship");
    }

    @Test
    void extraction_thatPicksAllOrNothing_givesThePlainSummary() {
        Part plain = ClippingSummarizer.INSTANCE.summarise(TALK, 3);

        assertThat(new ExtractiveSummarizer(text -> text).summarise(TALK, 3)).isEqualTo(plain);
        assertThat(new ExtractiveSummarizer(text -> " ").summarise(TALK, 3)).isEqualTo(plain);
        assertThat(new ExtractiveSummarizer(text -> "x")
                        .summarise(TALK.subList(1, 2), 1)
                        .text())
                .isEqualTo("[Compressed 1 non-text parts]");
    }

    @Test
    void extraction_thatIsInterrupted_leavesTheInterruptToItsOwner() {
        Part summary = new ExtractiveSummarizer(text -> {
                    throw new InterruptedException();
                })
                .summarise(TALK, 3);

        assertThat(Thread.interrupted()).isTrue();
        assertThat(summary).isEqualTo(ClippingSummarizer.INSTANCE.summarise(TALK, 3));
    }

    @Test
    void extraction_ofEndlessText_getsTheNewest() {
        List<Integer> lengths = new ArrayList<>();
        Part large = Part.text("a".repeat(ExtractiveSummarizer.MOST_CHARS));
        new ExtractiveSummarizer(text -> {
                    assertThat(text).endsWith("end");
                    lengths.add(text.length());
                    return "a";
                })
                .summarise(List.of(large, large, Part.text("end")), 3);

        assertThat(lengths).containsExactly(ExtractiveSummarizer.MOST_CHARS);
    }

    @Test
    void processor_answersTheSummaryAndItsCostIsNoted() {
        FakeContext context = new FakeContext();
        Part summary = new ProcessorSummarizer(() -> new Answering(" Salt. "), context).summarise(TALK, 3);

        assertThat(summary).isEqualTo(Summarizer.summary("Salt.  Salt.", 3));
        assertThat(context.usage).isEqualTo(new Usage(6, 2, 0));
        assertThat(context.parts).isEmpty();
    }

    @Test
    void processor_thatFailsOrSaysNothing_isReportedAndThePlainSummaryStands() {
        FakeContext context = new FakeContext();
        Part plain = ClippingSummarizer.INSTANCE.summarise(TALK, 3);

        assertThat(new ProcessorSummarizer(() -> new Answering("fail"), context).summarise(TALK, 3))
                .isEqualTo(plain);
        assertThat(new ProcessorSummarizer(() -> new Answering(""), context).summarise(TALK, 3))
                .isEqualTo(plain);
        assertThat(context.codes()).containsExactly("MODEL_AWAY", "SUMMARY_EMPTY");
    }

    @Test
    void lexRank_picksCentralSentencesOfAllPartsAndMergesItsOwnSummaries() {
        List<Part> parts = List.of(
                Part.text("My aunt grows roses", "user"),
                Part.text("The new charger overheats after two days of normal use", "user"),
                Part.text("A cat slept on the sofa all morning", "model"),
                Part.text("Customers report that the charger overheats during normal use", "user"),
                Part.text("The charger overheats when two devices are connected.", "user"));
        Summarizer lexRank = ExtractiveSummarizer.lexRank(1, 400, Locale.ROOT);

        Part summary = lexRank.summarise(parts, 5);

        assertThat(summary.text()).startsWith("[Summary of 5 parts]: ").contains("charger overheats");
        assertThat(lexRank.summarise(List.of(summary, lexRank.summarise(parts.subList(1, 5), 4)), 9)
                        .text())
                .startsWith("[Summary of 9 parts]: ")
                .containsOnlyOnce("[");
        assertThatThrownBy(() -> ExtractiveSummarizer.lexRank(0, 400, Locale.ROOT))
                .hasMessageContaining("0 sentences");
    }
}
