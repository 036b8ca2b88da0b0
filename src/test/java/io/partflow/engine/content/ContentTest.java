package io.partflow.engine.content;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.partflow.engine.content.Content.Others;
import java.util.List;
import org.junit.jupiter.api.Test;

class ContentTest {
    private static final Part HELLO = Part.text("hello ");
    private static final Part WORLD = Part.text("world").withSubstream("aside");
    private static final Part PICTURE = Part.blob(new byte[] {1}, "image/png");
    private static final Part FILM = Part.blob(new byte[] {2}, "video/mp4");

    @Test
    void text_ofOneSubstream_leavesOutTheOthers() {
        Content content = Content.of(HELLO, PICTURE, WORLD);

        assertThat(content.text()).isEqualTo("hello world");
        assertThat(content.text("aside")).isEqualTo("world");
        assertThat(content.text("")).isEqualTo("hello ");
        assertThat(content.text("none")).isEmpty();
    }

    @Test
    void onlyText_ofAContentWithAnImage_isRefusedNamingIt() {
        assertThat(Content.of(HELLO, WORLD).onlyText()).isEqualTo("hello world");
        assertThatThrownBy(() -> Content.of(HELLO, PICTURE).onlyText())
                .isInstanceOf(IllegalStateException.class)
                .hasMessage("part 1 is not text but image/png");
    }

    @Test
    void reasoned_keepsThoughtsApart() {
        Part thought = Part.text("hm ").withBodyFields(JsonObject.of("thought", JsonValue.of(true)));
        Part spoken = Part.text("yes").withBodyFields(JsonObject.of("thought", JsonValue.of(false)));

        assertThat(Content.of(thought, HELLO, PICTURE, thought, spoken).reasoned())
                .isEqualTo(new Content.Reasoned("hm hm ", "hello yes"));
    }

    @Test
    void imagesAndVideos_leaveOutOrRefuseAllElse() {
        Content mixed = Content.of(PICTURE, HELLO, FILM, PICTURE);

        assertThat(mixed.images(Others.LEFT_OUT).parts()).containsExactly(PICTURE, PICTURE);
        assertThat(mixed.videos(Others.LEFT_OUT).parts()).containsExactly(FILM);
        assertThat(Content.of(PICTURE).images(Others.REFUSED).parts()).containsExactly(PICTURE);
        assertThatThrownBy(() -> mixed.images(Others.REFUSED)).hasMessageContaining("part 1", "text/plain");
        assertThatThrownBy(() -> mixed.videos(Others.REFUSED)).hasMessageContaining("part 0", "image/png");
    }

    @Test
    void groups_byMimeType_comeInTheOrderOfTheirFirstParts() {
        Content mixed = Content.of(PICTURE, HELLO, FILM, WORLD, PICTURE);

        assertThat(mixed.byMimeType().keySet()).containsExactly("image/png", "text/plain", "video/mp4");
        assertThat(mixed.byMimeType())
                .containsEntry("image/png", Content.of(PICTURE, PICTURE))
                .containsEntry("text/plain", Content.of(HELLO, WORLD));
    }

    @Test
    void turns_endWithThePartThatEndsThem_andTheLastMayBeOpen() {
        Part end = Part.endOfTurn();

        assertThat(Content.of(HELLO, end, end, WORLD).turns())
                .isEqualTo(List.of(Content.of(HELLO, end), Content.of(end), Content.of(WORLD)));
        assertThat(Content.of(HELLO, end).turns()).hasSize(1);
        assertThat(Content.EMPTY.turns()).isEmpty();
    }

    @Test
    void runs_areNeighboursOfOneRole_filesApart() {
        Part user = Part.text("a", "user");
        Part file = Part.text("b", "user").withMetadata("is_file", JsonValue.of(true));
        Part model = Part.text("c", "model");

        assertThat(Content.of(user, user, file, file, model, user).runs())
                .isEqualTo(
                        List.of(Content.of(user, user), Content.of(file, file), Content.of(model), Content.of(user)));
        assertThat(Content.of(HELLO, WORLD).runs()).hasSize(2);
        assertThat(Content.EMPTY.runs()).isEmpty();
    }
}
