package io.partflow.engine.insight.history;

import java.util.ArrayList;
import java.util.List;

/// Hits and misses with a history of the hit ratio and a report in words. Confined to one thread.
///
/// The report is the plain one that needs no history of keys; advice that is measured stands beside it.
public final class CacheAnalytics {
    /// How many points of the hit ratio are kept.
    public static final int HISTORY = 1_000;

    private static final double EXCELLENT = 0.8;
    private static final double GOOD = 0.6;
    private static final double POOR = 0.3;

    private final double[] history = new double[HISTORY];
    private int next;
    private int points;
    private double sum;
    private long hits;
    private long misses;

    /// Counts a request that needed no computation.
    public void recordHit() {
        recordHits(1);
    }

    /// Counts several of them, of which one is known to stand for all; the history gets one point.
    public void recordHits(long count) {
        hits += count;
        note();
    }

    /// Counts a request that was computed.
    public void recordMiss() {
        misses++;
        note();
    }

    private void note() {
        double ratio = hits / (double) (hits + misses);
        if (points == HISTORY) {
            sum -= history[next];
        } else {
            points++;
        }
        history[next] = ratio;
        sum += ratio;
        next = next + 1 == HISTORY ? 0 : next + 1;
        if (next == 0) {
            // Adding and subtracting a million times leaves crumbs; sweep them up once a round.
            sum = 0;
            for (double each : history) {
                sum += each;
            }
        }
    }

    /// The hit ratio after each of the last 1,000 requests, oldest first.
    public List<Double> history() {
        List<Double> all = new ArrayList<>(points);
        for (int i = 0; i < points; i++) {
            all.add(history[(next - points + i + HISTORY) % HISTORY]);
        }
        return all;
    }

    /// The report; `no_data` before the first request.
    public BaselineReport report() {
        long requests = hits + misses;
        if (requests == 0) {
            return new BaselineReport.NoData();
        }
        double current = hits / (double) requests;
        return new BaselineReport.Measured(
                current, Math.clamp(sum / points, 0, 1), requests, efficiency(current), recommendations(current));
    }

    private static String efficiency(double ratio) {
        if (ratio > EXCELLENT) {
            return "excellent";
        }
        return ratio > GOOD ? "good" : "needs_improvement";
    }

    private static List<String> recommendations(double ratio) {
        if (ratio < POOR) {
            return List.of("Consider increasing cache size or TTL", "Review cache key generation for better hit rates");
        }
        return ratio < GOOD
                ? List.of("Analyze cache eviction patterns", "Consider implementing cache warming strategies")
                : List.of();
    }
}
