package io.partflow.ui.tune.curve;

import io.partflow.engine.insight.curve.MissRatioCurve;
import io.partflow.ui.support.Formats;
import io.partflow.ui.support.Messages;
import java.util.Locale;

/// One curve of the chart. Immutable.
///
/// @param kind whose curve it is
/// @param curve the hit ratio at every size
public record CurveLine(Kind kind, MissRatioCurve curve) {
    /// Whose curve it is; in the order in which they are read out.
    public enum Kind {
        LRU,
        TINYLFU,
        FIFO,
        /// What no policy can surpass; known for what was recorded only.
        OPTIMUM
    }

    private static final double HUNDRED = 100;

    /// What to call it, such as "LRU, estimate".
    public String label() {
        String name = Messages.text("tune.curve.line." + kind.name().toLowerCase(Locale.ROOT));
        return isEstimate() ? Messages.text("tune.curve.estimate", name) : name;
    }

    /// Whether part of it is estimated from a sample of the keys.
    public boolean isEstimate() {
        return switch (curve.method()) {
            case ESTIMATE, MINIATURE -> true;
            case EXACT, SIMULATION -> false;
        };
    }

    /// The ratio at a size in words, with how far it may be off: `71.2 %`, `71.2 % ±1.3 estimated`.
    public String reading(long size) {
        String ratio = Formats.percent(curve.hitRatioAt(size));
        boolean estimated = isEstimate() && size > curve.exactUpTo();
        if (!estimated) {
            return ratio;
        }
        double error = curve.errorAt(size) * HUNDRED;
        return error < 0.05
                ? Messages.text("tune.curve.reading.estimate", ratio)
                : Messages.text("tune.curve.reading.error", ratio, String.format(Locale.ENGLISH, "%.1f", error));
    }
}
