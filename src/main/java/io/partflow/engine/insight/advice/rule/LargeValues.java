package io.partflow.engine.insight.advice.rule;

import static io.partflow.engine.insight.advice.rule.Words.evidence;

import io.partflow.engine.cache.EvictionCause;
import io.partflow.engine.insight.advice.Advice;
import io.partflow.engine.insight.advice.AdviceRule;
import io.partflow.engine.insight.advice.Examined;
import io.partflow.engine.insight.advice.Prediction;
import io.partflow.engine.insight.advice.ProposedChange;
import io.partflow.engine.insight.curve.SimulatedCache;
import io.partflow.engine.insight.history.CacheHistory;
import io.partflow.engine.insight.history.CacheRequest;
import io.partflow.engine.insight.history.Replay;
import io.partflow.engine.insight.why.RequestPrint;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// Speaks where the answers to one kind of inputs are so large that they crowd out all others. Proposes a
/// share of the bytes of their own.
public final class LargeValues implements AdviceRule {
    private static final double[] SHARES = {0.1, 0.25, 0.5, 0.75};
    private static final double LEAST_GAIN = 0.02;
    private static final double MUCH_LARGER = 4;

    /// The requests for one kind of inputs.
    private static final class Kind {
        long requests;
        long bytes;

        double mean() {
            return requests == 0 ? 0 : bytes / (double) requests;
        }
    }

    @Override
    public Optional<Advice> advise(Examined examined) {
        CacheHistory history = examined.history();
        boolean crowded = history.evictions().stream().anyMatch(each -> each.cause() == EvictionCause.WEIGHT);
        Long limit = history.settings().maxBytes();
        if (!crowded
                || limit == null
                || !history.settings().behaviour().partitions().isEmpty()) {
            return Optional.empty();
        }
        Map<Long, String> kindOfKey = new HashMap<>();
        history.prints().forEach((key, print) -> kindOfKey.put(key, kind(print)));
        Map<String, Kind> kinds = new HashMap<>();
        for (CacheRequest request : history.requests()) {
            Kind kind = kinds.computeIfAbsent(kindOfKey.getOrDefault(request.key(), ""), name -> new Kind());
            kind.requests++;
            kind.bytes += request.bytes();
        }
        String large = kinds.entrySet().stream()
                .filter(each -> !each.getKey().isEmpty())
                .max((a, b) -> Double.compare(a.getValue().mean(), b.getValue().mean()))
                .map(Map.Entry::getKey)
                .orElse("");
        Kind others = new Kind();
        kinds.forEach((name, kind) -> {
            if (!name.equals(large)) {
                others.requests += kind.requests;
                others.bytes += kind.bytes;
            }
        });
        Kind largest = kinds.get(large);
        if (largest == null || others.requests == 0 || largest.mean() < MUCH_LARGER * others.mean()) {
            return Optional.empty();
        }
        return best(examined, limit, large, largest, others, kindOfKey);
    }

    /// The main type of all parts, such as `image/*`; empty where they differ.
    private static String kind(RequestPrint print) {
        List<String> kinds = print.parts().stream()
                .map(part -> part.mimeType().split("/", 2)[0] + "/*")
                .distinct()
                .toList();
        return kinds.size() == 1 ? kinds.get(0) : "";
    }

    private static Optional<Advice> best(
            Examined examined, long limit, String large, Kind largest, Kind others, Map<Long, String> kindOfKey) {
        CacheHistory history = examined.history();
        boolean[] before = examined.hits();
        boolean @Nullable [] best = null;
        double share = 0;
        for (double each : SHARES) {
            boolean[] after = apart(history, large, kindOfKey, each);
            if (best == null || Replay.ratio(after) > Replay.ratio(best)) {
                best = after;
                share = each;
            }
        }
        if (best == null) {
            return Optional.empty();
        }
        Prediction prediction = Prediction.ofReplays(history.hitRatio(), before, best, history.ceiling());
        if (prediction.gain() < LEAST_GAIN || !prediction.isClearlyMore()) {
            return Optional.empty();
        }
        long own = Math.max(1, Math.round(limit * share));
        return Optional.of(new Advice(
                "large-values",
                history.node(),
                "Give inputs of type " + large + " " + Words.bytes(own) + " of their own.",
                List.of(
                        evidence("mean answer to " + large, Words.bytes(largest.mean())),
                        evidence("mean answer to others", Words.bytes(others.mean())),
                        evidence("requests for " + large, Words.count(largest.requests)),
                        evidence("requests for others", Words.count(others.requests))),
                prediction,
                new ProposedChange.Separate(List.of(large), own, Math.max(1, limit - own))));
    }

    private static boolean[] apart(CacheHistory history, String large, Map<Long, String> kindOfKey, double share) {
        SimulatedCache.Limits limits = history.limits();
        long own = Math.max(1, Math.round(limits.bytes() * share));
        SimulatedCache first =
                SimulatedCache.of(history.policy(), new SimulatedCache.Limits(limits.items(), own, limits.ttlMillis()));
        SimulatedCache rest = SimulatedCache.of(
                history.policy(),
                new SimulatedCache.Limits(limits.items(), Math.max(1, limits.bytes() - own), limits.ttlMillis()));
        boolean[] hits = new boolean[history.requests().size()];
        for (int i = 0; i < hits.length; i++) {
            CacheRequest request = history.requests().get(i);
            SimulatedCache cache = large.equals(kindOfKey.get(request.key())) ? first : rest;
            hits[i] = cache.access(request.key(), Math.max(1, request.bytes()), request.atMillis());
        }
        return hits;
    }
}
