package io.partflow.engine.insight.curve;

import java.util.PriorityQueue;

/// An LRU miss-ratio curve from a sample of the keys, in bounded memory: exact while few keys are asked for, an
/// estimate with an error beyond. Confined to one thread.
public final class ShardsCurve {
    /*
     * Idea (SHARDS, fixed size, with the adjustment of the paper). A key is sampled when its hash lies below a
     * threshold T; with rate R = T / 2^24 a distance among sampled keys is R times the true one. When more keys are
     * sampled than there is room for, the key with the largest hash goes, T falls to its hash, and what was counted
     * so far is scaled to the new rate. Since few keys may carry much of the traffic, the sample holds more or fewer
     * accesses than R times all; the difference is counted as if at the shortest distance, which is where such keys
     * are.
     *
     * Error. The sampled keys fall into 16 groups by other bits of their hash. With the adjustment, a ratio is one
     * minus the sampled misses over the expected accesses; the spread of the groups' misses gives the standard error
     * of their sum (W. Cochran, "Sampling Techniques", 1977, 9.2), of which twice is told.
     *
     * Cost. A key that is not sampled costs a multiplication and a comparison; one that is, O(log n).
     */
    /// How many places keys are spread over: a key is followed when the upper 24 bits of its mixed number are below a
    /// threshold of so many.
    public static final int PLACES = 1 << 24;

    private static final int MODULUS = PLACES;
    private static final int GROUPS = 16;
    private static final int EXACT_BITS = 12;
    private static final int ESTIMATE_BITS = 9;
    private static final double TWO_SIGMA = 2;

    private final int mostKeys;
    private final int bits;
    private final StackDistances stack;
    private final DistanceCounts[] byItems = new DistanceCounts[GROUPS];
    private final DistanceCounts[] byBytes = new DistanceCounts[GROUPS];
    private final double[] sampled = new double[GROUPS];
    private final KeyTable present;
    // Pairs of hash and key, largest hash first.
    private final PriorityQueue<long[]> largest = new PriorityQueue<>((a, b) -> Long.compare(b[0], a[0]));
    private int threshold;
    private long accesses;

    /// @param mostKeys how many keys to follow at most, at least 1
    /// @param rate the share of keys to start with, above 0 to 1; with 1 the curve is exact up to `mostKeys` keys
    public ShardsCurve(int mostKeys, double rate) {
        this.mostKeys = mostKeys;
        // An estimate is told in steps of 0.4 %, in a tenth of the memory; a curve that may be exact is not.
        this.bits = rate < 1 ? ESTIMATE_BITS : EXACT_BITS;
        this.threshold = (int) Math.round(rate * MODULUS);
        stack = new StackDistances(mostKeys + 1);
        present = new KeyTable(16);
        for (int i = 0; i < GROUPS; i++) {
            byItems[i] = new DistanceCounts(bits);
            byBytes[i] = new DistanceCounts(bits);
        }
    }

    /// Notes an access.
    ///
    /// @param key a number that stands for the key; equal numbers, equal keys
    public void access(long key, long bytes) {
        accesses++;
        long hash = KeyTable.mix(key);
        int place = (int) (hash >>> 40);
        if (place >= threshold) {
            return;
        }
        sampled(key, bytes, place, (int) (hash & (GROUPS - 1)));
    }

    private void sampled(long key, long bytes, int place, int group) {
        double rate = rate();
        int distance = stack.access(key, bytes);
        sampled[group] += 1;
        if (distance != StackDistances.UNKNOWN) {
            byItems[group].add(Math.round(distance / rate), 1);
            byBytes[group].add(Math.round(stack.byteDistance() / rate), 1);
            return;
        }
        if (present.get(key) < 0) {
            present.put(key, 0);
            largest.add(new long[] {place, key});
        }
        while (stack.keys() > mostKeys) {
            lowerThreshold();
        }
    }

    private void lowerThreshold() {
        int before = threshold;
        threshold = (int) largest.element()[0];
        cut(before);
    }

    private void cut(int before) {
        while (!largest.isEmpty() && largest.element()[0] >= threshold) {
            forget(largest.remove()[1]);
        }
        double factor = threshold / (double) before;
        for (int i = 0; i < GROUPS; i++) {
            byItems[i].scale(factor);
            byBytes[i].scale(factor);
            sampled[i] *= factor;
        }
    }

    private void forget(long key) {
        stack.remove(key);
        int unused = present.remove(key);
    }

    /// Whether accesses of that key are of any use to a curve that follows this share of the keys.
    ///
    /// @param rate above 0 to 1
    public static boolean samples(long key, double rate) {
        return (KeyTable.mix(key) >>> 40) < (long) (rate * MODULUS);
    }

    /// Follows a smaller share of the keys from now on; a larger one is ignored.
    public void lowerTo(double rate) {
        int wanted = Math.max(1, (int) (rate * MODULUS));
        if (wanted < threshold) {
            int before = threshold;
            threshold = wanted;
            cut(before);
        }
    }

    /// Notes accesses of keys that are not followed, which somebody else has left out already.
    public void skipped(long count) {
        accesses += count;
    }

    /// The share of the keys that is followed, above 0 to 1.
    public double rate() {
        return threshold / (double) MODULUS;
    }

    /// How many accesses were noted, sampled or not.
    public long accesses() {
        return accesses;
    }

    public MissRatioCurve byItems() {
        return curve(byItems, MissRatioCurve.Unit.ITEMS);
    }

    public MissRatioCurve byBytes() {
        return curve(byBytes, MissRatioCurve.Unit.BYTES);
    }

    /// Adds the estimate for all sizes beyond one at which the ratio is known.
    void addBeyond(CurvePoints points, MissRatioCurve.Unit unit, long from, double ratioThere) {
        add(points, unit == MissRatioCurve.Unit.ITEMS ? byItems : byBytes, from, ratioThere);
    }

    private MissRatioCurve curve(DistanceCounts[] groups, MissRatioCurve.Unit unit) {
        CurvePoints points = new CurvePoints();
        boolean exact = threshold == MODULUS;
        double seen = 0;
        for (double each : sampled) {
            seen += each;
        }
        add(points, groups, 0, exact ? 0 : 1 - seen / expected());
        return points.curve(
                unit,
                exact ? MissRatioCurve.Method.EXACT : MissRatioCurve.Method.ESTIMATE,
                accesses,
                exact ? Long.MAX_VALUE : 0);
    }

    private double expected() {
        return accesses * rate();
    }

    private void add(CurvePoints points, DistanceCounts[] groups, long from, double ratioThere) {
        int places = 0;
        for (DistanceCounts each : groups) {
            places = Math.max(places, each.places());
        }
        double[] hits = new double[GROUPS];
        for (int place = from == 0 ? 1 : DistanceCounts.place(from, bits) + 1; place < places; place++) {
            double here = 0;
            for (int i = 0; i < GROUPS; i++) {
                double count = groups[i].at(place);
                hits[i] += count;
                here += count;
            }
            if (here > 0) {
                double ratio = ratioThere + sum(hits) / expected();
                points.add(DistanceCounts.distance(place, bits), Math.clamp(ratio, 0, 1), error(hits, from == 0));
            }
        }
    }

    /// What is estimated from the sample is a number of misses, where the curve starts at nothing, else of hits.
    private double error(double[] hits, boolean fromNothing) {
        if (threshold == MODULUS) {
            return 0;
        }
        double[] counts = new double[GROUPS];
        for (int i = 0; i < GROUPS; i++) {
            counts[i] = fromNothing ? sampled[i] - hits[i] : hits[i];
        }
        double mean = sum(counts) / GROUPS;
        double squares = 0;
        for (double each : counts) {
            squares += (each - mean) * (each - mean);
        }
        return TWO_SIGMA * Math.sqrt(squares * GROUPS / (GROUPS - 1)) / expected();
    }

    private static double sum(double[] values) {
        double sum = 0;
        for (double each : values) {
            sum += each;
        }
        return sum;
    }
}
