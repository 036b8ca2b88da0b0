package io.partflow.engine.insight;

import io.partflow.engine.cache.CacheSettings;
import io.partflow.engine.cache.CacheSnapshot;
import io.partflow.engine.insight.curve.MissRatioCurve;
import io.partflow.engine.insight.history.BaselineReport;
import io.partflow.engine.insight.history.Ledger;
import io.partflow.engine.insight.why.MissCause;
import java.util.List;
import java.util.Map;

/// What the history of one node's cache says at one moment: for a view, a report, the command line. Immutable.
///
/// @param counters of the requests that were watched, to the cache the node has now; latencies since that was made,
/// hits one in 64 timed, misses all
/// @param byItems the hit ratio at every number of entries
/// @param byBytes the hit ratio at every number of bytes
/// @param causes how often each cause kept a request from being served
/// @param ledger what was saved and spent
/// @param baseline what the hit ratio alone says
/// @param hitRatios after each of the last 1,000 requests, oldest first
/// @param sampleRate the share of the keys that is followed; below 1 where more was asked than could be looked at
public record NodeInsight(
        String node,
        String processor,
        CacheSettings settings,
        CacheSnapshot counters,
        MissRatioCurve byItems,
        MissRatioCurve byBytes,
        Map<MissCause.Kind, Long> causes,
        Ledger.Balance ledger,
        BaselineReport baseline,
        List<Double> hitRatios,
        double sampleRate) {
    /// The most points a curve has here.
    public static final int CURVE_POINTS = 1_000;

    public NodeInsight {
        causes = Map.copyOf(causes);
        hitRatios = List.copyOf(hitRatios);
    }
}
