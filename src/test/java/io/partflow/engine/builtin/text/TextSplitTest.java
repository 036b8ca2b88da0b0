package io.partflow.engine.builtin.text;

import static org.assertj.core.api.Assertions.assertThat;

import io.partflow.engine.builtin.FakeContext;
import io.partflow.engine.content.JsonObject;
import io.partflow.engine.content.JsonValue;
import io.partflow.engine.content.Part;
import io.partflow.engine.content.text.Sentences;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import org.junit.jupiter.api.Test;

class TextSplitTest {
    private static List<String> split(JsonObject params, String text) throws Exception {
        return FakeContext.apply(TextSplit.ENTRY, params, Part.text(text)).texts();
    }

    private static JsonObject by(String what) {
        return JsonObject.of("by", JsonValue.of(what));
    }

    @Test
    void paragraphs_endAtBlankLines() throws Exception {
        assertThat(split(JsonObject.EMPTY, "one\nstill one\n\n \n\ntwo\r\n\r\n  three  \n"))
                .containsExactly("one\nstill one", "two", "three");
    }

    @Test
    void sentences_runOverLineEndsAndPastTitles() throws Exception {
        assertThat(split(
                        by("sentences"),
                        "Dr. Watson met J. Smith at\n"
                                + "noon. ‘Well!’ thought Alice. Was it 3.5 or 4? Nobody knew.\n\n"
                                + "Next one."))
                .containsExactly(
                        "Dr. Watson met J. Smith at noon.",
                        "‘Well!’ thought Alice.",
                        "Was it 3.5 or 4?",
                        "Nobody knew.",
                        "Next one.");
    }

    @Test
    void sentences_ofOtherScripts_areFound() throws Exception {
        assertThat(split(by("sentences"), "今日は晴れです。明日は雨でしょう。")).containsExactly("今日は晴れです。", "明日は雨でしょう。");
        assertThat(Sentences.of("Привет. Как дела? Хорошо.", Locale.ROOT)).hasSize(3);
    }

    @Test
    void length_countsCodePointsAndOverlaps() throws Exception {
        JsonObject params = by("length").with("length", JsonValue.of(4)).with("overlap", JsonValue.of(1));

        assertThat(split(params, "ab😀cdefg")).containsExactly("ab😀c", "cdef", "fg");
    }

    @Test
    void overlapAsLongAsTheLength_stillGoesOn() throws Exception {
        JsonObject params = by("length").with("length", JsonValue.of(3)).with("overlap", JsonValue.of(50));

        assertThat(split(params, "abcde")).containsExactly("abc", "bcd", "cde");
    }

    @Test
    void pieces_keepRoleSubstreamTypeAndMetadata() throws Exception {
        Part whole = Part.text("a\n\nb", "user")
                .withSubstream("side")
                .withMimeType("text/markdown")
                .withMetadata("lang", JsonValue.of("en"));

        assertThat(FakeContext.apply(TextSplit.ENTRY, JsonObject.EMPTY, whole).parts)
                .containsExactly(whole.withText("a"), whole.withText("b"));
    }

    @Test
    void jsonEndOfTurnAndBlankText_passWhole() throws Exception {
        Part json = Part.json("{\"a\": \"b\n\nc\"}");
        Part blank = Part.text(" \n\n ");

        assertThat(FakeContext.apply(TextSplit.ENTRY, JsonObject.EMPTY, json, Part.endOfTurn(), blank).parts)
                .containsExactly(json, Part.endOfTurn(), blank);
    }

    @Test
    void chapter_hasItsParagraphs() throws Exception {
        String chapter = Files.readString(Path.of("samples", "media", "text", "alice-chapter-1.txt"));

        assertThat(split(JsonObject.EMPTY, chapter))
                .hasSizeGreaterThan(25)
                .first()
                .isEqualTo("CHAPTER I. Down the Rabbit-Hole");
    }
}
