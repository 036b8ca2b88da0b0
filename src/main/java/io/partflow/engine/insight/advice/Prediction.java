package io.partflow.engine.insight.advice;

import io.partflow.engine.content.JsonObject;
import java.util.Locale;

/// What a change would make of a number. Immutable.
///
/// @param before the number as it is
/// @param after what it would be
/// @param low where it would lie at least, 95 times of 100 on a stream like the recorded one
/// @param high where it would lie at most
public record Prediction(Measure measure, double before, double after, double low, double high) {
    /// What is predicted.
    public enum Measure {
        /// The share of requests that need no computation, 0 to 1.
        HIT_RATIO,
        /// Bytes that the cache holds.
        BYTES_HELD,
        /// Computations.
        COMPUTATIONS,
        /// Time saved per request less what the cache takes, in nanoseconds; may be negative.
        NET_NANOS_PER_REQUEST
    }

    private static final int BLOCKS = 20;
    private static final double TWO_SIGMA = 2;
    // What a simulation of the policy is off by, beside chance.
    private static final double MODEL_ERROR = 0.02;

    /// A hit ratio, predicted from two replays of the same requests.
    ///
    /// The requests are cut into 20 stretches; the spread of the stretches' gains tells how much of the gain may be
    /// chance.
    ///
    /// @param observed the hit ratio that was seen
    public static Prediction ofReplays(double observed, boolean[] before, boolean[] after) {
        return ofReplays(observed, before, after, 1);
    }

    /// As above, where it is known what no cache can exceed.
    ///
    /// @param ceiling the most that is possible, 0 to 1; what was seen may lie above it, where entries were there
    /// before
    public static Prediction ofReplays(double observed, boolean[] before, boolean[] after, double ceiling) {
        double most = Math.max(observed, ceiling);
        int n = before.length;
        int blocks = Math.max(1, Math.min(BLOCKS, n));
        double[] gains = new double[blocks];
        for (int i = 0; i < n; i++) {
            gains[(int) ((long) i * blocks / n)] += (after[i] ? 1 : 0) - (before[i] ? 1 : 0);
        }
        double sum = 0;
        for (double gain : gains) {
            sum += gain;
        }
        double mean = sum / blocks;
        double squares = 0;
        for (double gain : gains) {
            squares += (gain - mean) * (gain - mean);
        }
        double sigma = blocks < 2 ? 0 : Math.sqrt(squares / (blocks - 1) * blocks) / n;
        double ratio = Math.clamp(observed + sum / n, 0, most);
        double margin = TWO_SIGMA * sigma + MODEL_ERROR;
        return new Prediction(
                Measure.HIT_RATIO,
                observed,
                ratio,
                Math.clamp(ratio - margin, 0, most),
                Math.clamp(ratio + margin, 0, most));
    }

    /// A number that is counted, not estimated, within a share of itself.
    public static Prediction within(Measure measure, double before, double after, double share) {
        double margin = Math.abs(after) * share;
        return new Prediction(measure, before, after, after - margin, after + margin);
    }

    /// Whether what is predicted lies above the present, and with it all that is likely.
    public boolean isClearlyMore() {
        return low > before;
    }

    public double gain() {
        return after - before;
    }

    public JsonObject toJson() {
        return JsonObject.builder()
                .put("measure", measure.name().toLowerCase(Locale.ROOT))
                .put("before", before)
                .put("after", after)
                .put("low", low)
                .put("high", high)
                .build();
    }
}
