package io.partflow.engine.builtin.text;

import static org.assertj.core.api.Assertions.assertThat;

import io.partflow.engine.builtin.FakeContext;
import io.partflow.engine.content.JsonObject;
import io.partflow.engine.content.JsonValue;
import io.partflow.engine.content.Part;
import io.partflow.engine.content.text.Sentences;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Locale;
import java.util.SplittableRandom;
import org.assertj.core.api.Assertions;
import org.junit.jupiter.api.Test;

class TextSummaryTest {
    private static String summary(JsonObject params, String text) throws Exception {
        return FakeContext.apply(TextSummary.ENTRY, params, Part.text(text))
                .parts
                .get(0)
                .text();
    }

    @Test
    void centralSentence_isChosenBeforeAsides() throws Exception {
        String text =
                "My aunt grows roses. The new charger overheats after two days of normal use. A cat slept on the sofa"
                        + " all morning. Customers report that the charger overheats during normal use. The charger"
                        + " overheats when two devices are connected. We had soup for lunch yesterday.";

        assertThat(summary(JsonObject.of("maxSentences", JsonValue.of(1)), text))
                .contains("charger overheats");
    }

    @Test
    void sameSentenceTwice_standsOnce() throws Exception {
        String repeated = "The river rose over its banks again last night.";
        String text = repeated + " " + repeated + " " + "The banks of the river were soaked. " + repeated
                + " People left the village by boat.";

        assertThat(summary(JsonObject.of("maxSentences", JsonValue.of(3)), text))
                .containsOnlyOnce(repeated);
    }

    @Test
    void shortText_comesOutWhole() throws Exception {
        assertThat(summary(JsonObject.EMPTY, "One sentence.\nAnother one.")).isEqualTo("One sentence. Another one.");
    }

    @Test
    void characterLimit_holdsAndCutsAtAWordWhenNothingFits() throws Exception {
        JsonObject params = JsonObject.of("maxChars", JsonValue.of(30));
        String text =
                "This very first sentence goes on for quite a while without an end. The second sentence is not much"
                        + " shorter than the first one.";

        String summary = summary(params, text);

        assertThat(summary.length()).isLessThanOrEqualTo(30);
        assertThat(summary).endsWith("…");
    }

    @Test
    void otherLanguages_areSummedUpToo() throws Exception {
        String german = "Der Zug nach Wien hat heute Verspätung. Grund ist eine Störung an der Strecke nach Wien. Im"
                + " Speisewagen gibt es Kaffee. Die Störung an der Strecke dauert noch eine Stunde. Ein Kind singt"
                + " ein Lied.";

        assertThat(summary(JsonObject.of("maxSentences", JsonValue.of(1)), german))
                .contains("Störung");
    }

    @Test
    void longText_isSummedUpInSections() throws Exception {
        SplittableRandom random = new SplittableRandom(3);
        StringBuilder text = new StringBuilder();
        for (int i = 0; i < 6_000; i++) {
            text.append("The");
            for (int word = 0; word < 9; word++) {
                text.append(" w").append((int) Math.floor(400 * Math.pow(random.nextDouble(), 2)));
            }
            text.append(".\n");
        }

        String summary = Assertions.assertThat(org.junit.jupiter.api.Assertions.assertTimeoutPreemptively(
                        Duration.ofSeconds(60), () -> summary(JsonObject.EMPTY, text.toString())))
                .isNotBlank()
                .actual();
        assertThat(Sentences.of(summary, Locale.ROOT)).hasSize(3);
    }

    @Test
    void equalText_givesTheEqualSummary() throws Exception {
        String chapter = Files.readString(Path.of("samples", "media", "text", "alice-chapter-1.txt"));

        assertThat(summary(JsonObject.EMPTY, chapter)).isEqualTo(summary(JsonObject.EMPTY, chapter));
    }
}
