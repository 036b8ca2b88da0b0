package io.partflow.engine.prompt.event;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.partflow.engine.builtin.FakeContext;
import io.partflow.engine.content.JsonValue;
import io.partflow.engine.content.Part;
import io.partflow.engine.processor.PartStream;
import io.partflow.engine.prompt.NestedCall;
import io.partflow.engine.stream.RunScope;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(30)
class EventDetectionConcurrencyTest {
    private final FakeContext context = new FakeContext();

    private static Part image(int i) {
        return Part.blob(new byte[] {(byte) i, (byte) (i >> 8)}, "image/png");
    }

    private static PartStream of(List<Part> parts) {
        var rest = parts.iterator();
        return () -> rest.hasNext() ? rest.next() : null;
    }

    private static EventDetection live(Detector detector, int maxImages) {
        return new EventDetection(
                detector, EventRule.EVERY_PART, EventDetection.Settings.DEFAULT.withMaxImages(maxImages));
    }

    @Test
    void imagesDuringADetection_passOnAndAreSeenByTheNext() throws Exception {
        CountDownLatch allPassed = new CountDownLatch(1);
        List<List<Part>> looked = new ArrayList<>();
        AtomicInteger now = new AtomicInteger();
        Detector detector = (content, out) -> {
            assertThat(now.incrementAndGet()).isEqualTo(1);
            looked.add(content.stream().filter(Part::isImage).toList());
            if (looked.size() == 1) {
                allPassed.await();
            }
            out.emit(Part.text("seen " + looked.size()));
            now.decrementAndGet();
        };
        AtomicInteger next = new AtomicInteger();

        live(detector, 3)
                .run(
                        () -> {
                            int i = next.getAndIncrement();
                            if (i == 8) {
                                allPassed.countDown();
                            }
                            return i < 8 ? image(i) : null;
                        },
                        context);

        // The end of the input found a detection running and images that it had not seen.
        assertThat(looked).containsExactly(List.of(image(0)), List.of(image(5), image(6), image(7)));
        assertThat(context.parts).startsWith(image(0)).endsWith(Part.text("seen 1"), Part.text("seen 2"));
        assertThat(context.parts.stream().filter(Part::isImage).toList())
                .isEqualTo(List.of(image(0), image(1), image(2), image(3), image(4), image(5), image(6), image(7)));
    }

    @Test
    void runningDetection_atTheEndOfTheInput_isAwaited() throws Exception {
        // The reference cancels it, and its event is lost.
        CountDownLatch ended = new CountDownLatch(1);
        Detector detector = (content, out) -> {
            ended.await();
            out.emit(Part.text("event"));
        };
        List<Part> input = new ArrayList<>(List.of(image(0)));

        live(detector, 5)
                .run(
                        () -> {
                            if (input.isEmpty()) {
                                ended.countDown();
                                return null;
                            }
                            return input.removeFirst();
                        },
                        context);

        assertThat(context.parts).containsExactly(image(0), Part.text("event"));
    }

    @Test
    void event_leavesWhileTheInputIsSilent() throws Exception {
        CountDownLatch heard = new CountDownLatch(1);
        EventDetection detection = live((content, out) -> out.emit(Part.text("event")), 5);
        FakeContext collected = new FakeContext();
        AtomicInteger next = new AtomicInteger();

        detection.run(
                () -> {
                    if (next.getAndIncrement() == 0) {
                        return image(0);
                    }
                    heard.await();
                    return null;
                },
                new NestedCall(context, part -> {
                    collected.emit(part);
                    if (part.isText()) {
                        heard.countDown();
                    }
                }));

        assertThat(collected.parts).containsExactly(image(0), Part.text("event"));
    }

    @Test
    void everyImage_passesBeforeAnyEventOfIt_inAnyInterleaving() throws Exception {
        List<Part> input = new ArrayList<>();
        for (int i = 0; i < 2_000; i++) {
            input.add(i % 3 == 0 ? Part.text("t" + i) : image(i));
        }
        Detector naming = (content, out) -> {
            Part newest = content.get(content.size() - 2);
            out.emit(Part.text("event")
                    .withMetadata(
                            "of",
                            JsonValue.of(newest.bytes().byteAt(0) & 0xFF
                                    | (newest.bytes().byteAt(1) & 0xFF) << 8)));
        };

        new EventDetection(naming, EventRule.EVERY_PART, new EventDetection.Settings(EventDetection.Pace.LIVE, 2, 1))
                .run(of(input), context);

        assertThat(context.parts.stream().filter(part -> part.metadata("of") == null))
                .containsExactlyElementsOf(input);
        int passed = -1;
        int last = -1;
        for (Part part : context.parts) {
            JsonValue of = part.metadata("of");
            if (of != null) {
                last = Integer.parseInt(of.toJson());
                assertThat(last).isLessThanOrEqualTo(passed);
            } else if (part.isImage()) {
                passed = part.bytes().byteAt(0) & 0xFF | (part.bytes().byteAt(1) & 0xFF) << 8;
            }
        }
        // The last image was looked at, whatever ran when it came.
        assertThat(last).isEqualTo(1_999);
    }

    @Test
    void images_comeBareWithTheTimeSinceTheFirst() throws Exception {
        List<List<Part>> looked = new ArrayList<>();
        double[] arrivals = {100, 100.5, 101.5, 161.4};
        AtomicInteger next = new AtomicInteger();
        new EventDetection(
                        (content, out) -> looked.add(content),
                        EventRule.EVERY_PART,
                        EventDetection.Settings.DEFAULT
                                .withPace(EventDetection.Pace.EVERY_IMAGE)
                                .withMaxImages(3))
                .run(
                        () -> {
                            int i = next.getAndIncrement();
                            if (i >= arrivals.length) {
                                return null;
                            }
                            context.slept = (long) (arrivals[i] * 1e9);
                            return image(i).withRole("user").withMetadata("n", JsonValue.of(i));
                        },
                        context);

        assertThat(looked.get(0)).containsExactly(image(0), Part.text("00:00"));
        // Half a second is rounded to the even second.
        assertThat(looked.get(2))
                .containsExactly(
                        image(0), Part.text("00:00"), image(1), Part.text("00:00"), image(2), Part.text("00:02"));
        assertThat(looked.get(3))
                .containsExactly(
                        image(1), Part.text("00:00"), image(2), Part.text("00:01"), image(3), Part.text("01:01"));
    }

    @Test
    void failedDetection_isReportedAndTheNextOneRuns() throws Exception {
        Semaphore turn = new Semaphore(0);
        AtomicInteger looks = new AtomicInteger();
        Detector detector = (content, out) -> {
            try {
                if (looks.getAndIncrement() == 0) {
                    throw new IllegalStateException("lens cap");
                }
                out.emit(Part.text("event"));
            } finally {
                turn.release();
            }
        };
        AtomicInteger next = new AtomicInteger();

        live(detector, 1)
                .run(
                        () -> {
                            int i = next.getAndIncrement();
                            if (i == 1) {
                                turn.acquire();
                            }
                            return i < 2 ? image(i) : null;
                        },
                        context);

        assertThat(context.failures).hasSize(1);
        assertThat(context.failures.getFirst().message()).isEqualTo("lens cap");
        assertThat(context.parts).containsExactly(image(0), image(1), Part.text("event"));
    }

    @Test
    void failureOfTheInput_endsTheDetection() {
        EventDetection detection = live((content, out) -> new CountDownLatch(1).await(), 5);
        AtomicInteger next = new AtomicInteger();

        assertThatThrownBy(() -> detection.run(
                        () -> {
                            if (next.getAndIncrement() == 0) {
                                return image(0);
                            }
                            throw new IllegalStateException("camera unplugged");
                        },
                        context))
                .hasMessage("camera unplugged");
    }

    @Test
    void cancel_duringADetection_leavesNothing() throws Exception {
        CountDownLatch looking = new CountDownLatch(1);
        EventDetection detection = live(
                (content, out) -> {
                    looking.countDown();
                    new CountDownLatch(1).await();
                },
                5);
        try (RunScope scope = new RunScope("test")) {
            CountDownLatch over = new CountDownLatch(1);
            scope.fork(() -> {
                try {
                    detection.run(() -> image(0), context);
                } finally {
                    over.countDown();
                }
            });
            looking.await();
            scope.cancel();
            over.await();
        }

        assertThat(context.failures).isEmpty();
    }

    @Test
    void settings_thatMakeNoSense_areRefusedByName() {
        assertThatThrownBy(() -> EventDetection.Settings.DEFAULT.withMaxImages(0))
                .hasMessageContaining("images are 0");
        assertThatThrownBy(() -> new EventDetection.Settings(EventDetection.Pace.LIVE, 1, 0))
                .hasMessageContaining("queue is 0");
    }
}
