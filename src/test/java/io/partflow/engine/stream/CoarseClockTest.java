package io.partflow.engine.stream;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class CoarseClockTest {
    @Test
    void date_isThatOfTheComputersClock_aLittleLateAtMost() throws InterruptedException {
        StreamClock coarse = CoarseClock.of(StreamClock.system());
        for (int i = 0; i < 20; i++) {
            long before = StreamClock.system().millis();
            long read = coarse.millis();
            assertThat(read).isBetween(before - 5_000, StreamClock.system().millis());
            coarse.sleep(TimeUnit.MILLISECONDS.toNanos(1));
        }
    }

    @Test
    void clockOfATest_isLeftAsItIs() {
        ManualClock manual = new ManualClock();
        assertThat(CoarseClock.of(manual)).isSameAs(manual);
    }
}
