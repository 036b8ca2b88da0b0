package io.partflow.engine.insight.advice.rule;

import static io.partflow.engine.insight.advice.rule.Words.evidence;

import io.partflow.engine.cache.Outcome;
import io.partflow.engine.insight.advice.Advice;
import io.partflow.engine.insight.advice.AdviceRule;
import io.partflow.engine.insight.advice.Examined;
import io.partflow.engine.insight.advice.Prediction;
import io.partflow.engine.insight.advice.ProposedChange;
import io.partflow.engine.insight.history.CacheHistory;
import io.partflow.engine.insight.history.CacheRequest;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// Speaks where the same was computed several times at once: recordings of programs that do not share computations,
/// and runs that were told not to read or not to store.
public final class Stampede implements AdviceRule {
    private static final int LEAST_DOUBLES = 5;
    private static final double LEAST_SHARE = 0.05;
    private static final double CLOSE = 0.02;
    private static final double NANOS_PER_MILLI = 1e6;

    @Override
    public Optional<Advice> advise(Examined examined) {
        CacheHistory history = examined.history();
        // By key: until when, in milliseconds, its computation that started first of those going on goes on.
        Map<Long, Double> runsUntil = new HashMap<>();
        List<CacheRequest> misses = history.requests().stream()
                .filter(each -> each.outcome() == Outcome.MISS && each.computeNanos() > 0)
                .sorted(Comparator.comparingLong(CacheRequest::atMillis))
                .toList();
        long doubles = 0;
        double wastedMillis = 0;
        for (CacheRequest miss : misses) {
            Double until = runsUntil.get(miss.key());
            double takes = miss.computeNanos() / NANOS_PER_MILLI;
            if (until != null && miss.atMillis() < until) {
                doubles++;
                wastedMillis += takes;
            } else {
                runsUntil.put(miss.key(), miss.atMillis() + takes);
            }
        }
        if (doubles < LEAST_DOUBLES || doubles < LEAST_SHARE * misses.size()) {
            return Optional.empty();
        }
        return Optional.of(new Advice(
                "stampede",
                history.node(),
                "Let equal requests in flight share one computation.",
                List.of(
                        evidence("computations", Words.count(misses.size())),
                        evidence("of what was being computed already", Words.count(doubles)),
                        evidence("time computed for nothing", Words.time(wastedMillis))),
                Prediction.within(
                        Prediction.Measure.COMPUTATIONS, misses.size(), (double) misses.size() - doubles, CLOSE),
                new ProposedChange.ShareComputations()));
    }
}
