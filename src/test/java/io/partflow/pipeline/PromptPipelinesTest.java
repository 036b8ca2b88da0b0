package io.partflow.pipeline;

import static io.partflow.pipeline.CatalogRun.lines;
import static io.partflow.pipeline.CatalogRun.node;
import static io.partflow.pipeline.CatalogRun.sink;
import static org.assertj.core.api.Assertions.assertThat;

import io.partflow.engine.cache.CacheSnapshot;
import io.partflow.engine.content.JsonString;
import io.partflow.engine.content.Part;
import io.partflow.engine.processor.PromptSnapshot;
import java.util.List;
import java.util.Objects;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// Every history policy, windows and events, chosen by the parameters of a document.
@Timeout(120)
class PromptPipelinesTest {
    private static final String[] TALK = IntStream.range(0, 40)
            .mapToObj(i -> "Question " + i + " is about the delivery. It has not come.")
            .toArray(String[]::new);

    private static CatalogRun rolling(String params) throws InterruptedException {
        return CatalogRun.of(
                String.join(
                        ",",
                        lines("ask", TALK),
                        node("turns", "flow.turns", "\"after\": \"parts\", \"parts\": 1"),
                        node("prompt", "prompt.rolling", params),
                        sink("show")),
                "ask.out -> turns.in, turns.out -> prompt.in, prompt.out -> show.in");
    }

    private static PromptSnapshot prompt(CatalogRun run) {
        return Objects.requireNonNull(run.end().node("prompt").orElseThrow().prompt());
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                // 40 questions and 40 ends of turns
                "compress|\"maxParts\": 20|8|0|72",
                "compress|\"maxParts\": 20, \"summary\": \"sentences\"|8|0|72",
                "compress|\"maxParts\": 20, \"summary\": \"processor\", \"summariser\": \"model.simulated"
                        + " maxTokens=20\"|8|0|72",
                "all||80|0|0",
                "turns|\"turns\": 3|4|76|0",
                "age|\"ageMs\": 86400000|80|0|0"
            })
    void policy_keepsDropsAndSummarises(String policy, String params, long kept, long dropped, long summarised)
            throws Exception {
        CatalogRun run = rolling("\"policy\": \"" + policy + "\"" + (params == null ? "" : ", " + params));

        PromptSnapshot prompt = prompt(run);
        assertThat(prompt.partsKept()).isEqualTo(kept);
        assertThat(prompt.partsDropped()).isEqualTo(dropped);
        assertThat(prompt.partsSummarised()).isEqualTo(summarised);
        assertThat(prompt.tokensAfter()).isPositive();
        assertThat(run.texts("show")).hasSize(80);
        assertThat(run.end().failures()).isZero();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {"tokens|\"tokens\": 100, \"summary\": \"none\"", "bytes|\"bytes\": 600, \"summary\": \"none\""})
    void budgetPolicy_withoutSummary_dropsTheOldest(String policy, String params) throws Exception {
        PromptSnapshot prompt = prompt(rolling("\"policy\": \"" + policy + "\", " + params));

        assertThat(prompt.partsSummarised()).isZero();
        assertThat(prompt.partsDropped()).isPositive();
        assertThat(prompt.partsKept() + prompt.partsDropped()).isEqualTo(80);
        assertThat(prompt.tokensAfter()).isLessThanOrEqualTo(150);
        assertThat(prompt.sharedPrefixTokens()).isPositive();
    }

    @Test
    void wholePrompt_isPassedOnAtTheEndOfEachTurn() throws Exception {
        CatalogRun run = rolling("\"policy\": \"turns\", \"turns\": 2, \"emit\": \"prompt\"");

        List<String> texts = run.texts("show");
        assertThat(texts.subList(0, 6)).containsExactly(TALK[0], "", TALK[0], "", TALK[1], "");
        assertThat(texts.subList(texts.size() - 4, texts.size())).containsExactly(TALK[38], "", TALK[39], "");
    }

    @Test
    void window_runsItsProcessorOnEachTurnWithHistory() throws Exception {
        CatalogRun run = CatalogRun.of(
                String.join(
                        ",",
                        lines("ask", "a", "b", "c"),
                        node("turns", "flow.turns", "\"after\": \"parts\", \"parts\": 1"),
                        node(
                                "window",
                                "prompt.window",
                                "\"processor\": \"text.preamble text=window\", \"policy\": \"turns\", \"turns\": 2"),
                        sink("show")),
                "ask.out -> turns.in, turns.out -> window.in, window.out -> show.in");

        String all = String.join("|", run.texts("show"));
        assertThat(all).startsWith("window|a||").contains("window|a||b||");
        assertThat(run.texts("show").stream().filter("window"::equals).count()).isEqualTo(4);
    }

    @Test
    void events_ofTheCamera_areToldAfterTheirPicture() throws Exception {
        CatalogRun run = CatalogRun.of(
                String.join(
                        ",",
                        node("camera", "source.files", "\"paths\": [\"media/frames\"]"),
                        node("events", "image.events", ""),
                        sink("pictures"),
                        sink("alarm")),
                "camera.out -> events.in, events.out -> pictures.in, events.events -> alarm.in");

        assertThat(run.texts("pictures")).hasSize(36);
        assertThat(run.texts("alarm")).containsExactly("cut", "darker", "brighter");
        assertThat(Objects.requireNonNull(run.accepted().get("alarm")).stream()
                        .map(part -> part.metadata("event_type")))
                .containsExactly(new JsonString("cut"), new JsonString("darker"), new JsonString("brighter"));
    }

    @Test
    void dialogue_answersEachLine_andReportsItsPrompt() throws Exception {
        CatalogRun run = CatalogRun.of(
                String.join(
                        ",",
                        lines("ask", "What is a part?", "And a turn?", "Thanks."),
                        node("turns", "flow.turns", "\"after\": \"parts\""),
                        node(
                                "talk",
                                "prompt.dialogue",
                                "\"processor\": \"text.summary maxSentences=1\", \"policy\": \"turns\", \"turns\": 3"),
                        sink("show")),
                "ask.out -> turns.in, turns.out -> talk.in, talk.out -> show.in");

        assertThat(run.accepted().get("show").stream().filter(Part::isEndOfTurn))
                .hasSize(3);
        PromptSnapshot prompt =
                Objects.requireNonNull(run.end().node("talk").orElseThrow().prompt());
        assertThat(prompt.tokensBefore()).isGreaterThan(prompt.tokensAfter());
        assertThat(prompt.partsDropped()).isPositive();
    }

    @Test
    void dialogue_thatMayBeInterrupted_endsTheAnswerToTheQuestionBefore() throws Exception {
        CatalogRun run = CatalogRun.of(
                String.join(
                        ",",
                        lines("ask", "What is a part?", "And a turn?"),
                        node("turns", "flow.turns", "\"after\": \"parts\""),
                        node(
                                "talk",
                                "prompt.dialogue",
                                "\"processor\": \"flow.delay minMs=600000 maxMs=600000\", \"arriving\":"
                                        + " \"interrupt\""),
                        sink("show")),
                "ask.out -> turns.in, turns.out -> talk.in, talk.out -> show.in");

        assertThat(Objects.requireNonNull(run.accepted().get("show")).stream().filter(Part::isEndOfTurn))
                .hasSize(2);
        assertThat(run.end().recentFailures()).isEmpty();
    }

    @Test
    void group_putsThePartsOfATurnTogether() throws Exception {
        CatalogRun run = CatalogRun.of(
                String.join(
                        ",",
                        lines("ask", "a", "b"),
                        node("pictures", "source.files", "\"paths\": [\"media/frames\"]"),
                        node("both", "flow.concat", ""),
                        node("marks", "image.timestamps", ""),
                        node("group", "flow.group", "\"by\": \"kind\", \"first\": [\"image\"]"),
                        sink("show")),
                "ask.out -> both.first, pictures.out -> both.second, both.out -> marks.in, marks.out -> group.in,"
                        + " group.out -> show.in");

        List<Part> shown = Objects.requireNonNull(run.accepted().get("show"));
        assertThat(shown).hasSize(74);
        assertThat(shown.subList(0, 36)).allMatch(Part::isImage);
        assertThat(shown.subList(36, 74)).allMatch(Part::isText);
        assertThat(shown.get(36).text()).isEqualTo("a");
    }

    @Test
    void detections_ofAPictureSeenBefore_areHitsOfTheNodesCache() throws Exception {
        CatalogRun run = CatalogRun.of(
                String.join(
                        ",",
                        node("camera", "source.files", "\"paths\": [\"media/frames\", \"media/frames\"]"),
                        node("events", "image.events", "\"maxImages\": 1"),
                        sink("pictures")),
                "camera.out -> events.in, events.out -> pictures.in");

        CacheSnapshot cache =
                Objects.requireNonNull(run.end().node("events").orElseThrow().cache());
        assertThat(cache.requests()).isEqualTo(run.texts("pictures").size());
        assertThat(cache.misses()).isLessThanOrEqualTo(36);
        assertThat(cache.entries()).isEqualTo(cache.misses());
        assertThat(cache.hits()).isEqualTo(cache.requests() - cache.misses()).isGreaterThanOrEqualTo(36);
        assertThat(run.end().cache().hits()).isEqualTo(cache.hits());
    }

    @Test
    void detections_ofAlikePictures_areShared() throws Exception {
        CatalogRun run = CatalogRun.of(
                String.join(
                        ",",
                        node("camera", "source.files", "\"paths\": [\"media/frames\"]"),
                        node("events", "image.events", "\"maxImages\": 1, \"alike\": 12"),
                        sink("pictures")),
                "camera.out -> events.in, events.out -> pictures.in");

        CacheSnapshot cache =
                Objects.requireNonNull(run.end().node("events").orElseThrow().cache());
        assertThat(cache.misses()).isLessThan(18);
    }

    @Test
    void events_byATableAndAProcessor_followItsAnswers() throws Exception {
        CatalogRun run = CatalogRun.of(
                String.join(
                        ",",
                        node("camera", "source.files", "\"paths\": [\"media/frames\"]"),
                        node(
                                "events",
                                "image.events",
                                "\"table\": [\"* -> cut: Another room\", \"* -> darker x2: Night\", \"* -> steady\"],"
                                        + " \"cached\": false, \"substream\": \"alarm\""),
                        sink("all")),
                "camera.out -> events.in, events.events -> all.in");

        assertThat(run.texts("all")).first().isEqualTo("Another room");
        assertThat(Objects.requireNonNull(run.accepted().get("all")))
                .allMatch(part -> part.substream().equals("alarm"));
    }

    @Test
    void timestamps_standBeforeEachPicture() throws Exception {
        CatalogRun run = CatalogRun.of(
                String.join(
                        ",",
                        node("camera", "source.files", "\"paths\": [\"media/frames\"]"),
                        node("marks", "image.timestamps", "\"precision\": \"milliseconds\""),
                        sink("show")),
                "camera.out -> marks.in, marks.out -> show.in");

        List<Part> shown = Objects.requireNonNull(run.accepted().get("show"));
        assertThat(shown).hasSize(72);
        assertThat(shown.getFirst().text()).matches("\\d\\d:\\d\\d\\.\\d{3}");
        assertThat(shown.get(1)).matches(Part::isImage);
    }
}
