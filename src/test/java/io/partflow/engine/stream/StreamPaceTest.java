package io.partflow.engine.stream;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(20)
class StreamPaceTest {
    private static final long MILLI = 1_000_000;

    private final ManualClock clock = new ManualClock();

    @Test
    void moment_atTenTimes_comesAfterATenthOfTheTime() throws Exception {
        StreamPace pace = new StreamPace(clock, 10);

        pace.awaitMoment(1_000);

        assertThat(clock.nanos()).isEqualTo(100 * MILLI);
        assertThat(pace.streamMillis()).isEqualTo(1_000);
        assertThat(pace.activeNanos()).isEqualTo(100 * MILLI);
    }

    @Test
    void moment_atFullSpeed_isNotWaitedFor() throws Exception {
        StreamPace pace = new StreamPace(clock, Double.POSITIVE_INFINITY);

        pace.awaitMoment(1e9);

        assertThat(clock.nanos()).isZero();
    }

    @Test
    void moment_thatHasPassed_isNotWaitedFor() throws Exception {
        StreamPace pace = new StreamPace(clock, 1);
        clock.advanceMillis(500);

        pace.awaitMoment(400);

        assertThat(clock.nanos()).isEqualTo(500 * MILLI);
    }

    @Test
    void pause_doesNotCount_forStreamTimeOrActiveTime() {
        StreamPace pace = new StreamPace(clock, 2);
        clock.advanceMillis(100);
        pace.pause();
        clock.advanceMillis(10_000);
        pace.resume();
        clock.advanceMillis(50);

        assertThat(pace.activeNanos()).isEqualTo(150 * MILLI);
        assertThat(pace.streamMillis()).isEqualTo(300);
    }

    @Test
    void changeOfSpeed_countsFromThenOn() throws Exception {
        StreamPace pace = new StreamPace(clock, 1);
        clock.advanceMillis(100);
        pace.speed(100);
        clock.advanceMillis(1);

        assertThat(pace.streamMillis()).isEqualTo(200);
        pace.speed(Double.POSITIVE_INFINITY);
        pace.awaitMoment(1e6);
        assertThat(clock.nanos()).isEqualTo(101 * MILLI);
    }

    @Test
    void pausedStream_letsNobodyPass_untilResumed() throws Exception {
        StreamPace pace = new StreamPace(clock, 1);
        pace.pause();
        AtomicBoolean passed = new AtomicBoolean();
        Thread stage = Thread.ofVirtual().start(() -> {
            try {
                pace.passWhenRunning();
                passed.set(true);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        });
        Waiting.untilWaits(stage);
        assertThat(passed).isFalse();

        pace.resume();
        stage.join();

        assertThat(passed).isTrue();
    }

    @Test
    void interrupt_ofAPausedStage_endsItsWaiting() throws Exception {
        StreamPace pace = new StreamPace(clock, 1);
        pace.pause();
        AtomicReference<Exception> thrown = new AtomicReference<>();
        Thread stage = Thread.ofVirtual().start(() -> {
            try {
                pace.awaitMoment(10);
            } catch (InterruptedException e) {
                thrown.set(e);
            }
        });
        Waiting.untilWaits(stage);

        stage.interrupt();
        stage.join();

        assertThat(thrown.get()).isInstanceOf(InterruptedException.class);
    }

    @Test
    void speed_thatIsNoSpeed_isRefused() {
        assertThatThrownBy(() -> new StreamPace(clock, 0)).hasMessageContaining("0");
        assertThatThrownBy(() -> new StreamPace(clock, Double.NaN)).isInstanceOf(IllegalArgumentException.class);
        StreamPace pace = new StreamPace(clock, 1);
        assertThatThrownBy(() -> pace.speed(-2)).hasMessageContaining("-2");
        assertThat(pace.streamMillis()).isZero();
    }

    private Thread source(StreamPace pace, double atMillis, List<Double> passed) {
        return Thread.ofVirtual().start(() -> {
            try {
                pace.awaitMoment(atMillis, pace.sought().number());
                synchronized (passed) {
                    passed.add(atMillis);
                }
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        });
    }

    @Test
    void step_letsTheEarliestPartThrough_andTimeGoesToIt() throws Exception {
        StreamPace pace = new StreamPace(clock, 1);
        pace.pause();
        List<Double> passed = new ArrayList<>();
        Thread later = source(pace, 700, passed);
        Waiting.untilWaits(later);
        Thread earlier = source(pace, 300, passed);
        Waiting.untilWaits(earlier);

        pace.step();
        earlier.join();
        assertThat(passed).containsExactly(300.0);
        assertThat(pace.replayMillis()).isEqualTo(300);
        assertThat(later.isAlive()).isTrue();
        // The stages go on with what the step let through.
        pace.passWhenRunning();

        pace.step();
        later.join();
        assertThat(passed).containsExactly(300.0, 700.0);
        assertThat(pace.streamMillis()).isEqualTo(700);
        assertThat(clock.nanos()).isZero();
    }

    @Test
    void steps_askedForAheadOfTime_countEach_andResumeForgetsThem() throws Exception {
        StreamPace pace = new StreamPace(clock, 1);
        pace.step();
        pace.step();
        pace.awaitMoment(10);
        pace.awaitMoment(20);
        pace.step();
        pace.resume();
        pace.pause();
        pace.resume();
        clock.advanceMillis(5);
        pace.awaitMoment(25);

        assertThat(pace.replayMillis()).isEqualTo(25);
        assertThat(clock.nanos()).isEqualTo(5 * MILLI);
    }

    @Test
    void seek_wakesSourcesThatHaveNotFollowedIt_andMovesThePlace() throws Exception {
        StreamPace pace = new StreamPace(clock, 1);
        pace.pause();
        List<Double> passed = new ArrayList<>();
        Thread source = source(pace, 5_000, passed);
        Waiting.untilWaits(source);

        pace.seek(new StreamPace.Seek.ToMoment(1_000));
        source.join();

        assertThat(pace.replayMillis()).isEqualTo(1_000);
        assertThat(pace.streamMillis())
                .as("what a recording is stamped with never goes back")
                .isZero();
        pace.resume();
        pace.awaitMoment(1_200);
        assertThat(clock.nanos()).isEqualTo(200 * MILLI);
    }

    @Test
    void start_elsewhereAndStepping_isTheFirstSeekAndHoldsTheSecondPart() throws Exception {
        StreamPace pace = new StreamPace(
                clock, 1, new StreamPace.Start(new StreamPace.Seek.ToMoment(400), StreamPace.Start.Mode.STEPPING));

        assertThat(pace.sought().number()).isEqualTo(1);
        assertThat(pace.replayMillis()).isEqualTo(400);
        pace.awaitMoment(450, 1);
        Thread second = source(pace, 460, new ArrayList<>());
        Waiting.untilWaits(second);
        pace.resume();
        second.join();
        assertThat(clock.nanos()).isEqualTo(10 * MILLI);
    }

    @Test
    void fullSpeedThenNormal_goesOnFromWhereTheReplayIs() throws Exception {
        StreamPace pace = new StreamPace(clock, Double.POSITIVE_INFINITY);
        pace.awaitMoment(60_000);
        pace.speed(1);
        pace.awaitMoment(60_100);

        assertThat(clock.nanos()).isEqualTo(100 * MILLI);
    }

    @Test
    void seek_toWhatCannotBe_isRefused() {
        assertThatThrownBy(() -> new StreamPace.Seek.ToMoment(-1)).hasMessageContaining("-1");
        assertThatThrownBy(() -> new StreamPace.Seek.ToPart(0)).hasMessageContaining("0");
    }
}
