package io.partflow.engine.cache;

import io.partflow.engine.cache.recency.LaneDurations;
import java.util.concurrent.TimeUnit;
import org.HdrHistogram.Histogram;
import org.HdrHistogram.Recorder;
import org.jspecify.annotations.Nullable;

/// Durations of requests, from which percentiles are read; two significant digits, up to an hour (longer counts as
/// an hour).
///
/// Thread-safe: recording takes no lock, reading one.
final class LatencyRecorder {
    private static final long MOST_NANOS = TimeUnit.HOURS.toNanos(1);
    private static final int DIGITS = 2;

    private final Recorder recorder = new Recorder(MOST_NANOS, DIGITS);
    private final Histogram all = new Histogram(MOST_NANOS, DIGITS);
    private final LaneDurations shorts = new LaneDurations();
    private @Nullable Histogram interval;

    void record(long nanos) {
        recorder.recordValue(Math.clamp(nanos, 0, MOST_NANOS));
    }

    /// As [#record(long)], for a thread that knows its lane.
    void record(int lane, long nanos) {
        if (!shorts.record(lane, nanos)) {
            record(nanos);
        }
    }

    /// Adds everything recorded so far to another histogram, made by [#histogram()].
    synchronized void addTo(Histogram sum) {
        collect();
        sum.add(all);
        shorts.read(sum::recordValueWithCount);
    }

    synchronized LatencySnapshot snapshot() {
        Histogram sum = histogram();
        addTo(sum);
        return snapshot(sum);
    }

    private void collect() {
        interval = recorder.getIntervalHistogram(interval);
        all.add(interval);
    }

    static Histogram histogram() {
        return new Histogram(MOST_NANOS, DIGITS);
    }

    static LatencySnapshot snapshot(Histogram nanos) {
        return nanos.getTotalCount() == 0
                ? LatencySnapshot.NONE
                : new LatencySnapshot(
                        nanos.getTotalCount(),
                        nanos.getValueAtPercentile(50) / 1e6,
                        nanos.getValueAtPercentile(95) / 1e6,
                        nanos.getValueAtPercentile(99) / 1e6);
    }
}
