package io.partflow.ui.charts.model;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.partflow.ui.charts.model.SeriesRing.WhenFull;
import java.util.Random;
import org.junit.jupiter.api.Test;

class SeriesRingTest {

    private static final long QUARTER = 250_000_000L;
    private static final long SECOND = 1_000_000_000L;

    @Test
    void bucket_severalSamples_keepsFirstLeastGreatestLastAndSum() {
        SeriesRing ring = new SeriesRing(8, SECOND, WhenFull.DROP_OLDEST);
        for (double value : new double[] {3, 9, 1, 4}) {
            ring.add(ring.size() == 0 ? 0 : QUARTER, value);
        }
        assertEquals(1, ring.size());
        assertEquals(3, ring.first(0));
        assertEquals(1, ring.min(0));
        assertEquals(9, ring.max(0));
        assertEquals(4, ring.last(0));
        assertEquals(17, ring.sum(0));
        assertEquals(4, ring.samples(0));
    }

    @Test
    void widen_oneSampleSpikeInAnHour_survivesZoomOut() {
        SeriesRing ring = new SeriesRing(256, SECOND, WhenFull.WIDEN);
        for (int sample = 0; sample < 4 * 3_600; sample++) {
            ring.add(sample * QUARTER, sample == 5_000 ? 100 : 1);
        }
        assertTrue(ring.size() <= 256);
        int spikes = 0;
        for (int index = 0; index < ring.size(); index++) {
            spikes += ring.max(index) == 100 ? 1 : 0;
        }
        assertEquals(1, spikes);
        int spike = ring.indexAt(5_000 * QUARTER);
        assertEquals(100, ring.max(spike));
        assertEquals(1, ring.min(spike));
    }

    @Test
    void widen_anyTimes_keepsSumOrderAndCount() {
        long seed = 20_261_122;
        Random random = new Random(seed);
        SeriesRing ring = new SeriesRing(64, SECOND, WhenFull.WIDEN);
        long at = 0;
        double sum = 0;
        int count = 0;
        for (int sample = 0; sample < 5_000; sample++) {
            at += random.nextInt(3) == 0 ? random.nextLong(40 * SECOND) : QUARTER;
            ring.add(at, sample % 10);
            sum += sample % 10;
            count++;
        }
        double ringSum = 0;
        int ringCount = 0;
        for (int index = 0; index < ring.size(); index++) {
            ringSum += ring.sum(index);
            ringCount += ring.samples(index);
            assertTrue(index == 0 || ring.startNanos(index) > ring.startNanos(index - 1), "seed " + seed);
        }
        assertEquals(sum, ringSum, "seed " + seed);
        assertEquals(count, ringCount, "seed " + seed);
        assertEquals(0, ring.startNanos(0) % ring.bucketNanos());
    }

    @Test
    void dropOldest_full_forgetsOnlyTheOldest() {
        SeriesRing ring = new SeriesRing(3, SECOND, WhenFull.DROP_OLDEST);
        for (int second = 0; second < 5; second++) {
            ring.add(second * SECOND, second);
        }
        assertEquals(3, ring.size());
        assertEquals(2, ring.first(0));
        assertEquals(4, ring.first(2));
        assertEquals(SECOND, ring.bucketNanos());
    }

    @Test
    void indexAt_betweenBuckets_theOneBefore() {
        SeriesRing ring = new SeriesRing(8, SECOND, WhenFull.DROP_OLDEST);
        ring.add(2 * SECOND, 1);
        ring.add(6 * SECOND, 2);
        assertEquals(-1, ring.indexAt(SECOND));
        assertEquals(0, ring.indexAt(5 * SECOND));
        assertEquals(1, ring.indexAt(60 * SECOND));
    }

    @Test
    void unknownValue_leavesAGap() {
        SeriesRing ring = new SeriesRing(8, SECOND, WhenFull.DROP_OLDEST);
        ring.add(0, 1);
        ring.add(SECOND, Double.NaN);
        ring.add(2 * SECOND, 1);
        assertEquals(2, ring.size());
        assertFalse(ring.gapBefore(0));
        assertTrue(ring.gapBefore(1));
    }

    @Test
    void capacity_tooSmall_refused() {
        assertThrows(IllegalArgumentException.class, () -> new SeriesRing(1, SECOND, WhenFull.WIDEN));
    }
}
