package io.partflow.engine.insight.advice.rule;

import static io.partflow.engine.insight.advice.rule.Words.evidence;

import io.partflow.engine.insight.advice.Advice;
import io.partflow.engine.insight.advice.AdviceRule;
import io.partflow.engine.insight.advice.Examined;
import io.partflow.engine.insight.advice.Prediction;
import io.partflow.engine.insight.advice.ProposedChange;
import io.partflow.engine.insight.history.Ablation;
import io.partflow.engine.insight.history.CacheHistory;
import io.partflow.engine.insight.history.CacheRequest;
import java.util.ArrayDeque;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/// Speaks where nothing is ever asked for twice, nor would be if no metadata counted and inputs that are nearly the
/// same were one: the cache holds memory for nothing.
public final class NeverRepeating implements AdviceRule {
    private static final int LEAST_REQUESTS = 200;
    private static final double MOST_REPEATED = 0.02;
    private static final double KEY_TO_BLAME = 0.05;
    private static final double CLOSE = 0.05;

    @Override
    public Optional<Advice> advise(Examined examined) {
        CacheHistory history = examined.history();
        int requests = history.requests().size();
        long distinct = history.distinct();
        if (requests < LEAST_REQUESTS || distinct < (1 - MOST_REPEATED) * requests) {
            return Optional.empty();
        }
        if (Ablation.mostRepeated(history) >= KEY_TO_BLAME
                || new NearDuplicates().advise(examined).isPresent()) {
            return Optional.empty();
        }
        long held = held(history);
        return Optional.of(new Advice(
                "never-repeating",
                history.node(),
                "Do not cache this node: its inputs never repeat.",
                List.of(
                        evidence("requests", Words.count(requests)),
                        evidence("different keys", Words.count(distinct)),
                        evidence("bytes held for nothing", Words.bytes(held))),
                Prediction.within(Prediction.Measure.BYTES_HELD, held, 0, CLOSE),
                new ProposedChange.TurnOff()));
    }

    /// The latest answers, as far as they fit.
    private static long held(CacheHistory history) {
        ArrayDeque<CacheRequest> entries = new ArrayDeque<>();
        Set<Long> keys = new HashSet<>();
        long bytes = 0;
        for (CacheRequest request : history.requests()) {
            if (keys.add(request.key())) {
                entries.add(request);
                bytes += request.bytes();
            }
            while (bytes > history.limits().bytes()
                    || entries.size() > history.limits().items()) {
                CacheRequest oldest = entries.remove();
                keys.remove(oldest.key());
                bytes -= oldest.bytes();
            }
        }
        return bytes;
    }
}
