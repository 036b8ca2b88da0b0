package io.partflow.engine.stream;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

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
}
