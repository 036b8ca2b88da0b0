package io.partflow.engine.insight.advice.rule;

import static io.partflow.engine.insight.advice.rule.Words.evidence;

import io.partflow.engine.cache.CacheSettings;
import io.partflow.engine.insight.advice.Advice;
import io.partflow.engine.insight.advice.AdviceRule;
import io.partflow.engine.insight.advice.Examined;
import io.partflow.engine.insight.advice.Prediction;
import io.partflow.engine.insight.advice.ProposedChange;
import io.partflow.engine.insight.curve.SimulatedCache;
import io.partflow.engine.insight.history.CacheHistory;
import io.partflow.engine.insight.history.CacheRequest;
import io.partflow.engine.insight.history.Replay;
import io.partflow.engine.insight.why.PartPrint;
import io.partflow.engine.insight.why.RequestPrint;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/// Speaks where whole streams are cached of which only some parts change. Its advice holds for a processor
/// that treats each part by itself, and says so.
public final class WholeStream implements AdviceRule {
    private static final double LEAST_GAIN = 0.05;

    /// A run asks such a cache once, for all its parts: those are what is counted.
    @Override
    public boolean canTell(CacheHistory history) {
        long parts = 0;
        for (CacheRequest request : history.requests()) {
            RequestPrint print = history.prints().get(request.key());
            parts += print == null ? 0 : print.parts().size();
        }
        return parts >= LEAST_REQUESTS;
    }

    @Override
    public Optional<Advice> advise(Examined examined) {
        CacheHistory history = examined.history();
        if (history.settings().scope() != CacheSettings.Scope.STREAM) {
            return Optional.empty();
        }
        SimulatedCache whole = SimulatedCache.of(history.policy(), history.limits());
        SimulatedCache perPart = SimulatedCache.of(history.policy(), history.limits());
        boolean[] before = new boolean[0];
        boolean[] after = new boolean[0];
        int parts = 0;
        int streams = 0;
        for (CacheRequest request : history.requests()) {
            boolean hit = whole.access(request.key(), Math.max(1, request.bytes()), request.atMillis());
            RequestPrint print = history.prints().get(request.key());
            if (print == null || print.parts().isEmpty()) {
                continue;
            }
            streams++;
            int count = print.parts().size();
            if (parts + count > before.length) {
                int room = Math.max(256, 2 * (parts + count));
                before = Arrays.copyOf(before, room);
                after = Arrays.copyOf(after, room);
            }
            for (PartPrint part : print.parts()) {
                before[parts] = hit;
                after[parts] = perPart.access(part.whole(), Math.max(1, request.bytes() / count), request.atMillis());
                parts++;
            }
        }
        if (parts <= streams) {
            return Optional.empty();
        }
        before = Arrays.copyOf(before, parts);
        after = Arrays.copyOf(after, parts);
        double asItIs = Replay.ratio(before);
        Prediction prediction = Prediction.ofReplays(asItIs, before, after);
        return prediction.gain() < LEAST_GAIN || !prediction.isClearlyMore()
                ? Optional.empty()
                : Optional.of(advice(history, streams, parts, prediction));
    }

    private static Advice advice(CacheHistory history, int streams, int parts, Prediction prediction) {
        return new Advice(
                "whole-stream",
                history.node(),
                "Cache each part by itself, if " + history.processor() + " treats each part by itself.",
                List.of(
                        evidence("parts in a stream", Words.count(Math.round(parts / (double) streams))),
                        evidence("parts served with whole streams as keys", Words.percent(prediction.before())),
                        evidence("parts served with parts as keys", Words.percent(prediction.after()))),
                prediction,
                new ProposedChange.CacheParts());
    }
}
