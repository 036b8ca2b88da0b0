package io.partflow.engine.insight.advice.rule;

import static io.partflow.engine.insight.advice.rule.Words.evidence;

import io.partflow.engine.cache.EvictionCause;
import io.partflow.engine.insight.advice.Advice;
import io.partflow.engine.insight.advice.AdviceRule;
import io.partflow.engine.insight.advice.Examined;
import io.partflow.engine.insight.advice.Prediction;
import io.partflow.engine.insight.advice.ProposedChange;
import io.partflow.engine.insight.history.CacheHistory;
import io.partflow.engine.insight.history.Replay;
import io.partflow.engine.insight.history.ReuseGaps;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// Speaks where entries end shortly before they are asked for again. Proposes the shortest time to live that brings
/// nearly all that time can bring, and tells how old its answers would be.
public final class ShortTimeToLive implements AdviceRule {
    private static final int[] FACTORS = {2, 3, 4, 8, 16, 32, 64};
    private static final double LEAST_GAIN = 0.02;
    private static final double NEARLY_ALL = 0.9;

    @Override
    public Optional<Advice> advise(Examined examined) {
        CacheHistory history = examined.history();
        long ttl = history.settings().ttlMillis();
        boolean expires = history.evictions().stream().anyMatch(each -> each.cause() == EvictionCause.EXPIRY);
        if (ttl == 0 || !expires) {
            return Optional.empty();
        }
        boolean[] before = examined.hits();
        List<Long> candidates = new ArrayList<>();
        for (int factor : FACTORS) {
            candidates.add(ttl * factor);
        }
        candidates.add(0L);
        List<boolean[]> after = candidates.stream()
                .map(each ->
                        Replay.hits(history, history.policy(), history.limits().living(each)))
                .toList();
        double best = after.stream().mapToDouble(Replay::ratio).max().orElse(0) - Replay.ratio(before);
        if (best < LEAST_GAIN) {
            return Optional.empty();
        }
        int chosen = 0;
        while (Replay.ratio(after.get(chosen)) - Replay.ratio(before) < NEARLY_ALL * best) {
            chosen++;
        }
        Prediction prediction = Prediction.ofReplays(history.hitRatio(), before, after.get(chosen), history.ceiling());
        return prediction.gain() < LEAST_GAIN || !prediction.isClearlyMore()
                ? Optional.empty()
                : Optional.of(advice(history, candidates.get(chosen), prediction));
    }

    private static Advice advice(CacheHistory history, long ttl, Prediction prediction) {
        List<ReuseGaps.Outlook> outlooks =
                ReuseGaps.tune(history, List.of(history.settings().ttlMillis(), ttl));
        ReuseGaps.Outlook now = outlooks.get(0);
        ReuseGaps.Outlook then = outlooks.get(1);
        return new Advice(
                "ttl",
                history.node(),
                ttl == 0 ? "Let entries live for ever." : "Let entries live for " + Words.time(ttl) + ".",
                List.of(
                        evidence("hits lost to the time to live", Words.count(now.hitsLost())),
                        evidence(
                                "time after which 9 of 10 repetitions have come",
                                Words.time(ReuseGaps.of(history).gapMillis(0.9))),
                        evidence("mean age of what is served now", Words.time(now.meanAgeMillis())),
                        evidence("mean age of what would be served", Words.time(then.meanAgeMillis())),
                        evidence("entries that would end together", Words.count(then.herd()))),
                prediction,
                new ProposedChange.TimeToLive(ttl));
    }
}
