package io.partflow.engine.cache.recency;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.HdrHistogram.Histogram;
import org.junit.jupiter.api.Test;

class LaneDurationsTest {
    private static final long HOUR_NANOS = 3_600_000_000_000L;

    @Test
    void read_afterEveryDurationItTakes_isTheHistogramOfThem() {
        LaneDurations durations = new LaneDurations();
        Histogram expected = new Histogram(HOUR_NANOS, 2);
        for (long nanos = 0; nanos < LaneDurations.MOST_NANOS; nanos += 1 + nanos / 300) {
            assertTrue(durations.record((int) (nanos % Lanes.SHARED), nanos));
            expected.recordValue(nanos);
        }
        Histogram read = new Histogram(HOUR_NANOS, 2);

        durations.read(read::recordValueWithCount);

        for (double percentile = 0; percentile <= 100; percentile += 0.5) {
            assertEquals(
                    expected.getValueAtPercentile(percentile),
                    read.getValueAtPercentile(percentile),
                    percentile + " %");
        }
        assertEquals(expected.getTotalCount(), read.getTotalCount());
    }

    @Test
    void record_longDurationsOrInTheSharedLane_takesNone() {
        LaneDurations durations = new LaneDurations();

        assertFalse(durations.record(0, LaneDurations.MOST_NANOS));
        assertFalse(durations.record(0, -1));
        assertFalse(durations.record(Lanes.SHARED, 5));

        durations.read((nanos, count) -> {
            throw new AssertionError(nanos + " ns");
        });
    }
}
