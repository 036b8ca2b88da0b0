package io.partflow.engine.cache;

/// Percentiles of a group of timed requests, in milliseconds; all 0 without samples.
///
/// @param samples how many requests were timed
public record LatencySnapshot(long samples, double p50Ms, double p95Ms, double p99Ms) {
    public static final LatencySnapshot NONE = new LatencySnapshot(0, 0, 0, 0);
}
