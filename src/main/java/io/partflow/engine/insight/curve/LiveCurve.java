package io.partflow.engine.insight.curve;

/// The LRU miss-ratio curve of a cache in use: exact for sizes up to 8,192 entries, estimated beyond. Confined to one
/// thread.
public final class LiveCurve {
    /// Up to how many entries the curve is exact.
    public static final int EXACT_ENTRIES = 8_192;

    // While the exact part holds all keys, this one only prepares for the moment when it no longer does.
    private static final double FIRST_RATE = 0.125;

    private final StackDistances stack = new StackDistances(EXACT_ENTRIES);
    private final DistanceCounts items = new DistanceCounts();
    private final DistanceCounts bytes = new DistanceCounts();
    private final ShardsCurve sample = new ShardsCurve(EXACT_ENTRIES, FIRST_RATE);
    private boolean exact = true;
    private long forgottenFromBytes = Long.MAX_VALUE;
    private long accesses;

    /// Notes an access that follows directly on the last one noted.
    public void access(long key, long size) {
        sample.access(key, size);
        if (!exact) {
            return;
        }
        accesses++;
        boolean full = stack.keys() == EXACT_ENTRIES;
        int distance = stack.access(key, size);
        if (distance != StackDistances.UNKNOWN) {
            items.add(distance, 1);
            bytes.add(stack.byteDistance(), 1);
        } else if (full) {
            // From this many bytes on, what a cache would have held is no longer known.
            forgottenFromBytes = Math.min(forgottenFromBytes, stack.totalBytes());
        }
    }

    /// From now on only accesses of keys for which [ShardsCurve#samples] is true will be noted; the exact part ends.
    public void sampleOnly(double rate) {
        exact = false;
        sample.lowerTo(rate);
    }

    /// Counts accesses that were left out for that reason.
    public void skipped(long count) {
        sample.skipped(count);
    }

    /// Whether all accesses so far were noted.
    public boolean isExact() {
        return exact;
    }

    public MissRatioCurve byItems() {
        if (!exact) {
            return sample.byItems();
        }
        return joined(items, MissRatioCurve.Unit.ITEMS, EXACT_ENTRIES);
    }

    public MissRatioCurve byBytes() {
        if (!exact) {
            return sample.byBytes();
        }
        return joined(bytes, MissRatioCurve.Unit.BYTES, forgottenFromBytes);
    }

    private MissRatioCurve joined(DistanceCounts counts, MissRatioCurve.Unit unit, long exactUpTo) {
        boolean whole = forgottenFromBytes == Long.MAX_VALUE;
        CurvePoints points = new CurvePoints();
        double hits = 0;
        for (int place = 1; place < counts.places(); place++) {
            double here = counts.at(place);
            long size = DistanceCounts.distance(place);
            if (here > 0 && (whole || size <= exactUpTo)) {
                hits += here;
                points.add(size, hits / accesses, 0);
            }
        }
        if (whole) {
            return points.curve(unit, MissRatioCurve.Method.EXACT, accesses, Long.MAX_VALUE);
        }
        sample.addBeyond(points, unit, exactUpTo, points.lastRatio());
        return points.curve(unit, MissRatioCurve.Method.ESTIMATE, accesses, exactUpTo);
    }
}
