package io.partflow.engine.insight.advice.rule;

import static io.partflow.engine.insight.advice.rule.Words.evidence;

import io.partflow.engine.insight.advice.Advice;
import io.partflow.engine.insight.advice.AdviceRule;
import io.partflow.engine.insight.advice.Examined;
import io.partflow.engine.insight.advice.Prediction;
import io.partflow.engine.insight.advice.ProposedChange;
import io.partflow.engine.insight.history.CacheHistory;
import io.partflow.engine.insight.history.CacheRequest;
import io.partflow.engine.processor.Usage;
import java.util.List;
import java.util.Optional;

/// Speaks where asking the cache takes longer than it saves, and no tokens or money are saved either.
public final class Unprofitable implements AdviceRule {
    // A cache that nearly pays is left alone: computing may be slower tomorrow.
    private static final double CLEARLY = 1.5;
    private static final double CLOSE = 0.05;

    @Override
    public Optional<Advice> advise(Examined examined) {
        CacheHistory history = examined.history();
        long overhead = history.overheadNanos();
        boolean costsMore = history.requests().stream()
                .anyMatch(each -> !each.usage().equals(Usage.NONE) || each.computeNanos() < 0);
        if (overhead <= 0 || costsMore || history.requests().isEmpty()) {
            return Optional.empty();
        }
        int requests = history.requests().size();
        double saved = history.requests().stream()
                        .filter(CacheRequest::isServed)
                        .mapToLong(CacheRequest::computeNanos)
                        .sum()
                / (double) requests;
        if (saved * CLEARLY >= overhead) {
            return Optional.empty();
        }
        return Optional.of(new Advice(
                "unprofitable",
                history.node(),
                "Do not cache this node: computing is quicker than asking the cache.",
                List.of(
                        evidence("asking the cache, per request", Words.time(overhead / 1e6)),
                        evidence("computing saved, per request", Words.time(saved / 1e6)),
                        evidence("hit ratio", Words.percent(history.hitRatio()))),
                Prediction.within(Prediction.Measure.NET_NANOS_PER_REQUEST, saved - overhead, 0, CLOSE),
                new ProposedChange.TurnOff()));
    }
}
