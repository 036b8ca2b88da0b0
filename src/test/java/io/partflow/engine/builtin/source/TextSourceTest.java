package io.partflow.engine.builtin.source;

import static org.assertj.core.api.Assertions.assertThat;

import io.partflow.engine.builtin.FakeContext;
import io.partflow.engine.content.JsonObject;
import io.partflow.engine.content.JsonValue;
import io.partflow.engine.content.Part;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

class TextSourceTest {
    private static FakeContext emitted(String text, String emit) throws Exception {
        JsonObject params = JsonObject.of("text", JsonValue.of(text), "emit", JsonValue.of(emit));
        return new FakeContext().run(TextSource.ENTRY, params, Path.of("."));
    }

    @Test
    void text_isOneUserPartOrOneForEachLineOrParagraph() throws Exception {
        String text = "one\ntwo\n\n three \n";

        assertThat(emitted(text, "text").parts).containsExactly(Part.text("one\ntwo\n\n three", "user"));
        assertThat(emitted(text, "line").texts()).containsExactly("one", "two", "three");
        assertThat(emitted(text, "paragraph").texts()).containsExactly("one\ntwo", "three");
    }

    @Test
    void nothingTyped_emitsNothing() throws Exception {
        assertThat(emitted("  \n ", "text").parts).isEmpty();
    }

    @Test
    void everyPart_isAdmittedAndKnowsItsNode() throws Exception {
        FakeContext context = emitted("a\nb", "line");

        assertThat(context.admitted).hasSize(2);
        assertThat(context.origins).allMatch(origin -> origin.node().equals("node"));
    }
}
