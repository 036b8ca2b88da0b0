package io.partflow.engine.processor.pace;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.partflow.engine.content.Bytes;
import io.partflow.engine.content.JsonValue;
import io.partflow.engine.content.Part;
import io.partflow.engine.processor.combine.OneStage;
import io.partflow.engine.stream.ManualClock;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class PaceTest {
    private static final int RATE = 16_000;
    private static final String TYPE = "audio/l16;rate=16000";

    private final ManualClock clock = new ManualClock();

    private static Part audio(double seconds) {
        return Part.blob(new byte[(int) (seconds * RATE * 2)], TYPE).withRole("model");
    }

    @Test
    void timestamps_standBeforeImagesOnly_andEndNoTurn() throws Exception {
        Part image = Part.blob(new byte[] {1}, "image/png");
        Iterator<Part> parts = List.of(Part.text("a"), image, image).iterator();
        OneStage.Collected context = new OneStage.Collected(clock);

        new Timestamps(Timestamps.Precision.MILLISECONDS, "time")
                .run(
                        () -> {
                            clock.advanceMillis(61_250);
                            return parts.hasNext() ? parts.next() : null;
                        },
                        context);

        Part mark = Part.text("02:02.500").withSubstream("time").withMetadata("turn_complete", JsonValue.of(false));
        assertThat(context.all).containsExactly(Part.text("a"), mark, image, mark.withText("03:03.750"), image);
        assertThat(mark.isEndOfTurn()).isFalse();
    }

    @Test
    void audio_takesAsLongAsItPlays_lessTheLead() throws Exception {
        OneStage.Outcome outcome = OneStage.alone(
                new AudioPace(RATE, AudioPace.OtherParts.WAIT), List.of(audio(1), Part.text("end")), clock);

        assertThat(outcome.parts()).hasSize(21);
        assertThat(outcome.parts().subList(0, 20)).allSatisfy(piece -> {
            assertThat(piece.bytes().length()).isEqualTo(1_600);
            assertThat(piece.mimeType()).isEqualTo(TYPE);
            assertThat(piece.role()).isEmpty();
        });
        assertThat(outcome.parts().getLast().text()).isEqualTo("end");
        assertThat(clock.nanos()).isBetween(949_000_000L, 951_000_000L);
    }

    @Test
    void shortAudioAndOtherParts_passAsTheyAre() throws Exception {
        List<Part> input = List.of(
                audio(0.1), Part.text("a"), audio(0.02), Part.text("sound").withMimeType("audio/x"));

        OneStage.Outcome outcome = OneStage.alone(new AudioPace(RATE, AudioPace.OtherParts.WAIT), input, clock);

        assertThat(outcome.parts()).containsExactlyElementsOf(input);
    }

    @Test
    void interruption_dropsTheAudioThatWaits() throws Exception {
        CountDownLatch paced = new CountDownLatch(1);
        CountDownLatch interrupted = new CountDownLatch(1);
        ManualClock blocking = clock;
        io.partflow.engine.stream.StreamClock held = new io.partflow.engine.stream.StreamClock() {
            @Override
            public long nanos() {
                return blocking.nanos();
            }

            @Override
            public java.time.Instant instant() {
                return blocking.instant();
            }

            @Override
            public void sleep(long nanos) throws InterruptedException {
                paced.countDown();
                assertThat(interrupted.await(30, TimeUnit.SECONDS)).isTrue();
                blocking.sleep(nanos);
            }
        };
        Part cut = Part.text("stop").withMetadata(AudioPace.INTERRUPTED, JsonValue.of(true));
        int[] at = new int[1];
        OneStage.Collected context = new OneStage.Collected(held);

        new AudioPace(RATE, AudioPace.OtherParts.WAIT)
                .run(
                        () -> switch (at[0]++) {
                            case 0 -> audio(10);
                            case 1 -> {
                                assertThat(paced.await(30, TimeUnit.SECONDS)).isTrue();
                                yield cut;
                            }
                            default -> {
                                interrupted.countDown();
                                yield null;
                            }
                        },
                        context);

        assertThat(context.all).hasSizeLessThan(10).endsWith(cut);
    }

    @Test
    void otherParts_whenTold_overtake() throws Exception {
        CountDownLatch textRead = new CountDownLatch(1);
        List<Part> input = new ArrayList<>(List.of(audio(5), Part.text("now")));
        OneStage.Collected context = new OneStage.Collected(new HeldClock(clock, textRead));
        Iterator<Part> parts = input.iterator();

        new AudioPace(RATE, AudioPace.OtherParts.OVERTAKE)
                .run(
                        () -> {
                            if (!parts.hasNext()) {
                                textRead.countDown();
                                return null;
                            }
                            return parts.next();
                        },
                        context);

        assertThat(context.all).hasSize(101);
        assertThat(context.all.stream().takeWhile(Part::isAudio).count()).isLessThan(10);
    }

    @Test
    void rateTooLowForAPiece_isRefused() {
        assertThatThrownBy(() -> AudioPieces.split(Bytes.of(new byte[4]), 5))
                .isInstanceOf(IllegalArgumentException.class);
    }

    /// Lets nobody wait before a latch is open.
    private record HeldClock(ManualClock clock, CountDownLatch open) implements io.partflow.engine.stream.StreamClock {
        @Override
        public long nanos() {
            return clock.nanos();
        }

        @Override
        public java.time.Instant instant() {
            return clock.instant();
        }

        @Override
        public void sleep(long nanos) throws InterruptedException {
            assertThat(open.await(30, TimeUnit.SECONDS)).isTrue();
            clock.sleep(nanos);
        }
    }
}
