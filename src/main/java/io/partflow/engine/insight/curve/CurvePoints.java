package io.partflow.engine.insight.curve;

import java.util.Arrays;

/// Collects the points of a curve from small to large. Confined to one thread.
final class CurvePoints {
    private long[] sizes = new long[64];
    private double[] ratios = new double[64];
    private double[] errors = new double[64];
    private int count;

    /// Adds a point.
    void add(long size, double hitRatio, double error) {
        if (count == sizes.length) {
            sizes = Arrays.copyOf(sizes, count * 2);
            ratios = Arrays.copyOf(ratios, count * 2);
            errors = Arrays.copyOf(errors, count * 2);
        }
        sizes[count] = size;
        ratios[count] = hitRatio;
        errors[count] = error;
        count++;
    }

    /// The ratio of the last point, 0 without one.
    double lastRatio() {
        return count == 0 ? 0 : ratios[count - 1];
    }

    MissRatioCurve curve(MissRatioCurve.Unit unit, MissRatioCurve.Method method, long accesses, long exactUpTo) {
        return MissRatioCurve.of(
                unit,
                method,
                accesses,
                exactUpTo,
                Arrays.copyOf(sizes, count),
                Arrays.copyOf(ratios, count),
                Arrays.copyOf(errors, count));
    }
}
