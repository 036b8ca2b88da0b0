package io.partflow.engine.prompt.event;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.partflow.engine.builtin.FakeContext;
import io.partflow.engine.content.Part;
import io.partflow.engine.content.image.ImageLooks;
import io.partflow.engine.content.image.ImageSignature;
import io.partflow.engine.processor.Failure;
import io.partflow.engine.prompt.event.SceneChange.Change;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class SceneChangeTest {
    private static final ImageSignature CUP = new ImageSignature(0L, 0.4);
    private static final ImageSignature CAT = new ImageSignature(-1L, 0.4);
    private static final ImageSignature BLACK = new ImageSignature(0x5555555555555555L, 0.001);

    private final SceneChange scenes = new SceneChange(SceneChange.Settings.DEFAULT, new ImageLooks());

    /// The 36 frames of a camera: 0-7 still, 8-15 panning, 16 a cut, 24-27 growing darker, 28 the first view again.
    private static List<Part> frames() throws IOException {
        List<Part> frames = new ArrayList<>();
        for (int i = 0; i < 36; i++) {
            Path file = Path.of("samples", "media", "frames", String.format("frame-%02d.jpg", i));
            frames.add(Part.blob(Files.readAllBytes(file), "image/jpeg"));
        }
        return frames;
    }

    private static TransitionTable table() {
        return TransitionTable.builder()
                .on(TransitionTable.ANY, "cut", Part.text("another scene"))
                .on(TransitionTable.ANY, "darker", Part.text("the light goes"))
                .on(TransitionTable.ANY, "brighter", Part.text("the light comes"))
                .on(TransitionTable.ANY, "steady")
                .build();
    }

    /// Events with the number of the frame they follow.
    private List<String> events(int maxImages) throws Exception {
        EventDetection detection = new EventDetection(
                scenes,
                table().watch(),
                EventDetection.Settings.DEFAULT
                        .withPace(EventDetection.Pace.EVERY_IMAGE)
                        .withMaxImages(maxImages));
        var frames = frames().iterator();
        FakeContext context = new FakeContext();
        detection.run(() -> frames.hasNext() ? frames.next() : null, context);

        List<String> events = new ArrayList<>();
        int frame = -1;
        for (Part part : context.parts) {
            if (part.isImage()) {
                frame++;
            } else {
                events.add(frame + " " + part.text());
            }
        }
        assertThat(frame).isEqualTo(35);
        return events;
    }

    @Test
    void cameraFrames_showTheCutTheDarkeningAndTheWayBack() throws Exception {
        assertThat(events(3)).containsExactly("16 another scene", "24 the light goes", "28 another scene");
    }

    @Test
    void pairsOfFrames_sawTheDarkness_andSoTheWayBackAsLight() throws Exception {
        assertThat(events(2)).containsExactly("16 another scene", "24 the light goes", "28 the light comes");
    }

    @Test
    void unchangedImages_areSteady() {
        assertThat(scenes.change(List.of(CUP))).isEqualTo(Change.STEADY);
        assertThat(scenes.change(List.of(CUP, CUP, CUP))).isEqualTo(Change.STEADY);
    }

    @Test
    void cut_isSeenWhileItIsAmongTheImages() {
        assertThat(scenes.change(List.of(CUP, CAT))).isEqualTo(Change.CUT);
        assertThat(scenes.change(List.of(CUP, CAT, CAT))).isEqualTo(Change.CUT);
        assertThat(scenes.change(List.of(CAT, CAT, CAT))).isEqualTo(Change.STEADY);
    }

    @Test
    void darkness_isNoSceneOfItsOwn() {
        assertThat(scenes.change(List.of(CUP, BLACK))).isEqualTo(Change.DARKER);
        assertThat(scenes.change(List.of(BLACK, CUP))).isEqualTo(Change.BRIGHTER);
        assertThat(scenes.change(List.of(CUP, BLACK, CAT))).isEqualTo(Change.CUT);
        assertThat(scenes.change(List.of(CUP, BLACK, CUP))).isEqualTo(Change.STEADY);
        assertThat(scenes.change(List.of(BLACK, CUP, CUP))).isEqualTo(Change.STEADY);
        assertThat(scenes.change(List.of(BLACK, BLACK))).isEqualTo(Change.STEADY);
    }

    @Test
    void slowChangeOfLight_isSeenOverSeveralImages() {
        List<ImageSignature> fade = new ArrayList<>();
        for (int i = 0; i < 5; i++) {
            fade.add(new ImageSignature(0L, 0.4 - 0.03 * i));
        }

        assertThat(scenes.change(fade.subList(0, 2))).isEqualTo(Change.STEADY);
        assertThat(scenes.change(fade)).isEqualTo(Change.DARKER);
        assertThat(scenes.change(fade.reversed())).isEqualTo(Change.BRIGHTER);
    }

    @Test
    void damagedImage_isAFailureAndTheStreamGoesOn() throws Exception {
        List<Part> input = List.of(Part.blob(new byte[] {1}, "image/png"), Part.text("on"));
        var parts = input.iterator();
        FakeContext context = new FakeContext();
        new EventDetection(
                        scenes,
                        table().watch(),
                        EventDetection.Settings.DEFAULT.withPace(EventDetection.Pace.EVERY_IMAGE))
                .run(() -> parts.hasNext() ? parts.next() : null, context);

        assertThat(context.parts).isEqualTo(input);
        assertThat(context.failures).extracting(Failure::code).containsExactly("IMAGE_UNREADABLE");
    }

    @Test
    void settings_thatMakeNoSense_areRefusedByName() {
        assertThatThrownBy(() -> new SceneChange.Settings(0, 0.25)).hasMessageContaining("distance of a cut is 0");
        assertThatThrownBy(() -> new SceneChange.Settings(22, 0)).hasMessageContaining("share of light is 0");
    }
}
