package io.partflow.ui.tune.curve;

import io.partflow.engine.insight.curve.MissRatioCurve;
import java.util.List;
import java.util.OptionalDouble;
import org.jspecify.annotations.Nullable;

/// What the chart shows at one moment. Immutable.
///
/// @param lines in the order in which they are read out; empty when nothing was asked yet
/// @param leastSize the left end of the axis, at least 1
/// @param mostSize the right end, above the left one
/// @param limit the present limit of the cache, or null without one
/// @param hitRatio what the cache has reached; empty before the first request
/// @param knee the smallest size with nearly the best ratio of the first line; 0 when nothing repeats
public record CurvePicture(
        MissRatioCurve.Unit unit,
        List<CurveLine> lines,
        long leastSize,
        long mostSize,
        @Nullable Long limit,
        OptionalDouble hitRatio,
        long knee) {
    /// Nothing is known yet.
    public static final CurvePicture EMPTY =
            new CurvePicture(MissRatioCurve.Unit.ITEMS, List.of(), 1, 1_000, null, OptionalDouble.empty(), 0);

    public CurvePicture {
        lines = List.copyOf(lines);
    }

    public boolean isEmpty() {
        return lines.isEmpty();
    }

    /// Where a size lies on the axis, which is logarithmic: 0 at the left end, 1 at the right one.
    public double place(double size) {
        double low = Math.log(leastSize);
        return (Math.log(Math.max(leastSize, size)) - low) / (Math.log(mostSize) - low);
    }

    /// The size at a place, the inverse of [#place].
    public long sizeAt(double place) {
        double low = Math.log(leastSize);
        return Math.round(Math.exp(low + Math.clamp(place, 0, 1) * (Math.log(mostSize) - low)));
    }
}
