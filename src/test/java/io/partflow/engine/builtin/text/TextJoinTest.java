package io.partflow.engine.builtin.text;

import static org.assertj.core.api.Assertions.assertThat;

import io.partflow.engine.builtin.FakeContext;
import io.partflow.engine.content.JsonBoolean;
import io.partflow.engine.content.JsonObject;
import io.partflow.engine.content.JsonValue;
import io.partflow.engine.content.Part;
import io.partflow.engine.processor.Processor;
import java.nio.file.Path;
import java.util.Iterator;
import java.util.List;
import org.junit.jupiter.api.Test;

class TextJoinTest {
    private static final Part PICTURE = Part.blob(new byte[] {1}, "image/png");

    private static FakeContext join(JsonObject params, Part... parts) throws Exception {
        FakeContext context = new FakeContext();
        Iterator<Part> input = List.of(parts).iterator();
        ((Processor) FakeContext.build(TextJoin.ENTRY, params, Path.of(".")))
                .run(() -> input.hasNext() ? input.next() : null, context);
        return context;
    }

    private static JsonObject params(String over) {
        return JsonObject.of("over", JsonValue.of(over), "separator", JsonValue.of("|"));
    }

    private static Part user(String text) {
        return Part.text(text, "user");
    }

    @Test
    void runs_ofOneRole_becomeOneText_likeTheFirst() throws Exception {
        FakeContext context = join(
                params("run"),
                user("a").withMetadata("n", JsonValue.of(1)),
                user("b").withMetadata("n", JsonValue.of(2)),
                Part.text("c", "model"),
                user("d"),
                PICTURE,
                user("e"));

        assertThat(context.parts)
                .containsExactly(
                        user("a|b").withMetadata("n", JsonValue.of(1)),
                        Part.text("c", "model"),
                        user("d"),
                        PICTURE,
                        user("e"));
    }

    @Test
    void turns_areJoinedBeforeTheirEnd_alsoWhereTheEndHasText() throws Exception {
        Part last = Part.text("b", "model").withMetadata(Part.TURN_COMPLETE, JsonBoolean.TRUE);
        FakeContext context = join(params("turn"), user("a"), PICTURE, last, user("c"), Part.endOfTurn());

        assertThat(context.parts.stream().map(part -> part.isText() ? part.text() : "picture"))
                .containsExactly("picture", "a|b", "", "c", "");
        assertThat(context.parts.stream().map(Part::isEndOfTurn)).containsExactly(false, false, true, false, true);
        assertThat(context.parts.get(2).role()).isEqualTo("model");
    }

    @Test
    void wholeStream_isOneText_otherPartsDroppedWhereAsked() throws Exception {
        FakeContext context = join(
                params("stream").with("others", JsonValue.of("drop")),
                user("a"),
                PICTURE,
                Part.endOfTurn(),
                Part.text("b", "model"));

        assertThat(context.parts).containsExactly(user("a|b"));
    }

    @Test
    void textBeyondTheMostBytes_isPassedOnInPieces() throws Exception {
        FakeContext context =
                join(params("stream").with("mostBytes", JsonValue.of(9)), user("abcd"), user("efgh"), user("i"));

        assertThat(context.texts()).containsExactly("abcd|efgh", "i");
    }
}
