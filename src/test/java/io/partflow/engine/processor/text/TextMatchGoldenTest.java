package io.partflow.engine.processor.text;

import static io.partflow.engine.content.PeerVectors.array;
import static io.partflow.engine.content.PeerVectors.flag;
import static io.partflow.engine.content.PeerVectors.text;
import static io.partflow.engine.content.PeerVectors.textOr;
import static org.assertj.core.api.Assertions.assertThat;

import io.partflow.engine.content.JsonArray;
import io.partflow.engine.content.JsonObject;
import io.partflow.engine.content.JsonString;
import io.partflow.engine.content.JsonValue;
import io.partflow.engine.content.Part;
import io.partflow.engine.content.PeerVectors;
import io.partflow.engine.processor.combine.OneStage;
import io.partflow.engine.stream.StreamClock;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// Every case of `text.json`: matches across the borders of parts, and web addresses.
class TextMatchGoldenTest {
    private record Line(String text, String mimeType, String substream, JsonObject metadata) {
        static Line of(Part part) {
            return new Line(part.text(), part.mimeType(), part.substream(), part.metadata());
        }
    }

    private static final List<JsonObject> CASES = PeerVectors.objects(PeerVectors.read("text.json"), "cases");

    static List<JsonObject> cases() {
        return CASES;
    }

    @Test
    void cases_ofTheFile_areThere() {
        assertThat(CASES).isNotEmpty();
    }

    @ParameterizedTest
    @MethodSource("cases")
    void pipeline_ofPeerCase_givesWhatThePeerGave(JsonObject given) throws Exception {
        OneStage.Outcome outcome =
                OneStage.inPipeline(new TextMatch(rule(given)), parts(array(given, "input")), StreamClock.system());

        List<Line> expected = new ArrayList<>();
        for (JsonObject line : PeerVectors.objects(given, "expected")) {
            expected.add(new Line(
                    text(line, "text"),
                    text(line, "mimetype"),
                    textOr(line, "substream_name", ""),
                    line.get("metadata") instanceof JsonObject metadata ? metadata : JsonObject.EMPTY));
        }
        assertThat(outcome.failure()).isEmpty();
        assertThat(outcome.parts())
                .as(text(given, "id") + " " + text(given, "name"))
                .map(Line::of)
                .containsExactlyElementsOf(expected);
    }

    private static MatchRule rule(JsonObject given) {
        return switch (text(given, "kind")) {
            // Our own default lets an address go on in the next part; the peer cuts it.
            case "url" -> UrlExtraction.rule().withBorder(MatchRule.Border.CUT);
            case "match" ->
                MatchRule.of(text(given, "pattern"), text(given, "substream_output"))
                        .withSubstreamInput(textOr(given, "substream_input", ""))
                        .withWordStart(given.get("word_start") instanceof JsonString start ? start.value() : "")
                        .withMode(flag(given, "remove") ? MatchRule.Mode.REMOVE : MatchRule.Mode.KEEP_FIRST);
            default -> throw new IllegalArgumentException(given.toJson());
        };
    }

    private static List<Part> parts(JsonArray input) {
        return input.values().stream().map(TextMatchGoldenTest::part).toList();
    }

    private static Part part(JsonValue value) {
        return switch (value) {
            case JsonString text -> Part.text(text.value());
            case JsonObject object when object.has("eot") -> Part.endOfTurn();
            case JsonObject object ->
                Part.text(text(object, "text")).withSubstream(textOr(object, "substream_name", ""));
            default -> throw new IllegalArgumentException(value.toJson());
        };
    }
}
