package io.partflow.engine.processor.text;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.partflow.engine.content.JsonObject;
import io.partflow.engine.content.JsonValue;
import io.partflow.engine.content.Part;
import io.partflow.engine.processor.combine.OneStage;
import io.partflow.engine.stream.ManualClock;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class TextMatchTest {
    private static final MatchRule BRACKETS = MatchRule.of("\\[.*?\\]", "found");

    private static List<Part> match(MatchRule rule, Part... input) throws Exception {
        OneStage.Outcome outcome = OneStage.alone(new TextMatch(rule), List.of(input), new ManualClock());
        assertThat(outcome.failure()).isEmpty();
        return outcome.parts();
    }

    private static List<String> texts(MatchRule rule, String... input) throws Exception {
        return match(rule, List.of(input).stream().map(Part::text).toArray(Part[]::new)).stream()
                .map(Part::text)
                .toList();
    }

    @Test
    void matches_keptAll_areAllFound() throws Exception {
        assertThat(texts(BRACKETS.withMode(MatchRule.Mode.KEEP_ALL), "[a]b[c]d[", "e]"))
                .containsExactly("[a]b[c]d[", "[a]", "[c]", "e]", "[e]");
    }

    @Test
    void partsAroundAMatch_keepRoleAndMetadata() throws Exception {
        Part part = Part.text("a[b]c", "user").withMetadata("n", JsonValue.of(1));

        assertThat(match(BRACKETS, part))
                .containsExactly(part.withText("a"), part.withText("[b]").withSubstream("found"), part.withText("c"));
    }

    @Test
    void otherPartsInsideAMatch_comeBeforeIt() throws Exception {
        Part image = Part.blob(new byte[3], "image/png");
        Part aside = Part.text("[x]").withSubstream("aside");

        assertThat(match(BRACKETS, Part.text("a["), image, aside, Part.text("b]c")))
                .containsExactly(Part.text("a"), Part.text("[b]").withSubstream("found"), image, aside, Part.text("c"));
    }

    @Test
    void textBeforeAWordStart_doesNotWait() throws Exception {
        List<Part> given = new ArrayList<>();
        List<Integer> ahead = new ArrayList<>();
        OneStage.Collected context = new OneStage.Collected(new ManualClock());
        for (String text : List.of("some text ", "more text ", "and more ", "[open")) {
            given.add(Part.text(text));
        }
        int[] at = new int[1];

        new TextMatch(BRACKETS.withWordStart("["))
                .run(
                        () -> {
                            ahead.add(context.all.size());
                            return at[0] < given.size() ? given.get(at[0]++) : null;
                        },
                        context);

        assertThat(ahead).startsWith(0, 0, 1, 2, 2);
        assertThat(context.texts()).containsExactly("some text ", "more text ", "and more ", "[open");
    }

    @Test
    void textThatNeverMatches_waitsOnlyWithinItsBound() throws Exception {
        OneStage.Collected context = new OneStage.Collected(new ManualClock());
        int[] at = new int[1];
        int[] most = new int[1];

        new TextMatch(BRACKETS.withBufferChars(100))
                .run(
                        () -> {
                            most[0] = Math.max(most[0], at[0] - context.all.size());
                            return at[0]++ < 10_000 ? Part.text("0123456789") : null;
                        },
                        context);

        assertThat(context.all).hasSize(10_000);
        assertThat(most[0]).isLessThanOrEqualTo(10);
    }

    @Test
    void largePartsBehindAnOpenMatch_waitOnlyWithinTheirBound() throws Exception {
        Part[] input = new Part[20];
        input[0] = Part.text("[");
        for (int i = 1; i < input.length; i++) {
            input[i] = Part.blob(new byte[1024], "image/png");
        }
        input[19] = Part.text("]");

        // 10 KiB of pictures are more than may wait, so the match is given up.
        assertThat(match(BRACKETS.withBufferChars(10), input)).containsExactly(input);
    }

    @Test
    void patternThatMatchesNothing_doesNotLoop() throws Exception {
        assertThat(texts(MatchRule.of("x*", "found"), "axxb", "c")).containsExactly("a", "xx", "b", "c");
    }

    @Test
    void transform_changesWhatWasFound() throws Exception {
        assertThat(texts(BRACKETS.withTransform(part -> part.withText("<" + part.text() + ">")), "a[b]"))
                .containsExactly("a", "<[b]>");
    }

    @Test
    void address_overSeveralParts_isOne() throws Exception {
        assertThat(texts(UrlExtraction.rule(), "see htt", "ps://exa", "mple.com/a", " done"))
                .containsExactly("see ", "{\"url\": \"https://example.com/a\"}", " done");
    }

    @Test
    void address_atTheEndOfTheTurn_isComplete() throws Exception {
        List<Part> parts = match(
                UrlExtraction.rule(), Part.text("see http://a.b/c, http://d.e"), Part.endOfTurn(), Part.text("f"));

        assertThat(parts)
                .extracting(Part::text)
                .containsExactly("see ", "{\"url\": \"http://a.b/c\"}", ", ", "{\"url\": \"http://d.e\"}", "", "f");
        assertThat(parts.get(1).mimeType()).isEqualTo("application/json; type=FetchRequest");
    }

    @Test
    void address_inCapitals_isFound() throws Exception {
        assertThat(texts(UrlExtraction.rule(), "a very long text before HTTPS://A.B/C ", "and much more after it"))
                .containsExactly(
                        "a very long text before ", "{\"url\": \"HTTPS://A.B/C\"}", " ", "and much more after it");
    }

    @Test
    void prefixes_decideTheType() throws Exception {
        Map<String, String> types = new LinkedHashMap<>();
        types.put("https://youtube.", "Video");
        types.put("http://code.example/", "Code");

        List<Part> parts = match(
                UrlExtraction.rule(types).withSubstreamInput(""),
                Part.text("https://youtube.com/x http://code.example/y https://other.org"));

        assertThat(parts)
                .extracting(Part::mimeType)
                .containsExactly(
                        "application/json; type=Video", "text/plain", "application/json; type=Code", "text/plain");
        assertThat(JsonObject.parse(parts.getFirst().text()).get("url"))
                .isEqualTo(JsonValue.of("https://youtube.com/x"));
    }

    @Test
    void prefixesOfTwoSchemes_areRefused() {
        assertThatThrownBy(() -> UrlExtraction.rule(Map.of("ftp://", "A", "https://", "B")))
                .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> UrlExtraction.rule(Map.of())).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> BRACKETS.withBufferChars(0)).isInstanceOf(IllegalArgumentException.class);
    }
}
