package io.partflow.engine.prompt.event;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.partflow.engine.builtin.FakeContext;
import io.partflow.engine.cache.CacheSettings;
import io.partflow.engine.cache.ContentCache;
import io.partflow.engine.cache.KeyFunction;
import io.partflow.engine.content.JsonValue;
import io.partflow.engine.content.Part;
import io.partflow.engine.processor.Failure;
import io.partflow.engine.processor.PartException;
import io.partflow.engine.processor.Usage;
import io.partflow.engine.stream.ManualClock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class CachedDetectorTest {
    private final ManualClock clock = new ManualClock();
    private final ContentCache cache = new ContentCache("events", "test", CachedDetector.settings(), clock);
    private final FakeContext context = new FakeContext();
    private final List<Part> looked = new ArrayList<>();

    private static Part image(int i) {
        return Part.blob(new byte[] {(byte) i}, "image/png");
    }

    private static Part event(String type) {
        return Part.text(type).withMetadata(EventDebouncer.EVENT_TYPE, JsonValue.of(type));
    }

    /// Sees a door in even images and nothing in odd ones.
    private CachedDetector doors() {
        return new CachedDetector(
                (content, out) -> {
                    looked.add(content.getFirst());
                    out.spend(new Usage(10, 1, 5));
                    if (content.getFirst().bytes().byteAt(0) % 2 == 0) {
                        out.emit(event("door"));
                    }
                },
                cache,
                CachedDetector.IMAGES_ALONE,
                "doors:");
    }

    private List<Part> events(Detector detector, EventRule rule, Part... input) throws Exception {
        var parts = List.of(input).iterator();
        new EventDetection(
                        detector,
                        rule,
                        EventDetection.Settings.DEFAULT
                                .withPace(EventDetection.Pace.EVERY_IMAGE)
                                .withMaxImages(1))
                .run(() -> parts.hasNext() ? parts.next() : null, context);
        return context.parts;
    }

    @Test
    void defaults_areFiveMinutesAndTenThousandItems() {
        CacheSettings settings = CachedDetector.settings();

        assertThat(settings.ttlMillis()).isEqualTo(300_000);
        assertThat(settings.maxItems()).isEqualTo(10_000);
    }

    @Test
    void sameImage_isLookedAtOnce_andPassesBeforeItsEvent() throws Exception {
        Part again = image(0).withRole("user").withMetadata("camera", JsonValue.of(7));

        assertThat(events(doors(), EventRule.EVERY_PART, image(0), Part.text("talk"), again))
                .containsExactly(image(0), event("door"), Part.text("talk"), again, event("door"));
        assertThat(looked).hasSize(1);
        assertThat(context.usage).isEqualTo(new Usage(10, 1, 5));
    }

    @Test
    void detectionThatFoundNothing_isRemembered() throws Exception {
        // The reference looks again each time.
        assertThat(events(doors(), EventRule.EVERY_PART, image(1), image(1), image(1)))
                .containsExactly(image(1), image(1), image(1));
        assertThat(looked).hasSize(1);
        assertThat(cache.snapshot().hits()).isEqualTo(2);
    }

    @Test
    void memory_endsAfterFiveMinutes() throws Exception {
        doors().detect(List.of(image(0)), context);
        clock.advance(Duration.ofMillis(299_999));
        doors().detect(List.of(image(0)), context);
        assertThat(looked).hasSize(1);
        clock.advanceMillis(1);
        doors().detect(List.of(image(0)), context);

        assertThat(looked).hasSize(2);
    }

    @Test
    void eventsFromTheCache_areDebouncedToo() throws Exception {
        EventRule rule = EventRule.EVERY_PART.debounced(new EventDebouncer(clock));

        assertThat(events(doors(), rule, image(0), image(0), image(2)))
                .containsExactly(image(0), event("door"), image(0), image(2));
    }

    @Test
    void times_ofTheImages_doNotMatterToImagesAlone() {
        List<Part> early = List.of(image(0), Part.text("00:00"), image(1), Part.text("00:01"));
        List<Part> late = List.of(image(0), Part.text("00:00"), image(1), Part.text("00:09"));

        assertThat(CachedDetector.IMAGES_ALONE.hash(early)).isEqualTo(CachedDetector.IMAGES_ALONE.hash(late));
        assertThat(KeyFunction.DEFAULT.hash(early)).isNotEqualTo(KeyFunction.DEFAULT.hash(late));
    }

    @Test
    void failure_thrownOrReported_isNotRemembered() {
        Failure failure = Failure.of("DARK", "It is too dark.", "Switch on the light.");
        Detector reporting = new CachedDetector(
                (content, out) -> {
                    looked.add(content.getFirst());
                    out.emit(event("half"));
                    out.fail(failure);
                },
                cache,
                CachedDetector.IMAGES_ALONE,
                "reporting:");

        for (int i = 0; i < 2; i++) {
            assertThatThrownBy(() -> reporting.detect(List.of(image(0)), context))
                    .isInstanceOf(PartException.class)
                    .hasMessage("It is too dark.");
        }
        assertThat(looked).hasSize(2);
        assertThat(cache.count()).isZero();
    }
}
