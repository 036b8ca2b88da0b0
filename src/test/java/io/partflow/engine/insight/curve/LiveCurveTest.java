package io.partflow.engine.insight.curve;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.partflow.engine.insight.curve.MissRatioCurve.Method;
import io.partflow.engine.insight.curve.MissRatioCurve.Unit;
import org.junit.jupiter.api.Test;

class LiveCurveTest {
    private final LiveCurve live = new LiveCurve();
    private final AccessTrace.Builder recorded = new AccessTrace.Builder();

    private AccessTrace feed(int accesses, int keys, double exponent) {
        Zipf zipf = new Zipf(keys, exponent, 7);
        for (int i = 0; i < accesses; i++) {
            int key = zipf.next();
            long size = 100 + key % 50;
            live.access(key, size);
            recorded.add(key, size, 0);
        }
        return recorded.build();
    }

    @Test
    void curve_ofFewKeys_isExactAtEverySize() {
        AccessTrace trace = feed(100_000, 8_000, 0.9);
        MissRatioCurve exact = TraceCurves.lru(trace, Unit.ITEMS);
        MissRatioCurve bytes = TraceCurves.lru(trace, Unit.BYTES);

        assertThat(live.byItems().method()).isEqualTo(Method.EXACT);
        for (int size = 1; size < 9_000; size++) {
            assertThat(live.byItems().hitRatioAt(size)).isEqualTo(exact.hitRatioAt(size), within(1e-12));
            assertThat(live.byBytes().hitRatioAt(size * 120L)).isEqualTo(bytes.hitRatioAt(size * 120L), within(1e-12));
        }
    }

    @Test
    void curve_ofManyKeys_isExactUpTo8192AndEstimatedBeyond() {
        AccessTrace trace = feed(400_000, 60_000, 0.8);
        MissRatioCurve exact = TraceCurves.lru(trace, Unit.ITEMS);
        MissRatioCurve curve = live.byItems();

        assertThat(curve.method()).isEqualTo(Method.ESTIMATE);
        assertThat(curve.exactUpTo()).isEqualTo(8_192);
        for (int size = 1; size <= 8_192; size++) {
            assertThat(curve.hitRatioAt(size)).isEqualTo(exact.hitRatioAt(size), within(1e-12));
        }
        double worst = 0;
        double sum = 0;
        int points = 0;
        for (int size = 8_200; size < 60_000; size += 500) {
            double off = Math.abs(curve.hitRatioAt(size) - exact.hitRatioAt(size));
            worst = Math.max(worst, off);
            sum += off;
            points++;
        }
        assertThat(sum / points).isLessThan(0.01);
        assertThat(worst).isLessThan(0.03);
        assertThat(curve.errorAt(20_000)).isPositive().isLessThan(0.05);
    }

    @Test
    void estimate_ofManyKeysAndSkews_isWithinAHundredthOnAverage() {
        double sum = 0;
        int points = 0;
        int told = 0;
        for (double exponent : new double[] {0.6, 0.8, 1.0}) {
            ShardsCurve shards = new ShardsCurve(8_192, 1);
            AccessTrace.Builder builder = new AccessTrace.Builder();
            Zipf zipf = new Zipf(200_000, exponent, 3);
            for (int i = 0; i < 1_000_000; i++) {
                int key = zipf.next();
                shards.access(key, 1);
                builder.add(key);
            }
            MissRatioCurve exact = TraceCurves.lru(builder.build(), Unit.ITEMS);
            MissRatioCurve estimate = shards.byItems();
            assertThat(shards.rate()).isLessThan(0.1);
            for (long size : TraceCurves.sizes(200_000)) {
                if (size >= 8_192) {
                    double off = Math.abs(estimate.hitRatioAt(size) - exact.hitRatioAt(size));
                    sum += off;
                    points++;
                    told += off <= estimate.errorAt(size) ? 1 : 0;
                }
            }
        }
        assertThat(sum / points).isLessThan(0.01);
        assertThat(told)
                .as("of %d points within the error that is told", points)
                .isGreaterThan(points * 8 / 10);
    }

    @Test
    void curve_onceOnlyASampleArrives_isAnEstimateOfAllAccesses() {
        AccessTrace before = feed(20_000, 5_000, 0.9);
        live.sampleOnly(0.25);
        Zipf zipf = new Zipf(5_000, 0.9, 70);
        int left = 0;
        for (int i = 0; i < 200_000; i++) {
            int key = zipf.next();
            recorded.add(key, 100 + key % 50, 0);
            if (ShardsCurve.samples(key, 0.25)) {
                live.access(key, 100 + key % 50);
            } else {
                left++;
            }
        }
        live.skipped(left);
        MissRatioCurve exact = TraceCurves.lru(recorded.build(), Unit.ITEMS);

        assertThat(live.isExact()).isFalse();
        assertThat(live.byItems().method()).isEqualTo(Method.ESTIMATE);
        assertThat(live.byItems().accesses()).isEqualTo(before.accesses() + 200_000L);
        for (int size : new int[] {200, 1_000, 3_000}) {
            assertThat(live.byItems().hitRatioAt(size)).isEqualTo(exact.hitRatioAt(size), within(0.04));
        }
    }
}
