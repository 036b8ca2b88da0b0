package io.partflow.engine.insight.curve;

import java.util.Arrays;

/// The hit ratio of a cache at every size: what it would have served of the accesses so far, had it been that large.
/// Immutable.
///
/// Between two points the ratio is that of the smaller one: a curve never promises what was not seen. In bytes, a
/// value larger than the whole cache counts as one that empties it.
public final class MissRatioCurve {
    /// In what the size of a cache is counted.
    public enum Unit {
        ITEMS,
        BYTES
    }

    /// How the ratios were found.
    public enum Method {
        /// From every access.
        EXACT,
        /// Exact up to a size, estimated from a sample of the keys beyond.
        ESTIMATE,
        /// By a simulation of every access at some sizes.
        SIMULATION,
        /// By simulations of small caches with a sample of the keys.
        MINIATURE
    }

    private static final double NEARLY_BEST = 0.99;

    private final Unit unit;
    private final Method method;
    private final long accesses;
    private final long exactUpTo;
    private final long[] sizes;
    private final double[] hitRatios;
    private final double[] errors;

    private MissRatioCurve(
            Unit unit,
            Method method,
            long accesses,
            long exactUpTo,
            long[] sizes,
            double[] hitRatios,
            double[] errors) {
        this.unit = unit;
        this.method = method;
        this.accesses = accesses;
        this.exactUpTo = exactUpTo;
        this.sizes = sizes;
        this.hitRatios = hitRatios;
        this.errors = errors;
    }

    /// @param sizes rising, each at least 1; may be empty
    /// @param hitRatios of the same length, each 0 to 1
    /// @param errors of the same length: how far the ratio may be off, 95 times of 100; 0 where it is exact
    public static MissRatioCurve of(
            Unit unit,
            Method method,
            long accesses,
            long exactUpTo,
            long[] sizes,
            double[] hitRatios,
            double[] errors) {
        if (sizes.length != hitRatios.length || sizes.length != errors.length) {
            throw new IllegalArgumentException(
                    sizes.length + " sizes, " + hitRatios.length + " ratios, " + errors.length + " errors");
        }
        return new MissRatioCurve(unit, method, accesses, exactUpTo, sizes.clone(), hitRatios.clone(), errors.clone());
    }

    public Unit unit() {
        return unit;
    }

    public Method method() {
        return method;
    }

    /// How many accesses it is made of.
    public long accesses() {
        return accesses;
    }

    /// The largest size up to which ratios are exact; [Long#MAX_VALUE] for all.
    public long exactUpTo() {
        return exactUpTo;
    }

    public int points() {
        return sizes.length;
    }

    public long size(int point) {
        return sizes[point];
    }

    public double hitRatio(int point) {
        return hitRatios[point];
    }

    public double error(int point) {
        return errors[point];
    }

    /// The ratio at a size, 0 to 1; 0 below the first point.
    public double hitRatioAt(long size) {
        int point = pointAt(size);
        return point < 0 ? 0 : hitRatios[point];
    }

    /// How far [#hitRatioAt] may be off.
    public double errorAt(long size) {
        int point = pointAt(size);
        return point < 0 ? 0 : errors[point];
    }

    private int pointAt(long size) {
        int found = Arrays.binarySearch(sizes, size);
        return found >= 0 ? found : -found - 2;
    }

    /// The ratio at the largest size.
    public double best() {
        return hitRatios.length == 0 ? 0 : hitRatios[hitRatios.length - 1];
    }

    /// The smallest size that brings nearly all that any size can bring; 0 without points.
    public long knee() {
        return sizeFor(NEARLY_BEST);
    }

    /// The smallest size whose ratio reaches a share of the best one; 0 without points.
    ///
    /// @param share 0 to 1
    public long sizeFor(double share) {
        for (int i = 0; i < sizes.length; i++) {
            if (hitRatios[i] >= share * best()) {
                return sizes[i];
            }
        }
        return 0;
    }

    /// A curve of at most so many points that agrees with this one wherever it has a point: for drawing.
    public MissRatioCurve thinned(int most) {
        if (sizes.length <= most) {
            return this;
        }
        int[] kept = new int[most];
        for (int i = 0; i < most; i++) {
            kept[i] = (int) Math.round(i * (sizes.length - 1.0) / (most - 1));
        }
        return new MissRatioCurve(
                unit,
                method,
                accesses,
                exactUpTo,
                Arrays.stream(kept).mapToLong(i -> sizes[i]).toArray(),
                Arrays.stream(kept).mapToDouble(i -> hitRatios[i]).toArray(),
                Arrays.stream(kept).mapToDouble(i -> errors[i]).toArray());
    }
}
