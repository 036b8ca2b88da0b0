package io.partflow.engine.insight.curve;

import java.util.stream.IntStream;
import java.util.stream.LongStream;

/// The curves of a recorded trace. Stateless.
public final class TraceCurves {
    /*
     * LRU without expiry needs one pass, because it is a stack policy: what a cache holds, a larger one holds too.
     * Any other policy, and any time to live, is simulated at each size. Where the trace has many keys and the size
     * is large, a share of the keys is simulated in a cache of the same share of the size ("miniature simulation");
     * a hash decides which, so that all accesses of a key are in or out together.
     */

    /// Simulations take place with at least this many keys; with fewer, the answer would be mostly chance.
    static final int MINIATURE_KEYS = 16_384;

    private static final double LEAST_ENTRIES = 512;
    private static final int FIRST_SIZES = 16;
    private static final int BYTE_SIZES = 40;
    private static final double GROWTH = Math.pow(10, 0.1);

    private TraceCurves() {}

    /// The exact LRU curve.
    public static MissRatioCurve lru(AccessTrace trace, MissRatioCurve.Unit unit) {
        StackDistances stack = new StackDistances(Math.max(1, trace.distinct()));
        DistanceCounts counts = new DistanceCounts();
        for (int i = 0; i < trace.accesses(); i++) {
            int distance = stack.access(trace.key(i), trace.bytes(i));
            if (distance != StackDistances.UNKNOWN) {
                counts.add(unit == MissRatioCurve.Unit.ITEMS ? distance : stack.byteDistance(), 1);
            }
        }
        CurvePoints points = new CurvePoints();
        double hits = 0;
        for (int place = 1; place < counts.places(); place++) {
            if (counts.at(place) > 0) {
                hits += counts.at(place);
                points.add(DistanceCounts.distance(place), hits / trace.accesses(), 0);
            }
        }
        return points.curve(unit, MissRatioCurve.Method.EXACT, trace.accesses(), Long.MAX_VALUE);
    }

    /// The curve of a policy and a time to live at some sizes.
    ///
    /// @param sizes rising
    /// @param ttlMillis 0 for ever
    /// @throws IllegalArgumentException for the optimum in bytes or with a time to live, which nobody can tell fast
    public static MissRatioCurve of(
            AccessTrace trace, Policy policy, MissRatioCurve.Unit unit, long[] sizes, long ttlMillis) {
        if (policy == Policy.LRU && ttlMillis == 0) {
            MissRatioCurve all = lru(trace, unit);
            CurvePoints points = new CurvePoints();
            for (long size : sizes) {
                points.add(size, all.hitRatioAt(size), 0);
            }
            return points.curve(unit, MissRatioCurve.Method.EXACT, trace.accesses(), Long.MAX_VALUE);
        }
        if (policy == Policy.OPTIMAL && (unit == MissRatioCurve.Unit.BYTES || ttlMillis != 0)) {
            throw new IllegalArgumentException("the optimum is known for a number of items without expiry only");
        }
        double rate =
                policy == Policy.OPTIMAL ? 1 : Math.min(1, MINIATURE_KEYS / (double) Math.max(1, trace.distinct()));
        CurvePoints points = new CurvePoints();
        for (long size : sizes) {
            double ratio = policy == Policy.OPTIMAL
                    ? OptimalCache.hitRatio(trace, size)
                    : simulated(trace, policy, unit, size, ttlMillis, rate);
            points.add(size, ratio, 0);
        }
        MissRatioCurve.Method method = rate < 1 ? MissRatioCurve.Method.MINIATURE : MissRatioCurve.Method.SIMULATION;
        return points.curve(unit, method, trace.accesses(), rate < 1 ? 0 : Long.MAX_VALUE);
    }

    private static double simulated(
            AccessTrace trace, Policy policy, MissRatioCurve.Unit unit, long size, long ttlMillis, double rate) {
        // A cache of fewer entries than this is no likeness of a large one; small sizes are simulated whole.
        double entries = unit == MissRatioCurve.Unit.ITEMS ? size : Math.max(1, size / trace.meanBytes());
        double share = Math.min(1, Math.max(rate, LEAST_ENTRIES / entries));
        long scaled = Math.max(1, Math.round(size * share));
        SimulatedCache.Limits limits = unit == MissRatioCurve.Unit.ITEMS
                ? SimulatedCache.Limits.ofItems(scaled)
                : SimulatedCache.Limits.ofBytes(scaled);
        return hitRatio(trace, SimulatedCache.of(policy, limits.living(ttlMillis)), share);
    }

    /// The ratio of accesses that a cache serves.
    public static double hitRatio(AccessTrace trace, SimulatedCache cache) {
        return hitRatio(trace, cache, 1);
    }

    private static double hitRatio(AccessTrace trace, SimulatedCache cache, double share) {
        long hits = 0;
        long asked = 0;
        for (int i = 0; i < trace.accesses(); i++) {
            int key = trace.key(i);
            if (share >= 1 || ShardsCurve.samples(key, share)) {
                asked++;
                hits += cache.access(key, trace.bytes(i), trace.atMillis(i)) ? 1 : 0;
            }
        }
        // As with SHARDS, the accesses that a sample of few keys has too many or too few are those of frequent keys.
        double expected = trace.accesses() * share;
        return expected == 0 ? 0 : Math.clamp((hits + expected - asked) / expected, 0, 1);
    }

    /// Sizes in bytes worth asking for, when nobody said which: at most 40 in equal steps of a logarithmic axis, from
    /// that of a value to that of all values.
    public static long[] byteSizes(AccessTrace trace) {
        double least = Math.max(1, trace.meanBytes());
        double most = trace.totalBytes();
        return IntStream.rangeClosed(0, BYTE_SIZES - 1)
                .mapToLong(step -> (long) Math.ceil(least * Math.pow(most / least, step / (BYTE_SIZES - 1.0))))
                .distinct()
                .toArray();
    }

    /// Sizes worth asking for, when nobody said which: from 1 to `most`, every one up to 16, then ten to a decade.
    public static long[] sizes(long most) {
        LongStream.Builder sizes = LongStream.builder();
        long size = 1;
        while (size < most) {
            sizes.add(size);
            size = size < FIRST_SIZES ? size + 1 : Math.max(size + 1, Math.round(size * GROWTH));
        }
        return sizes.add(Math.max(1, most)).build().toArray();
    }
}
